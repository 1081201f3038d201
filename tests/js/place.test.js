import assert from "node:assert/strict";
import { test } from "node:test";

import { middle, stepped, within } from "../../static/js/lib/place.js";

const BOX = "-40 150 80 60";

test("a place is kept to a tenth", () => {
  assert.deepEqual(within(BOX, { x: 1.2345, y: 160.06 }), { x: 1.2, y: 160.1 });
});

test("a place beside the picture is taken to its edge", () => {
  assert.deepEqual(within(BOX, { x: -99, y: 999 }), { x: -40, y: 210 });
});

test("an arrow moves it one unit its way", () => {
  const place = { x: 0, y: 180 };
  assert.deepEqual(stepped(BOX, place, "ArrowUp"), { x: 0, y: 179 });
  assert.deepEqual(stepped(BOX, place, "ArrowDown"), { x: 0, y: 181 });
  assert.deepEqual(stepped(BOX, place, "ArrowLeft"), { x: -1, y: 180 });
  assert.deepEqual(stepped(BOX, place, "ArrowRight"), { x: 1, y: 180 });
});

test("where there is no place yet an arrow starts from the middle", () => {
  assert.deepEqual(middle(BOX), { x: 0, y: 180 });
  assert.deepEqual(stepped(BOX, null, "ArrowRight"), { x: 1, y: 180 });
});

test("at the edge it stays", () => {
  assert.deepEqual(stepped(BOX, { x: 40, y: 150 }, "ArrowRight"), { x: 40, y: 150 });
});

test("another key is not for it", () => {
  assert.equal(stepped(BOX, { x: 0, y: 180 }, "Tab"), null);
});
