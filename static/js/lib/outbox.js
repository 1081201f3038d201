/* Sessions that are on this phone until the server has them. Each carries its owner. */

const KEY = "sweetspot.unsent";
const LONGEST_MS = 30_000; // a network that hangs is no network

/** Where the run of this person is kept while it goes on (saved-run.js). */
export const savedRunKey = (owner) => `sweetspot.run.${owner}`;

/** The record of the spot before, while a run is on the way to the next: it can still change. */
export function heldBy(storage, owner) {
  try {
    return JSON.parse(storage.getItem(savedRunKey(owner)))?.trip.last?.session.id ?? null;
  } catch {
    return null;
  }
}

/** `storage` is localStorage or alike; what cannot be read counts as nothing kept. */
export function outbox(storage) {
  const all = () => {
    try {
      const kept = JSON.parse(storage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  const write = (records) => {
    try {
      storage.setItem(KEY, JSON.stringify(records));
      return true;
    } catch {
      return false;
    }
  };
  return {
    of: (owner) => all().filter((record) => record.owner === owner),
    keep: (record) => write([...all().filter(({ id }) => id !== record.id), record]),
    drop: (id) => write(all().filter((record) => record.id !== id)),
  };
}

/**
 * Send one record with `put` (fetch). Answers {state, after, why}: kept, refused (for good),
 * signedOut (or somebody else is signed in), or unsent (try again later).
 */
export async function send(record, put) {
  let response;
  try {
    response = await put(`/api/sessions/${record.id}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...record.body, owner: record.owner }),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
  } catch {
    return { state: "unsent" };
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok && answer.id === record.id) return { state: "kept", after: answer.after };
  if (response.status === 401 || response.status === 403) return { state: "signedOut" };
  if (response.status === 422) return { state: "refused", why: answer.error };
  return { state: "unsent" };
}
