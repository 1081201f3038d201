/* Where the run of a person is kept while it goes on (saved-run.js), and what it still holds back. */

export const savedRunKey = (owner) => `sweetspot.run.${owner}`;

/** The record of the spot before, while a run is on the way to the next: it can still change. */
export function heldBy(storage, owner) {
  try {
    return JSON.parse(storage.getItem(savedRunKey(owner)))?.trip.last?.session.id ?? null;
  } catch {
    return null;
  }
}
