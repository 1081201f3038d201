import assert from "node:assert/strict";
import { test } from "node:test";

import { withAnswers } from "../../static/js/lib/together.js";

const STOPS = [
  { spot: "top-of-buttock", side: "left", area: "pelvis" },
  { spot: "top-of-buttock", side: "right", area: "pelvis" },
  { spot: "forearm-top", side: "right", area: "arm" },
];

test("pain goes to every spot of its part of the body, tenderness to the first", () => {
  const stops = withAnswers(STOPS, { pain_pelvis: "6", pain_arm: "0", tenderness_before: "4" });
  assert.deepEqual(
    stops.map(({ answers }) => answers),
    [
      { pain_before: 6, tenderness_before: 4 },
      { pain_before: 6, tenderness_before: null },
      { pain_before: 0, tenderness_before: null },
    ],
  );
});

test("what was not answered stays blank, and the part of the body stays out of the record", () => {
  const [first] = withAnswers(STOPS, { pain_pelvis: "" });
  assert.deepEqual(first, {
    spot: "top-of-buttock",
    side: "left",
    answers: { pain_before: null, tenderness_before: null },
  });
});
