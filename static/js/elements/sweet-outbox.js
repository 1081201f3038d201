/* On every signed-in page: says whose phone this is for now, and sends what waits here. */

const OWNER = "sweetspot.owner"; // phone/owner.js
const WAITS = ["sweetspot.waits", "sweetspot.unsent"]; // phone/box.js; before, what waited itself

class SweetOutbox extends HTMLElement {
  connectedCallback() {
    try {
      localStorage.setItem(OWNER, this.getAttribute("owner"));
    } catch {
      // No room: /unsent then tells of this person's only how many there are.
    }
    for (const moment of ["pageshow", "online"]) addEventListener(moment, this.#flush);
    document.addEventListener("visibilitychange", this.#flush);
  }

  #flush = async () => {
    if (document.visibilityState === "hidden" || !WAITS.some((key) => localStorage.getItem(key))) return;
    const { flush } = await import("../phone/box.js");
    await flush(this.getAttribute("owner"));
  };
}

customElements.define("sweet-outbox", SweetOutbox);
