import assert from "node:assert/strict";
import { test } from "node:test";

import { differing, knownOf, merge } from "../../static/js/lib/merge.js";

const BASE = { spot: "calf", side: "left", pain_after: 4, tenderness_after: null, felt_in: ["calf"], note: "Warm." };
const SERVER = { id: "0190", revision: 7, entry: "guided", local_date: "2026-11-20", clock_uncertain: false, deleted: false };
const of = (more) => ({ ...BASE, ...more });

test("what only this phone changed is taken", () => {
  const { merged, told } = merge(BASE, of({ pain_after: 2 }), of({ ...SERVER }));
  assert.deepEqual([merged, told], [of({ pain_after: 2 }), []]);
});

test("what only the other one changed is taken", () => {
  const { merged, told } = merge(BASE, BASE, of({ pain_after: 1, note: "Cold." }));
  assert.deepEqual([merged, told], [of({ pain_after: 1, note: "Cold." }), []]);
});

test("each changed something else: both are kept, and nobody has to be told", () => {
  const { merged, told } = merge(BASE, of({ pain_after: 2 }), of({ tenderness_after: 3 }));
  assert.deepEqual([merged, told], [of({ pain_after: 2, tenderness_after: 3 }), []]);
});

test("both changed it to the same: nobody has to be told", () => {
  assert.deepEqual(merge(BASE, of({ pain_after: 2 }), of({ pain_after: 2 })).told, []);
});

test("both changed it and differ: this phone's, and it is told", () => {
  const { merged, told } = merge(BASE, of({ pain_after: 2 }), of({ pain_after: 0 }));
  assert.deepEqual([merged.pain_after, told], [2, ["pain_after"]]);
});

test("zero is an answer, and an answer taken back is a change", () => {
  assert.equal(merge(BASE, of({ pain_after: 0 }), BASE).merged.pain_after, 0);
  assert.equal(merge(BASE, of({ pain_after: null }), BASE).merged.pain_after, null);
  assert.deepEqual(merge(BASE, of({ pain_after: null }), of({ pain_after: 0 })).told, ["pain_after"]);
});

test("both notes are kept, one under the other", () => {
  const { merged, told } = merge(BASE, of({ note: "Less." }), of({ note: "More." }));
  assert.deepEqual([merged.note, told], ["Less.\n\nMore.", ["note"]]);
});

test("a note that holds the other is both of them", () => {
  assert.equal(merge(BASE, of({ note: "Warm. Less." }), of({ note: "Less." })).merged.note, "Warm. Less.");
  assert.equal(merge(BASE, of({ note: "Less." }), of({ note: "Warm. Less." })).merged.note, "Warm. Less.");
  assert.equal(merge(BASE, of({ note: "" }), of({ note: "Less." })).merged.note, "Less.");
  assert.equal(merge(BASE, of({ note: "Less." }), of({ note: "" })).merged.note, "Less.");
});

test("places felt are joined, in whatever order they were named", () => {
  const { merged } = merge(BASE, of({ felt_in: ["calf", "heel"] }), of({ felt_in: ["knee", "calf"] }));
  assert.deepEqual(merged.felt_in, ["calf", "heel", "knee"]);
  assert.deepEqual(merge(of({ felt_in: ["a", "b"] }), of({ felt_in: ["b", "a"] }), BASE).told, []);
});

test("without a base a blank gives way to an answer", () => {
  const mine = { spot: "calf", pain_after: 2, note: "Less." };
  const theirs = { spot: "calf", pain_after: null, tenderness_after: 5, felt_in: [], note: "" };
  const { merged, told } = merge(null, mine, theirs);
  assert.deepEqual(merged, { ...mine, tenderness_after: 5, felt_in: [] });
  assert.deepEqual(told, []);
});

test("what is left out is blank", () => {
  assert.deepEqual(differing({ spot: "calf" }, { spot: "calf", pain_after: null, felt_in: [], note: "" }), []);
});

test("the same moment in another zone is the same", () => {
  const [here, there] = ["2026-11-20T10:30:00.000Z", "2026-11-20T11:30:00+01:00"];
  assert.deepEqual(differing({ started_at: here }, { started_at: there }), []);
  assert.deepEqual(differing({ started_at: here }, { started_at: null }), ["started_at"]);
});

test("a trace is the same with its keys in another order", () => {
  assert.deepEqual(differing({ trace: { a: [{ b: 1, c: 2 }] } }, { trace: { a: [{ c: 2, b: 1 }] } }), []);
});

test("what the server adds is never merged in", () => {
  assert.deepEqual(merge(BASE, BASE, of(SERVER)).merged, BASE);
});

test("what this phone had sent without an answer was not changed by another", () => {
  const sent = [of({ pain_after: 2 }), of({ pain_after: 1, note: "Mine." })];
  const known = knownOf(of({ pain_after: 2, note: "Mine.", side: "right" }), BASE, sent);
  assert.deepEqual(known, of({ pain_after: 2, note: "Mine." }));
});
