/* Front and back: a swipe is the page's own sideways scrolling, and buttons do the same. */

export function turning(buttons, views) {
  const all = [...buttons.querySelectorAll("button")];
  const turn = views.querySelector(".bodymap__turn");
  const smooth = matchMedia("(prefers-reduced-motion: no-preference)");
  for (const [at, button] of all.entries()) {
    button.addEventListener("click", () =>
      turn.scrollTo({ left: at * turn.clientWidth, behavior: smooth.matches ? "smooth" : "instant" }),
    );
  }
  turn.addEventListener("scroll", () => {
    const shown = Math.round(turn.scrollLeft / turn.clientWidth);
    for (const [at, button] of all.entries()) button.setAttribute("aria-pressed", at === shown);
  });
}
