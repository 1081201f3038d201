/* The guide: draws a run of the plan, passes taps in, and hands the finished session on. */
import { sample } from "../lib/clock.js";
import { begin, next, trace, view } from "../lib/guide.js";
import { outbox, send } from "../lib/outbox.js";
import { uuid7 } from "../lib/uuid7.js";
import { cueFor, fill, lengthOf, nextFor, timeOf } from "../lib/words.js";

const EVERY_MS = 250;
const CHOICES = { done: "user", too_much: "discomfort", pulsing: "pulse", emergency: "emergency" };

class SweetGuide extends HTMLElement {
  #data = null;
  #run = null;
  #clock = null;
  #timer = 0;
  #session = null;
  #drawnPhase = -1;
  #wakeLock = null;

  connectedCallback() {
    this.#data = JSON.parse(document.getElementById("guide-data").textContent);
    this.#on("ease", () => this.#apply({ type: "easeOff" }));
    this.#on("undo", () => this.#apply({ type: "undo" }));
    this.#on("sharp", () => this.#apply({ type: "sharp" }));
    this.#on("numb", () => this.#apply({ type: "numb" }));
    this.#on("pause", () => this.#apply({ type: "pause" }));
    this.#on("resume", () => this.#apply({ type: "resume" }));
    this.#on("skip", () => this.#apply({ type: "skipReady" }));
    this.#on("redo", () => this.#apply({ type: "redo" }));
    this.#on("go-on", () => this.#apply({ type: "goOn" }));
    this.#on("end-here", () => this.#apply({ type: "end" }));
    this.#on("finish", () => this.#send());
    this.#on("stop", () => this.#askWhy());
    this.#part("stop-sheet").addEventListener("close", () => this.#stop());
    this.#part("help").addEventListener("close", () => this.#leave());
  }

  begin({ plan, strip, getReadySeconds, answers }) {
    const now = Date.now();
    this.#run = begin(this.#data.plans[plan], { getReadySeconds });
    this.#session = { id: uuid7(now, crypto.getRandomValues(new Uint8Array(16))), answers };
    this.#clock = null;
    this.#drawnPhase = -1;
    this.#part("strip").replaceWith(strip.cloneNode(true));
    this.#part("place").textContent = this.#data.places[answers.side];
    this.#cover(true);
    document.addEventListener("visibilitychange", this.#onVisibility);
    addEventListener("beforeunload", this.#onLeave);
    this.#keepAwake();
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
    this.#tick();
    this.focus();
  }

  #onVisibility = () => {
    this.#tick();
    if (document.visibilityState === "visible") this.#keepAwake();
  };

  #onLeave = (event) => event.preventDefault();

  #onOnline = () => this.#send();

  #on(name, act) {
    for (const part of this.querySelectorAll(`[data-part="${name}"]`)) part.addEventListener("click", act);
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #cover(covered) {
    this.hidden = !covered;
    this.tabIndex = -1;
    for (const other of document.querySelectorAll("sweet-prepare, .tabbar, .skip")) other.inert = covered;
  }

  async #keepAwake() {
    // Refused or missing: the screen may dim, and the gap is noticed when it is back.
    this.#wakeLock = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  /** Bring the count up to now: only time that was seen and continuous counts. */
  #tick() {
    const visible = document.visibilityState === "visible";
    const { state, kind, ms } = sample(this.#clock, { wall: Date.now(), mono: performance.now(), visible });
    this.#clock = state;
    if (kind === "gap") this.#run = next(this.#run, { type: "gap", ms });
    if (kind === "clock_change") this.#run = next(this.#run, { type: "clockChange" });
    if (kind !== "gap") this.#run = next(this.#run, { type: "tick", ms });
    this.#session.gapMs = kind === "gap" ? ms : this.#session.gapMs;
    this.#draw();
  }

