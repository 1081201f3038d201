/* What the guide does at once when something is felt: handlers of guide.js, by event.
   Each is noted with its second; none of them ever raises a level but the undo of an Ease off. */

import { finish, here, isPressing, letGo, lowerTo, note } from "./guide-changes.js";
import { current, levelNow } from "./run.js";

const MOST_UNDOABLE_EVENTS = 500;
const ANSWERS = ["easier", "good_ache", "sharp"];
/* What it counts as having ended by; of two, the graver, which stands later here, is kept. */
const SAID_LATER = { pulse: "pulse", too_much: "discomfort", numb: "nerve", radiating: "nerve", emergency: "emergency" };
const GRAVITY = ["pulse", "discomfort", "nerve", "emergency"];

export function easeOff(run) {
  if (!isPressing(run) || levelNow(run) === 0) return;
  const level = levelNow(run);
  const undoable = run.events.length < MOST_UNDOABLE_EVENTS;
  note(run, "ease_off");
  run.undo = undoable ? { ceiling: run.ceiling, leftMs: run.plan.rules.undo_s * 1000 } : null;
  lowerTo(run, level - 1);
  run.message = level === 1 ? "let_go" : "eased";
}

export function undo(run) {
  if (!isPressing(run) || !run.undo) return;
  run.ceiling = run.undo.ceiling;
  run.undo = null;
  run.message = null;
  note(run, "undo");
  current(run).level = levelNow(run);
}

export function sharp(run) {
  if (isPressing(run)) turnSharp(run, here(run));
}

export function numb(run) {
  note(run, "numb");
  finish(run, "nerve");
}

/** Pain that runs down the arm or leg, away from the spot: the same sign, felt another way. */
export function radiating(run) {
  note(run, "radiating");
  finish(run, "nerve");
}

/** A pulse under the finger: move off. One that is found again and again ends the spot. */
export function pulse(run) {
  if (!isPressing(run)) return;
  note(run, "pulse");
  run.pulses += 1;
  if (run.pulses >= run.plan.rules.pulse_ends_at) return finish(run, "pulse");
  letGo(run, "pulse");
}

/** How the hold before was; no answer is neutral, and "easier" raises nothing. */
export function check(run, { answer }) {
  if (!ANSWERS.includes(answer)) throw new Error(`unknown answer: ${answer}`);
  if (!isPressing(run) || !run.check) return;
  const hold = run.check;
  run.check = null;
  if (answer === "sharp") turnSharp(run, hold);
  else note(run, answer, hold);
}

/** Felt at a spot that is over, and said only on the way to the next: it counts as how it ended. */
export function saidLater(run, kind) {
  if (!Object.hasOwn(SAID_LATER, kind)) throw new Error(`unknown kind: ${kind}`);
  const graver = GRAVITY.indexOf(SAID_LATER[kind]) > GRAVITY.indexOf(run.endedBy);
  const draft = { ...run, events: [...run.events], endedBy: graver ? SAID_LATER[kind] : run.endedBy };
  note(draft, kind);
  return draft;
}

/** `felt` is where it was felt, and at which level: the hold before when it was asked about. */
function turnSharp(run, felt) {
  const { sharp_ends_at, sharp_again_max_level } = run.plan.rules;
  note(run, "sharp", felt);
  run.sharps += 1;
  run.undo = null;
  run.check = null;
  if (run.sharps >= sharp_ends_at) return finish(run, "sharp");
  lowerTo(run, Math.max(1, felt.level - 1));
  if (run.sharps > 1) lowerTo(run, sharp_again_max_level);
  run.message = run.sharps > 1 ? "gentle" : "eased";
  letGo(run, "sharp");
}
