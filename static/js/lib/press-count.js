/* The tenderness test, counted: a second to put the finger there, then three seconds of one press. */
const LEAD_MS = 1000;
const SECOND_MS = 1000;
export const HOLD_S = 3;

/** What to say `ms` after the start: "ready", then "hold" with the seconds held so far, then "done". */
export function pressCount(ms) {
  if (ms < LEAD_MS) return { stage: "ready", n: 0 };
  const held = Math.floor((ms - LEAD_MS) / SECOND_MS);
  return held < HOLD_S ? { stage: "hold", n: held + 1 } : { stage: "done", n: HOLD_S };
}
