/* What is to be announced, and when: found by running a copy of the run ahead of time, so that
   what is heard cannot differ from what the ring shows. Levels are 0-4 (0 = let go). */

import { next } from "./guide.js";
import { current, levelNow, phaseMs, PRESSURE, roomMs, shiftNeededMs, spentMs } from "./run.js";
import { fill } from "./words.js";

const TICKS_BEFORE_MS = [3000, 2000, 1000];
const MOST_CHANGES = 200;

/** Milliseconds of counting until the run changes by itself; null when it does not. */
export function msToChange(run) {
  const left = LEFT[run.status]?.(run);
  return left === undefined ? null : Math.max(0, left - run.carryMs);
}

const LEFT = {
  ready: (run) => run.readyNeededMs - run.readyMs,
  changing: (run) => run.readyNeededMs - run.readyMs,
  shifting: (run) => shiftNeededMs(run) - run.shiftMs,
  running: (run) => {
    const left = phaseMs(run) - spentMs(current(run));
    return levelNow(run) >= PRESSURE ? Math.min(left, roomMs(run)) : left;
  },
};

/**
 * What the rest of the run will announce when nothing gets in between, in order.
 *
 * `inMs` counts from the moment up to which the run is counted. `kind` is up, down, same or
 * letGo where a phase or its level changes, end, or soon: a tick 3, 2 and 1 s before a firmer
 * level. `level` is the level then, `seconds` how long it lasts (for soon: how long until).
 */
export function comingCues(run) {
  const cues = [];
  let inMs = -run.carryMs;
  let now = { ...run, carryMs: 0 };
  for (let i = 0; i < MOST_CHANGES && msToChange(now) !== null; i += 1) {
    const step = Math.max(1, Math.ceil(msToChange(now)));
    const then = next(now, { type: "tick", ms: step });
    inMs += step;
    const cue = changeCue(now, then);
    if (cue) cues.push(...ticksBefore(cue, inMs, cues.at(-1)?.inMs ?? 0), { inMs, ...cue });
    now = then;
  }
  return cues;
}

function ticksBefore({ kind, level }, atMs, notBeforeMs) {
  if (kind !== "up") return [];
  return TICKS_BEFORE_MS.map((ms) => ({ inMs: atMs - ms, kind: "soon", level, seconds: ms / 1000 }))
    .filter(({ inMs }) => inMs > notBeforeMs);
}

/** What to announce between two states of a run (before may be null), or null; pause is one more kind. */
export function changeCue(before, after) {
  if (before?.status === "ended" || sameMoment(before, after)) return null;
  if (after.status === "ended") return { kind: "end", level: 0, seconds: 0 };
  const [from, to] = [heldLevel(before), heldLevel(after)];
  if (to === null) return from === null ? null : { kind: "pause", level: 0, seconds: 0 };
  if (after.status === "ready" || after.status === "changing") return null;
  const seconds = Math.round(msToChange(after) / 1000);
  return { kind: kindOf(from ?? to, to), level: to, seconds };
}

function sameMoment(before, after) {
  if (before?.status !== after.status) return false;
  return before.phases.length === after.phases.length && heldLevel(before) === heldLevel(after);
}

/** The level that is held now, or null while nothing is asked for. */
function heldLevel(run) {
  if (!run) return 0;
  if (run.status === "running") return levelNow(run);
  return LEFT[run.status] ? 0 : null;
}

function kindOf(from, to) {
  if (from === to) return "same";
  if (to === 0) return "letGo";
  return to > from ? "up" : "down";
}

/** A short sentence to speak ("Light. 30 seconds."), or null; `words` are the server's. */
export function sentenceFor({ kind, level, seconds }, words) {
  const sentence = words.spoken?.[level === 0 && kind === "same" ? "letGo" : kind];
  return sentence ? fill(sentence, { level: words.levels[level], n: seconds }) : null;
}

const PATTERNS = {
  up: [120, 80, 120],
  down: [240],
  letGo: [400],
  same: [120],
  pause: [60],
  end: [240, 120, 240, 120, 400],
  soon: [],
};

/** Milliseconds of vibration, pause, vibration, …: two short for firmer, one long for softer. */
export const patternFor = ({ kind }) => PATTERNS[kind];

/* Hertz by level, firmer is lower; all of one pentatonic scale, and above what a phone's
   speaker swallows. */
const PITCH = [783.99, 659.26, 523.25, 440, 392];
const SOFT = 0.08;
const CLEAR = 0.22;

/** The notes of a cue: {at, hz, seconds, volume}, `at` in seconds from its moment. */
export function notesFor({ kind, level }) {
  const [here, above] = [PITCH[level], PITCH[Math.max(0, level - 1)]];
  const below = PITCH[Math.min(PITCH.length - 1, level + 1)];
  switch (kind) {
    case "soon":
      return [note(0, here, 0.07, SOFT)];
    case "up":
      return [note(0, above, 0.22), note(0.16, here, 0.45)];
    case "down":
      return [note(0, below, 0.22), note(0.16, here, 0.45)];
    case "letGo":
      return [note(0, PITCH[2], 0.2), note(0.14, PITCH[1], 0.2), note(0.28, PITCH[0], 0.7)];
    case "pause":
      return [note(0, PITCH[1], 0.18, SOFT)];
    case "end":
      return [note(0, PITCH[0], 0.3), note(0.22, PITCH[1], 0.3), note(0.44, PITCH[2], 1.1)];
    default:
      return [note(0, here, 0.4)];
  }
}

function note(at, hz, seconds, volume = CLEAR) {
  return { at, hz, seconds, volume };
}
