/* A shelf of records {id, …} on this phone: IndexedDB, and localStorage where that refuses. */
import { store } from "./store.js";

const COPIES = "sessions"; // the server has them, too

/**
 * Each answer comes when it is on the shelf. What went to localStorage stays there until it goes:
 * of two with one id it is the newer. Fails only where both do. `phone` has indexedDB,
 * localStorage and caches.
 */
export function shelf(name, phone = globalThis) {
  const far = store(name, phone);
  const near = place(`sweetspot.${name}`, phone);

  async function change(id, how) {
    if (near.has(id)) {
      await far.remove(id).catch(() => {}); // an older one
      return near.change(id, how);
    }
    try {
      return await withRoom(() => far.change(id, how));
    } catch (error) {
      const next = how(await far.get(id).catch(() => undefined));
      if (next === null) throw error;
      return near.change(id, () => next);
    }
  }

  /** A full phone lets go of what can be fetched again, once, for what cannot. */
  async function withRoom(act) {
    try {
      return await act();
    } catch (error) {
      if (name === COPIES || error?.name !== "QuotaExceededError") throw error;
      await makeRoom(phone);
      return act();
    }
  }

  return {
    change,
    put: async (record) => void (await change(record.id, () => record)),
    remove: async (id) => void (await change(id, (held) => (held ? null : undefined))),
    get: async (id) => near.rows().find((row) => row.id === id) ?? far.get(id).catch(() => undefined),
    async all() {
      const rows = await far.all().catch((error) => {
        if (near.isShut()) throw error;
        return [];
      });
      return [...new Map([...rows, ...near.rows()].map((row) => [row.id, row])).values()];
    },
  };
}

async function makeRoom(phone) {
  const names = (await phone.caches?.keys().catch(() => [])) ?? [];
  await Promise.all(names.map((each) => phone.caches.delete(each)));
  const copies = store(COPIES, phone);
  await copies.clear().catch(() => {});
}

/** Rows as one text in localStorage; what cannot be read counts as nothing. */
function place(key, phone) {
  const rows = () => {
    try {
      const kept = JSON.parse(phone.localStorage.getItem(key) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  return {
    rows,
    has: (id) => rows().some((row) => row.id === id),
    isShut() {
      try {
        return !phone.localStorage;
      } catch {
        return true;
      }
    },
    change(id, how) {
      const next = how(rows().find((row) => row.id === id));
      if (next === undefined) return next;
      const left = rows().filter((row) => row.id !== id);
      const text = JSON.stringify(next ? [...left, next] : left);
      phone.localStorage.setItem(key, text);
      return next;
    },
  };
}
