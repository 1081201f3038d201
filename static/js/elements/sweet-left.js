/* Somebody left for good: nothing of theirs stays on this phone; what others keep here does. */
import { savedRunKey } from "../lib/saved-run-key.js";
import { box } from "../phone/box.js";
import { letGo } from "../phone/owner.js";

class SweetLeft extends HTMLElement {
  async connectedCallback() {
    const owner = this.getAttribute("owner");
    localStorage.removeItem(savedRunKey(owner));
    await box.removeAll(owner);
    await letGo(owner);
    this.dataset.cleared = "";
  }
}

customElements.define("sweet-left", SweetLeft);
