/* Stands in for a page where there is no network, and leads a visitor: draws Today, Prepare and
   After from what this phone keeps. Served in place of what was asked for, so the address says. */
import { doneOf, heldAt, standing } from "../lib/kept.js";
import { VISITOR } from "../lib/outbox.js";
import { toAsk } from "../lib/ticked.js";
import { answerHere, wayIn, wayOf } from "../lib/shell-way.js";
import { box, flush, keep } from "../phone/box.js";
import { doneHere } from "../phone/done.js";
import { keepFor, keptFor } from "../phone/kept.js";
import { newId } from "../phone/new-id.js";
import { ownerHere } from "../phone/owner.js";
import { askAfter, drawOver } from "../shell/after.js";
import { ask, close, tellCall } from "../shell/asks.js";
import { Page } from "../shell/page.js";
import { Prepare } from "../shell/prepare.js";
import { drawToday, sentence } from "../shell/today.js";

class SweetShell extends HTMLElement {
  #page = new Page(this);
  #words = read("shell-words");
  #guideWords = read("guide-data").words;
  #kept;
  #done = [];
  #given = [];

  async connectedCallback() {
    const way = wayOf(location);
    const given = read("kept-data");
    if (given) this.#kept = { ...given, zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC" };
    else this.#kept = await keptFor(ownerHere() ?? VISITOR).catch(() => undefined);
    if (given) await keepFor(this.#kept).catch(() => null); // After needs it, and does without
    if (!given && this.#goesToOwnLanguage(way)) return;
    tellCall(this, this.#kept?.call);
    if (way.view === "after") return this.#after(way);
    const records = this.#kept ? await box.waiting(this.#kept.owner).catch(() => []) : [];
    if (this.#kept) this.#since(records);
    if (way.view === "prepare" && this.#kept) return this.#prepare(way);
    this.#today(records, way.instead);
  }

  /** What was done and answered here that the plans do not know. */
  #since(records) {
    const { owner, made_at, given = [] } = this.#kept;
    const of = (kind) => records.filter((record) => record.kind === kind);
    const sessions = of("session").map((record) => doneOf(record, this.#kept));
    this.#done = [...sessions, ...doneHere(owner, Date.parse(made_at))];
    this.#given = [...given, ...of("answers").map(({ body }) => body)];
  }

  get #about() {
    const [words, guideWords] = [this.#words, this.#guideWords];
    return { kept: this.#kept, done: this.#done, given: this.#given, effects: words.effects, words, guideWords };
  }

  #goesToOwnLanguage(way) {
    const shells = JSON.parse(this.dataset.shells);
    const { language } = this.#kept ?? {};
    if (!shells[language] || language === document.documentElement.lang) return false;
    location.replace(wayIn(shells[language], way));
    return true;
  }

  #today(unsent, instead) {
    if (this.#kept) this.#send(this.#kept);
    const resume = () => this.#guide().catch(() => location.reload());
    drawToday(this.#page, { ...this.#about, unsent, instead, resume });
  }

  #prepare({ spot, side }) {
    const [kept, words] = [this.#kept, this.#words];
    const stops = kept.stops.filter((each) => each.spot === spot);
    const stop = stops.find((each) => each.side === side) ?? stops[0];
    if (!stop) return this.#refuse(spot, words.unknown);
    const { state, why } = standing(stop, this.#about, Date.now());
    const refused = { closed: why, refused: why && sentence(why, words), online: words.why.online }[state];
    if (refused) return this.#refuse(stop.place, refused);
    const gates = toAsk(stop, kept, this.#given, Date.now());
    const notice = state === "soon" ? why : null;
    const go = () => this.#plan(stop, kept.owner === VISITOR ? stops : [stop], notice);
    if (!gates.length) return go();
    ask(this.#page, { place: stop.place, gates }, (sheet) => this.#answer(stop, sheet, go));
  }

  /** What was said counts from now on, and is sent; a visitor's is asked again the next time. */
  async #answer(stop, body, go) {
    const { owner } = this.#kept;
    this.#given.push(body);
    const id = newId();
    const isVisitor = owner === VISITOR;
    const isKept = isVisitor || (await keep({ id, kind: "answers", owner, body }).then(() => true, () => false));
    const { level, effects } = heldAt(stop, this.#about);
    if (level === 0) close(this.#page, effects, this.#words.effects, isKept);
    else go();
  }

  #plan(stop, stops, notice) {
    this.#loadForms();
    const begin = (way) => this.#begin(way);
    new Prepare(this.#page, { ...this.#about, stops, stop, notice, begin });
    this.addEventListener("pointerdown", () => import(this.dataset.guide), { once: true });
  }

  /** What folds and counts in the forms of Prepare and After; Today has none of it. */
  #loadForms() {
    const { fold, count } = this.dataset;
    for (const address of [fold, count]) import(address).catch(() => null); // they work without
  }

  #refuse(place, why) {
    this.#page.view("today");
    this.#page.say("title", place);
    this.#page.say("line", why);
    this.#page.show("state", false);
  }

  async #begin(way) {
    const guide = await this.#guide();
    guide.begin(way);
  }

  /** The guide comes with its words and whose it is; it finds what was left on this phone by itself. */
  async #guide() {
    const { owner, zone, gapSeconds, use } = this.#kept;
    const data = { words: this.#guideWords, owner, zone, gapSeconds, use, answersHere: true };
    document.getElementById("guide-data").textContent = JSON.stringify(data);
    await import(this.dataset.guide);
    if (!document.querySelector("sweet-guide")) {
      this.after(document.querySelector('[data-part="guide-template"]').content.cloneNode(true));
    }
    const guide = document.querySelector("sweet-guide");
    tellCall(guide, this.#kept.call);
    return guide;
  }

  async #after({ id, then }) {
    const record = await box.get(id);
    if (!record) return location.replace(`/sessions/${id}/after`);
    const kept = await keptFor(record.owner);
    const stop = kept?.stops.find(({ spot, side }) => spot === record.body.spot && side === record.body.side);
    const about = { record, stop, words: this.#words, guideWords: this.#guideWords };
    const next = (answered) => this.#next(then, { ...about, record: answered });
    this.#loadForms();
    askAfter(this.#page, { ...about, keep: (answered) => keep(answered), then: next });
  }

  /** Where there is a network after all, and again when there is one. */
  #send({ owner }) {
    if (owner === VISITOR) return;
    flush(owner).catch(() => null);
    addEventListener("online", () => flush(owner).catch(() => null));
  }

  #next([next, ...then], about) {
    if (!next) {
      drawOver(this.#page, about);
      return this.#send(about.record);
    }
    location.assign(answerHere([next, ...then]));
  }
}

function read(id) {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}

customElements.define("sweet-shell", SweetShell);
