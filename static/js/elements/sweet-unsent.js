/* On Today: sessions that are still on this phone only, and the way to send them. */
import { box, flush } from "../phone/box.js";

class SweetUnsent extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#flush());
    addEventListener("online", () => this.#flush());
    this.#flush();
  }

  async #flush() {
    const results = await flush(this.#owner);
    await this.look();
    if (this.hidden && results.some(({ state }) => state === "kept")) location.reload();
  }

  async look() {
    this.hidden = (await box.waiting(this.#owner)).length === 0;
  }

  get #owner() {
    return this.getAttribute("owner");
  }
}

customElements.define("sweet-unsent", SweetUnsent);
