/* A mark on a picture of the body: a tap puts it there, the arrow keys move it, a button takes it. */
import { middle, stepped, within } from "../lib/place.js";

class PlaceMark extends HTMLElement {
  #picture = null;

  connectedCallback() {
    this.#picture = this.querySelector(".place-mark__picture");
    this.#picture.addEventListener("click", (event) => this.#put(this.#tapped(event)));
    this.#picture.addEventListener("keydown", (event) => this.#move(event));
    this.querySelector('[data-part="clear"]').addEventListener("click", () => this.#take());
  }

  get #place() {
    return "placed" in this.dataset ? { x: Number(this.#field("x").value), y: Number(this.#field("y").value) } : null;
  }

  #field(name) {
    return this.querySelector(`input[name="${name}"]`);
  }

  /* Pressed with a key there is no point: the middle, or where it is already. */
  #tapped({ detail, clientX, clientY }) {
    if (!detail) return this.#place ?? middle(this.dataset.box);
    const seen = this.#picture.querySelector("svg").getScreenCTM();
    return within(this.dataset.box, new DOMPoint(clientX, clientY).matrixTransform(seen.inverse()));
  }

  #move(event) {
    const place = stepped(this.dataset.box, this.#place, event.key);
    if (!place) return;
    event.preventDefault();
    this.#put(place, this.dataset[event.key.toLowerCase()]);
  }

  #put({ x, y }, says = this.dataset.marked) {
    this.#field("x").value = x;
    this.#field("y").value = y;
    this.querySelector('[data-part="mark"]').setAttribute("transform", `translate(${x} ${y})`);
    this.dataset.placed = "";
    this.#say(says);
  }

  #take() {
    this.#field("x").value = this.#field("y").value = "";
    delete this.dataset.placed;
    this.#say(this.dataset.cleared);
    this.#picture.focus();
  }

  #say(words) {
    this.querySelector("output").textContent = words;
  }
}

customElements.define("place-mark", PlaceMark);
