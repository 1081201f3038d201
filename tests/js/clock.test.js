import assert from "node:assert/strict";
import { test } from "node:test";

import { sample } from "../../static/js/lib/clock.js";

/** Judge a series of [wall, mono, visible] and give what each one said, without the first. */
function judge(...samples) {
  let state = null;
  return samples
    .map(([wall, mono, visible = true]) => {
      const said = sample(state, { wall, mono, visible });
      state = said.state;
      return [said.kind, said.ms];
    })
    .slice(1);
}

const hour = 3_600_000;

test("the first sample counts nothing", () => {
  const { kind, ms } = sample(null, { wall: 1, mono: 1, visible: true });
  assert.deepEqual([kind, ms], ["count", 0]);
});

test("a quarter of a second is counted by the monotonic clock", () => {
  assert.deepEqual(judge([0, 0], [260, 250]), [["count", 250]]);
});

test("two seconds of drift are still counted, more is a clock change", () => {
  assert.deepEqual(judge([0, 0], [2250, 250]), [["count", 250]]);
  assert.deepEqual(judge([0, 0], [2251, 250]), [["clock_change", 250]]);
});

test("an hour back or three hours ahead leave elapsed time exact", () => {
  assert.deepEqual(judge([0, 0], [-hour, 250], [-hour + 250, 500]), [
    ["clock_change", 250],
    ["count", 250],
  ]);
  assert.deepEqual(judge([0, 0], [3 * hour, 250]), [["clock_change", 250]]);
});

test("a step of three seconds is a gap, just under is not", () => {
  assert.deepEqual(judge([0, 0], [2999, 2999]), [["count", 2999]]);
  assert.deepEqual(judge([0, 0], [3000, 3000]), [["gap", 3000]]);
});

test("a sleep of ninety seconds is reported, not counted", () => {
  assert.deepEqual(judge([0, 0], [90_250, 90_250], [90_500, 90_500]), [
    ["gap", 90_250],
    ["count", 250],
  ]);
});

test("a sleep that stopped the monotonic clock is a gap once the page was hidden", () => {
  assert.deepEqual(judge([0, 0], [250, 250, false], [90_000, 500]), [
    ["count", 0],
    ["gap", 90_000],
  ]);
});

test("a glance away of under three seconds is counted on return", () => {
  assert.deepEqual(judge([0, 0], [500, 500, false], [1500, 1500, false], [2000, 2000]), [
    ["count", 0],
    ["count", 0],
    ["count", 2000],
  ]);
});

test("short ticks while hidden never add up to counted time", () => {
  const ticks = Array.from({ length: 60 }, (_, i) => [i * 1000, i * 1000, false]);
  assert.deepEqual(judge([0, 0], ...ticks, [60_000, 60_000]).at(-1), ["gap", 60_000]);
});

test("a clock set back while hidden is a clock change, not a gap", () => {
  assert.deepEqual(judge([0, 0], [250, 250, false], [-hour, 500]).at(-1), ["clock_change", 500]);
});

test("a monotonic clock that starts again is a gap", () => {
  assert.deepEqual(judge([0, 5000], [400, 100]), [["gap", 400]]);
});
