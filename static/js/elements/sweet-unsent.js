/* On Today: sessions that are still on this phone only, and the way to send them. */
import { heldBy, outbox, send } from "../lib/outbox.js";

class SweetUnsent extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#flush());
    addEventListener("online", () => this.#flush());
    this.#flush();
  }

  async #flush() {
    const box = outbox(localStorage);
    const owner = this.getAttribute("owner");
    const left = () => box.of(owner).filter(({ id }) => id !== heldBy(localStorage, owner));
    const waiting = left();
    for (const record of waiting) {
      const { state } = await send(record, (...request) => fetch(...request));
      if (state === "kept") box.drop(record.id);
    }
    this.hidden = left().length === 0;
    if (waiting.length && this.hidden) location.reload();
  }
}

customElements.define("sweet-unsent", SweetUnsent);
