/* The body to tap, over the list that stands beneath it: either sets the other. */
import { byThumb, choicesOf, show, toggle } from "../body/choices.js";
import { draw, load } from "../body/drawing.js";
import { insetFor, rowsOf, step } from "../lib/body-map.js";
import { turning } from "../body/turning.js";

class SweetBody extends HTMLElement {
  #views;
  #boxes;
  #whole = [];
  #close = [];
  #rows;
  #scroll = 0;

  connectedCallback() {
    const folded = this.closest("details:not([open])");
    if (folded) folded.addEventListener("toggle", () => this.#start(), { once: true });
    else this.#start();
  }

  async #start() {
    try {
      this.#views = await load(this.dataset.drawing);
    } catch {
      this.hidden = true; // the list is there
      return;
    }
    const list = this.closest("form");
    const named = [...list.querySelectorAll('input[name="at"]')];
    this.#boxes = new Map(named.map((box) => [box.value, box]));
    for (const stage of this.querySelectorAll("[data-drawn]")) this.#draw(stage);
    this.#rows = rowsOf(this.#whole);
    this.#rows[0][0].place.setAttribute("tabindex", "0");
    this.#part("whole").addEventListener("click", () => this.#showWhole());
    this.addEventListener("click", (event) => this.#choose(event));
    this.addEventListener("keydown", (event) => this.#press(event));
    list.addEventListener("change", () => this.#show());
    window.addEventListener("pageshow", () => this.#show(false));
    this.dataset.ready = "";
    const chosen = this.#whole.filter(({ box }) => box.checked).map(({ view }) => view);
    const behind = chosen.includes("back") && !chosen.includes("front");
    turning(this.#part("turn"), this.#part("views"), Number(behind));
    this.#show(false);
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #draw(stage) {
    const view = stage.dataset.drawn;
    const drawn = draw(this.#views[view], this.#views[view].getAttribute("viewBox"));
    stage.replaceChildren(drawn);
    this.#whole.push(...choicesOf(drawn, view, this.#boxes));
  }

  #found(event) {
    return [...this.#whole, ...this.#close].find(({ place }) => place === event.target);
  }

  #choose(event) {
    const found = this.#found(event);
    if (!found) return;
    const inset = byThumb(event) && !this.#close.includes(found) && this.#inset(found);
    if (inset) this.#showClose(inset);
    else toggle(found);
  }

  #inset(found) {
    const scale = found.place.getScreenCTM().a * window.visualViewport.scale; // pinching counts
    const width = this.#part("views").clientWidth;
    return insetFor(found, JSON.parse(this.dataset.zooms), Math.abs(scale), width);
  }

  #press(event) {
    const found = this.#found(event);
    if (event.key === "Escape" && this.#close.length) this.#showWhole();
    if (!found) return;
    const rows = this.#close.includes(found) ? rowsOf(this.#close) : this.#rows;
    const next = event.key === " " || event.key === "Enter" ? found : step(rows, found, event.key);
    if (next === found && !/^(Arrow| |Enter|Home|End)/.test(event.key)) return;
    event.preventDefault();
    if (/^( |Enter)$/.test(event.key)) toggle(found);
    else this.#focus(next);
  }

  #focus({ place }) {
    for (const { place: other } of [...this.#whole, ...this.#close]) other.setAttribute("tabindex", "-1");
    place.setAttribute("tabindex", "0");
    place.focus();
  }

  #showClose(inset) {
    this.#scroll = window.scrollY;
    const drawn = draw(this.#views[inset.view], inset.box);
    this.#part("close").replaceChildren(drawn);
    this.#close = choicesOf(drawn, inset.view, this.#boxes, inset.box);
    this.#part("title").textContent = inset.label;
    this.#fold(true);
    this.#show(false);
    this.#part("status").textContent = `${inset.label}. ${this.#part("status").dataset.closer}`;
  }

  #showWhole() {
    this.#close = [];
    this.#fold(false);
    window.scrollTo(0, this.#scroll);
  }

  #fold(close) {
    this.#part("inset").hidden = !close;
    this.#part("views").hidden = close;
    this.#part("tools").hidden = close;
    if (close) this.scrollIntoView();
  }

  #show(aloud = true) {
    show([...this.#whole, ...this.#close]);
    const names = [...this.#boxes.values()].filter((box) => box.checked);
    const words = names.map((box) => box.getAttribute("aria-label")).join(" · ");
    const { dataset } = this.#part("status");
    this.closest("form").querySelector(".choose__said").textContent = words;
    if (aloud) this.#part("status").textContent = words ? `${dataset.chosen}: ${words}` : dataset.none;
  }
}

customElements.define("sweet-body", SweetBody);