  #apply(event) {
    this.#tick();
    this.#run = next(this.#run, event);
    this.#draw();
  }

  #askWhy() {
    this.#apply({ type: "pause" });
    const sheet = this.#part("stop-sheet");
    sheet.returnValue = "";
    sheet.showModal();
  }

  #stop() {
    const choice = CHOICES[this.#part("stop-sheet").returnValue];
    this.#apply(choice ? { type: "stop", choice } : { type: "resume" });
  }

  #draw() {
    const now = view(this.#run);
    const { words } = this.#data;
    if (this.#run.phases.length && !this.#session.startedAt) this.#session.startedAt = Date.now();
    this.dataset.status = now.status;
    this.dataset.level = now.level;
    this.style.setProperty("--fraction", now.status === "ready" ? 0 : now.fraction);
    const count = now.readyLeft || now.shiftLeft || now.secondsLeft;
    this.#say("count", now.readyLeft > 99 ? timeOf(count) : String(count));
    this.#part("count").dataset.digits = this.#part("count").textContent.length;
    const ready = now.status === "ready";
    this.#say("level-number", ready ? "" : String(now.level));
    this.#say("level-word", ready ? words.ready : now.status === "paused" ? words.paused : words.levels[now.level]);
    this.#say("left", ready ? "" : fill(words.left, { time: timeOf(now.totalLeft) }));
    this.#say("cue", cueFor(now, this.#data));
    this.#say("next", nextFor(now, this.#run.plan, words));
    this.#say("ease-label", now.level === 1 ? words.letGo : words.easeOff);
    this.#part("undo").hidden = !now.canUndo;
    if (now.status === "away") this.#drawAway(now, words);
    this.#drawPhase(now, words);
    if (now.status === "ended") this.#finish(now);
  }

  #say(name, text) {
    const part = this.#part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  #drawAway(now, words) {
    this.#say("away-title", fill(words.away, { time: lengthOf(this.#session.gapMs, words) }));
    this.#say("away-text", fill(words.awayText, { n: now.secondsLeft }));
    const whole = this.#run.plan.phases[now.phaseIndex].seconds;
    this.#say("redo-seconds", fill(words.seconds, { n: whole }));
    this.#say("go-on-seconds", fill(words.seconds, { n: now.secondsLeft }));
  }

  /** Once a phase or a change of status: the strip, and the one sentence a screen reader hears. */
  #drawPhase(now, words) {
    const drawn = `${now.status} ${now.phaseIndex} ${now.level}`;
    if (this.#drawnPhase === drawn) return;
    this.#drawnPhase = drawn;
    const begun = now.status !== "ready";
    this.querySelectorAll('[data-part="phase"]').forEach((bar, i) => {
      bar.dataset.state = !begun || i > now.phaseIndex ? "" : i < now.phaseIndex ? "done" : "now";
    });
    const level = begun ? words.levels[now.level] : words.ready;
    this.#say("announce", `${level}. ${cueFor(now, this.#data)}`);
  }

  #finish(now) {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    removeEventListener("beforeunload", this.#onLeave);
    this.#wakeLock?.release();
    const why = this.#data.words.ended[now.endedBy];
    this.#say("ended-text", why?.text ?? this.#data.words.saving);
    if (why) this.#say("ended-title", why.title);
    if (now.endedBy !== "emergency") return this.#leave();
    this.#say("help-title", why.title);
    this.#say("help-text", why.text);
    this.#part("help").showModal();
  }

  /** Nothing was pressed yet while getting ready, so there is nothing to keep. */
  #leave() {
    if (this.#session.startedAt) this.#send();
    else this.#cover(false);
  }

  async #send() {
    const box = outbox(localStorage);
    const record = this.#record();
    box.keep(record);
    const { state, after, why } = await send(record, (...request) => fetch(...request));
    if (state === "kept") {
      box.drop(record.id);
      location.assign(after);
      return;
    }
    const { words } = this.#data;
    this.#say("ended-title", words.kept);
    const told = { unsent: words.unsent, signedOut: words.signedOut, refused: fill(words.refused, { why }) };
    this.#say("ended-text", told[state]);
    this.#part("finish").firstElementChild.textContent = words.tryAgain;
    this.#part("today").hidden = false;
    if (state === "unsent") addEventListener("online", this.#onOnline, { once: true });
  }

  #record() {
    this.#session.endedAt ??= Date.now();
    const { id, answers, startedAt, endedAt } = this.#session;
    const { owner, spot, zone } = this.#data;
    const times = { started_at: iso(startedAt), ended_at: iso(endedAt), time_zone: zone };
    return { id, owner, body: { spot, ...answers, ...times, trace: trace(this.#run) } };
  }
}

const iso = (ms) => new Date(ms).toISOString();

customElements.define("sweet-guide", SweetGuide);
