/* A session of one to four stops in turn, each with its own plan and its own record. A trip is
   plain JSON: save it, load it, go on. Times are milliseconds of Date.now(), ids UUIDv7. */

import { begin, next, trace } from "./guide.js";

const ALL_OVER = ["emergency", "away"];

/** Set out; a stop is {spot, side, tool, place, shiftHint, plan, answers}, `zone` where it is. */
export function setOut({ stops, zone, getReadySeconds = 0, gapSeconds = 0 }, id, now) {
  const [stop, ...queue] = stops;
  const trip = { zone, gapSeconds, queue, done: [], before: null };
  return arrive(trip, stop, id, begin(stop.plan, { getReadySeconds }), now);
}

/** On to the next stop, with the gap to get there; `done` grows when something was pressed. */
export function moveOn(trip, id, now) {
  const [stop, ...queue] = trip.queue;
  const run = begin(stop.plan, { getReadySeconds: trip.gapSeconds, changing: true });
  const left = { ...leave(trip), queue, before: trip.run.endedBy };
  return arrive(left, stop, id, run, now);
}

/** The trip with this stop among what was done, if anything was pressed there. */
export function leave(trip) {
  const { id, startedAt } = trip.session;
  return startedAt && !trip.done.includes(id) ? { ...trip, done: [...trip.done, id] } : trip;
}

/** The trip after one event of the guide. */
export const go = (trip, event, now) => stamped({ ...trip, run: next(trip.run, event) }, now);

/** What follows a stop that ended: next, ask (only by a tap, after numbness), or null. */
export function follows({ run, queue }) {
  if (!queue.length || ALL_OVER.includes(run.endedBy)) return null;
  return run.endedBy === "nerve" ? "ask" : "next";
}

/** No further stops: the one that runs is the last. */
export const endAll = (trip) => ({ ...trip, queue: [] });

/** What is sent of this stop, or null when nothing was pressed. */
export function recordOf({ session, run, zone }, owner) {
  const { id, startedAt, endedAt, stop } = session;
  if (!startedAt) return null;
  const { spot, side, tool, answers } = stop;
  const times = { started_at: iso(startedAt), ended_at: iso(endedAt), time_zone: zone };
  return { id, owner, body: { spot, side, tool, ...answers, ...times, trace: trace(run) } };
}

/** Where to answer for it: After of the first, which goes on to the others. */
export function afterAll([first, ...others], answered = `/sessions/${first}/after`) {
  return others.length ? `${answered}?${others.map((id) => `then=${id}`).join("&")}` : answered;
}

const arrive = (trip, stop, id, run, now) =>
  stamped({ ...trip, run, session: { id, stop, startedAt: null, endedAt: null } }, now);

function stamped({ session, ...trip }, now) {
  const startedAt = session.startedAt ?? (trip.run.phases.length ? now : null);
  const endedAt = session.endedAt ?? (trip.run.status === "ended" ? now : null);
  return { ...trip, session: { ...session, startedAt, endedAt } };
}

const iso = (ms) => new Date(ms).toISOString();
