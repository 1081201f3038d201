/* On Today: a session that was left on this phone, to go on with or to keep as far as it went. */
import { savedRunKey } from "../lib/saved-run-key.js";

class SweetResume extends HTMLElement {
  async connectedCallback() {
    const owner = this.getAttribute("owner");
    if (!localStorage.getItem(savedRunKey(owner))) return;
    const { leftover } = await import("../guide/leftover.js");
    const left = await leftover(owner);
    if (!left) return;
    if (left.over) return this.#end(left);
    const { spot, side, place } = left.stop;
    this.querySelector("output").textContent = place;
    this.querySelector("a").href = `/sessions/new?${new URLSearchParams({ spot, side })}`;
    this.querySelector("button").addEventListener("click", () => this.#end(left));
    this.hidden = false;
  }

  async #end(left) {
    this.hidden = true;
    if (await left.keep()) return location.reload();
    document.querySelector("sweet-unsent").look();
  }
}

customElements.define("sweet-resume", SweetResume);
