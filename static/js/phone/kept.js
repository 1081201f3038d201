/* What this phone keeps of its people for a start without network: one record each, and who was
   signed in last. */
import { shelf } from "./shelf.js";

const LAST = "last";
const kept = () => shelf("kept");

/** Keep what the server made for its owner, in place of what was kept before. */
export async function keepFor(made, { signedIn = true } = {}) {
  await kept().put({ ...made, id: made.owner });
  if (signedIn) await kept().put({ id: LAST, owner: made.owner });
}

/** What is kept for this owner, or undefined. */
export const keptFor = (owner) => kept().get(owner);

/** What is kept for whoever was signed in last. */
export async function keptLast() {
  const last = await kept().get(LAST);
  return last && keptFor(last.owner);
}

/** Nothing of this owner stays here for a start without network. */
export async function forgetKept(owner) {
  await kept().remove(owner);
  const last = await kept().get(LAST);
  if (last?.owner === owner) await kept().remove(LAST);
}
