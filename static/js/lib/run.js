/* The sums of a run, and what is kept of it. A run is made by guide.js; levels are 0-4. */

export const NO_CEILING = 4;
export const PRESSURE = 2;

export const current = (run) => run.phases.at(-1);
export const phaseMs = (run) => run.plan.phases[current(run).index].seconds * 1000;
export const spentMs = (phase) => phase.ms.reduce((sum, ms) => sum + ms, 0);
export const countedMs = (run) => run.phases.reduce((sum, phase) => sum + spentMs(phase), 0);
export const seconds = (ms) => ms / 1000;
export const isHold = ({ name }) => name.startsWith("hold_");

/** Milliseconds to let go and move, after sharp or off a pulse. */
export function shiftNeededMs(run) {
  const { sharp_pause_s, pulse_pause_s } = run.plan.rules;
  return (run.shiftFor === "pulse" ? pulse_pause_s : sharp_pause_s) * 1000;
}

/** Milliseconds of pressure the day still has room for. */
export function roomMs(run) {
  const pressed = run.phases.flatMap((phase) => phase.ms.slice(PRESSURE));
  return Math.max(0, run.plan.room_s * 1000 - pressed.reduce((sum, ms) => sum + ms, 0));
}

/** The level a phase has now: as planned, never above what was eased to or the day allows. */
export function levelOf(run, index) {
  const room = roomMs(run) > 0 ? NO_CEILING : PRESSURE - 1;
  return Math.min(run.plan.phases[index].level, run.ceiling, room);
}

export const levelNow = (run) => levelOf(run, current(run).index);

/** What is kept: every phase as planned and as it went, each event with its second. */
export function trace(run) {
  const begun = run.phases.map((phase) => row(run.plan, phase));
  const waiting = run.plan.phases.slice(run.phases.length ? current(run).index + 1 : 0);
  const untouched = waiting.map((_, i) => {
    const index = run.plan.phases.length - waiting.length + i;
    return row(run.plan, { index, ms: [0, 0, 0, 0, 0], level: 0, done: false });
  });
  return {
    protocol: run.plan.protocol,
    version: run.plan.version,
    start: run.plan.start,
    target: run.plan.target,
    phases: [...begun, ...untouched],
    events: run.events,
    ended_by: run.endedBy,
    counted_s: seconds(countedMs(run)),
  };
}

function row(plan, { index, ms, level, done }) {
  const { name, level: planned_level, seconds: planned_s } = plan.phases[index];
  const level_s = Object.fromEntries(ms.map((each, i) => [i, seconds(each)]));
  return { name, planned_level, planned_s, level_s, level, done };
}
