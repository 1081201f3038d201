import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { begin, next, resumed, trace, view } from "../../static/js/lib/guide.js";

const GOLDEN = JSON.parse(
  readFileSync(new URL("../sessions/golden.json", import.meta.url), "utf8"),
);
const planOf = (start) => GOLDEN.find(({ name }) => name.startsWith(start)).plan;
const GENTLE = planOf("a first session");
const STANDARD = planOf("a third session"); // hold_1 Light, hold_2 and hold_3 Medium
const TIGHT = planOf("done again until"); // 120 s of pressure a day

const tick = (s) => ({ type: "tick", ms: s * 1000 });
const does = (type, more) => ({ type, ...more });
const go = (run, ...events) => events.reduce(next, run);
const started = (plan = STANDARD) => begin(plan);
const inHold2 = () => go(started(), tick(100));
const said = (run) => trace(run).events.map(({ kind }) => kind);

for (const { name, plan, ready, changing, events, trace: expected } of GOLDEN) {
  test(`golden: ${name}`, () => {
    const run = events.reduce(next, begin(plan, { getReadySeconds: ready, changing }));
    assert.deepEqual(JSON.parse(JSON.stringify(trace(run))), expected);
  });
}

test("getting ready is counted down and never counted", () => {
  const run = go(begin(GENTLE, { getReadySeconds: 10 }), tick(4.2));
  assert.deepEqual([view(run).status, view(run).readyLeft], ["ready", 6]);
  const begun = go(run, tick(6.8));
  assert.deepEqual([view(begun).status, trace(begun).counted_s], ["running", 1]);
});

test("getting ready can be skipped", () => {
  const run = go(begin(GENTLE, { getReadySeconds: 300 }), does("skipReady"));
  assert.deepEqual([view(run).status, view(run).phase], ["running", "settle"]);
});

test("a tick over several phases is split exactly at each border", () => {
  const run = go(started(), tick(95));
  const { phase, secondsLeft, totalLeft } = view(run);
  assert.deepEqual([phase, secondsLeft, totalLeft], ["hold_2", 25, 95]);
  assert.equal(view(run).fraction, 5 / 30);
});

test("a quarter of a second at a time comes to the same second", () => {
  let run = started();
  for (let i = 0; i < 400; i += 1) run = next(run, { type: "tick", ms: 250.125 });
  assert.equal(trace(run).counted_s, 100.05);
});

test("the view says what comes next", () => {
  assert.deepEqual(view(go(started(), tick(85))).nextPhase, {
    name: "hold_2",
    cue: STANDARD.phases[4].cue,
    level: 3,
  });
  assert.equal(view(go(started(), tick(185))).nextPhase, null);
});

test("ease off lowers at once and for the rest of the session", () => {
  const eased = go(inHold2(), does("easeOff"));
  assert.deepEqual([view(eased).level, view(eased).eased, view(eased).message], [2, true, "eased"]);
  assert.equal(view(eased).secondsLeft, view(inHold2()).secondsLeft);
  assert.equal(view(go(eased, tick(40))).level, 2); // hold_3 was planned at 3
});

test("ease off at Touch is letting go, and stays so", () => {
  const run = go(started(), does("easeOff"));
  assert.deepEqual([view(run).level, view(run).message], [0, "let_go"]);
  assert.equal(view(go(run, tick(100))).level, 0);
});

test("ease off at let go changes nothing and keeps nothing", () => {
  const resting = go(started(), tick(185));
  assert.deepEqual(said(go(resting, does("easeOff"))), []);
});

test("an ease off can be taken back for five seconds", () => {
  const eased = go(inHold2(), does("easeOff"), tick(4));
  assert.equal(view(eased).canUndo, true);
  assert.equal(view(go(eased, does("undo"))).level, 3);
  const late = go(eased, tick(1), does("undo"));
  assert.deepEqual([view(late).level, view(late).canUndo], [2, false]);
});

