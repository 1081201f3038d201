/* What was done on this phone, until the server has it. Each record carries its owner:

   {id, kind: "session" | "rating" | "answers" | "delete", owner, body, based_on, base, at, state, why, told, tried}

   `based_on` and `base` are the server's revision and document that it was made from, `at` is when
   (ms), `tried` the bodies sent without an answer. States: waiting, held (it can still change by
   itself), attention (refused for good: `why`), told (the server has it, and the person is still to
   be told `why`: merged, deleted, undeleted, later). It goes when the server answered for what it holds. */

import { answered, inherited, requestOf, tried } from "./record.js";

/** Owner of what was done before anybody signed in. */
export const VISITOR = "visitor";

const BEFORE = "sweetspot.unsent";
const MOST_ROUNDS = 5;
const NOT_NOW = [0, 429, 503, 507];
const NEW = { kind: "session", based_on: null, base: null, told: [], tried: [], why: null };

/**
 * `shelf` has all(), get(id), remove(id) and change(id, how): in one step, what `how` makes of the
 * record there (null: gone, undefined: as it was). `send({method, path, body})` answers {status,
 * answer}; status 0 is no network.
 */
export function outbox(shelf, send) {
  const all = async () => (await shelf.all()).toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const of = async (owner) => (await all()).filter((record) => record.owner === owner);
  const waiting = async (owner) => (await of(owner)).filter(({ state }) => state !== "told");

  /** One record, as often as it was changed elsewhere; what came of it, or null if it is gone. */
  async function deliver(id, owner, round = 1) {
    const record = await marked(id, owner);
    if (!record) return null;
    const { status, answer } = await send(requestOf(record));
    const { state, how } = answered(record, status, answer);
    // Where the shelf fails now, it is sent once more later, and the server knows it.
    const now = await shelf.change(id, (there) => there && how(there)).catch(() => undefined);
    const result = { ...record, ...answer, id, status, state, why: answer?.error };
    if (state !== "changed") return result;
    if (now?.state === "told") return { ...result, state: "kept" };
    return round < MOST_ROUNDS ? deliver(id, owner, round + 1) : { ...result, state: "later" };
  }

  async function marked(id, owner) {
    const mark = (now) => (now?.owner === owner && now.state !== "told" ? tried(now) : undefined);
    // A full phone sends what it has without a mark.
    return shelf.change(id, mark).catch(async () => mark(await shelf.get(id)));
  }

  return {
    /** What the server still has to get of this person, oldest first. */
    waiting,
    get: (id) => shelf.get(id),
    remove: (id) => shelf.remove(id),

    /**
     * Keep {id, owner, body, at, kind?, hold?}; of what the server has also its based_on and base.
     * Answers when it is on the shelf, and fails when there is no room for it.
     */
    keep({ hold = false, ...record }) {
      const made = { ...NEW, ...record, state: hold ? "held" : "waiting" };
      return shelf.change(record.id, (before) => ({ ...made, ...inherited(before, made) }));
    },

    /**
     * Send what waits of this person, one after the other; of what is held, all but `held`, and
     * `again` what was refused. Answers the records with what came of each: {state, why, after,
     * revision}, state: kept, deleted, attention, signedOut or later (the rest waits with these).
     */
    async flush(owner, { held = null, again = false } = {}) {
      const results = [];
      let failed = 0;
      for (const { id, state } of await waiting(owner)) {
        if (id === held || (state === "attention" && !again)) continue;
        const result = await deliver(id, owner);
        if (!result) continue;
        results.push(result);
        if (result.state === "signedOut" || NOT_NOW.includes(result.status)) break;
        // The server may stumble over one record; over two in a row, it is the server.
        failed = result.state === "later" ? failed + 1 : 0;
        if (failed === 2) break;
      }
      return results;
    },

    /** What the person is still to be told of: changed elsewhere too, deleted, or not deleted. */
    news: async (owner) => (await of(owner)).filter(({ state }) => state === "told"),

    /** How many records of other people wait here. */
    async others(owner) {
      const theirs = (await all()).filter((each) => ![owner, VISITOR].includes(each.owner));
      return theirs.filter(({ state }) => state !== "told").length;
    },

    /** What a visitor did becomes this person's; each record once. */
    async join(owner) {
      for (const { id } of await of(VISITOR)) {
        await shelf.change(id, (now) => (now?.owner === VISITOR ? { ...now, owner } : undefined));
      }
    },

    async removeAll(owner) {
      for (const { id } of await of(owner)) await shelf.remove(id);
    },
  };
}

/** Records as a file to take along; `now` is an ISO moment. */
export const asFile = (records, now) => ({
  format: "sweetspot-unsent-1",
  made_at: now,
  records: records.map(({ base, tried, ...record }) => record),
});

/** What the outbox of before had in localStorage moves in, once. */
export async function moveIn(storage, box) {
  const moved = read(storage.getItem(BEFORE));
  for (const { id, owner, body } of moved) {
    if (!(await box.get(id))) await box.keep({ id, owner, body, at: Date.parse(body.started_at) });
  }
  if (moved.length) storage.removeItem(BEFORE);
}

function read(text) {
  try {
    const kept = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
