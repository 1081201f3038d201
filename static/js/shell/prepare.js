/* Prepare without network: the plan that is kept, as its safety allows by now. */
import { heldAt, planFor } from "../lib/kept.js";
import { fill, lengthOf } from "../lib/words.js";
import { dayIn } from "./page.js";
import { drawStairs } from "./stairs.js";
import { sentence } from "./today.js";

export class Prepare {
  #page;
  #form;
  #about;

  /** `about`: what lib/kept.js takes, and {stops, stop, words, guideWords, notice, begin}. */
  constructor(page, about) {
    this.#page = page;
    this.#about = about;
    this.#form = page.view("prepare");
    this.#form.elements.get_ready.value = String(about.kept.getReadySeconds);
    this.#chooseAmong("side", about.stops.map(({ side }) => side), about.stop.side);
    page.show("sides", about.stops.length > 1);
    this.#form.addEventListener("change", () => this.#draw());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    page.part("begin").addEventListener("click", () => about.begin(this.#made()));
    this.#drawStop();
    this.#draw();
  }

  get #answers() {
    return Object.fromEntries(new FormData(this.#form));
  }

  get #stop() {
    const { stops, stop } = this.#about;
    return stops.find(({ side }) => side === this.#answers.side) ?? stop;
  }

  get #planned() {
    return planFor(this.#stop, this.#answers.tool, this.#about, Date.now());
  }

  #chooseAmong(name, values, chosen) {
    for (const radio of this.#form.querySelectorAll(`[name="${name}"]`)) {
      radio.closest("label").hidden = !values.includes(radio.value);
      radio.checked = radio.value === chosen;
    }
  }

  #drawStop() {
    const [page, { stop, guideWords }] = [this.#page, this.#about];
    this.#chooseAmong("tool", Object.keys(stop.tools), stop.tool);
    page.show("press", stop.pressLevel !== null);
    page.show("press-other", stop.otherSide);
    const ask = document.getElementById("tenderness-before-ask");
    ask.textContent = fill(ask.textContent, { level: guideWords.levels[stop.pressLevel] });
    if (stop.cautions.length) this.#drawCautions(stop.cautions);
  }

  #drawCautions(cautions) {
    const list = this.#page.part("cautions").querySelector("ul");
    const [model] = list.children;
    list.replaceChildren(...cautions.map((caution) => {
      const made = model.cloneNode(true);
      made.lastElementChild.textContent = caution;
      return made;
    }));
  }

  #draw() {
    const [page, stop, { words, guideWords, kept, notice, effects }] = [this.#page, this.#stop, this.#about];
    const { plan, how } = this.#planned;
    page.say("place", stop.place);
    drawStairs(page.part("stairs"), plan, guideWords.levels);
    page.part("steps").replaceChildren(...plan.phases.map((phase) => this.#step(phase)));
    page.say("span", this.#span(plan));
    page.say("why", how === "kept" ? stop.why : "");
    page.say("made", kept.owner === "visitor" ? "" : fill(words.how[how] ?? "", { day: dayIn(kept.made_at) }));
    const since = heldAt(stop, this.#about).effects.map((effect) => effects[effect].text);
    page.say("held", [...new Set([...stop.held, ...since])].join(" "));
    page.say("note-text", stop.note);
    page.show("note", Boolean(stop.note));
    page.tell("notice", notice && sentence(notice, words));
    page.part("begin").lastElementChild.textContent = lengthOf(plan.total_s * 1000, guideWords);
    page.part("begin").disabled = !this.#isNormal(stop);
  }

  /** Where it went numb, only a yes will do. */
  #isNormal({ asksNormal }) {
    if (!asksNormal) return true;
    const { normal } = this.#answers;
    this.#page.show("normal", true);
    this.#page.show("not-normal", normal === "no");
    return normal === "yes";
  }

  #step({ cue, level, seconds }) {
    const { words, guideWords } = this.#about;
    const item = document.createElement("li");
    item.textContent = `${cue}: ${level} ${guideWords.levels[level]}, ${fill(words.step, { n: seconds })}`;
    return item;
  }

  #span({ start, target }) {
    const [{ words, guideWords }, same] = [this.#about, start === target];
    const levels = { start: guideWords.levels[start], target: guideWords.levels[target], level: guideWords.levels[start] };
    const text = fill(same ? words.stays : words.opens, levels);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  /** What the guide takes. */
  #made() {
    const { tool, get_ready, pain_before, tenderness_before, other_side_before } = this.#answers;
    const { spot, side, place, shiftHint } = this.#stop;
    const answers = {
      pain_before: score(pain_before),
      tenderness_before: score(tenderness_before),
      other_side_before: score(other_side_before),
    };
    const stop = { spot, side, tool, place, shiftHint, plan: this.#planned.plan, answers };
    return { stops: [stop], getReadySeconds: Number(get_ready), gapSeconds: this.#about.kept.gapSeconds };
  }
}

const score = (value) => (value ? Number(value) : null);
