import assert from "node:assert/strict";
import { test } from "node:test";

import { minutesChart, painChart } from "../../static/js/lib/weekly-charts.js";
import { medians, minutes, ranges, sayMinutes, sayRatings } from "../../static/js/lib/weekly.js";

const data = {
  weeks: 3,
  density: "few",
  fullMinutes: 4,
  words: { before: "Pain before", after: "Pain after", tenderness: "Tenderness", levels: [1, 2, 3, 4] },
  rows: [
    { at: 0, week: "2 Nov", before: [6, 4, 8], seconds: [90, 30, 0, 0] },
    { at: 2, week: "16 Nov", before: [0, 0, 0], after: [2, 1, 3] },
  ],
};
const colours = { levels: ["a", "b", "c", "d"] };
const heights = (points) => points.map(({ y }) => y);

test("a week without ratings is a hole, and zero pain is a point", () => {
  assert.deepEqual(heights(medians(data, "before")), [6, NaN, 0]);
  assert.deepEqual(heights(medians(data, "after")), [NaN, NaN, 2]);
});

test("a week of too few ratings has a range, no median, and the days beside it", () => {
  const days = { ...data, words: { median: "Weekly median" }, days: [[-0.4, 3]] };
  days.rows = [{ at: 1, week: "9 Nov", median: [null, 2, 4] }];
  assert.deepEqual(heights(medians(days, "median")), [NaN, NaN, NaN]);
  assert.deepEqual(ranges(days, "median"), [{ x: 1, low: 2, high: 4 }]);
  const { datasets } = painChart(days, colours).data;
  assert.deepEqual(datasets.map(({ label }) => label), ["Weekly median"]);
});

test("before stands left of after in the same week", () => {
  assert.ok(medians(data, "before")[2].x < medians(data, "after")[2].x);
});

test("a range runs from the lowest to the highest", () => {
  const [first] = ranges(data, "before");
  assert.deepEqual([first.low, first.high], [4, 8]);
  assert.equal(ranges(data, "after").length, 1);
});

test("only timed weeks have minutes, and a level that was not used draws nothing", () => {
  assert.deepEqual(minutes(data, 1), [{ x: 0, y: 1.5 }]);
  assert.deepEqual(minutes(data, 3), [{ x: 0, y: NaN }]);
});

test("a week without a median has no tip, not even that of the nearest", () => {
  const chart = { scales: { x: { getValueForPixel: (pixel) => pixel / 10 } } };
  const tip = { tooltip: { dataPoints: [{ raw: { x: 1.775 } }] } };
  for (const { plugins } of [painChart(data, colours), minutesChart(data, colours)]) {
    const ownWeek = plugins.find(({ beforeEvent }) => beforeEvent);
    const pointedAt = (x) => {
      const args = { event: { x } };
      ownWeek.beforeEvent(chart, args);
      return [args.changed, ownWeek.beforeTooltipDraw(chart, tip)];
    };
    assert.deepEqual(pointedAt(21), [true, true]);
    assert.deepEqual(pointedAt(11), [true, false]); // drawn anew without it
    assert.deepEqual(pointedAt(9), [false, false]);
    assert.deepEqual(pointedAt(19), [true, true]);
  }
});

test("a tapped week says its numbers", () => {
  assert.equal(sayRatings(data.rows[0], "before", "Pain before", "en"), "Pain before: 6 (4–8)");
  assert.equal(sayRatings(data.rows[1], "before", "Pain before"), "Pain before: 0");
  assert.equal(sayMinutes(1.5, "Touch"), "Touch: 1:30");
  assert.equal(sayMinutes(65 / 60, "Touch"), "Touch: 1:05");
});

test("gaps are not bridged, nothing moves, and minutes hang over the same weeks", () => {
  const [pain, pressed] = [painChart(data, colours), minutesChart(data, colours)];
  assert.ok(pain.data.datasets.every(({ spanGaps }) => spanGaps === false));
  assert.equal(pain.options.animation, false);
  assert.equal(pressed.options.scales.y.reverse, true);
  const across = ({ options }) => [options.scales.x.min, options.scales.x.max, options.scales.x.offset];
  assert.deepEqual(across(pain), across(pressed));
});

test("a tapped week is silent on what was not rated or not used", () => {
  const { filter } = minutesChart(data, colours).options.plugins.tooltip;
  assert.deepEqual([{ y: 1.5 }, { y: 0 }, { y: NaN }].map((raw) => filter({ raw })), [true, true, false]);
});
