/* The guide: runs the stops of a session in turn, passes taps in, and hands what was done on. */
import { Aids } from "../guide/aids.js";
import { Face } from "../guide/face.js";
import { Keeping } from "../guide/keeping.js";
import { Runner } from "../guide/runner.js";
import { view } from "../lib/guide.js";
import { savedRunKey } from "../lib/saved-run-key.js";
import { answerHere } from "../lib/shell-way.js";
import { endAll, follows, leave, moveOn, setOut } from "../lib/stops.js";
import { fill } from "../lib/words.js";
import { newId } from "../phone/new-id.js";

const TAPS = {
  ...{ undo: "undo", sharp: "sharp", numb: "numb", pulse: "pulse" },
  ...{ pause: "pause", resume: "resume", skip: "skipReady" },
  ...{ redo: "redo", "go-on": "goOn", "end-here": "end" },
};
const CHOICES = { done: "user", too_much: "discomfort", pulsing: "pulse", emergency: "emergency", all: "user" };

class SweetGuide extends HTMLElement {
  #data = null;
  #face = null;
  #keeping = null;
  #aids = null;
  #runner = new Runner((how) => this.#draw(how));
  #spoken = "";
  #wasPaused = false;

  connectedCallback() {
    this.#data = JSON.parse(document.getElementById("guide-data").textContent);
    this.#face = new Face(this, this.#data.words);
    this.#keeping = new Keeping(this.#data.owner, (record) => this.#addLoose(record));
    this.#aids = new Aids(this.#data, {
      tell: (sentence) => this.#face.tell(sentence),
      act: (action) => (action === "askStop" ? this.#askWhy() : this.#apply({ type: action })),
      status: () => this.dataset.status,
      found: (trip) => this.#keeping.keep(trip),
      taken: () => this.#giveWay(() => this.#offerTakeOver()),
      lost: () => this.#giveWay(() => this.#end(this.#data.words.elsewhere)),
    });
    for (const [name, type] of Object.entries(TAPS)) this.#on(name, () => this.#apply({ type }));
    for (const name of ["easier", "good_ache", "check-sharp"]) {
      this.#on(name, () => this.#apply({ type: "check", answer: name.replace("check-", "") }));
    }
    this.#easeAtTheTouch(this.#part("ease"));
    this.#on("dim", () => this.#dim());
    this.#on("stop", () => this.#askWhy());
    this.#on("next-stop", () => this.#goToNext());
    this.#on("finish", () => this.#tryAgain());
    this.#on("file", () => this.#keeping.takeOut());
    this.addEventListener("click", this.#onTap, true);
    this.#part("stop-sheet").addEventListener("close", () => this.#stop());
    this.#part("help").addEventListener("close", () => this.#leave());
    this.#part("other-tab").addEventListener("close", () => this.#takeOver());
    if (localStorage.getItem(savedRunKey(this.#data.owner))) this.#comeBack();
  }

  /** A cheek or an elbow leans or rolls, which makes no click: the touch itself eases off. */
  #easeAtTheTouch(ring) {
    let touched = false;
    ring.addEventListener("pointerdown", () => {
      touched = true;
      this.#apply({ type: "easeOff" });
    });
    ring.addEventListener("click", ({ detail }) => {
      if (!detail || !touched) this.#apply({ type: "easeOff" });
      touched = false;
    });
  }

  /** Run up to four stops in turn: {stops, getReadySeconds, gapSeconds}, as stops.js takes them. */
  begin(way) {
    this.#run(setOut({ ...way, zone: this.#data.zone }, newId(), Date.now()));
    this.#aids.start();
    this.#keeping.load();
    this.#draw({ tapped: false });
  }

  /** A reload, a crash, a closed tab or an empty battery: what was left is here. */
  async #comeBack() {
    this.#shut(true);
    if (!(await this.#aids.hold())) return this.#offerTakeOver();
    const left = this.#aids.left();
    for (const record of left?.trip.loose ?? []) this.#keeping.put(record);
    if (left && !left.over) return this.#run(left.trip);
    if (left) this.#keeping.keep(left.trip);
    this.#aids.finish();
    if (left) await this.#forget();
    else this.#aids.release();
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
    this.#cover(true);
    addEventListener("beforeunload", this.#onLeave);
    this.#runner.start(trip);
    this.focus();
  }

  #apply(event) {
    this.#runner.apply(event);
  }

  #draw({ tapped }) {
    const { trip, mono, running } = this.#runner;
    if (!running) return;
    const now = this.#face.draw(trip);
    this.#keeping.follow(trip);
    if (["away", "ended", "paused"].includes(now.status)) delete this.dataset.dim;
    this.#aids.follow(trip, mono, { tapped, sentence: this.#sentence(now) });
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
    const then = follows(this.#trip);
    if (then === "next") return this.#goToNext();
    this.#keeping.keep(this.#trip);
    this.#trip = leave(this.#trip);
    this.#runner.stop();
    if (then === "ask") return this.#offerNext();
    this.#stand();
    if (this.#trip.run.endedBy === "emergency") this.#showHelp();
    else this.#leave();
  }

  #showHelp() {
    const why = this.#data.words.ended.emergency;
    this.#face.show("help-saves", this.#trip.done.length > 0);
    this.#face.say("help-title", why.title);
    this.#face.say("help-text", why.text);
    this.#part("help").showModal();
  }

  /** No room for it by itself: it stays with the run, which is saved in a place of its own. */
  #addLoose(record) {
    if (!this.#trip) return;
    const others = (this.#trip.loose ?? []).filter(({ id }) => id !== record.id);
    this.#trip = { ...this.#trip, loose: [...others, record] };
  }

  async #forget() {
    if (!this.#keeping.hasKept || (await this.#keeping.isSafe())) this.#aids.forget();
  }

  #goToNext() {
    const trip = moveOn(this.#trip, newId(), Date.now());
    if (!this.#runner.running) return this.#runner.start(trip);
    this.#trip = trip;
    this.#draw({ tapped: true });
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
    if (this.#trip.done.length) return this.#settle();
    if (this.#trip.run.endedBy === "emergency") return location.assign("/");
    this.#cover(false);
  }

  async #settle() {
    const { words } = this.#data;
    const advice = words.ended[this.#trip.run.endedBy];
    this.#stand();
    this.#face.ended(advice ?? words.saving);
    const isSafe = await this.#keeping.isSafe();
    if (isSafe && !advice) this.#face.ended(words.sending);
    const saved = { state: "unsent", inBox: !this.#aids.atRisk };
    const outcome = (await this.#keeping.outcome(this.#trip.done)) ?? saved;
    await this.#forget();
    if (outcome.state === "kept") return location.assign(outcome.after);
    if (outcome.state === "unsent" && outcome.inBox && this.#opensOffline) return location.assign(answerHere(this.#trip.done));
    this.#tell(outcome);
  }

  /** Whether the questions afterwards can be asked on this phone alone. */
  get #opensOffline() {
    return this.#data.answersHere || Boolean(navigator.serviceWorker?.controller);
  }

  #tell({ state, why, inBox }) {
    const { words } = this.#data;
    const told = { signedOut: words.signedOut, refused: fill(words.refused, { why }) };
    this.#end({ title: words.kept, text: told[state] ?? words.unsent, ...(inBox ? {} : words.keepOpen) });
    this.#face.show("file", !inBox);
    this.#face.show("finish", true);
    this.#face.say("finish-label", words.tryAgain);
    if (state === "unsent") addEventListener("online", this.#tryAgain, { once: true });
    if (!inBox) addEventListener("beforeunload", this.#onLeave);
  }

  #end(told) {
    this.#face.ended(told);
    this.#face.show("finish", false);
    this.#face.show("today", true);
  }

  #giveWay(then) {
    this.#runner.stop();
    this.#face.show("next-stop", false);
    removeEventListener("beforeunload", this.#onLeave);
    then();
  }

  #stand() {
    this.#giveWay(() => this.#aids.finish());
    this.#forget();
  }

  #askWhy() {
    delete this.dataset.dim;
    this.#wasPaused = this.dataset.status === "paused";
    this.#apply({ type: "pause" });
    this.#drawSheet(this.#trip);
    const sheet = this.#part("stop-sheet");
    sheet.returnValue = "";
    sheet.showModal();
  }

  /** What can have been felt: nothing before the first press; numbness has a key of its own in it. */
  #drawSheet({ run, queue: [next], last }) {
    const { waits, status } = view(run);
    const pressed = !waits || Boolean(last);
    for (const name of ["why-too-much", "why-pulsing", "why-radiating"]) this.#face.show(name, pressed);
    this.#face.show("why-numb", pressed && (waits || status === "away"));
    this.#face.show("all", Boolean(next));
    this.#face.show("then", Boolean(next || (waits && last)));
    const { thenNext, onTheWay } = this.#data.words;
    if (next) this.#face.say("then", fill(thenNext, { place: next.place }));
    if (waits && last) this.#face.say("then", fill(onTheWay, { place: last.session.stop.place }));
  }

  #stop() {
    const { returnValue } = this.#part("stop-sheet");
    const choice = CHOICES[returnValue];
    if (returnValue === "all") this.#trip = endAll(this.#trip);
    if (["numb", "radiating"].includes(returnValue)) return this.#apply({ type: returnValue });
    if (choice) return this.#apply({ type: "stop", choice, stay: this.#wasPaused });
    if (returnValue === "go_on") this.#apply({ type: "goOn" });
    // Escape goes back to what was: who had paused has not said to go on.
    if (returnValue === "go_on" || !this.#wasPaused) this.#apply({ type: "resume" });
  }

  #dim() {
    this.dataset.dim = "";
    this.#face.say("announce", this.#data.words.dimmed);
  }

  /** On a dark screen a tap lights it up; only easing off does what it does besides. */
  #onTap = (event) => {
    this.#aids.unlock();
    if (event.detail && !event.target.closest("dialog")) this.focus({ preventScroll: true });
    if (!("dim" in this.dataset)) return;
    delete this.dataset.dim;
    if (event.detail && !event.target.closest('[data-part="ease"]')) event.stopPropagation();
  };

  #onLeave = (event) => {
    if (this.#aids.atRisk) event.preventDefault();
  };

  #tryAgain = () => (this.#keeping.isLoaded ? this.#settle() : location.reload());

  #on(name, act) {
    for (const part of this.querySelectorAll(`[data-part="${name}"]`)) part.addEventListener("click", act);
  }

  get #trip() {
    return this.#runner.trip;
  }

  set #trip(trip) {
    this.#runner.trip = trip;
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
    for (const other of document.querySelectorAll("sweet-prepare, sweet-together, sweet-shell, .tabbar, .skip, .flash")) other.inert = shut;
  }
}

customElements.define("sweet-guide", SweetGuide);
