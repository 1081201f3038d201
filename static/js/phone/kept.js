/* What this phone keeps of its people for a start without network: one record each. */
import { shelf } from "./shelf.js";

const FORMAT = 2; // tracker/pwa/kept.py
const kept = () => shelf("kept");

/** Keep what the server made for its owner, in place of what was kept before. */
export const keepFor = (made) => kept().put({ ...made, id: made.owner });

/** What is kept for this owner, or undefined; what an older version kept is of no use. */
export async function keptFor(owner) {
  const made = await kept().get(owner);
  return made?.format === FORMAT ? made : undefined;
}

/** What the server was told for safety holds here too, until it made something new from it. */
export const noteGiven = (owner, sheet) =>
  kept().change(owner, (made) => made && { ...made, given: [...(made.given ?? []), sheet] });

/** Nothing of this owner stays here for a start without network. */
export const forgetKept = (owner) => kept().remove(owner);
