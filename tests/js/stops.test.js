import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { view } from "../../static/js/lib/guide.js";
import { afterAll } from "../../static/js/lib/after-all.js";
import { endAll, follows, go, leave, moveOn, recordOf, setOut } from "../../static/js/lib/stops.js";

const [{ plan: PLAN }] = JSON.parse(
  readFileSync(new URL("../sessions/golden.json", import.meta.url), "utf8"),
);
const NOON = Date.UTC(2026, 10, 22, 12);
const ANNA = "anna";

const stop = (side) => ({
  ...{ spot: "top-of-buttock", side, tool: "fingertips", place: `Top, ${side}`, shiftHint: "Down.", plan: PLAN },
  answers: { pain_before: 5, tenderness_before: null },
});
const off = (sides = ["left", "right"], more = {}) =>
  setOut({ stops: sides.map(stop), gapSeconds: 15, zone: "Europe/Berlin", ...more }, "id-1", NOON);
const tick = (s) => ({ type: "tick", ms: s * 1000 });
const does = (type, more) => ({ type, ...more });
const after = (trip, ...events) => events.reduce((each, event) => go(each, event, NOON + 9000), trip);
const stopped = (choice, trip = off()) => after(trip, tick(5), does("stop", { choice }));

test("a session of one stop is that stop and nothing after it", () => {
  const trip = after(off(["left"]), tick(130));
  assert.deepEqual([view(trip.run).endedBy, follows(trip)], ["finished", null]);
});

test("the next stop comes by itself, after a gap to move", () => {
  const trip = after(off(), tick(130));
  assert.equal(follows(trip), "next");
  const there = moveOn(trip, "id-2", NOON + 130_000);
  assert.deepEqual([there.session.stop.side, there.session.id, there.queue], ["right", "id-2", []]);
  assert.deepEqual([view(there.run).status, view(there.run).readyLeft, there.before], ["changing", 15, "finished"]);
  assert.equal(view(after(there, tick(15)).run).status, "running");
});

test("a stop that was ended early goes on to the next too", () => {
  for (const choice of ["user", "discomfort", "pulse"]) assert.equal(follows(stopped(choice)), "next", choice);
  const sharp = after(off(), does("sharp"), does("sharp"), does("sharp"));
  assert.deepEqual([sharp.run.endedBy, follows(sharp)], ["sharp", "next"]);
});

test("after numbness nothing follows without a tap", () => {
  assert.equal(follows(after(off(), does("numb"))), "ask");
  assert.equal(follows(after(off(["left"]), does("numb"))), null);
});

test("an emergency ends everything, and so does ending after being away", () => {
  assert.equal(follows(stopped("emergency")), null);
  assert.equal(follows(after(off(), tick(5), does("gap", { ms: 9000 }), does("end"))), null);
});

test("end all leaves no stop to go on to", () => {
  assert.equal(follows(endAll(stopped("user"))), null);
});

test("what is felt on the way belongs to the stop before", () => {
  const onTheWay = moveOn(after(off(), tick(130)), "id-2", NOON + 130_000);
  const paused = after(onTheWay, does("pause"));
  const told = after(paused, does("stop", { choice: "pulse" }));
  assert.deepEqual([view(told.run).status, told.session.id, told.before], ["changing", "id-2", "pulse"]);
  const { body } = recordOf({ ...told.last, zone: told.zone }, ANNA);
  assert.deepEqual([body.side, body.trace.ended_by], ["left", "pulse"]);
  assert.deepEqual(body.trace.events.at(-1), { at_s: 130, kind: "pulse", phase: 6, level: 0 });
  assert.equal(onTheWay.last.run.events.length, 0);
});

test("numbness and an emergency on the way end the trip at the stop before", () => {
  for (const [event, endedBy, then] of [
    [does("numb"), "nerve", "ask"],
    [does("radiating"), "nerve", "ask"],
    [does("stop", { choice: "emergency" }), "emergency", null],
  ]) {
    const onTheWay = moveOn(after(off(), tick(130)), "id-2", NOON + 130_000);
    const told = after(onTheWay, does("gap", { ms: 60_000 }), event);
    assert.deepEqual([told.session.id, told.run.endedBy, follows(told)], ["id-1", endedBy, then]);
    assert.deepEqual(told.queue.map(({ side }) => side), ["right"]);
    assert.deepEqual(leave(told).done, ["id-1"]);
  }
});

