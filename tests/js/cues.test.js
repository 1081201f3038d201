import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { changeCue, comingCues, sentenceFor } from "../../static/js/lib/cues.js";
import { msToChange } from "../../static/js/lib/guide-time.js";
import { begin, next, view } from "../../static/js/lib/guide.js";
import { notesFor, patternFor } from "../../static/js/lib/tunes.js";

const GOLDEN = JSON.parse(
  readFileSync(new URL("../sessions/golden.json", import.meta.url), "utf8"),
);
const planOf = (start) => GOLDEN.find(({ name }) => name.startsWith(start)).plan;
const GENTLE = planOf("a first session"); // 20 s at 1, 20 at 2, 20 at 1, 10 at 1, 20 at 2, …
const TIGHT = planOf("done again until"); // 120 s of pressure a day

const KINDS = ["up", "down", "letGo", "same", "pause", "end"];
const WORDS = {
  levels: ["Let go", "Touch", "Light", "Medium", "Firm"],
  spoken: {
    up: "{level}. {n} seconds.",
    down: "{level}. {n} seconds.",
    same: "Stay at {level}. {n} seconds.",
    letGo: "Let go. {n} seconds.",
    pause: "Paused.",
    end: "Done. Let go.",
  },
};

const tick = (ms) => ({ type: "tick", ms });
const does = (type, more) => ({ type, ...more });
const go = (run, ...events) => events.reduce(next, run);
const begun = (plan = GENTLE) => begin(plan);
const told = (run) => comingCues(run).map(({ inMs, kind, level }) => [inMs / 1000, kind, level]);
const changes = (run) => told(run).filter(([, kind]) => kind !== "soon");

test("every change of a session is known when it begins", () => {
  assert.deepEqual(changes(begun()), [
    [20, "up", 2],
    [40, "down", 1],
    [60, "same", 1],
    [70, "up", 2],
    [90, "down", 1],
    [110, "letGo", 0],
    [130, "end", 0],
  ]);
});

test("each cue says how long what it announces will last", () => {
  const lengths = comingCues(begun()).filter(({ kind }) => kind !== "soon");
  assert.deepEqual(lengths.map(({ seconds }) => seconds), [20, 20, 10, 20, 20, 20, 0]);
});

test("three ticks come before a firmer level, and before no other", () => {
  const ticks = comingCues(begun()).filter(({ kind }) => kind === "soon");
  assert.deepEqual(ticks.map(({ inMs }) => inMs / 1000), [17, 18, 19, 67, 68, 69]);
  assert.deepEqual(ticks.slice(0, 3).map(({ level, seconds }) => [level, seconds]), [[2, 3], [2, 2], [2, 1]]);
});

test("the ticks that are over are not sounded again", () => {
  const inTheTicks = go(begun(), tick(18_400));
  assert.deepEqual(told(inTheTicks).slice(0, 2).map(([s, kind]) => [s, kind]), [[0.6, "soon"], [1.6, "up"]]);
});

test("no tick is heard before the change that comes ahead of it", () => {
  const plan = structuredClone(GENTLE);
  plan.phases[0].seconds = 2;
  const first = told(begun(plan));
  assert.deepEqual(first.slice(0, 2), [[1, "soon", 2], [2, "up", 2]]);
});

test("getting ready counts down to the first touch", () => {
  const run = begin(GENTLE, { getReadySeconds: 15 });
  assert.deepEqual(told(run).slice(0, 4), [[12, "soon", 1], [13, "soon", 1], [14, "soon", 1], [15, "up", 1]]);
});

test("what was eased is not announced as firmer later", () => {
  const eased = go(begun(), tick(25_000), does("easeOff"));
  assert.deepEqual(changes(eased).map(([, kind]) => kind), ["same", "same", "same", "same", "letGo", "end"]);
  assert.equal(told(eased).some(([, kind]) => kind === "soon"), false);
});

test("after sharp the way back is announced, one level lower", () => {
  const sharp = go(begun(), tick(25_000), does("sharp"));
  const cues = told(sharp);
  assert.deepEqual(cues.slice(0, 4), [[7, "soon", 1], [8, "soon", 1], [9, "soon", 1], [10, "up", 1]]);
});

test("running out of the day's pressure in a hold is announced when it comes", () => {
  const plan = { ...TIGHT, room_s: 45 };
  const at = [];
  let run = begin(plan);
  for (let ms = 0; run.status !== "ended"; ms += 250) {
    const then = next(run, tick(250));
    if (changeCue(run, then)) at.push((ms + 250) / 1000);
    run = then;
  }
  assert.deepEqual(changes(begin(plan)).map(([s]) => s), at);
});

