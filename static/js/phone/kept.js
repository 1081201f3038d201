/* What this phone keeps of its people for a start without network: one record each. */
import { shelf } from "./shelf.js";

const kept = () => shelf("kept");

/** Keep what the server made for its owner, in place of what was kept before. */
export const keepFor = (made) => kept().put({ ...made, id: made.owner });

/** What is kept for this owner, or undefined. */
export const keptFor = (owner) => kept().get(owner);

/** Nothing of this owner stays here for a start without network. */
export const forgetKept = (owner) => kept().remove(owner);