test("sharp once: let go ten seconds, then one level lower", () => {
  const sharp = go(inHold2(), does("sharp"));
  assert.deepEqual(
    [view(sharp).status, view(sharp).level, view(sharp).shiftLeft, view(sharp).message],
    ["shifting", 0, 10, "sharp"],
  );
  const back = go(sharp, tick(11));
  assert.deepEqual([view(back).status, view(back).level], ["running", 2]);
  assert.equal(trace(back).counted_s, 101);
});

test("sharp twice: never above Light again, and no increase", () => {
  const plan = structuredClone(STANDARD);
  for (const phase of plan.phases) if (phase.level === 3) phase.level = 4;
  const twice = go(begin(plan), tick(100), does("sharp"), tick(11), does("sharp"), tick(11));
  assert.deepEqual([view(twice).level, view(twice).message], [2, "gentle"]);
  assert.equal(view(go(twice, tick(35))).level, 2);
});

test("how far sharp twice lowers is the plan's to say", () => {
  const plan = structuredClone(STANDARD);
  plan.phases[4].level = 4;
  plan.rules.sharp_again_max_level = 1;
  const once = go(begin(plan), tick(100), does("sharp"), tick(11));
  assert.equal(view(once).level, 3);
  assert.equal(view(go(once, does("sharp"), tick(11))).level, 1);
});

test("sharp three times ends the spot", () => {
  const run = go(inHold2(), does("sharp"), does("sharp"), does("sharp"));
  assert.deepEqual([view(run).status, view(run).endedBy], ["ended", "sharp"]);
});

test("sharp while paused moves first and goes on only when asked", () => {
  const paused = go(inHold2(), does("pause"), does("sharp"), tick(60));
  assert.equal(view(paused).status, "paused");
  assert.equal(view(go(paused, does("resume"))).status, "shifting");
});

test("a pulse: ten seconds to move off it, then the same level", () => {
  const pulse = go(inHold2(), does("pulse"));
  assert.deepEqual(
    [view(pulse).status, view(pulse).level, view(pulse).shiftLeft, view(pulse).message],
    ["shifting", 0, 10, "pulse"],
  );
  const back = go(pulse, tick(11));
  assert.deepEqual([view(back).status, view(back).level, view(back).message], ["running", 3, null]);
  assert.equal(trace(back).counted_s, 101);
});

test("a pulse found three times ends the spot, and so does one said on Stop", () => {
  assert.equal(view(go(inHold2(), does("pulse"), does("pulse"), does("pulse"))).endedBy, "pulse");
  assert.equal(view(go(inHold2(), does("stop", { choice: "pulse" }))).endedBy, "pulse");
});

test("sharp while moving off a pulse is sharp", () => {
  const sharp = go(inHold2(), does("pulse"), tick(8), does("sharp"));
  assert.deepEqual([view(sharp).message, view(sharp).shiftLeft], ["sharp", 10]);
  assert.equal(view(go(sharp, tick(10))).level, 2);
});

test("a hold is asked about in the phase after it, and only there", () => {
  assert.equal(view(go(started(), tick(79))).asks, null);
  assert.equal(view(go(started(), tick(80))).asks, "hold_1");
  assert.equal(view(go(started(), tick(89))).asks, "hold_1");
  assert.equal(view(go(started(), tick(90))).asks, null);
  assert.equal(view(go(started(), tick(165))).asks, "hold_3");
  assert.equal(view(go(started(), tick(180))).asks, null);
});

test("side of the neck: a hold straight after a hold is asked about in the next one", () => {
  const plan = planOf("side of the neck");
  assert.equal(view(go(started(plan), tick(35))).asks, "hold_1");
  assert.equal(view(go(started(plan), tick(50))).asks, "hold_2");
});

