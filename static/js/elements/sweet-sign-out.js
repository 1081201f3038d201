/* Around the form that signs out: what is not sent yet is sent first, or the person says what to
   do with it. Without this script it signs out, and what waits stays on the phone. */
import { counted } from "../lib/told.js";
import { box, flush } from "../phone/box.js";
import { letGo } from "../phone/owner.js";

const LONGEST_MS = 5000;

class SweetSignOut extends HTMLElement {
  #dialog = this.querySelector("dialog");
  #form = this.querySelector('form[method="post"]');

  connectedCallback() {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask().catch(() => this.#form.submit());
    });
    this.#dialog.addEventListener("close", () => this.#answer(this.#dialog.returnValue));
  }

  async #ask() {
    if (await this.#isSent()) return this.#leave();
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }

  async #isSent() {
    const left = async () => (await box.waiting(this.#owner)).length;
    if (await left()) await Promise.race([flush(this.#owner), new Promise((late) => setTimeout(late, LONGEST_MS))]);
    const n = await left();
    const title = this.#dialog.querySelector("h2");
    title.textContent = counted(n, title.dataset);
    return n === 0;
  }

  async #answer(choice) {
    if (choice === "send") {
      this.#dialog.querySelector('[data-part="failed"]').hidden = false;
      return this.#ask();
    }
    if (choice === "delete") await box.removeAll(this.#owner);
    if (choice) this.#leave();
  }

  async #leave() {
    await letGo(this.#owner).catch(() => {});
    this.#form.submit();
  }

  get #owner() {
    return this.getAttribute("owner");
  }
}

customElements.define("sweet-sign-out", SweetSignOut);
