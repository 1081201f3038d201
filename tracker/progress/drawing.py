"""Where the lines, bars and labels of a weekly chart go, in the chart's own units.

Across, a week is WEEK_W wide. Down, pain runs from TOP_PAIN at 0 to the foot, 10 units a point,
with room under "no pain" for words; minutes run from 0 at the top to 100 at `full_minutes`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, log10
from typing import TypeVar

from tracker.progress.statistics import LevelSeconds, Spread, Week, by_sessions, gaps

WEEK_W = 40
BEFORE_X, CENTRE_X, AFTER_X = 11, 20, 29
BAR_X, BAR_W = 7, 26
TOP_PAIN = 10.4
MINUTES_H = 100
LOWEST_BAR = 3  # so that "not sore" is seen to be an answer
YEAR_WEEKS = 53  # with more, a date needs its year
NUMBERED_WEEKS = 13  # in more, a number does not fit into its week on a phone
# Shares of the width on the narrowest phone: half of "23 Nov" and of "no sessions", how far apart
# two of the latter stand, and the shortest gap that is told in words.
DATE_EDGE, WORDS_EDGE, WORDS_APART, WORDS_FROM = 0.08, 0.15, 0.3, 0.07

# Half of a number under a bar on the narrowest phone, of "4", "10" and "4.5", and the room between.
DIGIT_HALF, NUMBER_GAP = 0.017, 0.025

Point = tuple[float, float]
W = TypeVar("W")  # weeks of whatever kind


@dataclass(frozen=True, slots=True)
class Label:
    """Words at `x` percent of the width; `anchor` keeps them inside it."""

    x: float
    anchor: str


def middle(at: float, count: int) -> Label:
    """A label in the middle of week `at` (may be between two) of `count`."""
    return Label(round(100 * (at + 0.5) / count, 2), "middle")


def label(at: float, count: int, edge: float) -> Label:
    """The same, moved inside where words would stick out."""
    share = (at + 0.5) / count
    if count > 1 and share < edge:
        return Label(0, "start")
    if count > 1 and share > 1 - edge:
        return Label(100, "end")
    return middle(at, count)


def dated(count: int, span: int = 1) -> list[tuple[int, Label]]:
    """Which of `count` marks of so many weeks carry their date: the first, the last, some between.

    Fewer of them where the date needs its year.
    """
    step = max(1, round(count / (2 if count * span > YEAR_WEEKS else 3)))
    weeks = list(range(0, count, step))
    if count - 1 - weeks[-1] < 0.8 * step and len(weeks) > 1:
        weeks.pop()
    if weeks[-1] != count - 1:
        weeks.append(count - 1)
    return [(at, label(at, count, DATE_EDGE)) for at in weeks]


def numbers_with_room(numbers: Sequence[tuple[int, float]], count: int) -> list[tuple[int, float]]:
    """Which of these numbers, each with its week, stand under their bars without touching.

    The newest stays; then each one further back that has room before the one after it.
    """
    kept: list[tuple[int, float]] = []
    for at, value in reversed(numbers):
        if not kept or (kept[-1][0] - at) / count >= _half(kept[-1][1]) + NUMBER_GAP + _half(value):
            kept.append((at, value))
    return kept[::-1]


def _half(value: float) -> float:
    """Half of its width; a point or comma is as wide as half a digit."""
    whole = value == int(value)
    return DIGIT_HALF * (len(str(int(value))) + (0 if whole else 1.5))


def worded_gaps(weeks: Sequence[W], there: Callable[[W], object] = by_sessions) -> list[Label]:
    """Where to say that there is nothing: the longest gaps first, as many as have room."""
    count = len(weeks)
    placed: list[float] = []
    for first, last in sorted(gaps(weeks, there), key=lambda run: run[0] - run[1]):
        centre = (first + last) / 2
        wide = (last - first + 1) / count >= WORDS_FROM
        if wide and all(abs(centre - other) / count >= WORDS_APART for other in placed):
            placed.append(centre)
    return [label(at, count, WORDS_EDGE) for at in sorted(placed)]


def pain_y(rating: float) -> float:
    return round(10 * (TOP_PAIN - rating), 1)


def pain_points(weeks: Sequence[W], of: Callable[[W], Spread | None], x: int) -> list[Point | None]:
    """One point per week at its median, None where there is no rating."""
    found = (of(week) for week in weeks)
    return [
        None if spread is None else (at * WEEK_W + x, pain_y(spread.median))
        for at, spread in enumerate(found)
    ]


def line(points: Sequence[Point | None]) -> str:
    """An SVG path through the points, broken wherever one is missing; one alone is a dot."""
    path = ""
    for there, run in groupby(points, key=lambda point: point is not None):
        if there:
            corners = [f"{x:g} {y:g}" for x, y in run]  # type: ignore[misc]
            path += "M" + "L".join(corners) + ("h0" if len(corners) == 1 else "")
    return path


def dots(points: Iterable[Point | None]) -> str:
    """An SVG path of nothing but pen-downs, which round line ends make into dots."""
    return "".join(f"M{point[0]:g} {point[1]:g}h0" for point in points if point)


def ranges(weeks: Sequence[W], of: Callable[[W], Spread | None], x: int) -> str:
    """An SVG path of one upright stroke per week, from the lowest rating to the highest."""
    return "".join(
        f"M{at * WEEK_W + x} {pain_y(spread.high):g}V{pain_y(spread.low):g}"
        for at, week in enumerate(weeks)
        if (spread := of(week))
    )


def full_minutes(weeks: Sequence[Week]) -> int:
    """The minutes at the foot of the lower chart: even, and at least those of the longest week."""
    longest = max((sum(week.level_s) for week in weeks if week.level_s), default=0) / 60
    if longest <= 2:
        return 2
    power = 10 ** int(log10(longest))
    return next(
        int(top) for top in (2 * power, 4 * power, 6 * power, 10 * power) if ceil(longest) <= top
    )


def minute_bars(weeks: Sequence[Week], full: int) -> list[str]:
    """Four SVG paths, of levels 1-4: what was timed hangs from the top, firmer below lighter."""
    paths = ["", "", "", ""]
    for at, week in enumerate(weeks):
        for level, (top, height) in enumerate(_stack(week.level_s, full)):
            if height:
                x = at * WEEK_W + BAR_X
                paths[level] += f"M{x} {top:g}h{BAR_W}v{height:g}h-{BAR_W}z"
    return paths


def level_bars(weeks: Sequence[Week]) -> list[str]:
    """Four SVG paths, of levels 1-4: one bar per week, a quarter of 100 deeper per level."""
    paths = ["", "", "", ""]
    for at, week in enumerate(weeks):
        if week.level:
            x = at * WEEK_W + BAR_X
            paths[week.level - 1] += f"M{x} 0h{BAR_W}v{25 * week.level}h-{BAR_W}z"
    return paths


def soreness_bars(weeks: Sequence[Week]) -> str:
    """An SVG path of one bar per week that stands on the foot, as high as its median of 0-10."""
    path = ""
    for at, week in enumerate(weeks):
        if week.soreness:
            height = max(10 * week.soreness.median, LOWEST_BAR)
            path += f"M{at * WEEK_W + BAR_X} 100h{BAR_W}v-{height:g}h-{BAR_W}z"
    return path


def _stack(level_s: LevelSeconds | None, full: int) -> list[Point]:
    found, top = [], 0.0
    for seconds in level_s or ():
        height = round(seconds / 60 / full * MINUTES_H, 1)
        found.append((top, height))
        top = round(top + height, 1)
    return found