test("whenever it is asked, the same moments are foreseen", () => {
  const from0 = changes(begun());
  for (const ms of [250.125, 19_999.5, 45_000.25, 129_000]) {
    const run = go(begun(), tick(ms));
    const seen = changes(run).map(([s, kind, level]) => [Math.round(s * 1000 + ms), kind, level]);
    assert.deepEqual(seen, from0.map(([s, ...rest]) => [s * 1000, ...rest]).filter(([at]) => at > ms));
  }
});

test("a pause, a gap and the end have nothing coming", () => {
  for (const events of [[does("pause")], [does("gap")], [does("stop", { choice: "user" })]]) {
    const run = go(begun(), tick(1000), ...events);
    assert.deepEqual([comingCues(run), msToChange(run)], [[], null]);
  }
});

test("foreseeing changes nothing in the run", () => {
  const run = go(begun(), tick(5000.5));
  const before = structuredClone(run);
  comingCues(run);
  assert.deepEqual(run, before);
});

test("the next change is as far as the ring shows", () => {
  const run = go(begun(), tick(5000));
  assert.equal(msToChange(run), view(run).secondsLeft * 1000);
  assert.equal(msToChange(go(run, tick(0.5))), 14_999.5);
});

test("a tap is answered by what it did", () => {
  const light = go(begun(), tick(25_000));
  const after = (...events) => changeCue(light, go(light, ...events))?.kind ?? null;
  assert.equal(after(does("easeOff")), "down");
  assert.equal(after(does("easeOff"), does("easeOff")), "letGo");
  assert.equal(after(does("sharp")), "letGo");
  assert.equal(after(does("pause")), "pause");
  assert.equal(after(does("gap")), "pause");
  assert.equal(after(does("numb")), "end");
  assert.equal(after(tick(250)), null);
  const eased = go(light, does("easeOff"));
  assert.equal(changeCue(eased, go(eased, does("undo"))).kind, "up");
  const paused = go(light, does("pause"));
  assert.deepEqual(changeCue(paused, go(paused, does("resume"))), { kind: "same", level: 2, seconds: 15 });
});

test("beginning is announced, at once or after getting ready", () => {
  assert.deepEqual(changeCue(null, begun()), { kind: "up", level: 1, seconds: 20 });
  const waiting = begin(GENTLE, { getReadySeconds: 15 });
  assert.equal(changeCue(null, waiting), null);
  assert.equal(changeCue(waiting, go(waiting, does("skipReady"))).kind, "up");
});

test("what ended is announced once", () => {
  const ended = go(begun(), tick(130_000));
  assert.equal(changeCue(ended, ended), null);
});

test("the spoken sentence is short, and says the level first", () => {
  assert.equal(sentenceFor({ kind: "up", level: 2, seconds: 30 }, WORDS), "Light. 30 seconds.");
  assert.equal(sentenceFor({ kind: "same", level: 1, seconds: 10 }, WORDS), "Stay at Touch. 10 seconds.");
  assert.equal(sentenceFor({ kind: "same", level: 0, seconds: 10 }, WORDS), "Let go. 10 seconds.");
  assert.equal(sentenceFor({ kind: "end", level: 0, seconds: 0 }, WORDS), "Done. Let go.");
});

test("ticks are not spoken, nor is what has no sentence", () => {
  assert.equal(sentenceFor({ kind: "soon", level: 2, seconds: 3 }, WORDS), null);
  assert.equal(sentenceFor({ kind: "up", level: 2, seconds: 30 }, { levels: WORDS.levels }), null);
});

test("each kind vibrates in its own way, ticks not at all", () => {
  const patterns = KINDS.map((kind) => patternFor({ kind }).join());
  assert.equal(new Set(patterns).size, KINDS.length);
  assert.deepEqual(patternFor({ kind: "soon" }), []);
});

test("firmer sounds lower, and each kind is its own tune", () => {
  const settled = [1, 2, 3, 4].map((level) => notesFor({ kind: "up", level }).at(-1).hz);
  assert.deepEqual(settled, [...settled].sort((a, b) => b - a));
  const [first, last] = notesFor({ kind: "up", level: 3 });
  assert.ok(first.hz > last.hz);
  const tunes = KINDS.map((kind) => JSON.stringify(notesFor({ kind, level: 2 })));
  assert.equal(new Set(tunes).size, KINDS.length);
});

test("every tune starts on its moment, softly, and a tick is softer than a change", () => {
  for (const kind of [...KINDS, "soon"]) {
    for (let level = 0; level <= 4; level += 1) {
      const notes = notesFor({ kind, level });
      assert.equal(notes[0].at, 0);
      assert.ok(notes.every(({ hz, volume }) => hz > 0 && volume > 0 && volume < 0.3));
    }
  }
  const [tickVolume, changeVolume] = ["soon", "up"].map((kind) => notesFor({ kind, level: 2 })[0].volume);
  assert.ok(tickVolume < changeVolume);
});
