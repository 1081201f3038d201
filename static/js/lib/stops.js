/* A session of one to four stops in turn, each with its own plan and its own record. A trip is
   plain JSON: save it, load it, go on. Times are milliseconds of Date.now(), ids UUIDv7. */

import { begin, next, saidLater, STOPPED_BY, trace } from "./guide.js";

const ALL_OVER = ["emergency", "away"];
const BACK_THERE = ["numb", "radiating", "emergency"];

/** Set out; a stop is {spot, side, tool, place, shiftHint, plan, answers}, `zone` where it is. */
export function setOut({ stops, zone, getReadySeconds = 0, gapSeconds = 0 }, id, now) {
  const [stop, ...queue] = stops;
  const trip = { zone, gapSeconds, queue, done: [], before: null, last: null };
  return arrive(trip, stop, id, begin(stop.plan, { getReadySeconds }), now);
}

/** On to the next stop, with the gap to get there; `done` grows when something was pressed. */
export function moveOn(trip, id, now) {
  const [stop, ...queue] = trip.queue;
  const run = begin(stop.plan, { getReadySeconds: trip.gapSeconds, changing: true });
  const { session, run: before } = trip;
  const here = session.startedAt ? { session, run: before } : trip.last;
  const last = follows(trip) === "next" ? here : null;
  return arrive({ ...leave(trip), queue, before: before.endedBy, last }, stop, id, run, now);
}

/** The trip with this stop among what was done, if anything was pressed there. */
export function leave(trip) {
  const { id, startedAt } = trip.session;
  return startedAt && !trip.done.includes(id) ? { ...trip, done: [...trip.done, id] } : trip;
}

/**
 * The trip after one event of the guide. On the way to a stop nothing is pressed, so what is felt
 * then belongs to the one before: `last`, which can be kept once more with it until the next
 * begins. Numbness and an emergency end the trip there, as they do while pressing. `stay`: it had
 * been paused before Stop was asked for, and stays so.
 */
export function go(trip, event, now) {
  const kind = trip.last && feltBy(event);
  if (!kind) return stamped({ ...trip, run: next(trip.run, event) }, now);
  const last = { ...trip.last, run: saidLater(trip.last.run, kind) };
  if (BACK_THERE.includes(kind)) {
    return { ...trip, ...last, last: null, queue: [trip.session.stop, ...trip.queue] };
  }
  const type = trip.run.status === "away" ? "goOn" : "resume";
  return { ...trip, last, before: last.run.endedBy, run: event.stay ? trip.run : next(trip.run, { type }) };
}

const feltBy = ({ type, choice }) =>
  type === "stop" ? STOPPED_BY[choice] : ["numb", "pulse", "radiating"].includes(type) && type;

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

const arrive = (trip, stop, id, run, now) =>
  stamped({ ...trip, run, session: { id, stop, startedAt: null, endedAt: null } }, now);

function stamped({ session, ...trip }, now) {
  const startedAt = session.startedAt ?? (trip.run.phases.length ? now : null);
  const endedAt = session.endedAt ?? (trip.run.status === "ended" ? now : null);
  const last = trip.run.phases.length ? null : trip.last;
  return { ...trip, last, session: { ...session, startedAt, endedAt } };
}

const iso = (ms) => new Date(ms).toISOString();
