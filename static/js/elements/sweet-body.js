/* The body to tap, over the list that stands beneath it: either sets the other. */
import { byThumb, choicesOf, showChosen, toggle } from "../body/choices.js";
import { draw, load } from "../body/drawing.js";
import { Inset } from "../body/inset.js";
import { beginAt, listenToKeys } from "../body/keys.js";
import { turning } from "../body/turning.js";
import { rowsOf } from "../lib/body-map.js";

class SweetBody extends HTMLElement {
  #list;
  #boxes;
  #whole;
  #inset;

  connectedCallback() {
    const folded = this.closest("details:not([open])");
    if (folded) folded.addEventListener("toggle", () => this.#start(), { once: true });
    else this.#start();
  }

  async #start() {
    try {
      this.#show(await load(this.dataset.drawing));
    } catch {
      this.hidden = true; // the list is there
    }
  }

  #show(views) {
    this.#list = this.closest("form");
    const named = [...this.#list.querySelectorAll('input[name="at"]')];
    this.#boxes = new Map(named.map((box) => [box.value, box]));
    this.#inset = new Inset(this.#part, JSON.parse(this.dataset.zooms), views, this.#boxes);
    this.#whole = [...this.querySelectorAll("[data-drawn]")].flatMap((stage) => {
      const view = stage.dataset.drawn;
      const box = views[view].getAttribute("viewBox");
      const drawn = draw(views[view], box, { role: "presentation" });
      stage.replaceChildren(drawn);
      return choicesOf(drawn, view, this.#boxes);
    });
    beginAt(rowsOf(this.#whole)[0][0].place, this.#whole);
    this.#listen();
    this.dataset.ready = "";
    this.#update();
    turning(this.#part("turn"), this.#part("views"), this.#whole);
  }

  #part = (name) => this.querySelector(`[data-part="${name}"]`);

  get #choices() {
    return [...this.#whole, ...this.#inset.choices];
  }

  #listen() {
    this.addEventListener("click", (event) => this.#choose(event));
    listenToKeys(this, () => (this.#inset.choices.length ? this.#inset.choices : this.#whole));
    this.#list.addEventListener("change", () => this.#say(this.#update()));
    window.addEventListener("pageshow", () => this.#update()); // a page gone back to
  }

  #choose(event) {
    const choice = this.#choices.find(({ place }) => place === event.target);
    const zoom = choice && byThumb(event) ? this.#inset.for(choice) : null;
    if (zoom) this.#showLarger(zoom, choice);
    else if (choice) toggle(choice);
  }

  #showLarger(zoom, choice) {
    beginAt(choice.place, this.#whole);
    this.#inset.open(zoom, choice.place);
    beginAt(this.#inset.choices[0].place, this.#inset.choices);
    this.#update();
    this.#say(`${zoom.label}. ${this.#part("status").dataset.larger}`);
  }

  #say(words) {
    this.#part("status").textContent = words;
  }

  /** Show what is chosen; -> the same in words, to be spoken. */
  #update() {
    showChosen(this.#choices);
    const chosen = [...this.#boxes.values()].filter((box) => box.checked);
    const words = chosen.map((box) => box.getAttribute("aria-label")).join(" · ");
    this.#list.querySelector(".choose__said").textContent = words;
    const { dataset } = this.#part("status");
    return words ? `${dataset.chosen}: ${words}` : dataset.none;
  }
}

customElements.define("sweet-body", SweetBody);
