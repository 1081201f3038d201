/* The small changes that the guide's events are made of. A run is made by guide.js. */

import { countedMs, current, levelNow, seconds, spentMs } from "./run.js";

const MOST_REDOS = 20;
const MOST_QUIET_EVENTS = 400;

/** Getting ready, or moving on from the spot before: nothing is pressed yet. */
export const isWaiting = (status) => status === "ready" || status === "changing";

/** What was felt can be said while pressing, shifting or paused, once a phase has begun. */
export function isPressing(run) {
  return ["running", "shifting", "paused"].includes(run.status) && run.phases.length > 0;
}

export function startPressing(run) {
  run.status = "running";
  open(run, 0);
}

export function startAgain(run) {
  const { index } = current(run);
  const redos = run.phases.filter((phase, i) => run.phases[i - 1]?.index === phase.index).length;
  if (spentMs(current(run)) > 0 && redos < MOST_REDOS) open(run, index);
}

export function open(run, index) {
  run.phases.push({ index, ms: [0, 0, 0, 0, 0], level: 0, done: false });
  current(run).level = levelNow(run);
}

export function hold(run, status) {
  run.resumeTo = run.status;
  run.status = status;
}

export function goBack(run) {
  run.status = run.resumeTo;
  run.resumeTo = null;
  run.awayMs = 0;
  if (run.status === "shifting") run.shiftMs = 0;
}

/** Let go and move for some seconds; a paused run does so when it goes on. */
export function letGo(run, why) {
  run.shiftFor = why;
  run.shiftMs = 0;
  if (run.status === "paused") run.resumeTo = "shifting";
  else run.status = "shifting";
}

export function lowerTo(run, level) {
  run.ceiling = Math.min(run.ceiling, level);
  current(run).level = levelNow(run);
}

export function finish(run, endedBy) {
  run.status = "ended";
  run.endedBy = endedBy;
  run.undo = null;
  run.check = null;
}

/** Where a run is now, as an event keeps it. */
export function here(run) {
  const begun = run.phases.length > 0;
  return { phase: Math.max(0, run.phases.length - 1), level: begun ? levelNow(run) : 0 };
}

export function note(run, kind, { phase, level } = here(run)) {
  run.events.push({ at_s: seconds(countedMs(run)), kind, phase, level });
}

/** Pauses and gaps are dropped once there are very many; what was felt never is. */
export function noteQuietly(run, kind) {
  if (run.events.length < MOST_QUIET_EVENTS) note(run, kind);
}
