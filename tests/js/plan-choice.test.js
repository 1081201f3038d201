import assert from "node:assert/strict";
import test from "node:test";

import { keyOf, mayBegin, planFor } from "../../static/js/lib/plan-choice.js";

const STAY = { fits: ["left/fingertips", "left/knuckle"] };
const FURTHER = { fits: ["left/fingertips/further"] };
const RIGHT = { fits: ["right/fingertips", "right/knuckle"] };
const VARIANTS = [STAY, FURTHER, RIGHT];
const LEFT = { side: "left", tool: "fingertips" };

test("a side and a tool have a plan", () => {
  assert.equal(keyOf(LEFT), "left/fingertips");
  assert.equal(planFor(VARIANTS, LEFT), STAY);
  assert.equal(planFor(VARIANTS, { side: "right", tool: "knuckle" }), RIGHT);
});

test("staying is what nothing was chosen for", () => {
  assert.equal(planFor(VARIANTS, { ...LEFT, further_left: "" }), STAY);
});

test("further is the firmer plan, where there is one", () => {
  assert.equal(planFor(VARIANTS, { ...LEFT, further_left: "further" }), FURTHER);
  assert.equal(planFor(VARIANTS, { ...LEFT, tool: "knuckle", further_left: "further" }), STAY);
});

test("what was chosen for one side says nothing of the other", () => {
  assert.equal(planFor(VARIANTS, { side: "right", tool: "fingertips", further_left: "further" }), RIGHT);
  assert.equal(planFor(VARIANTS, { ...LEFT, further_right: "further" }), STAY);
});

test("a refused plan may not begin, any other may", () => {
  assert.equal(mayBegin({ refused: true }, [], LEFT), false);
  assert.equal(mayBegin({ refused: false, early: true }, [], LEFT), true);
});

test("where it went numb only a yes may begin", () => {
  const may = (answers) => mayBegin({ refused: false }, ["left"], answers);
  assert.equal(may(LEFT), false);
  assert.equal(may({ ...LEFT, normal_left: "no" }), false);
  assert.equal(may({ ...LEFT, normal_left: "yes" }), true);
  assert.equal(may({ side: "right", tool: "fingertips" }), true);
  assert.equal(mayBegin({ refused: true }, ["left"], { ...LEFT, normal_left: "yes" }), false);
});
