/* On Today: asks once whether what was done here before signing in belongs to the account. */
import { VISITOR } from "../lib/outbox.js";
import { counted } from "../lib/told.js";
import { box, flush } from "../phone/box.js";

class SweetJoin extends HTMLElement {
  #acting = false;

  async connectedCallback() {
    const found = await box.waiting(VISITOR);
    if (!found.length) return;
    const question = this.querySelector("p");
    question.textContent = counted(found.length, question.dataset);
    this.hidden = false;
    this.#on("add", () => this.#add());
    this.#on("delete", () => box.removeAll(VISITOR));
  }

  async #add() {
    const owner = this.getAttribute("owner");
    await box.join(owner);
    await flush(owner);
    location.reload();
  }

  #on(name, act) {
    this.querySelector(`[data-part="${name}"]`).addEventListener("click", async () => {
      if (this.#acting) return;
      this.#acting = true;
      await act().finally(() => (this.#acting = false));
      this.hidden = true; // only now is it true
    });
  }
}

customElements.define("sweet-join", SweetJoin);
