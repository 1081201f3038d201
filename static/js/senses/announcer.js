/* Announces a run for hands that are busy and eyes that are away: tones, voice and vibration. */

import { changeCue, comingCues, sentenceFor } from "../lib/cues.js";
import { patternFor } from "../lib/tunes.js";
import { hasTones, Tones } from "./tones.js";
import { canVibrate, vibrate } from "./vibration.js";
import { hasVoice, hush, speak, unlockVoice } from "./voice.js";

/* A page that is hidden for less than this is still counted (clock.js), so its tones stay. */
const STILL_COUNTED_MS = 3000;

export class Announcer {
  #use;
  #words;
  #lang;
  #onMissing;
  #tones;
  #run = null;
  #mono = 0;
  #dropped = true;

  /**
   * `use`: {tones, voice, vibration, throughSilentSwitch}, each true or false. `words` and `lang`
   * are the page's. `onMissing(name)` is called once for each that is wanted and not there.
   */
  constructor({ use, words, lang, onMissing = () => {} }) {
    this.#use = use;
    this.#words = words;
    this.#lang = lang;
    this.#onMissing = onMissing;
    this.#tones = new Tones(use);
  }

  /** In the tap on Begin. */
  start() {
    this.#run = null;
    this.#dropped = true;
    this.unlock();
    if (this.#use.voice) unlockVoice();
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.#sayWhatIsMissing();
  }

  /** In every tap: a phone may have taken the audio away, and gives it back on a tap only. */
  unlock() {
    if (this.#use.tones) this.#tones.unlock();
  }

  /**
   * After every tick and event: `run` as it is counted up to `mono` (performance.now() of the
   * sample); `tapped` when the person changed it, which is answered at once; `sentence` is spoken
   * instead of the change's own.
   */
  follow(run, mono, { tapped = false, sentence } = {}) {
    const before = this.#run;
    const cue = changeCue(before, run);
    this.#run = run;
    this.#mono = mono;
    if (document.visibilityState !== "visible") return;
    // A change that came by itself was laid ahead, and is sounding already.
    const now = cue && (tapped || !before || cue.kind === "pause") ? [{ inMs: 0, ...cue }] : [];
    if (cue || tapped || this.#dropped) this.#lay(now, mono);
    else this.#tones.keepInStep(mono);
    if (cue && this.#use.vibration) vibrate(patternFor(cue));
    const said = sentence ?? (cue && sentenceFor(cue, this.#words));
    if (said && this.#use.voice) speak(said, this.#lang);
  }

  /** At the end: what sounds rings out, and nothing more comes. */
  finish() {
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#run = null;
  }

  /** The guide is left or lost to another tab: silence. */
  stop() {
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#tones.close();
    this.#run = null;
    hush();
    if (this.#use.vibration) vibrate([0]);
  }

  #onVisibility = () => {
    if (document.visibilityState === "visible") return this.unlock();
    this.#tones.keepUntil(this.#mono + STILL_COUNTED_MS);
    this.#dropped = true;
  };

  #lay(now, mono) {
    this.#dropped = false;
    if (this.#use.tones) this.#tones.schedule([...now, ...comingCues(this.#run)], mono);
  }

  async #sayWhatIsMissing() {
    if (this.#use.tones && !hasTones()) this.#onMissing("tones");
    if (this.#use.vibration && !canVibrate()) this.#onMissing("vibration");
    if (this.#use.voice && !(await hasVoice(this.#lang))) this.#onMissing("voice");
  }
}