test("a hold that was let go is not asked about, nor one without its end", () => {
  const letGo = go(started(GENTLE), tick(1), does("easeOff"), tick(60));
  assert.deepEqual([view(letGo).phase, view(letGo).asks], ["ease_1", null]);
  const away = go(started(), tick(85), does("gap"));
  assert.equal(view(away).asks, null);
  assert.equal(view(go(away, does("goOn"))).asks, "hold_1");
});

for (const answer of ["easier", "good_ache"]) {
  test(`${answer}: kept with its hold, once, and nothing else changes`, () => {
    const asked = go(started(), tick(84));
    const answered = go(asked, does("check", { answer }));
    assert.deepEqual(trace(answered).events, [{ at_s: 84, kind: answer, phase: 2, level: 2 }]);
    assert.deepEqual(view(answered), { ...view(asked), asks: null });
    assert.deepEqual(said(go(answered, does("check", { answer }))), [answer]);
  });
}

test("sharp at the end of a hold eases below that hold", () => {
  const sharp = go(started(), tick(122), does("check", { answer: "sharp" }));
  assert.deepEqual([view(sharp).status, view(sharp).message], ["shifting", "sharp"]);
  assert.deepEqual(trace(sharp).events, [{ at_s: 122, kind: "sharp", phase: 4, level: 3 }]);
  assert.equal(view(go(sharp, tick(25))).level, 2); // hold_3 was planned at 3
});

test("sharp at the ends of three holds ends the spot", () => {
  const sharp = [does("check", { answer: "sharp" }), tick(10)];
  const run = go(started(), tick(81), ...sharp, tick(40), ...sharp, tick(40), ...sharp);
  assert.equal(view(run).endedBy, "sharp");
});

test("an answer nobody asked for changes nothing", () => {
  const run = go(inHold2(), does("check", { answer: "sharp" }));
  assert.deepEqual(run, inHold2());
});

test("moving on from the spot before is counted down and never counted", () => {
  const moving = go(begin(GENTLE, { getReadySeconds: 15, changing: true }), tick(4.5));
  assert.deepEqual(
    [view(moving).status, view(moving).message, view(moving).readyLeft],
    ["changing", "changing", 11],
  );
  assert.equal(trace(go(moving, tick(11.5))).counted_s, 1);
  assert.equal(view(go(moving, does("skipReady"))).phase, "settle");
  assert.equal(view(go(moving, does("pause"), tick(60), does("resume"))).readyLeft, 11);
  assert.equal(view(go(moving, does("gap"), does("redo"))).readyLeft, 15);
  assert.equal(view(begin(GENTLE, { getReadySeconds: 0, changing: true })).status, "running");
});

test("pain that runs down the arm or leg counts as numbness does", () => {
  for (const run of [go(inHold2(), does("radiating")), go(inHold2(), does("gap"), does("radiating"))]) {
    assert.equal(view(run).endedBy, "nerve");
    assert.equal(run.events.at(-1).kind, "radiating");
  }
});

test("numb ends at once, also in a gap", () => {
  assert.equal(view(go(inHold2(), does("numb"))).endedBy, "nerve");
  assert.equal(view(go(inHold2(), does("gap"), does("numb"))).endedBy, "nerve");
});

for (const [choice, kinds] of [
  ["user", []],
  ["discomfort", ["too_much"]],
  ["pulse", ["pulse"]],
  ["emergency", ["emergency"]],
]) {
  test(`stop: ${choice}`, () => {
    const run = go(inHold2(), does("stop", { choice }));
    assert.equal(trace(run).ended_by, choice);
    assert.deepEqual(said(run), kinds);
    assert.deepEqual(go(run, tick(60), does("easeOff")), run);
  });
}

test("a pause counts nothing", () => {
  const run = go(inHold2(), does("pause"), tick(600), does("resume"), tick(1));
  assert.equal(trace(run).counted_s, 101);
  assert.deepEqual(said(run), ["pause", "resume"]);
});

