/* Prepare for several spots: hands their plans to the guide, with the answers that belong to each. */
import { keepFresh } from "../guide/fresh.js";
import { withAnswers } from "../lib/together.js";

class SweetTogether extends HTMLElement {
  #isStale = keepFresh();

  connectedCallback() {
    const form = this.querySelector("form");
    form.addEventListener("submit", (event) => event.preventDefault());
    this.querySelector('[data-part="begin"]')?.addEventListener("click", () => this.#begin(form));
  }

  #begin(form) {
    if (this.#isStale()) return location.reload();
    const data = JSON.parse(document.getElementById("guide-data").textContent);
    const answers = Object.fromEntries(new FormData(form));
    document.querySelector("sweet-guide").begin({
      stops: withAnswers(data.stops, answers),
      getReadySeconds: Number(answers.get_ready),
      gapSeconds: data.gapSeconds,
    });
  }
}

customElements.define("sweet-together", SweetTogether);
