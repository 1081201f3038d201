/* The run that is kept on this phone while it goes on, so that a reload or a crash loses nothing. */

import { next, view } from "./guide.js";

/** The Web Lock that the tab with the guide holds. */
export const GUIDE_LOCK = "guide";

const FORMAT = 1;
const RESUMABLE_MS = 12 * 60 * 60 * 1000;
const keyOf = (owner) => `sweetspot.run.${owner}`;

/**
 * `storage` is localStorage or alike. Each person on this phone has a place of their own.
 *
 * save answers saved, full (the quota) or refused. load answers {state, kept, awayMs}: none,
 * unknown (not readable, left as it is), resumable, or cutShort after twelve hours: its part
 * done can still be kept. `kept` is what was saved.
 */
export function savedRun(storage) {
  return {
    save({ owner, session, queue = [], run, savedAt }) {
      try {
        const kept = { format: FORMAT, owner, session, queue, run, savedAt };
        storage.setItem(keyOf(owner), JSON.stringify(kept));
        return "saved";
      } catch (error) {
        return error?.name === "QuotaExceededError" ? "full" : "refused";
      }
    },

    load(owner, now) {
      const text = textOf(storage, owner);
      if (text === null) return { state: "none" };
      const kept = read(text, owner);
      if (!kept) return { state: "unknown" };
      const awayMs = Math.max(0, now - kept.savedAt);
      return { state: awayMs > RESUMABLE_MS ? "cutShort" : "resumable", kept, awayMs };
    },

    clear(owner) {
      try {
        storage.removeItem(keyOf(owner));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The run as it goes on after it was away: it asks redo, go on or end (paused stays paused). */
export const cameBack = (run) => next(run, { type: "gap" });

/** The run ended where it was left: its part done, nothing of the time away. */
export const cutShort = (run) =>
  [{ type: "resume" }, { type: "gap" }, { type: "end" }].reduce(next, run);

function textOf(storage, owner) {
  try {
    return storage.getItem(keyOf(owner));
  } catch {
    return null;
  }
}

function read(text, owner) {
  try {
    const kept = JSON.parse(text);
    const known = kept.format === FORMAT && kept.run.format === FORMAT && kept.owner === owner;
    const whole = Number.isFinite(kept.savedAt) && Array.isArray(kept.queue) && kept.session;
    return known && whole && isDrawable(kept.run) ? kept : null;
  } catch {
    return null;
  }
}

function isDrawable(run) {
  const { secondsLeft, level, totalLeft } = view(run);
  return [secondsLeft, level, totalLeft].every(Number.isFinite);
}
