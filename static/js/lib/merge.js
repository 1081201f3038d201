/* A session that was changed in two places: what each of them said is kept, field by field. */

const SERVERS = ["id", "revision", "entry", "local_date", "clock_uncertain", "deleted"];
const EMPTY = { felt_in: [], note: "" };

/**
 * `base` is the document both started from (null: not known), `mine` this phone's, `theirs` the
 * server's. What one side changed is taken; where both did and differ, mine is, but both notes are
 * kept, one under the other, and places felt are joined. Answers {merged, told}: the document, and
 * the names of the fields where both differed.
 */
export function merge(base, mine, theirs) {
  const [merged, told] = [{}, []];
  for (const name of fieldsOf(mine, theirs)) {
    const [was, here, there] = [base, mine, theirs].map((copy) => valueOf(copy, name));
    if (same(name, here, there) || same(name, there, was)) merged[name] = here;
    else if (same(name, here, was)) merged[name] = there;
    else {
      merged[name] = both(name, here, there);
      told.push(name);
    }
  }
  return { merged, told };
}

/** The names of the fields in which two documents differ. */
export const differing = (one, other) =>
  fieldsOf(one, other).filter((name) => !same(name, valueOf(one, name), valueOf(other, name)));

/**
 * What `theirs` was changed from, as far as this phone knows: its own fields where it has what is
 * in `base` or in one of the documents `sent` without an answer; the others as in `base`.
 */
export function knownOf(theirs, base, sent) {
  const has = (copy, name) => same(name, valueOf(copy, name), valueOf(theirs, name));
  const from = (name) => ([base, ...sent].some((copy) => has(copy, name)) ? theirs : base);
  return Object.fromEntries(fieldsOf(theirs, base).map((name) => [name, valueOf(from(name), name)]));
}

function fieldsOf(...copies) {
  const names = new Set(copies.flatMap((copy) => Object.keys(copy ?? {})));
  return [...names].filter((name) => !SERVERS.includes(name));
}

const valueOf = (copy, name) => copy?.[name] ?? EMPTY[name] ?? null;
const same = (name, one, other) => plain(name, one) === plain(name, other);

function both(name, here, there) {
  if (name === "felt_in") return [...new Set([...here, ...there])];
  if (name !== "note" || !there || here.includes(there)) return here;
  return there.includes(here) ? there : `${here}\n\n${there}`;
}

/** The same text for the same value: a moment in any zone, places and keys in any order. */
function plain(name, value) {
  if (name === "felt_in") return JSON.stringify(value.toSorted());
  const moment = name.endsWith("_at") && Date.parse(value);
  return moment ? String(moment) : JSON.stringify(value, inOrder);
}

const inOrder = (_key, value) =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
