/* What passing time does to a run: phases and pauses end exactly where they end. */

import { finish, isWaiting, open, startPressing } from "./guide-changes.js";
import { current, isHold, levelNow, phaseMs, PRESSURE, roomMs, shiftNeededMs, spentMs } from "./run.js";

/** Milliseconds of counting until the run changes by itself; null when it does not. */
export function msToChange(run) {
  const left = LEFT[run.status]?.(run);
  return left === undefined ? null : Math.max(0, left - run.carryMs);
}

/** Whether time that passes brings the run nearer to a change. */
export const isCounting = (run) => Object.hasOwn(LEFT, run.status);

const LEFT = {
  ready: (run) => run.readyNeededMs - run.readyMs,
  changing: (run) => run.readyNeededMs - run.readyMs,
  shifting: (run) => shiftNeededMs(run) - run.shiftMs,
  running: (run) => {
    const left = phaseMs(run) - spentMs(current(run));
    return levelNow(run) >= PRESSURE ? Math.min(left, roomMs(run)) : left;
  },
};

/** Let whole milliseconds pass, splitting them exactly where a phase or a pause ends. */
export function advance(run, ms) {
  let left = ms;
  while (left > 0) {
    if (isWaiting(run.status)) left -= getReady(run, left);
    else if (run.status === "shifting") left -= shift(run, left);
    else if (run.status === "running") left -= press(run, left);
    else return;
  }
}

function getReady(run, ms) {
  const step = Math.min(ms, run.readyNeededMs - run.readyMs);
  run.readyMs += step;
  if (run.readyMs >= run.readyNeededMs) startPressing(run);
  return step;
}

function shift(run, ms) {
  const needed = shiftNeededMs(run);
  const step = Math.min(ms, needed - run.shiftMs);
  run.shiftMs += step;
  if (run.shiftMs >= needed) run.status = "running";
  return step;
}

function press(run, ms) {
  const phase = current(run);
  const level = levelNow(run);
  const room = level >= PRESSURE ? roomMs(run) : Infinity;
  const step = Math.min(ms, phaseMs(run) - spentMs(phase), room);
  phase.ms[level] += step;
  phase.level = level;
  if (run.undo && (run.undo.leftMs -= step) <= 0) run.undo = null;
  if (spentMs(phase) >= phaseMs(run)) endPhase(run);
  return step;
}

function endPhase(run) {
  const { index, level } = current(run);
  current(run).done = true;
  run.check = null;
  if (index + 1 === run.plan.phases.length) return finish(run, "finished");
  if (isHold(run.plan.phases[index]) && level > 0) run.check = { phase: run.phases.length - 1, level };
  run.message = null;
  open(run, index + 1);
}
