/* What a phone may start without network. `about` is {kept, done, given, effects}: what it keeps of
   its owner (tracker/pwa/kept.py), and what was done and answered on it since: `done` is [{spot,
   side, at, endedBy, rose}], for `given` and `effects` see ticked.js. `at` and `now` are
   milliseconds. A clock that was set back never makes anything younger or due earlier. */

import { limitsOf } from "./ticked.js";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How a spot and side stands: {state, why}. state: new, due, soon (may start anyway), refused,
 * online (what was felt here last is asked about first), closed. `why` is a sentence, or once,
 * hours, rose or rest where the phone itself knows.
 */
export function standing(stop, about, now) {
  const { kept, done, effects } = about;
  const at = Math.max(now, Date.parse(kept.made_at));
  if (stop.closed) return { state: "closed", why: stop.closed };
  const held = heldAt(stop, about);
  if (held.level === 0) return { state: "closed", why: effects[held.effects[0]].text };
  const here = done.filter((each) => isAt(each, stop));
  if (here.some(({ endedBy }) => ["nerve", "emergency"].includes(endedBy))) return { state: "online" };
  const refused = lasts(stop.refused, at) ? stop.refused.why : sinceThen(stop, kept, done, at);
  if (refused) return { state: "refused", why: refused };
  if (lasts(stop.soon, at)) return { state: "soon", why: stop.soon.why };
  const tested = stop.free && !here.some(({ endedBy }) => endedBy === "sharp"); // that ends a test
  if (tested && stop.free.days.includes(dayOf(at, kept.zone))) return { state: "soon", why: stop.free.why };
  if (here.length) return { state: "soon", why: "rest" };
  return { state: stop.new ? "new" : "due" };
}

/** What holds at a spot by what was answered here since. */
export const heldAt = ({ spot }, { kept, given, effects }) => limitsOf(given, kept.ticked[spot] ?? {}, effects);

/** The hard limits, of what the server does not know yet: once a day, hours between, a worse day. */
function sinceThen(stop, { zone, rules }, done, at) {
  const today = dayOf(at, zone);
  const here = done.filter((each) => isAt(each, stop));
  if (done.some((each) => each.rose && dayOf(each.at, zone) >= today)) return "rose";
  if (here.some((each) => dayOf(each.at, zone) >= today)) return "once";
  if (here.some((each) => at - each.at < rules.minHours * HOUR_MS)) return "hours";
  return null;
}

/**
 * The plan for a tool, {plan, how}: kept as it was made; lower by a level once the break grew
 * longer than its safety allows; gentle, as for somebody new, after a long one, or when something
 * was done here since that the plan does not know; held to what was answered since.
 */
export function planFor(stop, tool, about, now) {
  const made = aged(stop, tool, about, now);
  const { level, gentle } = heldAt(stop, about);
  const { target } = made.plan;
  if (gentle) return { plan: lower(about.kept.plans[stop.gentle], Math.min(level, target)), how: "held" };
  return level < target ? { plan: lower(made.plan, level), how: "held" } : made;
}

function aged(stop, tool, { kept, done }, now) {
  const age = Math.max(0, now - Date.parse(kept.made_at)) / DAY_MS;
  const { lowerAfter, restartAfter } = kept.rules;
  const gentle = kept.plans[stop.gentle];
  const plan = kept.plans[stop.tools[tool] ?? stop.gentle];
  const [then, gap] = [kept.made_at, now].map((at) => gapAt(stop, kept, at));
  if (done.some((each) => isAt(each, stop)) || age > restartAfter || (gap > restartAfter && gap > then)) {
    return { plan: lower(gentle, plan.target), how: "gentle" };
  }
  const grew = gap > lowerAfter && then <= lowerAfter;
  if (age > lowerAfter || grew) return { plan: lower(plan, Math.max(1, plan.target - 1)), how: "lower" };
  return { plan, how: "kept" };
}

/** The same plan with nothing above a level. */
export function lower(plan, level) {
  const phases = plan.phases.map((phase) => ({ ...phase, level: Math.min(phase.level, level) }));
  return { ...plan, phases, start: Math.min(plan.start, level), target: Math.min(plan.target, level) };
}

/** A record of the outbox as `done` needs it. */
export function doneOf({ body }, { rules }) {
  const { spot, side, started_at, trace, pain_before: before, pain_after: after } = body;
  const rose = before != null && after != null && after - before >= rules.worse;
  return { spot, side, at: Date.parse(started_at), endedBy: trace?.ended_by ?? null, rose };
}

/** The date where the person is, 2026-11-28. */
export function dayOf(ms, zone) {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone };
  return new Intl.DateTimeFormat("en-CA", parts).format(ms);
}

const isAt = (one, other) => one.spot === other.spot && one.side === other.side;
const lasts = (limit, at) => Boolean(limit) && (limit.until === null || at < Date.parse(limit.until));

/** Whole days since the last session that counts; none where there is none. */
function gapAt({ last }, { zone }, at) {
  if (!last) return 0;
  const moment = typeof at === "string" ? Date.parse(at) : at;
  return Math.round((Date.parse(dayOf(moment, zone)) - Date.parse(last)) / DAY_MS);
}

/** The firmest level that was pressed for any time, 0 where none was. */
export const peakLevelOf = ({ phases }) =>
  Math.max(0, ...phases.flatMap(({ level_s }) => Object.keys(level_s).filter((level) => level_s[level] > 0).map(Number)));
