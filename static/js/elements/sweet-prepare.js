/* Prepare: shows the plan of the chosen side and tool, and hands it to the guide. */
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
    return [...this.querySelectorAll("[data-variant]")];
  }

  #chosen() {
    const { side, tool } = this.#answers;
    return this.#variants.find(({ dataset }) => dataset.fits.split(" ").includes(`${side}/${tool}`));
  }

  #showPlan() {
    const chosen = this.#chosen();
    for (const variant of this.#variants) variant.hidden = variant !== chosen;
    this.#begin.lastElementChild.textContent = chosen.dataset.length;
    this.#begin.disabled = "refused" in chosen.dataset;
  }

  #handOver() {
    const { side, tool, get_ready, pain_before, tenderness_before } = this.#answers;
    const { spot, places, shiftHint, plans, gapSeconds } = this.#data;
    const plan = plans[this.#chosen().dataset.variant];
    const answers = { pain_before: score(pain_before), tenderness_before: score(tenderness_before) };
    const stop = { spot, side, tool, place: places[side], shiftHint, plan, answers };
    document
      .querySelector("sweet-guide")
      .begin({ stops: [stop], getReadySeconds: Number(get_ready), gapSeconds });
  }
}

const score = (value) => (value ? Number(value) : null);

customElements.define("sweet-prepare", SweetPrepare);
