import assert from "node:assert/strict";
import { test } from "node:test";

import { limitsOf, toAsk } from "../../static/js/lib/ticked.js";

const MADE = "2026-11-20T10:00:00Z";
const KEPT = { made_at: MADE, rules: { answerMinutes: 30, answerDays: 30 } };
const STOP = { asks: { dvt: null, bleeding: "2026-12-01T10:00:00Z", list: "2027-01-01T10:00:00Z" } };
const TICKED = { swollen: ["urgent"], bruises: ["gentle"], pregnancy: ["no_leg"], travel: ["caution"] };
const EFFECTS = {
  urgent: { level: 0, gentle: false },
  no_leg: { level: 0, gentle: false },
  caution: { level: 2, gentle: false },
  gentle: { level: 2, gentle: true },
};
const at = (text) => Date.parse(text);
const sheet = (answers, entries = null, answered_at = MADE) => ({ answers, entries, answered_at });
const asks = (given, now) => toAsk(STOP, KEPT, given, at(now));
const holds = (...given) => limitsOf(given, TICKED, EFFECTS);

test("what every session asks is asked, and the rest from the day on that it is due", () => {
  assert.deepEqual(asks([], "2026-11-21T10:00:00Z"), ["dvt"]);
  assert.deepEqual(asks([], "2026-12-01T10:00:00Z"), ["dvt", "bleeding"]);
  assert.deepEqual(asks([], "2027-01-01T10:00:00Z"), ["dvt", "bleeding", "list"]);
});

test("an answer on this phone is good for its session, or for a month", () => {
  const all = sheet({ dvt: [], bleeding: [] }, [], "2027-01-01T10:00:00Z");
  assert.deepEqual(asks([all], "2027-01-01T10:29:00Z"), []);
  assert.deepEqual(asks([all], "2027-01-01T10:30:00Z"), ["dvt"]);
  assert.deepEqual(asks([all], "2027-01-31T09:59:00Z"), ["dvt"]);
  assert.deepEqual(asks([all], "2027-01-31T10:00:00Z"), ["dvt", "bleeding", "list"]);
});

test("an answer from a time to come, by a clock set back since, does not count", () => {
  assert.deepEqual(asks([sheet({ dvt: [] }, null, "2026-11-25T10:00:00Z")], "2026-11-21T10:00:00Z"), ["dvt"]);
});

test("a clock that was set back asks as on the day the plans were made", () => {
  assert.deepEqual(asks([], "2020-01-01T10:00:00Z"), ["dvt"]);
  const now = { ...STOP, asks: { bleeding: MADE } };
  assert.deepEqual(toAsk(now, KEPT, [], at("2020-01-01T10:00:00Z")), ["bleeding"]);
});

test("nothing ticked holds nothing back", () => {
  assert.deepEqual(holds(), { level: Infinity, gentle: false, effects: [] });
  assert.deepEqual(holds(sheet({ dvt: [] }, [])), { level: Infinity, gentle: false, effects: [] });
  assert.deepEqual(holds(sheet({ dvt: ["unheard_of"] })).effects, []);
});

test("the gravest of what was ticked comes first and sets the level", () => {
  const here = holds(sheet({ bleeding: ["bruises"] }, ["pregnancy"]));
  assert.deepEqual(here, { level: 0, gentle: true, effects: ["no_leg", "gentle"] });
});

test("the newest answer at a gate counts, but what closes stays closed", () => {
  const before = sheet({ dvt: ["travel", "swollen"], bleeding: ["bruises"] });
  const later = sheet({ dvt: [] }, null, "2026-11-25T10:00:00Z");
  assert.deepEqual(holds(later, before).effects, ["urgent", "gentle"]);
  assert.deepEqual(holds(sheet({ dvt: ["travel"] }), later).effects, []);
});
