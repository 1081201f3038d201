/* A server as in the contract, the way to it, and shelves that fail: what the outbox is tried on. */
import { differing } from "../../static/js/lib/merge.js";

export const ANNA = "anna";
export const BEN = "ben";

/** Keeps sessions by id with a revision each; `signedIn` is who the phone's cookie says. */
export class Server {
  sessions = new Map();
  revision = 0;
  signedIn = ANNA;
  refuses = new Map(); // id -> status
  got = [];

  answer({ method, path, body: { owner, based_on, ...body } }) {
    const id = path.split("/").at(-1);
    this.got.push(`${method} ${id}`);
    if (!this.signedIn) return { status: 401, answer: { error: "Sign in." } };
    if (owner !== this.signedIn) return { status: 403, answer: { error: "Somebody else." } };
    const status = this.refuses.get(id);
    if (status) return { status, answer: { error: "No such spot.", key: "spot" } };
    return method === "DELETE" ? this.#delete(id, based_on) : this.#put(id, based_on, body);
  }

  #put(id, based_on, body) {
    const held = this.sessions.get(id);
    if (held?.deleted) return { status: 410, answer: { error: "Deleted.", ...held } };
    if (held && differing(held, body).length && based_on !== held.revision) {
      return { status: 409, answer: { error: "Changed.", session: held } };
    }
    if (!held || differing(held, body).length) this.edit(id, body);
    const { revision } = this.sessions.get(id);
    return { status: held ? 200 : 201, answer: { id, revision, after: `/sessions/${id}/after` } };
  }

  #delete(id, based_on) {
    const held = this.sessions.get(id);
    if (held && !held.deleted && held.revision !== based_on) {
      return { status: 409, answer: { error: "Changed.", session: held } };
    }
    if (held && !held.deleted) this.sessions.set(id, { id, revision: ++this.revision, deleted: true });
    return { status: 200, answer: { id, revision: held ? this.revision : null, deleted: true } };
  }

  /** What somebody changed by another way. */
  edit(id, body) {
    this.sessions.set(id, { id, revision: ++this.revision, ...body });
    return this.sessions.get(id);
  }
}

/** The way to a server. `faults` are taken in turn: lost (it never arrives), unheard (its answer), or an answer. */
export function network(server, faults = []) {
  return async (request) => {
    const fault = faults.shift();
    if (typeof fault === "object") return fault;
    if (fault === "lost") return { status: 0 };
    const answer = server.answer(structuredClone(request));
    return fault === "unheard" ? { status: 0 } : structuredClone(answer);
  };
}

/** A shelf that dies at its n-th write, before or after it is done; ever after it lives. */
export function dying(shelf, n, { done }) {
  let left = n;
  const change = async (...what) => {
    left -= 1;
    if (left !== 0) return shelf.change(...what);
    if (done) await shelf.change(...what);
    throw new Crash();
  };
  return { ...shelf, change, remove: async (id) => void (await change(id, () => null)) };
}

export class Crash extends Error {}

/** localStorage, with room for so many characters. */
export function storage(room = Infinity) {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (text.length > room) throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
      kept.set(key, text);
    },
    removeItem: (key) => void kept.delete(key),
  };
}
