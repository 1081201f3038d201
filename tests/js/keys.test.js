import assert from "node:assert/strict";
import { test } from "node:test";

import { actionFor } from "../../static/js/lib/keys.js";

const press = (key, status = "running", more = {}) => actionFor({ key, ...more }, { status, ...more });

test("space pauses and goes on again", () => {
  assert.deepEqual(["ready", "running", "shifting"].map((status) => press(" ", status)), ["pause", "pause", "pause"]);
  assert.equal(press(" ", "paused"), "resume");
});

test("space leaves the three choices after a gap to the person", () => {
  assert.deepEqual(["away", "ended"].map((status) => press(" ", status)), [null, null]);
});

test("arrow down eases off", () => {
  assert.equal(press("ArrowDown"), "easeOff");
});

test("a Bluetooth shutter eases off, whichever key it sends", () => {
  for (const key of ["AudioVolumeUp", "AudioVolumeDown", "VolumeUp", "Enter", "MediaPlayPause", "Camera"]) {
    assert.equal(press(key), "easeOff", key);
  }
});

test("Escape asks to stop, until it is over", () => {
  assert.deepEqual(["running", "paused", "away", "ended"].map((status) => press("Escape", status)), [
    "askStop",
    "askStop",
    "askStop",
    null,
  ]);
});

test("on a button its own space and Enter go first, the arrow still eases off", () => {
  const onControl = { onControl: true };
  assert.deepEqual([" ", "Enter", "ArrowDown"].map((key) => press(key, "running", onControl)), [null, null, "easeOff"]);
});

test("a key that is held down counts once", () => {
  assert.equal(press("ArrowDown", "running", { repeat: true }), null);
});

test("the browser keeps its own shortcuts and all other keys", () => {
  for (const held of ["ctrlKey", "altKey", "metaKey"]) {
    assert.equal(press("ArrowDown", "running", { [held]: true }), null, held);
  }
  for (const key of ["Tab", "ArrowUp", "a", "F5", "constructor"]) assert.equal(press(key), null, key);
});
