/* The regions of a drawn view as check boxes; the list's own check boxes hold what is chosen. */
import { shows } from "../lib/body-map.js";
import { element, regionsOf, valueOf } from "./drawing.js";

/** Make the regions of a view places to choose; -> areas, each with its element and check box.
    Of an inset (`within`: its viewBox) only what it shows. */
export function choicesOf(drawn, view, boxes, within = null) {
  return regionsOf(drawn).flatMap((place) => {
    const box = boxes.get(valueOf(place));
    if (!box || (within && !shows(within, areaOf(place)))) {
      place.remove();
      return [];
    }
    place.setAttribute("role", "checkbox");
    place.setAttribute("aria-label", box.getAttribute("aria-label"));
    place.setAttribute("tabindex", "-1");
    place.append(element("title", {}));
    place.lastChild.textContent = box.getAttribute("aria-label");
    return [{ ...areaOf(place), view, place, box }];
  });
}

function areaOf({ dataset }) {
  const [x, y, r] = dataset.at.split(" ").map(Number);
  return { x, y, r };
}

/** Show on the body what the list says. */
export function showChosen(choices) {
  for (const { place, box } of choices) place.setAttribute("aria-checked", box.checked);
}

/** Set the list from the body. */
export function toggle({ box }) {
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Whether a click came from a finger; a mouse, a key or a screen reader needs no large targets. */
export function byThumb(event) {
  if (event.detail === 0) return false;
  if (event.pointerType) return event.pointerType !== "mouse";
  return matchMedia("(pointer: coarse)").matches;
}
