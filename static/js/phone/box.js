/* This phone's outbox, and the way from it to the server. */
import { moveIn, outbox } from "../lib/outbox.js";
import { heldBy } from "../lib/saved-run-key.js";
import { shelf } from "./shelf.js";

const LONGEST_MS = 30_000; // a network that hangs is no network

export const box = outbox(shelf("outbox"), send);

/** Keep a record (lib/outbox.js); once there is one, the phone is asked not to clear it by itself. */
export async function keep(record) {
  await box.keep({ at: Date.now(), ...record });
  stay();
}

/** Send what waits of this person, one tab at a time; answers what came of each. */
export async function flush(owner, how) {
  const act = async () => {
    await moveIn(localStorage, box).catch(() => {}); // no room: what is here goes first
    return box.flush(owner, { held: heldBy(localStorage, owner), ...how });
  };
  return navigator.locks ? navigator.locks.request("outbox", act) : act();
}

export async function send({ method, path, body }) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    const response = await fetch(path, { method, headers, signal, body: JSON.stringify(body) });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0 };
  }
}

async function stay() {
  const { storage } = navigator;
  if (!(await storage?.persisted?.())) await storage?.persist?.();
}
