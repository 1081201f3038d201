/* Phones without a page: the outbox of the app over shelves that outlive a crash, driven line by line.

   In: {phone, op: "keep" | "flush" | "waiting" | "news" | "forget", args, dies}; out: {done}, or
   {send} for every request, answered by {status, answer} or {dies: true}, or {crashed: true}. A
   phone dies at its n-th write (`dies` {at, done}: before or after it), or while it waits. */
import { createInterface } from "node:readline";
import { memory } from "../static/js/lib/memory.js";
import { outbox } from "../static/js/lib/outbox.js";

const shelves = new Map(); // phone -> what is on its shelf, as text
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => JSON.parse((await lines.next()).value);
const write = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);
const never = new Promise(() => {}); // what a dead phone was about to do

/** A shelf whose records are copied in and out, as IndexedDB does. */
function shelfOf(phone, dies, die) {
  if (!shelves.has(phone)) shelves.set(phone, new Map());
  const shelf = memory(shelves.get(phone));
  let writes = 0;
  const change = async (id, how) => {
    writes += 1;
    const now = dies?.at === writes;
    if (!now || dies.done) {
      const next = await shelf.change(id, (there) => copy(how(copy(there))));
      if (!now) return copy(next);
    }
    die();
    return never;
  };
  return {
    change,
    all: async () => (await shelf.all()).map(copy),
    get: async (id) => copy(await shelf.get(id)),
    remove: async (id) => void (await change(id, () => null)),
  };
}

const copy = (record) => (record ? structuredClone(record) : record);

async function run({ phone, op, args, dies }) {
  if (op === "forget") return shelves.clear();
  let die;
  const death = new Promise((_done, fail) => (die = () => fail(new Error("died"))));
  const send = async (request) => {
    write({ send: request });
    const answer = await read();
    if (!answer.dies) return answer;
    die();
    return never;
  };
  const box = outbox(shelfOf(phone, dies, die), send);
  return Promise.race([box[op](...args), death]);
}

for (;;) {
  const { value, done } = await lines.next();
  if (done) break;
  try {
    write({ done: (await run(JSON.parse(value))) ?? null });
  } catch (error) {
    if (error.message !== "died") throw error;
    write({ crashed: true });
  }
}
