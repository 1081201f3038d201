/* Prepare: shows the plan of the chosen side and tool, and hands it to the guide. */
import { keepFresh } from "../guide/fresh.js";

class SweetPrepare extends HTMLElement {
  #data = null;
  #form = null;
  #begin = null;
  #isStale = keepFresh();

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
    return [...this.querySelectorAll("[data-variant]")];
  }

  /* The firmer plan where it was offered and chosen; to stay needs no choice. */
  #chosen() {
    const answers = this.#answers;
    const fitting = (key) => this.#variants.find(({ dataset }) => dataset.fits.split(" ").includes(key));
    const further = answers[`further_${answers.side}`];
    return (further && fitting(`${keyOf(answers)}/${further}`)) || fitting(keyOf(answers));
  }

  #showPlan() {
    const answers = this.#answers;
    const chosen = this.#chosen();
    for (const variant of this.#variants) variant.hidden = variant !== chosen;
    for (const offer of this.querySelectorAll("[data-further]")) {
      offer.hidden = !offer.dataset.further.split(" ").includes(keyOf(answers));
    }
    const { begin, anyway } = this.#begin.dataset;
    this.#begin.firstElementChild.textContent = "early" in chosen.dataset ? anyway : begin;
    this.#begin.lastElementChild.textContent = chosen.dataset.length;
    this.#begin.disabled = "refused" in chosen.dataset || !this.#isNormal(answers);
  }

  /* Where it went numb, only a yes will do. */
  #isNormal({ side, [`normal_${side}`]: normal }) {
    for (const question of this.querySelectorAll("[data-normal]")) {
      question.hidden = question.dataset.normal !== side;
      question.querySelector('[data-part="not-normal"]').hidden = normal !== "no";
    }
    return !this.querySelector(`[data-normal="${side}"]`) || normal === "yes";
  }

  #handOver() {
    if (this.#isStale()) return location.reload();
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

const keyOf = ({ side, tool }) => `${side}/${tool}`;
const score = (value) => (value ? Number(value) : null);

customElements.define("sweet-prepare", SweetPrepare);
