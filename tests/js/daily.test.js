import assert from "node:assert/strict";
import { test } from "node:test";

import { toRate } from "../../static/js/lib/daily.js";

const DAYS = {
  on: "2026-11-20",
  asked: [["low_back", "middle", "Low back"], ["buttock", "left", "Buttock, left"]],
  rated: [["low_back", "middle"]],
};
const KEPT = { days: DAYS, zone: "Europe/Berlin" };
const on = (text) => Date.parse(text);
const rated = (local_date, region, side) => ({ local_date, region, side });

test("what the server was told of this day is not asked again", () => {
  const next = toRate(KEPT, [], on("2026-11-20T09:00:00Z"));
  assert.deepEqual(next, { day: "2026-11-20", region: "buttock", side: "left", place: "Buttock, left", number: 2, of: 2 });
});

test("the next day all is asked, in order, and not what was answered here", () => {
  assert.equal(toRate(KEPT, [], on("2026-11-21T09:00:00Z")).place, "Low back");
  const first = rated("2026-11-21", "low_back", "middle");
  assert.equal(toRate(KEPT, [first], on("2026-11-21T09:00:00Z")).place, "Buttock, left");
  assert.equal(toRate(KEPT, [first, rated("2026-11-21", "buttock", "left")], on("2026-11-21T09:00:00Z")), null);
});

test("a day is where the person is, and an answer of yesterday is none of today", () => {
  const late = on("2026-11-20T23:30:00Z");
  assert.equal(toRate(KEPT, [rated("2026-11-20", "buttock", "left")], late).day, "2026-11-21");
});

test("a visitor is asked nothing", () => {
  assert.equal(toRate({ zone: "Europe/Berlin" }, [], 0), null);
});
