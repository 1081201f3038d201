/* What is to be announced, and when: found by running a copy of the run ahead of time, so that
   what is heard cannot differ from what the ring shows. Levels are 0-4 (0 = let go). */

import { isCounting, msToChange } from "./guide-time.js";
import { next } from "./guide.js";
import { levelNow } from "./run.js";
import { fill } from "./words.js";

const TICKS_BEFORE_MS = [3000, 2000, 1000];
const MOST_CHANGES = 200;

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
  return isCounting(run) ? 0 : null;
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