test("a gap asks, and counts nothing until it is answered", () => {
  const away = go(inHold2(), does("gap", { ms: 90_000 }), tick(60));
  assert.deepEqual([view(away).status, view(away).message], ["away", "away"]);
  assert.equal(trace(away).counted_s, 100);
  assert.equal(view(go(away, does("goOn"))).secondsLeft, 20);
  assert.equal(view(go(away, does("redo"))).secondsLeft, 30);
  assert.equal(view(go(away, does("end"))).endedBy, "away");
});

test("a gap while paused stays paused, one while getting ready asks", () => {
  assert.equal(view(go(inHold2(), does("pause"), does("gap"))).status, "paused");
  const ready = go(begin(GENTLE, { getReadySeconds: 10 }), tick(4), does("gap"));
  assert.equal(view(go(ready, does("goOn"))).readyLeft, 6);
  assert.equal(view(go(ready, does("redo"))).readyLeft, 10);
});

test("a gap while letting go after sharp gives the whole ten seconds again", () => {
  const run = go(inHold2(), does("sharp"), tick(8), does("gap"), does("goOn"));
  assert.deepEqual([view(run).status, view(run).shiftLeft], ["shifting", 10]);
});

test("doing a phase again never passes the pressure of the day", () => {
  const run = go(started(TIGHT), tick(75), does("gap"), does("redo"), tick(200));
  const pressed = trace(run).phases.reduce((sum, { level_s }) => sum + level_s[2] + level_s[3], 0);
  assert.equal(pressed, TIGHT.room_s);
  const used = go(started(TIGHT), tick(75), does("gap"), does("redo"), tick(90));
  const { phase, level, message } = view(used);
  assert.deepEqual([phase, level, message], ["hold_3", 1, "day_limit"]);
});

test("a gap says how long it was, two in a row together, and then forgets it", () => {
  const away = go(inHold2(), does("gap", { ms: 90_000 }), does("gap", { ms: 5_500 }));
  assert.equal(view(away).awaySeconds, 96);
  assert.equal(view(go(away, does("goOn"))).awaySeconds, 0);
});

test("a clock change is noted and changes nothing else", () => {
  const run = go(inHold2(), does("clockChange"));
  assert.deepEqual(said(run), ["clock_change"]);
  assert.deepEqual(view(run), view(inHold2()));
});

test("a session cut before it began keeps every planned phase, blank", () => {
  const run = go(begin(GENTLE, { getReadySeconds: 10 }), does("stop", { choice: "user" }));
  assert.equal(trace(run).phases.length, GENTLE.phases.length);
  assert.equal(trace(run).counted_s, 0);
});

test("an event nobody knows is a mistake in the page", () => {
  assert.throws(() => next(started(), does("toString")), /unknown event/);
  assert.throws(() => next(started(), does("stop", { choice: "bored" })), /unknown choice/);
  assert.throws(() => next(started(), does("check", { answer: "bored" })), /unknown answer/);
});

// Properties, over several hundred random sessions from a seeded generator (mulberry32).

function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const RARE = ["sharp", "numb", "radiating", "stop", "end"];
const OFTEN =
  "easeOff undo pause resume gap redo goOn skipReady clockChange check pulse".split(" ");
const ANSWERS = ["easier", "good_ache", "good_ache", "sharp"];

function randomEvents(random, most = 60) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: Math.floor(random() * most) }, () => {
    const chance = random();
    if (chance < 0.6) return { type: "tick", ms: random() * (random() < 0.2 ? 90_000 : 4_000) };
    if (chance < 0.97) return does(pick(OFTEN), { answer: pick(ANSWERS), ms: random() * 9_000 });
    return does(pick(RARE), { choice: pick(["user", "discomfort", "pulse", "emergency"]) });
  });
}

function forRandomSessions(check, count = 600) {
  for (let seed = 1; seed <= count; seed += 1) {
    const random = randomFrom(seed);
    const { plan } = GOLDEN[Math.floor(random() * GOLDEN.length)];
    const run = begin(plan, {
      getReadySeconds: random() < 0.3 ? 10 : 0,
      changing: random() < 0.5,
    });
    check(run, randomEvents(random), plan, `seed ${seed}`);
  }
}

