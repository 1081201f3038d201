"""How far a tone is from the change it announces: `python -m bench.cues [--minutes 5]`.

Opens Prepare as a person on a phone does, with the CPU slowed down four times, and runs a plan of
so many minutes in the guide's own page, with taps on its keys that lay the tones anew. A change is
due where the plan and the moments of the taps (performance.now) put it; a tone is where the audio
clock sounds it, carried over to performance.now by pairs of the two clocks round that moment, read
apart from the app's own. Fails at 50 ms (p99) or more, or when a tone is missing.

Wants a machine that is not busy: where the audio clock stumbles, as it says, tones do too.
"""

import argparse
import statistics
import sys
import tempfile
from bisect import bisect
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench import pages
from bench.served import SLOWDOWN, chromium, phone, served, slow_down

PREPARE = "/sessions/new?spot=top-of-buttock&side=left"
MOST_MS, MISSED_MS = 50, 500
NEAR, STUMBLE_MS, A_FEW = 5, 15, 4
# Seconds and levels: rising, falling, staying and letting go, at uneven distances.
PHASES = ((10, 1), (8, 2), (11, 1), (9, 3), (7, 3), (6, 1), (12, 4), (9, 0))
RULES = {"undo_s": 5, "sharp_pause_s": 10, "sharp_again_max_level": 2, "sharp_ends_at": 3}
RULES |= {"pulse_pause_s": 10, "pulse_ends_at": 3}
# Where in the session, which key, and the event of the guide it makes.
TAPS = (
    (0.2, "pause", "pause"),
    (0.23, "resume", "resume"),
    (0.6, "sharp", "sharp"),
    (0.8, "ease", "easeOff"),
)
LISTEN = """
globalThis.log = { tones: [], clocks: [], due: [], drawn: [], gaps: 0, done: false };
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
RUN = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app, cookie = pages.with_somebody(Path(folder), A_FEW)
        with served(app) as url:
            browser = chromium(playwright)
            page = phone(playwright, browser, url, cookie)
            log = _listen(page, options.minutes * 60, options.busy)
            browser.close()
    sys.exit(_report(log))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.cues")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--busy", type=int, default=0, help="block the page for so many ms, often")
    return parser.parse_args()


def _listen(page: Page, seconds: float, busy_ms: int) -> dict[str, Any]:
    """Run a plan of so many seconds and return what the page noted."""
    page.add_init_script(LISTEN)
    page.on("pageerror", lambda error: print(f"  page: {error}"))
    page.goto(PREPARE)
    page.get_by_text("None of these").click()
    page.locator("sweet-guide").wait_for(state="attached")
    slow_down(page)
    told = {"plan": _plan(seconds), "taps": TAPS, "seconds": seconds, "busyMs": busy_ms}
    page.evaluate(RUN, told)
    longest = (seconds * 1.5 + 60) * 1000
    page.wait_for_function("() => globalThis.log.done", timeout=longest, polling=1000)
    page.wait_for_timeout(500)
    return page.evaluate("() => globalThis.log")


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
    for cue in log["due"]:
        nearest = min((ms - cue["at"] for ms in heard), key=abs)
        errors.append(nearest)
    missed = sum(abs(ms) >= MISSED_MS for ms in errors)
    errors = [ms for ms in errors if abs(ms) < MISSED_MS]
    changes = [cue["at"] for cue in log["due"] if cue["kind"] not in ("soon", "same")]
    drawn = [min((ms - at for ms in log["drawn"]), key=abs) for at in changes]
    latency = statistics.median(ms for _audio, _mono, ms in log["clocks"])
    print(f"{len(errors)} tones, {missed} missed, {log['gaps']} gaps, CPU {SLOWDOWN}x slower")
    print(f"output latency    {latency:6.1f} ms")
    stumbles, apart = _stumbles(log["clocks"])
    print(f"audio clock       {apart:6.1f} ms apart at the end, {stumbles} stumbles")
    print(f"cue error (tone)  {_spread(errors)}")
    print(f"text after change {_spread(drawn)}")
    return int(bool(missed) or _percentile([abs(ms) for ms in errors], 99) >= MOST_MS)


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
