import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf, doneOf, planFor, standing } from "../../static/js/lib/kept.js";

const MADE = "2026-11-20T10:00:00Z";
const at = (text) => Date.parse(text);
const inDays = (days) => at(MADE) + days * 24 * 60 * 60 * 1000;
const phase = (level) => ({ name: "hold_1", seconds: 30, level, cue: "Hold.", ceiling: 4 });
const FIRM = { start: 2, target: 3, phases: [phase(1), phase(2), phase(3)] };
const GENTLE = { start: 1, target: 2, phases: [phase(1), phase(2), phase(1)] };
const STOP = {
  spot: "side-hip",
  side: "left",
  refused: null,
  soon: null,
  new: false,
  last: "2026-11-18",
  asks: {},
  asksNormal: false,
  tools: { fingertips: 0 },
  gentle: 1,
};
const KEPT = {
  made_at: MADE,
  zone: "Europe/Berlin",
  rules: { minHours: 20, worse: 3, lowerAfter: 14, restartAfter: 28 },
  plans: [FIRM, GENTLE],
  ticked: { "side-hip": { fever: ["block"], thin_blood: ["light"], easy_bruises: ["light_gentle"], old: ["soon"] } },
};
const EFFECTS = {
  block: { level: 0, gentle: false, text: "Closed." },
  light: { level: 2, gentle: false, text: "Nothing above Light." },
  light_gentle: { level: 2, gentle: true, text: "Nothing above Light." },
  soon: { level: 4, gentle: false, text: "Worth showing." },
};
const about = (done, given = [], kept = KEPT) => ({ kept, done, given, effects: EFFECTS });
const stands = (stop, done, now, given) => standing({ ...STOP, ...stop }, about(done, given), now);
const plans = (stop, done, now, given) => planFor({ ...STOP, ...stop }, "fingertips", about(done, given), now);
const listed = (...entries) => ({ answers: {}, entries, answered_at: MADE });
const here = (moment, more) => ({ spot: "side-hip", side: "left", at: at(moment), endedBy: "finished", rose: false, ...more });

test("a spot is due as the server said", () => {
  assert.equal(stands({}, [], inDays(0)).state, "due");
  assert.equal(stands({ new: true }, [], inDays(0)).state, "new");
  assert.deepEqual(stands({ closed: "Closed." }, [], inDays(0)), { state: "closed", why: "Closed." });
});

test("a hard limit refuses until it ends, or until an answer ends it", () => {
  const refused = { until: "2026-11-21T10:00:00Z", why: "Give it 20 hours." };
  assert.deepEqual(stands({ refused }, [], inDays(0.9)), { state: "refused", why: "Give it 20 hours." });
  assert.equal(stands({ refused }, [], inDays(1)).state, "due");
  assert.equal(stands({ refused: { until: null, why: "A bruise." } }, [], inDays(300)).state, "refused");
});

test("a day that a test keeps free is told on that day only", () => {
  const free = { days: ["2026-11-21", "2026-11-23"], why: "Your test." };
  const states = [0, 1, 2, 3].map((days) => stands({ free }, [], inDays(days)));
  assert.deepEqual(states.map(({ state }) => state), ["due", "soon", "due", "soon"]);
  assert.equal(states[1].why, "Your test.");
});

test("rest after soreness goes before it, and a session that ended sharp ends it", () => {
  const free = { days: ["2026-11-21"], why: "Your test." };
  const soon = { until: "2026-11-22T10:00:00Z", why: "Sore for long." };
  assert.equal(stands({ free, soon }, [], inDays(1)).why, "Sore for long.");
  const sharp = here("2026-11-20T11:00:00Z", { endedBy: "sharp" });
  assert.equal(stands({ free }, [sharp], inDays(1.5)).why, "rest");
});

test("a soft limit says so and lets start", () => {
  const soon = { until: "2026-11-21T10:00:00Z", why: "Two days." };
  assert.deepEqual(stands({ soon }, [], inDays(0)), { state: "soon", why: "Two days." });
  assert.equal(stands({ soon }, [], inDays(1)).state, "due");
});

test("a clock that was set back does not end a limit and makes no plan younger", () => {
  const refused = { until: "2026-11-20T10:00:00Z", why: "Over." };
  assert.equal(stands({ refused }, [], inDays(-3)).state, "due");
  const lasting = { until: "2026-11-21T10:00:00Z", why: "Not yet." };
  assert.equal(stands({ refused: lasting }, [], inDays(-3)).state, "refused");
  assert.equal(plans({}, [], inDays(-300)).how, "kept");
});

