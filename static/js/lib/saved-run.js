/* The trip that is kept on this phone while it goes on, so that a reload or a crash loses nothing. */

import { resumed, view } from "./guide.js";
import { savedRunKey } from "./saved-run-key.js";
import { endAll, go } from "./stops.js";

/** The Web Lock that the tab with the guide holds. */
export const GUIDE_LOCK = "guide";

const FORMAT = 1;
const RESUMABLE_MS = 12 * 60 * 60 * 1000;

/**
 * `storage` is localStorage or alike. Each person on this phone has a place of their own.
 *
 * save answers saved, full (the quota) or refused. load answers {state, kept, awayMs}: none,
 * unknown (not readable, left as it is), resumable, or cutShort after twelve hours: its part
 * done can still be kept. `kept` is what was saved: {owner, savedAt, trip} (stops.js).
 */
export function savedRun(storage) {
  return {
    save({ owner, savedAt, trip }) {
      try {
        const kept = { format: FORMAT, owner, savedAt, trip };
        storage.setItem(savedRunKey(owner), JSON.stringify(kept));
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
        storage.removeItem(savedRunKey(owner));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The trip as it goes on after it was away: it asks redo, go on or end, also if it was paused. */
export const cameBack = ({ trip }, awayMs) => ({ ...trip, run: resumed(trip.run, { lostMs: awayMs }) });

/** The trip ended where it was left: its part done, nothing of the time away. */
export const cutShort = ({ trip, savedAt }) =>
  go(endAll(cameBack({ trip }, 0)), { type: "end" }, savedAt);

function textOf(storage, owner) {
  try {
    return storage.getItem(savedRunKey(owner));
  } catch {
    return null;
  }
}

function read(text, owner) {
  try {
    const kept = JSON.parse(text);
    const { run, session, queue, done } = kept.trip;
    const known = kept.format === FORMAT && kept.owner === owner && resumed(run) !== null;
    const whole = Number.isFinite(kept.savedAt) && session.stop && [queue, done].every(Array.isArray);
    return known && whole && isDrawable(run) ? kept : null;
  } catch {
    return null;
  }
}

function isDrawable(run) {
  const { secondsLeft, level, totalLeft } = view(run);
  return [secondsLeft, level, totalLeft].every(Number.isFinite);
}
