/* On Today and after a session: keeps on this phone what a start without network needs, or says
   why there is none over plain http. */
import { keepFor } from "../phone/kept.js";

class SweetKept extends HTMLElement {
  connectedCallback() {
    this.hidden = isSecureContext;
    const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
    // Without a service worker nothing opens without network, so there is nothing to keep it for.
    if (navigator.serviceWorker?.controller) whenIdle(() => this.#keep().catch(() => null));
  }

  async #keep() {
    const answer = await fetch("/api/kept");
    if (!answer.ok) return;
    const made = await answer.json();
    if (made.owner !== this.getAttribute("owner")) return;
    await keepFor(made);
    const spots = made.stops.map(({ spot }) => `/spots/${spot}`);
    navigator.serviceWorker.controller.postMessage({ spots, language: made.language });
    this.dataset.kept = made.made_at;
  }
}

customElements.define("sweet-kept", SweetKept);
