/* Whose phone this is for now: who was signed in last, and has not signed out. */
import { forgetDone } from "./done.js";
import { forgetKept } from "./kept.js";
import { shelf } from "./shelf.js";

const KEY = "sweetspot.owner";

export function ownerHere() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function remember(owner) {
  try {
    localStorage.setItem(KEY, owner);
  } catch {
    // No room: /unsent then tells of this person's only how many there are.
  }
}

/** Signed out: of what the server has too, nothing of this person stays here. */
export async function letGo(owner) {
  if (ownerHere() === owner) localStorage.removeItem(KEY);
  forgetDone(owner);
  const copies = shelf("sessions");
  const mine = (await copies.all()).filter((copy) => copy.owner === owner);
  await Promise.all(mine.map(({ id }) => copies.remove(id)));
  await forgetKept(owner);
}
