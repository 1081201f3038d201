/* Prepare: shows the plan of the chosen side and tool, and hands it to the guide. */
import { keyOf, mayBegin, planFor } from "../lib/plan-choice.js";

class SweetPrepare extends HTMLElement {
  #form = null;
  #begin = null;

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#begin = this.querySelector('[data-part="begin"]');
    this.#form.addEventListener("change", () => this.#showPlan());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#begin.addEventListener("click", () => this.#handOver());
    this.#showPlan();
  }

  get #answers() {
    return Object.fromEntries(new FormData(this.#form));
  }

  get #variants() {
    return [...this.querySelectorAll("[data-variant]")].map((section) => ({
      section,
      fits: section.dataset.fits.split(" "),
      early: "early" in section.dataset,
      refused: "refused" in section.dataset,
    }));
  }

  #chosen() {
    return planFor(this.#variants, this.#answers).section;
  }

  #showPlan() {
    const answers = this.#answers;
    const chosen = planFor(this.#variants, answers);
    for (const { section } of this.#variants) section.hidden = section !== chosen.section;
    for (const offer of this.querySelectorAll("[data-further]")) {
      offer.hidden = !offer.dataset.further.split(" ").includes(keyOf(answers));
    }
    const asked = [...this.querySelectorAll("[data-normal]")];
    for (const question of asked) {
      question.hidden = question.dataset.normal !== answers.side;
      question.querySelector('[data-part="not-normal"]').hidden = answers[`normal_${answers.side}`] !== "no";
    }
    const { begin, anyway } = this.#begin.dataset;
    this.#begin.firstElementChild.textContent = chosen.early ? anyway : begin;
    this.#begin.lastElementChild.textContent = chosen.section.dataset.length;
    this.#begin.disabled = !mayBegin(chosen, asked.map(({ dataset }) => dataset.normal), answers);
  }

  #handOver() {
    const { side, tool, get_ready, pain_before, tenderness_before } = this.#answers;
    const chosen = this.#chosen();
    document.querySelector("sweet-guide").begin({
      plan: Number(chosen.dataset.variant),
      strip: chosen.querySelector("template").content,
      getReadySeconds: Number(get_ready),
      answers: { side, tool, pain_before: score(pain_before), tenderness_before: score(tenderness_before) },
    });
  }
}

const score = (value) => (value ? Number(value) : null);

customElements.define("sweet-prepare", SweetPrepare);