test("no level is ever above the plan, and no pressure above the day's room", () => {
  forRandomSessions((first, events, plan, seed) => {
    const kept = trace(events.reduce(next, first));
    for (const phase of kept.phases) {
      for (const [level, s] of Object.entries(phase.level_s)) {
        assert.ok(s === 0 || Number(level) <= phase.planned_level, seed);
      }
      const spent = Object.values(phase.level_s).reduce((sum, s) => sum + s, 0);
      assert.ok(spent <= phase.planned_s + 1e-6, seed);
    }
    const pressed = kept.phases.flatMap(({ level_s }) => [level_s[2], level_s[3], level_s[4]]);
    assert.ok(pressed.reduce((sum, s) => sum + s, 0) <= plan.room_s + 1e-6, seed);
  });
});

test("after ease off or sharp no level rises above it again, unless it is taken back", () => {
  forRandomSessions((first, events, _plan, seed) => {
    let run = first;
    let most = 4;
    for (const event of events.filter(({ type }) => type !== "undo")) {
      const before = view(run).level;
      const kept = run.events.length;
      run = next(run, event);
      const [felt] = run.events.slice(kept);
      if (event.type === "easeOff" && felt && before > 0) most = Math.min(most, before - 1);
      if (felt?.kind === "sharp") most = Math.min(most, Math.max(1, felt.level - 1));
      if (view(run).status === "running") assert.ok(view(run).level <= most, seed);
    }
  });
});

test("ease off always lowers, by one", () => {
  forRandomSessions((first, events, _plan, seed) => {
    let run = first;
    for (const event of events) {
      run = next(run, event);
      if (run.status !== "running" || view(run).level === 0) continue;
      assert.equal(view(next(run, does("easeOff"))).level, view(run).level - 1, seed);
    }
  });
});

test("counted time never exceeds real time, and misses no more than was not pressed", () => {
  forRandomSessions((first, events, _plan, seed) => {
    const real = events.reduce((sum, { type, ms }) => sum + (type === "tick" ? ms : 0), 0);
    const run = events.reduce(next, first);
    assert.ok(trace(run).counted_s * 1000 <= real + 1e-3, seed);
  });
});

test("every session ends, whatever was pressed before", () => {
  forRandomSessions((first, events, _plan, seed) => {
    const run = events.reduce(next, first);
    const later = go(run, does("goOn"), does("resume"), tick(1200));
    assert.equal(view(later).status, "ended", seed);
    assert.ok(trace(later).ended_by, seed);
  });
});

const saved = (run) => JSON.parse(JSON.stringify(run));

test("a session saved and loaded at any moment ends the same", () => {
  forRandomSessions((first, events, _plan, seed) => {
    const straight = events.reduce(next, first);
    const reloaded = events.reduce((run, event) => saved(next(run, event)), first);
    assert.deepEqual(reloaded, saved(straight), seed);
  }, 200);
});

test("no answer to a hold ever raises a level", () => {
  forRandomSessions((first, events, _plan, seed) => {
    let run = first;
    for (const event of events) {
      run = next(run, event);
      if (!view(run).asks) continue;
      for (const answer of new Set(ANSWERS)) {
        const answered = next(run, does("check", { answer }));
        assert.ok(answered.ceiling <= run.ceiling, seed);
        assert.ok(view(answered).level <= view(run).level, seed);
      }
    }
  });
});

test("only a finished hold is answered for, and once", () => {
  forRandomSessions((first, events, _plan, seed) => {
    const { phases, events: kept } = trace(events.reduce(next, first));
    const answers = kept.filter(({ kind }) => kind === "easier" || kind === "good_ache");
    assert.equal(new Set(answers.map(({ phase }) => phase)).size, answers.length, seed);
    for (const { phase } of answers) {
      const { name, done, level } = phases[phase];
      assert.ok(name.startsWith("hold_") && done && level > 0, seed);
    }
  });
});