test("of two things said on the way the graver one is what it ended by", () => {
  const onTheWay = moveOn(after(off(), tick(130)), "id-2", NOON + 130_000);
  const told = ["discomfort", "pulse"].reduce((trip, choice) => after(trip, does("stop", { choice })), onTheWay);
  assert.equal(told.last.run.endedBy, "discomfort");
  assert.deepEqual(told.last.run.events.map(({ kind }) => kind), ["too_much", "pulse"]);
});

test("who had paused on the way is still paused after saying what they felt", () => {
  const paused = after(moveOn(after(off(), tick(130)), "id-2", NOON + 130_000), does("pause"));
  const told = after(paused, does("stop", { choice: "discomfort", stay: true }));
  assert.deepEqual([told.run.status, told.last.run.endedBy], ["paused", "discomfort"]);
});

test("a stop that was left out in between changes nothing of the one before", () => {
  const onTheWay = moveOn(after(off(["left", "right", "left"]), tick(130)), "id-2", NOON + 130_000);
  const further = moveOn(after(onTheWay, does("stop", { choice: "user" })), "id-3", NOON + 140_000);
  const told = after(further, does("numb"));
  assert.deepEqual([told.session.id, told.run.endedBy, told.queue.length], ["id-1", "nerve", 1]);
});

test("once the next stop is pressed, what is felt is felt there", () => {
  const there = after(moveOn(after(off(), tick(130)), "id-2", NOON + 130_000), tick(16));
  assert.equal(there.last, null);
  assert.deepEqual(recordOf(after(there, does("numb")), ANNA).body.side, "right");
});

test("done, said on the way, leaves the next stop out", () => {
  const onTheWay = moveOn(after(off(["left", "right", "left"]), tick(130)), "id-2", NOON + 130_000);
  const left = after(onTheWay, does("stop", { choice: "user" }));
  assert.deepEqual([left.run.endedBy, follows(left), recordOf(left, ANNA)], ["user", "next", null]);
});

test("each stop is a record of its own", () => {
  const first = after(off(), tick(130));
  const second = after(moveOn(first, "id-2", NOON + 20_000), tick(15), tick(30), does("stop", { choice: "user" }));
  const records = [first, second].map((trip) => recordOf(trip, ANNA));
  assert.deepEqual(records.map(({ id, owner, body }) => [id, owner, body.side, body.trace.ended_by]), [
    ["id-1", "anna", "left", "finished"],
    ["id-2", "anna", "right", "user"],
  ]);
  assert.deepEqual(records.map(({ body }) => body.trace.counted_s), [130, 30]);
  const [{ body }] = records;
  assert.deepEqual([body.pain_before, body.started_at, body.time_zone], [5, "2026-11-22T12:00:00.000Z", "Europe/Berlin"]);
  assert.equal(leave(second).done.join(), "id-1,id-2");
});

test("leaving twice notes a stop once", () => {
  assert.deepEqual(leave(leave(stopped("user"))).done, ["id-1"]);
});

test("where nothing was pressed there is no record, and getting ready is no start", () => {
  const ready = off(["left", "right"], { getReadySeconds: 30 });
  const trip = after(ready, tick(5), does("stop", { choice: "user" }));
  assert.equal(recordOf(trip, ANNA), null);
  assert.deepEqual([leave(trip).done, trip.session.startedAt, follows(trip)], [[], null, "next"]);
  const begun = go(ready, tick(31), NOON + 31_000);
  assert.equal(begun.session.startedAt, NOON + 31_000);
});

test("start and end are stamped once", () => {
  const ended = stopped("user");
  const later = go(ended, tick(5), NOON + 99_000);
  assert.deepEqual([later.session.startedAt, later.session.endedAt], [NOON, NOON + 9000]);
});

test("the answers are asked of the first, and then of the others", () => {
  assert.equal(afterAll(["a"], "/sessions/a/after"), "/sessions/a/after");
  assert.equal(afterAll(["a", "b", "c"]), "/sessions/a/after?then=b&then=c");
});

test("a trip is plain JSON, and an event never changes the one it was given", () => {
  const trip = off();
  const before = JSON.stringify(trip);
  stopped("user", trip);
  assert.equal(JSON.stringify(trip), before);
  assert.deepEqual(JSON.parse(before), trip);
});
