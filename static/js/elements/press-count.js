/* Counts one press for the tenderness test, so that it is as long after a session as before. */
import { pressCount } from "../lib/press-count.js";

const EVERY_MS = 100;

class PressCount extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.querySelector("button").hidden = false;
    this.querySelector("button").addEventListener("click", () => this.#start());
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #start() {
    clearInterval(this.#timer);
    const begun = performance.now();
    this.#timer = setInterval(() => this.#show(performance.now() - begun), EVERY_MS);
    this.#show(0);
  }

  #show(ms) {
    const { stage, n } = pressCount(ms);
    const says = this.querySelector("output");
    const text = this.dataset[stage].replace("{n}", String(n));
    if (says.textContent !== text) says.textContent = text;
    this.dataset.stage = stage;
    if (stage === "done") clearInterval(this.#timer);
  }
}

customElements.define("press-count", PressCount);
