import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { begin, next, trace, view } from "../../static/js/lib/guide.js";
import { cameBack, cutShort, savedRun } from "../../static/js/lib/saved-run.js";

const [{ plan: PLAN }] = JSON.parse(
  readFileSync(new URL("../sessions/golden.json", import.meta.url), "utf8"),
);
const ANNA = "anna";
const BEN = "ben";
const NOON = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const SESSION = { id: "0190", startedAt: NOON - 30_000, answers: { side: "left", pain_before: null } };

/** A phone's localStorage; `fails` names the error that writing raises. */
function phone({ fails } = {}) {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem(key, text) {
      if (fails) throw Object.assign(new Error(fails), { name: fails });
      kept.set(key, text);
    },
  };
}

const go = (run, ...events) => events.reduce(next, run);
const halfway = () => go(begin(PLAN), { type: "tick", ms: 30_000 });
const save = (storage, more) =>
  savedRun(storage).save({ owner: ANNA, session: SESSION, queue: [{ side: "right" }], run: halfway(), savedAt: NOON, ...more });

test("a reload finds the run, its session and the spots still to come", () => {
  const storage = phone();
  assert.equal(save(storage), "saved");
  const { state, kept, awayMs } = savedRun(storage).load(ANNA, NOON + 4000);
  assert.deepEqual([state, awayMs], ["resumable", 4000]);
  assert.deepEqual([kept.run, kept.session, kept.queue], [halfway(), SESSION, [{ side: "right" }]]);
});

test("nothing saved is nothing to resume", () => {
  assert.deepEqual(savedRun(phone()).load(ANNA, NOON), { state: "none" });
});

test("another person on this phone neither sees nor overwrites it", () => {
  const storage = phone();
  save(storage);
  assert.equal(savedRun(storage).load(BEN, NOON).state, "none");
  save(storage, { owner: BEN, savedAt: NOON + 1 });
  savedRun(storage).clear(BEN);
  assert.equal(savedRun(storage).load(ANNA, NOON).state, "resumable");
});

test("a record under a name that is not its owner's is refused", () => {
  const storage = phone();
  save(storage);
  const [[key, text]] = storage.kept;
  storage.kept.set(key.replace(ANNA, BEN), text);
  assert.equal(savedRun(storage).load(BEN, NOON).state, "unknown");
});

test("after twelve hours it is cut short, and its part done is there", () => {
  const storage = phone();
  save(storage);
  assert.equal(savedRun(storage).load(ANNA, NOON + 12 * HOUR).state, "resumable");
  const { state, kept } = savedRun(storage).load(ANNA, NOON + 12 * HOUR + 1);
  assert.equal(state, "cutShort");
  const ended = trace(cutShort(kept.run));
  assert.deepEqual([ended.ended_by, ended.counted_s], ["away", 30]);
});

test("a clock set back does not make it old", () => {
  const storage = phone();
  save(storage);
  assert.deepEqual(savedRun(storage).load(ANNA, NOON - 48 * HOUR).awayMs, 0);
});

test("what cannot be read is refused and left as it is", () => {
  const whole = JSON.parse(JSON.stringify({ format: 1, owner: ANNA, session: SESSION, queue: [], run: halfway(), savedAt: NOON }));
  const broken = [
    "",
    "{",
    "null",
    JSON.stringify({ ...whole, format: 2 }),
    JSON.stringify({ ...whole, run: { ...whole.run, format: 2 } }),
    JSON.stringify({ ...whole, run: { ...whole.run, phases: [{ index: 99, ms: [0, 0, 0, 0, 0] }] } }),
    JSON.stringify({ ...whole, run: { ...whole.run, plan: null } }),
    JSON.stringify({ ...whole, savedAt: "yesterday" }),
    JSON.stringify({ ...whole, queue: {} }),
    JSON.stringify({ ...whole, session: null }),
  ];
  for (const text of broken) {
    const storage = phone();
    save(storage);
    const [[key]] = storage.kept;
    storage.kept.set(key, text);
    assert.deepEqual(savedRun(storage).load(ANNA, NOON), { state: "unknown" }, text);
    assert.equal(storage.kept.get(key), text);
  }
});

test("a full phone is reported as full, any other refusal as refused", () => {
  assert.equal(save(phone({ fails: "QuotaExceededError" })), "full");
  assert.equal(save(phone({ fails: "SecurityError" })), "refused");
});

test("a phone that keeps nothing at all has nothing to resume", () => {
  const closed = { getItem() { throw new Error("no"); }, removeItem() { throw new Error("no"); } };
  assert.deepEqual(savedRun(closed).load(ANNA, NOON), { state: "none" });
  assert.equal(savedRun(closed).clear(ANNA), false);
});

test("cleared, it is gone", () => {
  const storage = phone();
  save(storage);
  savedRun(storage).clear(ANNA);
  assert.equal(savedRun(storage).load(ANNA, NOON).state, "none");
});

test("come back in any phase it asks, and the time away is not pressure", () => {
  let run = begin(PLAN);
  for (let s = 0; s < 130; s += 5) {
    const back = cameBack(JSON.parse(JSON.stringify(run)));
    assert.equal(view(back).status, "away");
    assert.equal(trace(back).counted_s, s);
    run = next(run, { type: "tick", ms: 5000 });
  }
});

test("come back while paused it is still paused, and can be cut short", () => {
  const paused = go(halfway(), { type: "pause" });
  assert.equal(view(cameBack(paused)).status, "paused");
  assert.deepEqual([cutShort(paused).status, cutShort(paused).endedBy], ["ended", "away"]);
});

test("left while getting ready, nothing was pressed", () => {
  const ended = cutShort(begin(PLAN, { getReadySeconds: 30 }));
  assert.deepEqual([ended.status, ended.phases.length], ["ended", 0]);
});
