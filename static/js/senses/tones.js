/* Tones, laid out ahead on the audio clock, so that a busy page cannot make them late. */

import { notesFor } from "../lib/tunes.js";

const FROZEN_AFTER_MS = 300;
const LATEST_MS = 250;
const KEPT_MS = 3000;
const ATTACK_S = 0.015;
const SILENCE = 0.0001;
const ROUNDING_MS = 0.01;
const OUTPUT_DELAY_S = [-0.05, 1.5];
const AHEAD_MS = 30_000;
const LAY_AGAIN_MS = 10_000;
const MOST_SLIP_MS = 5;

/** Whether this browser can make tones at all. */
export const hasTones = () => "AudioContext" in globalThis;

/**
 * Times are performance.now() in milliseconds: the guide's clock. They are turned into the audio
 * clock's each time tones are laid; when the two slip apart (a glitch, a drift, another
 * loudspeaker) what has not sounded yet is laid anew.
 */
export class Tones {
  #context = null;
  #tones = [];
  #frozen = false;
  #checking = 0;
  #laid = { atMs: 0, offsetMs: 0 };
  #throughSilentSwitch;

  /** `throughSilentSwitch` sounds on a muted iPhone too, and pauses the person's own music. */
  constructor({ throughSilentSwitch = false } = {}) {
    this.#throughSilentSwitch = throughSilentSwitch;
  }

  /** On every tap, and when the page is seen again: start, wake or replace the audio clock. */
  unlock() {
    if (!hasTones()) return;
    if (!this.#context || this.#frozen || this.#context.state === "closed") this.#open();
    if (this.#context.state !== "running") this.#context.resume().catch(() => {});
    this.#checkThatItRuns();
  }

  /** Sound these cues, and none that were to come before; `nowMs` is the moment inMs counts from. */
  schedule(cues, nowMs) {
    // What is due by the guide's clock sounds even when the audio clock is a little behind.
    this.keepUntil(nowMs + ROUNDING_MS);
    const past = this.#tones.filter(({ dueMs }) => dueMs > nowMs - KEPT_MS);
    this.#tones = [...past, ...cues.map((cue) => new Tone(cue, nowMs + cue.inMs))];
    this.#lay();
  }

  /** On every tick: lay anew what would sound early or late, or has come near. */
  keepInStep(nowMs) {
    if (this.#context?.state !== "running" || !this.#tones.length) return;
    const slip = Math.abs(audioOffset(this.#context) - this.#laid.offsetMs);
    if (slip > MOST_SLIP_MS || nowMs - this.#laid.atMs >= LAY_AGAIN_MS) this.#lay();
  }

  /** Sound nothing that is due after `ms`. */
  keepUntil(ms) {
    for (const tone of this.#tones) if (tone.dueMs > ms) tone.silence(this.#context);
    this.#tones = this.#tones.filter(({ dueMs }) => dueMs <= ms);
  }

  cancel() {
    this.keepUntil(-Infinity);
  }

  /** Be silent and give the phone's audio back. */
  close() {
    this.cancel();
    this.#context?.close().catch(() => {});
    this.#context = null;
  }

  #open() {
    this.#context?.close().catch(() => {});
    for (const tone of this.#tones) tone.forget();
    if (this.#throughSilentSwitch && navigator.audioSession) navigator.audioSession.type = "playback";
    this.#context = new AudioContext({ latencyHint: "balanced" });
    this.#context.addEventListener("statechange", () => this.#lay());
    this.#frozen = false;
  }

  /** After a call an iPhone may call the clock running while it stands: the next tap replaces it. */
  #checkThatItRuns() {
    const context = this.#context;
    const before = context.currentTime;
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => {
      if (context !== this.#context) return;
      this.#frozen = context.currentTime === before;
      if (!this.#frozen) this.#lay();
    }, FROZEN_AFTER_MS);
  }

  #lay() {
    const context = this.#context;
    if (context?.state !== "running") return;
    this.#laid = { atMs: performance.now(), offsetMs: audioOffset(context) };
    for (const tone of this.#tones) {
      if (tone.hasBegun(context)) continue;
      tone.silence(context);
      const at = (tone.dueMs + this.#laid.offsetMs) / 1000;
      const inMs = (at - context.currentTime) * 1000;
      if (inMs > -LATEST_MS && inMs < AHEAD_MS) tone.layAt(context, Math.max(at, context.currentTime));
    }
  }
}

/** Milliseconds from a performance.now() to where the audio clock must sound to be heard then. */
function audioOffset(context) {
  const now = performance.now();
  const written = { contextTime: context.currentTime, performanceTime: now };
  const heard = context.getOutputTimestamp?.() ?? written;
  const delay = context.currentTime - heard.contextTime - (now - heard.performanceTime) / 1000;
  // Some browsers answer zeros at first, or an earlier context's times.
  const [least, most] = OUTPUT_DELAY_S;
  const usable = heard.performanceTime > 0 && delay > least && delay < most;
  const { contextTime, performanceTime } = usable ? heard : written;
  return contextTime * 1000 - performanceTime;
}

class Tone {
  #cue;
  #playing = [];
  #at = Infinity;

  constructor(cue, dueMs) {
    this.#cue = cue;
    this.dueMs = dueMs;
  }

  hasBegun(context) {
    return this.#at <= context.currentTime;
  }

  layAt(context, at) {
    this.#at = at;
    this.#playing = notesFor(this.#cue).map((note) => play(context, note, at + note.at));
  }

  silence(context) {
    if (context && this.hasBegun(context)) return;
    for (const oscillator of this.#playing) {
      oscillator.stop();
      oscillator.disconnect();
    }
    this.forget();
  }

  forget() {
    this.#playing = [];
    this.#at = Infinity;
  }
}

function play(context, { hz, seconds, volume }, at) {
  const oscillator = new OscillatorNode(context, { type: "triangle", frequency: hz });
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, at);
  envelope.gain.linearRampToValueAtTime(volume, at + ATTACK_S);
  envelope.gain.exponentialRampToValueAtTime(SILENCE, at + seconds);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
  return oscillator;
}
