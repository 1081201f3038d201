/* What a run looks like now: numbers and codes for the element that draws it. */

import { isPressing, isWaiting } from "./guide-changes.js";
import { current, levelOf, phaseMs, shiftNeededMs, spentMs } from "./run.js";

const PRESSING = ["running", "shifting", "paused", "away"];

/**
 * Everything the guide draws; seconds are whole, rounded up, fraction runs 0 to 1.
 *
 * `message` is a code: ready, changing, paused, away, sharp, gentle, pulse, eased, let_go,
 * day_limit, ended_<by>, or null. `asks` is the name of the hold that can be answered for, or null.
 * `waits`: nothing is pressed yet (ready, changing), also while paused or away from there.
 */
export function view(run) {
  const { plan } = run;
  const index = run.phases.length ? current(run).index : 0;
  const phase = plan.phases[index];
  const spent = run.phases.length ? spentMs(current(run)) : 0;
  const leftMs = phase.seconds * 1000 - spent;
  const later = plan.phases.slice(index + 1);
  const laterMs = later.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  const level = levelOf(run, index);
  return {
    status: run.status,
    phaseIndex: index,
    phase: phase.name,
    cue: phase.cue,
    level: run.status === "shifting" ? 0 : level,
    secondsLeft: up(leftMs),
    fraction: run.phases.length ? spent / phaseMs(run) : 0,
    totalLeft: up(leftMs + laterMs),
    waits: isWaiting(run.resumeTo ?? run.status),
    readyLeft: isWaiting(run.resumeTo ?? run.status) ? up(run.readyNeededMs - run.readyMs) : 0,
    shiftLeft: run.status === "shifting" ? up(shiftNeededMs(run) - run.shiftMs) : 0,
    nextPhase: following(run, index),
    eased: level < phase.level,
    canUndo: run.undo !== null && PRESSING.includes(run.status),
    asks: asks(run),
    awaySeconds: up(run.awayMs),
    endedBy: run.endedBy,
    message: message(run, level, phase),
  };
}

function following(run, index) {
  const phase = run.plan.phases[index + 1];
  return phase ? { name: phase.name, cue: phase.cue, level: levelOf(run, index + 1) } : null;
}

function asks(run) {
  if (!run.check || !isPressing(run)) return null;
  return run.plan.phases[run.phases[run.check.phase].index].name;
}

function message(run, level, phase) {
  if (run.status === "ended") return `ended_${run.endedBy}`;
  if (run.status === "shifting" && run.shiftFor === "pulse") return "pulse";
  if (run.status === "shifting") return run.sharps > 1 ? "gentle" : "sharp";
  if (run.status !== "running") return run.status;
  if (run.ceiling === 0) return "let_go";
  if (run.message) return run.message;
  return level < Math.min(phase.level, run.ceiling) ? "day_limit" : null;
}

function up(ms) {
  return Math.max(0, Math.ceil(ms / 1000));
}
