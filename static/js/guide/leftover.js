/* What a guide left on this phone, seen from outside of it. */
import { cutShort, savedRun } from "../lib/saved-run.js";
import { leave, recordOf } from "../lib/stops.js";
import { guideLock } from "../senses/guide-lock.js";
import { Post } from "./post.js";

/**
 * Null when there is nothing, or when another tab runs it. Else the stop it was at, whether it is
 * over (left too long ago to go on), and keep(), which ends it there and answers whether the
 * server has it.
 */
export async function leftover(owner) {
  const saved = savedRun(localStorage);
  const lock = guideLock();
  const { state, kept } = saved.load(owner, Date.now());
  if (!kept || !(await lock.holdSoon())) return null;
  const over = state === "cutShort";
  if (!over) lock.release(); // whoever resumes it needs it
  /** Read again under the lock: it may have gone on elsewhere since this page was opened. */
  const keep = async () => {
    if (!over && !(await lock.hold())) return false;
    const there = saved.load(owner, Date.now()).kept;
    const ended = there !== null && (await end(there, saved, owner));
    lock.release();
    return ended;
  };
  return { stop: kept.trip.session.stop, over, keep };
}

/** Cut it short and keep it; whether the server has it. */
async function end(kept, saved, owner) {
  const trip = cutShort(kept);
  const { last, loose = [], zone } = kept.trip;
  const post = new Post(owner);
  const records = [...loose, last && recordOf({ ...last, zone }, owner), recordOf(trip, owner)];
  await Promise.all(records.filter(Boolean).map((record) => post.keep(record)));
  if (await post.isSafe()) saved.clear(owner);
  const { done } = leave(trip);
  const sent = done.length > 0 && (await post.outcome(done)).state === "kept";
  if (await post.isSafe()) saved.clear(owner);
  return sent;
}
