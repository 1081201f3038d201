/* The guide: runs the stops of a session in turn, passes taps in, and hands what was done on. */
import { Face } from "../guide/face.js";
import { Post } from "../guide/post.js";
import { sample } from "../lib/clock.js";
import { msToChange } from "../lib/guide-time.js";
import { savedRunKey } from "../lib/outbox.js";
import { endAll, follows, go, leave, moveOn, recordOf, setOut } from "../lib/stops.js";
import { uuid7 } from "../lib/uuid7.js";
import { fill } from "../lib/words.js";

const EVERY_MS = 250;
const LOAD_AIDS_MS = 2000;
const TAPS = {
  ...{ ease: "easeOff", undo: "undo", sharp: "sharp", numb: "numb", pulse: "pulse" },
  ...{ pause: "pause", resume: "resume", skip: "skipReady" },
  ...{ redo: "redo", "go-on": "goOn", "end-here": "end" },
};
const CHOICES = { done: "user", too_much: "discomfort", pulsing: "pulse", emergency: "emergency", all: "user" };

class SweetGuide extends HTMLElement {
  #data = null;
  #face = null;
  #post = null;
  #aids = null;
  #loading = null;
  #trip = null;
  #clock = null;
  #timer = 0;
  #running = false;
  #spoken = "";

  connectedCallback() {
    this.#data = JSON.parse(document.getElementById("guide-data").textContent);
    this.#face = new Face(this, this.#data.words);
    this.#post = new Post(this.#data.owner);
    for (const [name, type] of Object.entries(TAPS)) this.#on(name, () => this.#apply({ type }));
    for (const name of ["easier", "good_ache", "check-sharp"]) {
      this.#on(name, () => this.#apply({ type: "check", answer: name.replace("check-", "") }));
    }
    this.#on("dim", () => this.#dim());
    this.#on("stop", () => this.#askWhy());
    this.#on("next-stop", () => this.#goToNext());
    this.#on("finish", () => this.#settle({ again: true }));
    this.addEventListener("click", this.#onTap, true);
    this.#part("stop-sheet").addEventListener("close", () => this.#stop());
    this.#part("help").addEventListener("close", () => this.#leave());
    this.#part("other-tab").addEventListener("close", () => this.#takeOver());
    this.#makeReady();
  }

  /** Run up to four stops in turn: {stops, getReadySeconds, gapSeconds}, as stops.js takes them. */
  begin(way) {
    this.#run(setOut({ ...way, zone: this.#data.zone }, newId(), Date.now()));
    if (this.#aids) return void this.#aids.start();
    this.#load().then(() => {
      if (!this.#running) return;
      this.#aids?.start();
      this.#draw();
    });
  }

  /** Sound, keys and the saved run come after the page, or at the first touch of it. */
  #makeReady() {
    if (localStorage.getItem(savedRunKey(this.#data.owner))) return void this.#comeBack();
    const load = () => this.#load();
    for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, load, { once: true });
    addEventListener("load", () => setTimeout(load, LOAD_AIDS_MS), { once: true });
  }

  #load() {
    this.#loading ??= import("../guide/aids.js").then(
      ({ Aids }) => (this.#aids = new Aids(this.#data, {
        tell: (sentence) => this.#face.tell(sentence),
        act: (action) => (action === "askStop" ? this.#askWhy() : this.#apply({ type: action })),
        status: () => this.dataset.status,
        taken: () => this.#giveWay(() => this.#offerTakeOver()),
        lost: () => this.#giveWay(() => this.#end(this.#data.words.elsewhere)),
      })),
      () => (this.#loading = null),
    );
    return this.#loading;
  }

