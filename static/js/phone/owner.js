/* Whose phone this is for now: who was signed in last, and has not signed out. */
import { shelf } from "./shelf.js";
import { forgetKept } from "./kept.js";

const KEY = "sweetspot.owner";

export function ownerHere() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Signed out: of what the server has too, nothing of this person stays here. */
export async function letGo(owner) {
  if (ownerHere() === owner) localStorage.removeItem(KEY);
  const copies = shelf("sessions");
  const mine = (await copies.all()).filter((copy) => copy.owner === owner);
  await Promise.all(mine.map(({ id }) => copies.remove(id)));
  await forgetKept(owner);
}
