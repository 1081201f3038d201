/* The clock rule: only time that was visible and continuous counts. Times are milliseconds. */

const LONGEST_STEP = 3000;
const MOST_DRIFT = 2000;

/**
 * Judge the time since the last counted sample.
 *
 * `previous` is the state of the last call (null at first), `wall` is Date.now(), `mono`
 * performance.now(). `count` and `clock_change` carry the milliseconds to count, `gap` the
 * milliseconds that were lost; hidden samples count nothing until the page is seen again.
 */
export function sample(previous, { wall, mono, visible }) {
  const now = { wall, mono, hidden: false };
  if (!previous) return { state: { ...now, hidden: !visible }, kind: "count", ms: 0 };
  const wallStep = wall - previous.wall;
  const step = mono - previous.mono;
  // While hidden the last seen moment is kept, so short throttled ticks cannot add up unseen.
  if (!visible) return { state: { ...previous, hidden: true }, kind: "count", ms: 0 };
  const drift = wallStep - step;
  const slept = previous.hidden && drift > MOST_DRIFT;
  if (step < 0 || step >= LONGEST_STEP || slept) {
    return { state: now, kind: "gap", ms: Math.max(0, wallStep, step) };
  }
  const kind = Math.abs(drift) <= MOST_DRIFT ? "count" : "clock_change";
  return { state: now, kind, ms: step };
}
