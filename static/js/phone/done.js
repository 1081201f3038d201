/* Sessions that were done on this phone of late, so that a plan kept from before them is not
   started once more before the server made a new one. */

const MOST = 10;
const keyOf = (owner) => `sweetspot.done.${owner}`;

export function noteDone({ owner, body }) {
  const { spot, side, started_at, trace } = body;
  const done = { spot, side, at: Date.parse(started_at), endedBy: trace.ended_by, rose: false };
  const others = all(owner).filter((each) => each.at !== done.at || each.spot !== spot);
  try {
    localStorage.setItem(keyOf(owner), JSON.stringify([done, ...others].slice(0, MOST)));
  } catch {
    // The outbox has it, and the server will.
  }
}

/** Those that began after a moment (ms). */
export const doneHere = (owner, since) => all(owner).filter(({ at }) => at > since);

/** They say where somebody is sore: on a phone they left, nothing of them stays. */
export const forgetDone = (owner) => localStorage.removeItem(keyOf(owner));

function all(owner) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(owner)) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
