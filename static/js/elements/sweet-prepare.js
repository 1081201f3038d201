/* Prepare: shows the plan of the chosen side and tool, and hands it to the guide. */
import { keyOf, mayBegin, planFor } from "../lib/plan-choice.js";

class SweetPrepare extends HTMLElement {
  #data = null;
  #form = null;
  #begin = null;

  connectedCallback() {
    this.#data = JSON.parse(document.getElementById("guide-data").textContent);
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
    const { side, tool, get_ready, pain_before, tenderness_before, other_side_before } = this.#answers;
    const { spot, places, shiftHint, plans, gapSeconds } = this.#data;
    const plan = plans[this.#chosen().dataset.variant];
    const answers = {
      pain_before: score(pain_before),
      tenderness_before: score(tenderness_before),
      other_side_before: score(other_side_before),
    };
    const stop = { spot, side, tool, place: places[side], shiftHint, plan, answers };
    document
      .querySelector("sweet-guide")
      .begin({ stops: [stop], getReadySeconds: Number(get_ready), gapSeconds });
  }
}

const score = (value) => (value ? Number(value) : null);

customElements.define("sweet-prepare", SweetPrepare);
