/* A part of the body drawn larger, in its place, so that a thumb hits its narrow regions. */
import { insetFor } from "../lib/body-map.js";
import { choicesOf } from "./choices.js";
import { draw } from "./drawing.js";

export class Inset {
  choices = [];
  #part;
  #zooms;
  #draw;
  #scroll = 0;
  #from;

  /** `part`: finds a part of the element by name. */
  constructor(part, zooms, views, boxes) {
    this.#part = part;
    this.#zooms = zooms;
    this.#draw = ({ view, box }) => {
      const drawn = draw(views[view], box, { role: "presentation" });
      part("close").replaceChildren(drawn);
      return choicesOf(drawn, view, boxes, box);
    };
    part("whole").addEventListener("click", () => this.close());
    part("inset").addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  /** The part to show larger before a thumb can choose this; null where it hits at once. */
  for(choice) {
    if (this.choices.includes(choice)) return null;
    const mirrored = choice.place.getScreenCTM().a; // below 0 on one side
    const scale = Math.abs(mirrored) * window.visualViewport.scale; // pinching counts
    return insetFor(choice, this.#zooms, scale, this.#part("views").clientWidth);
  }

  /** `from`: the place on the whole body, to come back to. */
  open(zoom, from) {
    this.#scroll = window.scrollY;
    this.#from = from;
    this.choices = this.#draw(zoom);
    this.#part("title").textContent = zoom.label;
    this.#nameSides(zoom);
    this.#fold(true);
    this.#part("inset").scrollIntoView();
    this.#part("title").focus({ preventScroll: true });
  }

  close() {
    if (!this.choices.length) return;
    this.choices = [];
    this.#fold(false);
    this.#from.focus({ preventScroll: true });
    window.scrollTo({ top: this.#scroll, behavior: "instant" });
  }

  #nameSides({ view, both }) {
    const whole = this.#part("views").querySelector(`[data-drawn="${view}"]`);
    const names = whole.previousElementSibling.cloneNode(true);
    this.#part("sides").replaceChildren(...(both ? names.childNodes : []));
  }

  #fold(open) {
    this.#part("inset").hidden = !open;
    for (const name of ["views", "tools"]) this.#part(name).hidden = open;
  }
}
