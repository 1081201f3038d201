/* Keeps a trip up to now: four times a second, exactly at each change, and before each tap. */
import { sample } from "../lib/clock.js";
import { msToChange } from "../lib/guide-time.js";
import { go } from "../lib/stops.js";

const EVERY_MS = 250;

export class Runner {
  trip = null;
  running = false;
  #clock = null;
  #timer = 0;
  #draw;

  /** `draw` is called after every step with {tapped}: whether the person made it. */
  constructor(draw) {
    this.#draw = draw;
  }

  /** The moment (performance.now) up to which the trip is counted. */
  get mono() {
    return this.#clock.mono;
  }

  start(trip) {
    this.trip = trip;
    this.#clock = null;
    this.running = true;
    document.addEventListener("visibilitychange", this.#tick);
    this.#loop();
  }

  stop() {
    this.running = false;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#tick);
  }

  /** Something that the person did, at this moment. */
  apply(event) {
    if (!this.running) return;
    this.#tick();
    this.#happen(event);
    this.#draw({ tapped: true });
  }

  #loop = () => {
    this.#tick();
    if (!this.running) return;
    clearTimeout(this.#timer);
    const change = msToChange(this.trip.run) ?? EVERY_MS;
    this.#timer = setTimeout(this.#loop, Math.min(EVERY_MS, Math.ceil(change)));
  };

  /** Bring the count up to now: only time that was seen and continuous counts. */
  #tick = () => {
    const visible = document.visibilityState === "visible";
    const { state, kind, ms } = sample(this.#clock, { wall: Date.now(), mono: performance.now(), visible });
    this.#clock = state;
    if (kind === "clock_change") this.#happen({ type: "clockChange" });
    this.#happen({ type: kind === "gap" ? "gap" : "tick", ms });
    this.#draw({ tapped: false });
  };

  #happen(event) {
    this.trip = go(this.trip, event, Date.now());
  }
}