const lost = (run, ms = 60_000) => resumed(saved(run), { lostMs: ms });

test("after a reload in any phase it asks, and nothing that was lost is counted", () => {
  for (let s = 1; s < 190; s += 3) {
    const before = go(started(), tick(s));
    const back = lost(before);
    assert.deepEqual([view(back).status, view(back).awaySeconds], ["away", 60]);
    assert.equal(trace(go(back, tick(30))).counted_s, s);
    const on = go(back, does("goOn"));
    assert.deepEqual(
      [view(on).phase, view(on).level, view(on).secondsLeft],
      [view(before).phase, view(before).level, view(before).secondsLeft],
    );
    const again = view(go(back, does("redo")));
    assert.equal(again.secondsLeft, STANDARD.phases[again.phaseIndex].seconds);
    assert.equal(trace(go(back, does("end"))).ended_by, "away");
  }
});

test("a reload asks in whatever state it was, and keeps what was eased", () => {
  assert.equal(view(lost(begin(GENTLE, { getReadySeconds: 9 }))).status, "away");
  const eased = lost(go(inHold2(), does("easeOff"), does("pause")));
  assert.deepEqual([view(eased).status, view(eased).awaySeconds], ["away", 60]);
  assert.deepEqual([view(go(eased, does("goOn"))).level, view(eased).status], [2, "away"]);
  const sharp = go(lost(go(inHold2(), does("sharp"), tick(8))), does("goOn"));
  assert.deepEqual([view(sharp).status, view(sharp).shiftLeft], ["shifting", 10]);
  assert.equal(view(lost(lost(inHold2()))).awaySeconds, 120);
  assert.equal(view(lost(inHold2(), -5000)).awaySeconds, 0);
});

test("a session that had ended before the reload stays ended", () => {
  const ended = go(inHold2(), does("numb"));
  assert.deepEqual(lost(ended), saved(ended));
});

test("what is no run of this guide is not resumed", () => {
  for (const wrong of [null, undefined, "run", {}, [], { format: 1 }, { ...started(), plan: null }]) {
    assert.equal(resumed(wrong), null);
  }
  assert.equal(resumed({ ...started(), status: "napping" }), null);
  assert.equal(resumed({ ...started(), events: "none" }), null);
});

test("a reload at any moment never adds time, never raises, and still ends", () => {
  forRandomSessions((first, events, _plan, seed) => {
    const run = events.reduce(next, first);
    const back = lost(run);
    assert.equal(trace(back).counted_s, trace(run).counted_s, seed);
    const on = next(back, does("goOn"));
    if (view(on).status === "running") assert.ok(view(on).level <= levelOf(run), seed);
    assert.equal(view(go(on, tick(1200))).status, "ended", seed);
  });
});

const levelOf = (run) => view({ ...run, status: "running" }).level;

test("an event never changes the run it was given", () => {
  forRandomSessions((first, events, _plan, seed) => {
    events.reduce((run, event) => {
      const before = JSON.stringify(run);
      const after = next(run, event);
      assert.equal(JSON.stringify(run), before, seed);
      return after;
    }, first);
  }, 200);
});

test("many thousand taps leave a trace of bounded length", () => {
  let run = started();
  const hesitate = [does("pause"), does("resume"), does("gap"), does("redo")];
  for (let i = 0; i < 300; i += 1) run = go(run, ...hesitate);
  for (let i = 0; i < 150; i += 1) run = go(run, does("easeOff"), does("undo"));
  for (let i = 0; i < 60; i += 1) run = go(run, tick(0.1), does("gap"), does("redo"));
  assert.ok(trace(run).events.length <= 600);
  assert.ok(trace(run).phases.length <= 40);
});
