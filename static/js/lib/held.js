const RUN = "sweetspot.run."; // saved-run-key.js; sharing it would weigh more in the guide

/** The record of the spot before, while a run is on the way to the next: it can still change. */
export function heldBy(storage, owner) {
  try {
    return JSON.parse(storage.getItem(RUN + owner))?.trip.last?.session.id ?? null;
  } catch {
    return null;
  }
}
