/* A shelf in memory: what no other had room for, as long as the page is open. */

export function memory(kept = new Map()) {
  return {
    all: async () => [...kept.values()],
    get: async (id) => kept.get(id),
    remove: async (id) => void kept.delete(id),
    put: async (record) => void kept.set(record.id, record),
    async change(id, how) {
      const next = how(kept.get(id));
      if (next === null) kept.delete(id);
      else if (next) kept.set(id, next);
      return next;
    },
  };
}
