/* Front and back: a swipe is the page's own sideways scrolling, and buttons do the same. */

/** Begin with the back where only that has something chosen. */
export function turning(buttons, views, choices) {
  const all = [...buttons.querySelectorAll("button")];
  const turn = views.querySelector(".bodymap__turn");
  const chosen = new Set(choices.filter(({ box }) => box.checked).map(({ view }) => view));
  const show = (at, behavior) => turn.scrollTo({ left: at * turn.clientWidth, behavior });
  show(chosen.has("back") && !chosen.has("front") ? 1 : 0, "instant");
  for (const [at, button] of all.entries()) {
    button.addEventListener("click", () => show(at, calm() ? "instant" : "smooth"));
  }
  turn.addEventListener("scroll", () => {
    const shown = Math.round(turn.scrollLeft / turn.clientWidth);
    for (const [at, button] of all.entries()) button.setAttribute("aria-pressed", at === shown);
  });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
