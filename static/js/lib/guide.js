/* Runs a plan, event by event. A run is plain JSON: save it, load it, go on.
   Levels are 0-4 (0 = let go); times are milliseconds inside, seconds in plans and traces. */

import {
  finish,
  goBack,
  hold,
  isWaiting,
  note,
  noteQuietly,
  startAgain,
  startPressing,
} from "./guide-changes.js";
import { check, easeOff, numb, pulse, radiating, sharp, undo } from "./guide-felt.js";
import { advance } from "./guide-time.js";
import { NO_CEILING } from "./run.js";

export { saidLater } from "./guide-felt.js";
export { view } from "./guide-view.js";
export { trace } from "./run.js";

const FORMAT = 1;
const STATUSES = ["ready", "changing", "running", "shifting", "paused", "away", "ended"];
/** What each choice on Stop is kept as, beside having stopped. */
export const STOPPED_BY = { user: null, discomfort: "too_much", pulse: "pulse", emergency: "emergency" };

/**
 * Start a run of a plan (protocol.py, as_json), with a countdown that is never counted.
 *
 * `changing` says that the countdown is the time to move on from the spot before.
 */
export function begin(plan, { getReadySeconds = 0, changing = false } = {}) {
  const run = {
    format: FORMAT,
    plan,
    status: changing ? "changing" : "ready",
    resumeTo: null,
    readyMs: 0,
    readyNeededMs: Math.round(getReadySeconds * 1000),
    shiftMs: 0,
    shiftFor: null,
    awayMs: 0,
    carryMs: 0,
    phases: [],
    ceiling: NO_CEILING,
    sharps: 0,
    pulses: 0,
    undo: null,
    check: null,
    message: null,
    events: [],
    endedBy: null,
  };
  if (run.readyNeededMs <= 0) startPressing(run);
  return run;
}

/** The run after one event; an event that does not fit the status changes nothing. */
export function next(run, event) {
  if (!Object.hasOwn(handlers, event.type)) throw new Error(`unknown event: ${event.type}`);
  if (run.status === "ended") return run;
  const draft = copy(run);
  handlers[event.type](draft, event);
  return draft;
}

/**
 * A saved run after a reload, a crash or an empty battery: it asks, as after any gap, also if it
 * was paused. `lostMs` is the time since it was saved. Null if this is no run of this guide.
 */
export function resumed(saved, { lostMs = 0 } = {}) {
  if (!isRun(saved)) return null;
  const run = copy(saved);
  if (run.status === "paused") goBack(run);
  return next(run, { type: "gap", ms: lostMs });
}

const handlers = {
  check,
  easeOff,
  numb,
  pulse,
  radiating,
  sharp,
  undo,

  tick(run, { ms }) {
    if (!(ms > 0 && Number.isFinite(ms))) return;
    const whole = Math.floor(run.carryMs + ms);
    run.carryMs += ms - whole;
    advance(run, whole);
  },

  gap(run, { ms }) {
    if (run.status === "paused") return;
    run.awayMs += ms > 0 && Number.isFinite(ms) ? ms : 0;
    if (run.status === "away") return;
    noteQuietly(run, "gap");
    hold(run, "away");
  },

  clockChange(run) {
    noteQuietly(run, "clock_change");
  },

  pause(run) {
    if (run.status === "paused" || run.status === "away") return;
    noteQuietly(run, "pause");
    hold(run, "paused");
  },

  resume(run) {
    if (run.status !== "paused") return;
    noteQuietly(run, "resume");
    goBack(run);
  },

  stop(run, { choice }) {
    if (!Object.hasOwn(STOPPED_BY, choice)) throw new Error(`unknown choice: ${choice}`);
    if (STOPPED_BY[choice]) note(run, STOPPED_BY[choice]);
    finish(run, choice);
  },

  redo(run) {
    if (run.status !== "away") return;
    if (isWaiting(run.resumeTo)) run.readyMs = 0;
    else startAgain(run);
    noteQuietly(run, "redo");
    goBack(run);
  },

  goOn(run) {
    if (run.status !== "away") return;
    noteQuietly(run, "go_on");
    goBack(run);
  },

  end(run) {
    if (run.status === "away") finish(run, "away");
  },

  skipReady(run) {
    if (isWaiting(run.status)) startPressing(run);
  },
};

/** A draft to change; the plan is never changed, so it is shared. */
function copy({ plan, ...rest }) {
  return { plan, ...structuredClone(rest) };
}

function isRun(saved) {
  return (
    saved?.format === FORMAT &&
    STATUSES.includes(saved.status) &&
    [saved.plan?.phases, saved.phases, saved.events].every(Array.isArray)
  );
}
