/* What the guide looks like: fills the parts that the server made. */
import { view } from "../lib/guide.js";
import { cueFor, fill, lengthOf, nextFor, timeOf } from "../lib/words.js";

const DEPTHS = [11, 18, 26, 33, 40];
const TOLD_MS = 12_000;
const TITLED = ["ready", "changing", "paused"];

export class Face {
  #root;
  #words;
  #drawn = "";
  #strip = null;
  #tellUntil = 0;

  constructor(root, words) {
    this.#root = root;
    this.#words = words;
  }

  part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }

  say(name, text) {
    const part = this.part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  show(name, shown) {
    this.part(name).hidden = !shown;
  }

  /** Draw a trip as it is now; answers its view, with `cue`, the line that says what to do. */
  draw(trip) {
    const { stop } = trip.session;
    const now = view(trip.run);
    now.cue = cueFor(now, { words: this.#words, ...stop, before: trip.before });
    this.#drawStrip(stop.plan);
    this.#root.dataset.status = now.status;
    this.#root.dataset.level = now.level;
    // On these two alone: whatever inherits it is styled anew four times a second.
    for (const name of ["strip", "ring"]) {
      this.part(name).style.setProperty("--fraction", now.waits ? 0 : now.fraction);
    }
    this.#drawTexts(now, stop);
    this.#drawCount(now);
    this.show("undo", now.canUndo);
    this.show("check", Boolean(now.asks));
    if (now.status === "away") this.#drawAway(now, stop.plan);
    this.#drawPhase(now);
    return now;
  }

  /** Say something once, without getting in the way; it goes by itself. */
  tell(sentence) {
    this.#tellUntil = performance.now() + TOLD_MS;
    this.part("told").append(sentence, " ");
  }

  /** It is over, or goes on elsewhere: what there is to say. */
  ended({ title, text }) {
    this.#root.dataset.status = "ended";
    if (title) this.say("ended-title", title);
    this.say("ended-text", text);
    this.say("announce", [title, text].filter(Boolean).join(" "));
  }

  #drawTexts(now, stop) {
    const words = this.#words;
    this.say("place", stop.place);
    this.say("left", now.waits ? "" : fill(words.left, { time: timeOf(now.totalLeft) }));
    for (const name of ["sharp", "numb", "pulse"]) this.show(name, !now.waits);
    this.say("level-number", now.waits ? "" : String(now.level));
    this.say("level-word", this.#title(now));
    this.say("cue", now.cue);
    this.say("next", nextFor(now, stop.plan, words));
    this.say("ease-label", now.level === 1 ? words.letGo : words.easeOff);
    if (this.#tellUntil && performance.now() > this.#tellUntil) {
      this.#tellUntil = 0;
      this.say("told", "");
    }
  }

  #drawCount(now) {
    const count = now.readyLeft || now.shiftLeft || now.secondsLeft;
    const text = now.readyLeft > 99 ? timeOf(count) : String(count);
    this.say("count", text);
    this.part("count").dataset.digits = text.length;
  }

  #drawAway(now, plan) {
    const words = this.#words;
    const left = now.readyLeft || now.secondsLeft;
    const away = fill(words.away, { time: lengthOf(now.awaySeconds * 1000, words) });
    this.say("away-title", now.awaySeconds ? away : words.back);
    this.say("away-text", fill(words.awayText, { n: left }));
    this.show("redo", !now.waits);
    this.say("redo-seconds", fill(words.seconds, { n: plan.phases[now.phaseIndex].seconds }));
    this.say("go-on-seconds", fill(words.seconds, { n: left }));
  }

  /** Once a phase or a change of status: the strip, and the one sentence a screen reader hears. */
  #drawPhase(now) {
    const drawn = [now.status, now.phaseIndex, now.level].join();
    if (this.#drawn === drawn) return;
    this.#drawn = drawn;
    [...this.part("strip").children].forEach((bar, i) => {
      bar.dataset.state = now.waits || i > now.phaseIndex ? "" : i < now.phaseIndex ? "done" : "now";
    });
    if (now.status === "ended") return;
    const away = now.status === "away";
    const said = away ? this.part("away-title").textContent : `${this.#title(now)}. ${now.cue}`;
    this.say("announce", now.asks ? `${said} ${this.#words.asks}` : said);
  }

  #title({ status, level }) {
    return TITLED.includes(status) ? this.#words[status] : this.#words.levels[level];
  }

  /** The plan as a strip: width is seconds, depth is level. The server drew one; bars are like its. */
  #drawStrip(plan) {
    if (this.#strip === plan) return;
    this.#strip = plan;
    this.#drawn = "";
    const [model] = this.part("strip").children;
    const total = plan.phases.reduce((sum, { seconds }) => sum + seconds, 0);
    let x = 0;
    this.part("strip").replaceChildren(...plan.phases.map(({ seconds, level }) => {
      const bar = model.cloneNode(true);
      for (const rect of bar.children) {
        rect.setAttribute("x", `${x}%`);
        rect.setAttribute("width", `${(100 * seconds) / total}%`);
        rect.setAttribute("height", DEPTHS[level]);
      }
      x += (100 * seconds) / total;
      return bar;
    }));
  }
}
