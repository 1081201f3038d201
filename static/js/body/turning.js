/* Front and back: a swipe is the page's own sideways scrolling, and buttons do the same. */

/** `first`: which of the two to begin with. */
export function turning(buttons, views, first) {
  const all = [...buttons.querySelectorAll("button")];
  const turn = views.querySelector(".bodymap__turn");
  const smooth = matchMedia("(prefers-reduced-motion: no-preference)");
  for (const [at, button] of all.entries()) {
    button.addEventListener("click", () =>
      turn.scrollTo({ left: at * turn.clientWidth, behavior: smooth.matches ? "smooth" : "instant" }),
    );
  }
  turn.scrollTo({ left: first * turn.clientWidth, behavior: "instant" });
  turn.addEventListener("scroll", () => {
    const shown = Math.round(turn.scrollLeft / turn.clientWidth);
    for (const [at, button] of all.entries()) button.setAttribute("aria-pressed", at === shown);
  });
}
