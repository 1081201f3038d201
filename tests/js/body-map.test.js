import assert from "node:assert/strict";
import { test } from "node:test";

import { insetFor, rowsOf, shows, step, THUMB } from "../../static/js/lib/body-map.js";

const at = (x, y, view = "front", r = 10) => ({ x, y, r, view });
const head = at(0, 10);
const right = at(-40, 100);
const left = at(40, 104);
const belly = at(0, 180);
const nape = at(0, 20, "back");
const AREAS = [belly, left, nape, right, head];

test("places are read from head to foot, side by side from left to right, view after view", () => {
  assert.deepEqual(rowsOf([nape, ...AREAS.slice(0, 2), right, head]).slice(0, 1), [[nape]]);
  assert.deepEqual(rowsOf(AREAS), [[head], [right, left], [belly], [nape]]);
});

test("left and right arrows go along the reading order and stay at its ends", () => {
  const rows = rowsOf(AREAS);
  assert.equal(step(rows, right, "ArrowRight"), left);
  assert.equal(step(rows, left, "ArrowLeft"), right);
  assert.equal(step(rows, belly, "ArrowRight"), nape);
  assert.equal(step(rows, head, "ArrowLeft"), head);
  assert.equal(step(rows, nape, "ArrowRight"), nape);
});

test("up and down arrows go to what is nearest in the next row", () => {
  const rows = rowsOf([...AREAS, at(-30, 180), at(30, 180)]);
  assert.deepEqual(step(rows, left, "ArrowDown"), at(30, 180));
  assert.deepEqual(step(rows, at(0, 0), "ArrowUp"), at(0, 0));
  assert.equal(step(rows, right, "ArrowUp"), head);
});

test("home and end lead to the first and the last place, other keys nowhere", () => {
  const rows = rowsOf(AREAS);
  assert.equal(step(rows, belly, "Home"), head);
  assert.equal(step(rows, belly, "End"), nape);
  assert.equal(step(rows, belly, "a"), belly);
});

const FACE = { view: "front", box: "-40 -6 80 100" };
const TRUNK = { view: "front", box: "-60 0 120 140" };
const ZOOMS = [FACE, TRUNK, { ...FACE, view: "back" }];

test("what a thumb hits needs no inset", () => {
  assert.equal(insetFor(at(0, 10, "front", THUMB / 2), ZOOMS, 1, 288), null);
});

test("a narrow place opens the inset that shows most of what is around it, large enough", () => {
  assert.equal(insetFor(at(0, 50, "front", 8), ZOOMS, 1.4, 288), TRUNK);
  assert.equal(insetFor(at(0, 50, "front", 6), ZOOMS, 1.4, 288), FACE);
});

test("where no inset makes it large enough, the closest one is still better", () => {
  assert.equal(insetFor(at(0, 50, "front", 1), ZOOMS, 1.4, 288), FACE);
});

test("a place in no inset, or in one no larger than the page, is taken at once", () => {
  assert.equal(insetFor(at(90, 200, "front", 3), ZOOMS, 1.4, 288), null);
  assert.equal(insetFor(at(0, 50, "front", 1), ZOOMS, 4, 288), null);
});

test("an inset shows what lies in it or reaches well into it", () => {
  assert.ok(shows(FACE.box, at(0, 0)));
  assert.ok(shows(FACE.box, at(44, 0)));
  assert.ok(!shows(FACE.box, at(46, 0)));
  assert.ok(!shows(FACE.box, at(0, 200)));
});
