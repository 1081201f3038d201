/* The body by keyboard: one stop of the Tab key; arrows move over it, Space and Enter choose. */
import { rowsOf, step } from "../lib/body-map.js";
import { toggle } from "./choices.js";

const MOVES = /^(Arrow(Up|Down|Left|Right)|Home|End)$/;

/** `choices`: those that are there now. */
export function listenToKeys(body, choices) {
  body.addEventListener("keydown", (event) => {
    const now = choices();
    const here = now.find(({ place }) => place === event.target);
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " || event.key === "Enter") toggle(here);
    else if (MOVES.test(event.key)) focus(step(rowsOf(now), here, event.key), now);
    else return;
    event.preventDefault();
  });
}

function focus({ place }, choices) {
  beginAt(place, choices);
  place.focus();
}

/** Which of them the Tab key stops at. */
export function beginAt(first, choices) {
  for (const { place } of choices) place.setAttribute("tabindex", place === first ? 0 : -1);
}
