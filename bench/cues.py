"""How far a tone is from the change it announces: `python -m bench.cues [--minutes 5]`.

Runs the guide's own clock, run, cues and tones in Chromium with the CPU slowed down four times,
with taps that lay the tones anew. A change is where the guide's clock (performance.now) puts it;
a tone is where the audio clock sounds it, carried over to performance.now by pairs of the two
clocks round that moment, read apart from the app's own. Fails at 50 ms (p99) or more.

Wants a machine that is not busy: where the audio clock stumbles, as it says, tones do too.
"""

import argparse
import shutil
import statistics
import sys
from bisect import bisect
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

STATIC = Path(__file__).parent.parent / "static"
PAGE = Path(__file__).with_suffix(".html")
SITE = "http://cues.test"
MOST_MS, SLOWDOWN, READY_S, MISSED_MS = 50, 4, 5, 500
NEAR, STUMBLE_MS = 5, 15
# Seconds and levels: rising, falling, staying and letting go, at uneven distances.
PHASES = ((10, 1), (8, 2), (11, 1), (9, 3), (7, 3), (6, 1), (12, 4), (9, 0))
RULES = {"undo_s": 5, "sharp_pause_s": 10, "sharp_again_max_level": 2, "sharp_ends_at": 3}
TAPS = ((0.2, "pause"), (0.23, "resume"), (0.6, "sharp"), (0.8, "easeOff"))
LISTEN = """
globalThis.log = { tones: [], clocks: [] };
const tones = new WeakMap();
const { start, stop } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (when) {
  tones.set(this, { when, hz: this.frequency.value, dropped: false });
  log.tones.push(tones.get(this));
  return start.call(this, when);
};
OscillatorNode.prototype.stop = function (when) {
  if (when === undefined) tones.get(this).dropped = true;
  return stop.call(this, when);
};
globalThis.AudioContext = class extends AudioContext {
  constructor(...options) {
    super(...options);
    setInterval(() => {
      if (this.state !== "running") return;
      log.clocks.push([this.currentTime, performance.now(), this.outputLatency * 1000]);
    }, 50);
  }
};
"""


def main() -> None:
    options = _options()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        log = _listen(browser.new_page(), options.minutes * 60, options.busy)
        browser.close()
    sys.exit(_report(log))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.cues")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--busy", type=int, default=0, help="block the page for so many ms, often")
    return parser.parse_args()


def _listen(page: Page, seconds: float, busy_ms: int) -> dict[str, Any]:
    """Run a plan of so many seconds and return what the page noted."""
    page.route(f"{SITE}/**", _serve)
    page.add_init_script(LISTEN)
    page.on("console", lambda message: print(f"  page: {message.text}"))
    page.on("pageerror", lambda error: print(f"  page: {error}"))
    page.goto(f"{SITE}/")
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    taps = [(kind, round(share * seconds * 1000)) for share, kind in TAPS]
    told = {"plan": _plan(seconds), "taps": taps, "busyMs": busy_ms}
    page.evaluate("told => { globalThis.bench = told; }", told)
    page.click("#begin")
    longest = (seconds * 1.5 + READY_S + 60) * 1000
    page.wait_for_function("() => globalThis.log.done", timeout=longest, polling=1000)
    page.wait_for_timeout(500)
    return page.evaluate("() => globalThis.log")


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(SITE).lstrip("/")
    if path == "favicon.ico":
        route.fulfill(status=204)
    else:
        route.fulfill(path=STATIC / path if path else PAGE)


def _plan(seconds: float) -> dict[str, Any]:
    phases: list[dict[str, Any]] = []
    steps = cycle(PHASES)
    while sum(phase["seconds"] for phase in phases) < seconds:
        length, level = next(steps)
        name = f"step_{len(phases)}"
        phases.append({"name": name, "seconds": length, "level": level, "cue": "", "ceiling": 5})
    return {"protocol": "bench", "version": "1", "start": 1, "target": 4, "room_s": 10_000} | {
        "phases": phases,
        "rules": RULES,
    }


def _report(log: dict[str, Any]) -> int:
    heard = sorted(_heard(log))
    errors: list[float] = []
    missed = 0
    for due in _due(log["changes"], log["taps"]):
        nearest = min(heard, key=lambda ms, due=due: abs(ms - due))
        if abs(nearest - due) < MISSED_MS:
            errors.append(nearest - due)
        else:
            missed += 1
    drawn = [change["drawnLate"] for change in log["changes"]]
    latency = statistics.median(ms for _audio, _mono, ms in log["clocks"])
    print(
        f"{len(errors)} tones, {missed} missed, {log.get('gaps', 0)} gaps, CPU {SLOWDOWN}x slower"
    )
    print(f"output latency    {latency:6.1f} ms")
    stumbles, apart = _stumbles(log["clocks"])
    print(f"audio clock       {apart:6.1f} ms apart at the end, {stumbles} stumbles")
    print(f"cue error (tone)  {_spread(errors)}")
    print(f"text after change {_spread(drawn)}")
    return int(bool(missed) or _percentile([abs(ms) for ms in errors], 99) >= MOST_MS)


def _due(changes: Sequence[dict[str, Any]], taps: Sequence[dict[str, Any]]) -> list[float]:
    """When there must be a tone: at each change, and 3, 2 and 1 s before a firmer one."""
    moments = sorted([change["at"] for change in changes] + [tap["at"] for tap in taps])
    due = []
    for change in changes:
        at = change["at"]
        due.append(at)
        if change["kind"] == "up":
            before = moments[: bisect(moments, at - 1)]
            due += [at - ms for ms in (3000, 2000, 1000) if not before or at - ms > before[-1] + 1]
    return due


def _heard(log: dict[str, Any]) -> list[float]:
    """When each tone that was not taken back is heard, by performance.now."""
    clocks = log["clocks"]
    audio = [pair[0] for pair in clocks]
    found = []
    for tone in log["tones"]:
        if tone["dropped"]:
            continue
        # The audio clock moves in steps of some ten milliseconds, which the median evens out.
        middle = bisect(audio, tone["when"])
        near = clocks[max(0, middle - NEAR) : middle + NEAR]
        offset = statistics.median(mono - audio * 1000 for audio, mono, _latency in near)
        latency = statistics.median(pair[2] for pair in near)
        found.append(tone["when"] * 1000 + offset + latency)
    return found


def _stumbles(clocks: Sequence[Sequence[float]]) -> tuple[int, float]:
    """How often the audio clock stood or jumped, and its ms from performance.now at the end."""
    offsets = [mono - audio * 1000 for audio, mono, _latency in clocks]
    steps = [
        statistics.median(offsets[at : at + NEAR]) - statistics.median(offsets[at - NEAR : at])
        for at in range(NEAR, len(offsets) - NEAR, NEAR)
    ]
    return sum(abs(step) > STUMBLE_MS for step in steps), sum(steps)


def _spread(values: Sequence[float]) -> str:
    sizes = [abs(ms) for ms in values]
    p50, p99 = _percentile(sizes, 50), _percentile(sizes, 99)
    return f"p50 {p50:5.1f} ms  p99 {p99:5.1f} ms  from {min(values):+.1f} to {max(values):+.1f}"


def _percentile(values: Sequence[float], percent: int) -> float:
    """The nearest rank, so that p99 of fewer than a hundred is the largest."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


if __name__ == "__main__":
    main()
