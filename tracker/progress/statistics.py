"""What a stretch of sessions comes to, week by week. Blank is not zero, and a gap is a gap."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

WEEK = timedelta(days=7)
# How many weeks a mark may stand for, and how many marks there may be (two years of weeks): with
# more, they are too thin for a phone and the page too heavy for it.
SPANS, MOST_MARKS = (1, 4, 13, 52), 104
LevelSeconds = tuple[int, int, int, int]
W = TypeVar("W")  # weeks of whatever kind


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the statistics need of one session; ratings are 0-10, None is blank.

    level is the highest that stayed comfortable, 0-4 (0 = none did). level_s is the counted
    seconds at levels 1-4, None for a level that was not timed. soreness is the next day's.
    tenderness_level is the one pressed at, 1-4, None where that was not noted.
    """

    local_date: date
    pain_before: int | None = None
    pain_after: int | None = None
    tenderness_before: int | None = None
    level: int | None = None
    level_s: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    soreness: int | None = None
    tenderness_level: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The median, lowest and highest of `count` ratings; the median of two may end in .5."""

    count: int
    median: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Week:
    """ISO weeks of the local date, from a Monday; None where nothing was answered or timed.

    One week, or as many as a mark stands for when there are many.
    """

    monday: date
    sessions: int = 0
    before: Spread | None = None
    after: Spread | None = None
    tenderness: Spread | None = None
    level: int | None = None
    level_s: LevelSeconds | None = None
    soreness: Spread | None = None


def week_of(day: date) -> date:
    """The Monday of the ISO week that `day` is in."""
    return day - timedelta(days=day.weekday())


def median(values: Sequence[int]) -> float:
    """The middle value, or the mean of the two in the middle; ValueError where there is none."""
    if not values:
        raise ValueError("nothing has no median")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def spread(values: Iterable[int | None]) -> Spread | None:
    """The spread of the values that are there, or None."""
    given = [value for value in values if value is not None]
    if not given:
        return None
    return Spread(len(given), median(given), min(given), max(given))


def span_of(weeks: int) -> int:
    """How many weeks a mark stands for, so that `weeks` do not make too many marks."""
    return next((span for span in SPANS if weeks <= span * MOST_MARKS), SPANS[-1])


def weeks_between(first_week: date, last_week: date) -> int:
    """How many weeks there are from one Monday to another, both counted."""
    return (last_week - first_week).days // 7 + 1


def weekly(
    sittings: Iterable[Sitting], first_week: date, last_week: date, span: int = 1
) -> list[Week]:
    """Every `span` weeks from `first_week` to `last_week` (Mondays), empty ones among them.

    They end with the last week, so the first of them may begin before `first_week`.
    """
    count = -(-weeks_between(first_week, last_week) // span)
    start = last_week + WEEK - count * span * WEEK
    found: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sittings:
        found[(sitting.local_date - start).days // (7 * span)].append(sitting)
    return [_week(start + at * span * WEEK, found.get(at, [])) for at in range(count)]


def by_sessions(week: Any) -> int:
    return week.sessions


def gaps(weeks: Sequence[W], there: Callable[[W], object] = by_sessions) -> list[tuple[int, int]]:
    """The runs of weeks without a session, or what else is `there`, as (first, last) positions."""
    runs: list[tuple[int, int]] = []
    for at, week in enumerate(weeks):
        if there(week):
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def at_one_press(sittings: Sequence[Sitting]) -> tuple[list[Sitting], int | None]:
    """Sessions in order with their tenderness at one level alone: the last that was pressed at.

    Tenderness at different levels is no series. Where no level was noted, all stays as it is.
    """
    noted = (s.tenderness_level for s in reversed(sittings) if s.tenderness_before is not None)
    level = next(filter(None, noted), None)
    if level is None:
        return [*sittings], None
    return [
        s if s.tenderness_level == level else replace(s, tenderness_before=None) for s in sittings
    ], level


def _week(monday: date, sittings: Sequence[Sitting]) -> Week:
    return Week(
        monday=monday,
        sessions=len(sittings),
        before=spread(sitting.pain_before for sitting in sittings),
        after=spread(sitting.pain_after for sitting in sittings),
        tenderness=spread(sitting.tenderness_before for sitting in sittings),
        level=max((s.level for s in sittings if s.level is not None), default=None),
        level_s=_level_seconds(sittings),
        soreness=spread(sitting.soreness for sitting in sittings),
    )


def _level_seconds(sittings: Sequence[Sitting]) -> LevelSeconds | None:
    timed = [s.level_s for s in sittings if s.level_s != (None,) * 4]
    if not timed:
        return None
    one, two, three, four = (
        sum(level or 0 for level in column) for column in zip(*timed, strict=True)
    )
    return one, two, three, four