test("one session per side and local day, and 20 hours between two", () => {
  const late = here("2026-11-22T22:30:00Z"); // half past eleven in Berlin
  assert.equal(stands({}, [late], at("2026-11-22T22:50:00Z")).why, "once");
  assert.equal(stands({}, [late], at("2026-11-23T08:00:00Z")).why, "hours");
  assert.deepEqual(stands({}, [late], at("2026-11-23T19:00:00Z")), { state: "soon", why: "rest" });
  assert.equal(stands({}, [{ ...late, side: "right" }], at("2026-11-22T22:50:00Z")).state, "due");
});

test("a session that left more pain ends the day at every spot", () => {
  const worse = here("2026-11-22T08:00:00Z", { spot: "foot-arch", rose: true });
  assert.equal(stands({}, [worse], at("2026-11-22T20:00:00Z")).why, "rose");
  assert.equal(stands({}, [worse], at("2026-11-23T08:00:00Z")).state, "due");
});

test("where it went numb on this phone, the next start there waits for a network", () => {
  assert.equal(stands({}, [here("2026-11-21T08:00:00Z", { endedBy: "nerve" })], inDays(9)).state, "online");
});

test("what was ticked here closes the spot, caps the plan, or changes nothing", () => {
  assert.deepEqual(stands({}, [], inDays(0), [listed("old", "fever")]), { state: "closed", why: "Closed." });
  assert.equal(stands({}, [], inDays(0), [listed("thin_blood")]).state, "due");
  const { plan, how } = plans({}, [], inDays(0), [listed("thin_blood")]);
  assert.equal(how, "held");
  assert.deepEqual(plan.phases.map(({ level }) => level), [1, 2, 2]);
  assert.deepEqual(plans({}, [], inDays(0), [listed("easy_bruises")]), { plan: GENTLE, how: "held" });
  assert.equal(plans({}, [], inDays(0), [listed("old")]).how, "kept");
  assert.equal(stands({ spot: "foot-arch" }, [], inDays(0), [listed("fever")]).state, "due");
});

test("a plan is as it was made for two weeks, then a level lower, then gentle", () => {
  const often = { last: null };
  assert.deepEqual(plans(often, [], inDays(14)), { plan: FIRM, how: "kept" });
  const { plan, how } = plans(often, [], inDays(15));
  assert.equal(how, "lower");
  assert.deepEqual(plan.phases.map(({ level }) => level), [1, 2, 2]);
  assert.deepEqual([plan.start, plan.target], [2, 2]);
  assert.deepEqual(plans(often, [], inDays(29)), { plan: GENTLE, how: "gentle" });
});

test("the break since the last session counts, not only the age of the plan", () => {
  assert.equal(plans({ last: "2026-11-10" }, [], inDays(4)).how, "kept");
  assert.equal(plans({ last: "2026-11-10" }, [], inDays(5)).how, "lower");
  assert.equal(plans({ last: "2026-11-01" }, [], inDays(5)).how, "kept"); // lower already when it was made
  assert.equal(plans({ last: "2026-11-01" }, [], inDays(10)).how, "gentle");
});

test("after a session that the plan does not know it is gentle, and never firmer than it was", () => {
  assert.equal(plans({}, [here("2026-11-22T08:00:00Z")], inDays(6)).how, "gentle");
  const touch = { ...KEPT, plans: [{ start: 1, target: 1, phases: [phase(1)] }, GENTLE] };
  const { plan } = planFor(STOP, "fingertips", about([here("2026-11-22T08:00:00Z")], [], touch), inDays(6));
  assert.equal(Math.max(...plan.phases.map(({ level }) => level)), 1);
});

test("a tool that was not planned for starts gently", () => {
  assert.deepEqual(planFor(STOP, "cane", about([]), inDays(0)).plan, GENTLE);
});

test("a record of the outbox tells where, when, how it ended and whether pain rose", () => {
  const body = { spot: "side-hip", side: "left", started_at: MADE, trace: { ended_by: "sharp" }, pain_before: 2, pain_after: 5 };
  const done = { spot: "side-hip", side: "left", at: at(MADE), endedBy: "sharp", rose: true };
  assert.deepEqual(doneOf({ body }, KEPT), done);
  assert.equal(doneOf({ body: { ...body, pain_after: null } }, KEPT).rose, false);
});

test("a day is where the person is", () => {
  assert.equal(dayOf(at("2026-11-22T23:30:00Z"), "Europe/Berlin"), "2026-11-23");
});
