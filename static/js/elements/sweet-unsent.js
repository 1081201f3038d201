/* On Today: sessions that are still on this phone only, and the way to send them. */
import { outbox, send } from "../lib/outbox.js";

class SweetUnsent extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#flush());
    addEventListener("online", () => this.#flush());
    this.#flush();
  }

  async #flush() {
    const box = outbox(localStorage);
    const owner = this.getAttribute("owner");
    const waiting = box.of(owner);
    for (const record of waiting) {
      const { state } = await send(record, (...request) => fetch(...request));
      if (state === "kept") box.drop(record.id);
    }
    this.hidden = box.of(owner).length === 0;
    if (waiting.length && this.hidden) location.reload();
  }
}

customElements.define("sweet-unsent", SweetUnsent);
