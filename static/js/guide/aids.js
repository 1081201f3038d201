/* What makes the guide work with busy hands and closed eyes, and keeps it over a reload: sound,
   the screen, keys, one guide over all tabs, the saved run. */
import { actionFor } from "../lib/keys.js";
import { cameBack, cutShort, savedRun } from "../lib/saved-run.js";
import { Announcer } from "../senses/announcer.js";
import { guideLock } from "../senses/guide-lock.js";
import { WakeLock } from "../senses/wake-lock.js";

const SAVE_EVERY_MS = 2000;
const TOLD = "sweetspot.told";

export class Aids {
  #owner;
  #on;
  #saved = savedRun(localStorage);
  #announcer;
  #screen;
  #lock;
  #held = false;
  #started = false;
  #last = {};
  #trip = null;

  /** `on`: {tell(sentence), act(action), status(), found(trip), taken(), lost()}. */
  constructor({ owner, use, words }, on) {
    this.#owner = owner;
    this.#on = on;
    const lang = document.documentElement.lang;
    const onMissing = (name) => this.#tellOnce(name, words.missing[name]);
    this.#announcer = new Announcer({ use, words, lang, onMissing });
    this.#screen = new WakeLock({ onRefused: () => on.tell(words.keepScreenOn) });
    this.#lock = guideLock({ onLost: () => this.#lose() });
  }

  /** In the tap that begins or goes on; false when another tab has the guide. */
  async start() {
    this.#started = true;
    this.#announcer.start();
    this.#screen.keep();
    document.addEventListener("keydown", this.#onKey);
    addEventListener("pagehide", this.#onHide);
    document.addEventListener("visibilitychange", this.#onHide);
    if (await this.hold()) {
      this.#rescue();
      return this.#save();
    }
    this.stop();
    this.#on.taken();
  }

  async hold() {
    this.#held ||= await this.#lock.hold();
    return this.#held;
  }

  async takeOver() {
    this.#held = await this.#lock.takeOver();
  }

  /** In every tap; the first one after a reload is what sound has waited for. */
  unlock() {
    if (this.#started) this.#announcer.unlock();
    else if (this.#trip) this.start();
  }

  /** After every tick and event; `told` are the announcer's {tapped, sentence}. */
  follow(trip, mono, told) {
    this.#trip = trip;
    if (this.#started) this.#announcer.follow(trip.run, mono, told);
    const { status, phases, events } = trip.run;
    const key = [trip.session.id, status, phases.length, events.length].join();
    if (key === this.#last.key && mono - this.#last.mono < SAVE_EVERY_MS) return;
    this.#last = { key, mono };
    this.#save();
  }

  /** It is over: the phone gets its screen, sound and keys back. */
  finish() {
    this.stop({ ringOut: true });
  }

  /** Nothing to go back to: what was done is kept elsewhere. */
  forget() {
    if (this.#held) this.#saved.clear(this.#owner);
    this.release();
  }

  release() {
    this.#lock.release();
    this.#held = false;
  }

  stop({ ringOut = false } = {}) {
    this.#trip = null;
    this.#started = false;
    if (ringOut) this.#announcer.finish();
    else this.#announcer.stop();
    this.#screen.release();
    document.removeEventListener("keydown", this.#onKey);
    removeEventListener("pagehide", this.#onHide);
    document.removeEventListener("visibilitychange", this.#onHide);
  }

  /** What was left on this phone: {trip} to go on with, {trip, over} to keep, or null. */
  left() {
    const { state, kept, awayMs } = this.#saved.load(this.#owner, Date.now());
    if (state === "resumable") return { trip: cameBack(kept, awayMs) };
    return state === "cutShort" ? { trip: cutShort(kept), over: true } : null;
  }

  /** What another tab left since this page was opened is kept before it is written over. */
  #rescue() {
    const { kept } = this.#saved.load(this.#owner, Date.now());
    if (kept && this.#trip && kept.trip.session.id !== this.#trip.session.id) this.#on.found(cutShort(kept));
  }

  #lose() {
    this.#held = false;
    this.stop();
    this.#on.lost();
  }

  #save() {
    if (!this.#held || !this.#trip) return;
    const kept = { owner: this.#owner, savedAt: Date.now(), trip: this.#trip };
    this.#last.state = this.#saved.save(kept);
  }

  /** A phone without room for the run asks before it leaves the page. */
  get atRisk() {
    return this.#last.state !== "saved";
  }

  #onHide = () => this.#save();

  #onKey = (event) => {
    if (document.querySelector("dialog[open]")) return;
    const onControl = event.target.closest?.("a, button, input, select") != null;
    const action = actionFor(event, { status: this.#on.status(), onControl });
    if (!action) return;
    event.preventDefault();
    this.#on.act(action);
  };

  /** What this phone cannot do is said once on it, not every time. */
  #tellOnce(name, sentence) {
    try {
      const told = (localStorage.getItem(TOLD) ?? "").split(" ");
      if (told.includes(name)) return;
      localStorage.setItem(TOLD, [...told, name].join(" ").trim());
    } catch {
      // Told again next time.
    }
    this.#on.tell(sentence);
  }
}
