/* The sentences about what waits on this phone; `words` come from the page, in its language. */

import { fill } from "./words.js";

/** "Top of the buttock, left", or what a record is about besides. */
export function placeOf({ kind, body }, words) {
  if (words.kinds[kind]) return words.kinds[kind];
  const spot = words.spots[body.spot] ?? words.ownSpot;
  return body.side === "middle" ? spot : fill(words.place, { spot, side: words.sides[body.side] ?? "" });
}

/** What is to be done about a record: it waits, for a sign-in, or for the person to look at it. */
export function stateOf({ kind, state, why, owner }, signedOut, words) {
  if (state === "attention") return fill(words.attention, { why });
  if (owner === "visitor") return words.visitor;
  if (signedOut) return words.signedOut;
  return kind === "delete" ? words.deleting : words.waiting;
}

/** What the person is told when it changed elsewhere, too: what differed, and what was kept. */
export function newsOf({ why, told }, words) {
  if (why !== "merged") return words.news[why];
  const fields = told.map((name) => words.fields[name] ?? words.other);
  const differed = fill(words.news.merged, { fields: [...new Set(fields)].join(", ") });
  return told.includes("note") ? `${differed} ${words.news.notes}` : differed;
}

/** "1 session …" or "{n} sessions …". */
export const counted = (n, { one, many }) => (n === 1 ? one : fill(many, { n }));