  /** A reload, a crash, a closed tab or an empty battery: what was left is here. */
  async #comeBack() {
    this.#shut(true);
    await this.#load();
    if (!this.#aids) return this.#shut(false);
    if (!(await this.#aids.hold())) return this.#offerTakeOver();
    const left = this.#aids.left();
    if (left && !left.over) return this.#run(left.trip);
    if (left) this.#keep(left.trip);
    this.#aids.finish();
    this.#cover(false);
  }

  #offerTakeOver() {
    this.#cover(true);
    const dialog = this.#part("other-tab");
    dialog.returnValue = "";
    dialog.showModal();
  }

  async #takeOver() {
    if (this.#part("other-tab").returnValue !== "take") return this.#cover(false);
    await this.#aids.takeOver();
    await this.#comeBack();
  }

  #run(trip) {
    this.#trip = trip;
    this.#clock = null;
    this.#running = true;
    this.#cover(true);
    document.addEventListener("visibilitychange", this.#onVisibility);
    addEventListener("beforeunload", this.#onLeave);
    this.#loop();
    this.focus();
  }

  #loop = () => {
    this.#tick();
    clearTimeout(this.#timer);
    if (!this.#running) return;
    const change = msToChange(this.#trip.run) ?? EVERY_MS;
    this.#timer = setTimeout(this.#loop, Math.min(EVERY_MS, Math.ceil(change)));
  };

  /** Bring the count up to now: only time that was seen and continuous counts. */
  #tick() {
    const visible = document.visibilityState === "visible";
    const { state, kind, ms } = sample(this.#clock, { wall: Date.now(), mono: performance.now(), visible });
    this.#clock = state;
    if (kind === "clock_change") this.#happen({ type: "clockChange" });
    this.#happen({ type: kind === "gap" ? "gap" : "tick", ms });
    this.#draw();
  }

  #apply(event) {
    if (!this.#running) return;
    this.#tick();
    this.#happen(event);
    this.#draw({ tapped: true });
  }

  #happen(event) {
    this.#trip = go(this.#trip, event, Date.now());
  }

  #draw({ tapped = false } = {}) {
    if (!this.#running) return;
    const now = this.#face.draw(this.#trip);
    if (["away", "ended"].includes(now.status)) delete this.dataset.dim;
    this.#aids?.follow(this.#trip, this.#clock.mono, { tapped, sentence: this.#sentence(now) });
    if (now.status === "ended") this.#over();
  }

  /** What is to be said aloud beyond the level, once. */
  #sentence(now) {
    const spoken = `${this.#trip.session.id} ${now.message}`;
    if (spoken === this.#spoken) return undefined;
    this.#spoken = spoken;
    const { spoken: words, ended } = this.#data.words;
    if (now.status === "shifting") return now.cue;
    if (now.status === "changing") return fill(words.next, { place: this.#trip.session.stop.place, n: now.readyLeft });
    return ended[now.endedBy]?.title;
  }

  /** A stop is over: it is kept at once, and the next one follows by itself where it may. */
  #over() {
    this.#keep(this.#trip);
    this.#trip = leave(this.#trip);
    if (follows(this.#trip) === "next") return this.#goToNext();
    this.#running = false;
    clearTimeout(this.#timer);
    this.#spoken = "";
    if (follows(this.#trip) === "ask") return this.#offerNext();
    this.#stand();
    this.#aids?.finish();
    if (this.#trip.run.endedBy !== "emergency") return this.#leave();
    const why = this.#data.words.ended.emergency;
    this.#face.say("help-title", why.title);
    this.#face.say("help-text", why.text);
    this.#part("help").showModal();
  }

  #keep(trip) {
    const record = recordOf(trip, this.#data.owner);
    if (record) this.#post.keep(record);
  }

  #goToNext() {
    this.#trip = moveOn(this.#trip, newId(), Date.now());
    if (this.#running) return this.#draw({ tapped: true });
    this.#clock = null;
    this.#running = true;
    this.#loop();
  }

  /** After numbness nothing goes on by itself. */
  #offerNext() {
    const { ended } = this.#data.words;
    this.#face.ended(ended.nerve);
    this.#face.say("next-place", this.#trip.queue[0].place);
    this.#face.show("next-stop", true);
  }

  /** Nothing was pressed yet while getting ready, so there is nothing to keep. */
  #leave() {
    if (this.#trip.done.length) this.#settle();
    else this.#cover(false);
  }

  async #settle(how) {
    const { words } = this.#data;
    this.#stand();
    this.#aids?.finish();
    this.#face.ended(words.ended[this.#trip.run.endedBy] ?? { text: words.saving });
    const { state, after, why, inBox } = await this.#post.outcome(this.#trip.done, how);
    if (state === "kept") return location.assign(after);
    const told = { signedOut: words.signedOut, refused: fill(words.refused, { why }) };
    this.#end({ title: words.kept, text: told[state] ?? words.unsent, ...(inBox ? {} : words.keepOpen) });
    this.#face.show("finish", true);
    this.#face.say("finish-label", words.tryAgain);
    if (state === "unsent") addEventListener("online", this.#onOnline, { once: true });
    if (!inBox) addEventListener("beforeunload", this.#onLeave);
  }

  #end(told) {
    this.#face.ended(told);
    this.#face.show("finish", false);
    this.#face.show("today", true);
  }

  #giveWay(then) {
    this.#running = false;
    this.#stand();
    then();
  }

  #stand() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#face.show("next-stop", false);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    removeEventListener("beforeunload", this.#onLeave);
  }

  #askWhy() {
    delete this.dataset.dim;
    this.#apply({ type: "pause" });
    const [next] = this.#trip.queue;
    for (const name of ["then", "all"]) this.#face.show(name, Boolean(next));
    if (next) this.#face.say("then", fill(this.#data.words.thenNext, { place: next.place }));
    const sheet = this.#part("stop-sheet");
    sheet.returnValue = "";
    sheet.showModal();
  }

  #stop() {
    const { returnValue } = this.#part("stop-sheet");
    const choice = CHOICES[returnValue];
    if (returnValue === "all") this.#trip = endAll(this.#trip);
    this.#apply(choice ? { type: "stop", choice } : { type: "resume" });
  }

  #dim() {
    this.dataset.dim = "";
    this.#face.say("announce", this.#data.words.dimmed);
  }

  /** On a dark screen a tap lights it up; only easing off does what it does besides. */
  #onTap = (event) => {
    this.#aids?.unlock();
    if (event.detail && !event.target.closest("dialog")) this.focus({ preventScroll: true });
    if (!("dim" in this.dataset)) return;
    delete this.dataset.dim;
    if (!event.target.closest('[data-part="ease"]')) event.stopPropagation();
  };

  #onVisibility = () => this.#tick();

  #onLeave = (event) => {
    if (!this.#aids || this.#aids.atRisk) event.preventDefault();
  };

  #onOnline = () => this.#settle({ again: true });

  #on(name, act) {
    for (const part of this.querySelectorAll(`[data-part="${name}"]`)) part.addEventListener("click", act);
  }

  #part(name) {
    return this.#face.part(name);
  }

  #cover(covered) {
    this.hidden = !covered;
    this.tabIndex = -1;
    this.#shut(covered);
  }

  #shut(shut) {
    for (const other of document.querySelectorAll("sweet-prepare, .tabbar, .skip")) other.inert = shut;
  }
}

const newId = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));

customElements.define("sweet-guide", SweetGuide);
