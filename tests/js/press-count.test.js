import assert from "node:assert/strict";
import { test } from "node:test";

import { HOLD_S, pressCount } from "../../static/js/lib/press-count.js";

test("there is a second to put the finger there", () => {
  assert.deepEqual(pressCount(0), { stage: "ready", n: 0 });
  assert.deepEqual(pressCount(999), { stage: "ready", n: 0 });
});

test("the press is counted from one to three, a second each", () => {
  assert.deepEqual([1000, 1999, 2000, 3999].map(pressCount), [
    { stage: "hold", n: 1 },
    { stage: "hold", n: 1 },
    { stage: "hold", n: 2 },
    { stage: "hold", n: 3 },
  ]);
});

test("after three seconds it lets go, and stays there", () => {
  assert.equal(HOLD_S, 3);
  assert.equal(pressCount(4000).stage, "done");
  assert.equal(pressCount(90_000).stage, "done");
});
