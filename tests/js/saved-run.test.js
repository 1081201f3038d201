import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { trace, view } from "../../static/js/lib/guide.js";
import { cameBack, cutShort, savedRun } from "../../static/js/lib/saved-run.js";
import { go as goOn, setOut } from "../../static/js/lib/stops.js";

const [{ plan: PLAN }] = JSON.parse(
  readFileSync(new URL("../sessions/golden.json", import.meta.url), "utf8"),
);
const ANNA = "anna";
const BEN = "ben";
const NOON = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const stop = (side) => ({ spot: "top-of-buttock", side, tool: "fingertips", plan: PLAN, answers: {} });

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

const tick = (ms) => ({ type: "tick", ms });
const setOff = (more) =>
  setOut({ stops: [stop("left"), stop("right")], zone: "Europe/Berlin", ...more }, "0190", NOON - 30_000);
const halfway = () => goOn(setOff(), tick(30_000), NOON);
const save = (storage, more) =>
  savedRun(storage).save({ owner: ANNA, trip: halfway(), savedAt: NOON, ...more });
const again = (value) => JSON.parse(JSON.stringify(value));

test("a reload finds the run, its session and the stops still to come", () => {
  const storage = phone();
  assert.equal(save(storage), "saved");
  const { state, kept, awayMs } = savedRun(storage).load(ANNA, NOON + 4000);
  assert.deepEqual([state, awayMs], ["resumable", 4000]);
  assert.deepEqual(kept.trip, halfway());
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
  const ended = cutShort(kept);
  assert.deepEqual([trace(ended.run).ended_by, trace(ended.run).counted_s], ["away", 30]);
  assert.deepEqual([ended.session.endedAt, ended.queue], [NOON, []]);
});

test("a clock set back does not make it old", () => {
  const storage = phone();
  save(storage);
  assert.deepEqual(savedRun(storage).load(ANNA, NOON - 48 * HOUR).awayMs, 0);
});

test("what cannot be read is refused and left as it is", () => {
  const trip = halfway();
  const whole = { format: 1, owner: ANNA, savedAt: NOON, trip };
  const broken = [
    "",
    "{",
    "null",
    JSON.stringify({ ...whole, format: 2 }),
    JSON.stringify({ ...whole, savedAt: "yesterday" }),
    ...[
      null,
      { ...trip, run: { ...trip.run, format: 2 } },
      { ...trip, run: { ...trip.run, phases: [{ index: 99, ms: [0, 0, 0, 0, 0] }] } },
      { ...trip, run: { ...trip.run, plan: null } },
      { ...trip, queue: {} },
      { ...trip, done: null },
      { ...trip, session: null },
      { ...trip, session: { id: "0190" } },
    ].map((wrong) => JSON.stringify({ ...whole, trip: wrong })),
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
  let trip = setOff();
  for (let s = 0; s < 130; s += 5) {
    const { run } = cameBack({ trip: again(trip) }, 60_000);
    assert.deepEqual([view(run).status, view(run).awaySeconds], ["away", 60]);
    assert.equal(trace(run).counted_s, s);
    trip = goOn(trip, tick(5000), NOON);
  }
});

test("paused when it was left, it asks too, and can be cut short", () => {
  const trip = goOn(halfway(), { type: "pause" }, NOON);
  assert.equal(view(cameBack({ trip }, 0).run).status, "away");
  assert.equal(cutShort({ trip, savedAt: NOON }).run.endedBy, "away");
});

test("left while getting ready, nothing was pressed", () => {
  const ended = cutShort({ trip: setOff({ getReadySeconds: 30 }), savedAt: NOON });
  assert.deepEqual([ended.run.status, ended.run.phases.length], ["ended", 0]);
  assert.equal(ended.session.startedAt, null);
});
