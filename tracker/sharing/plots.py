"""The report's charts as SVG paths in units of their own; everything scales evenly, as in print."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.progress import drawing as draw
from tracker.progress.statistics import Spread, span_of, spread, week_of, weeks_between
from tracker.progress.stretches import Stretch, stretches
from tracker.progress.weeks import Diary, by_weeks
from tracker.sharing.summary import Sat

LEFT, RIGHT, TOP, POINT_H = 14.0, 4.0, 5.0, 6.0  # POINT_H: units from one rating to the next
WIDTH, FOOT = 260.0, TOP + 10 * POINT_H
TICKS_H, DATES_H = 8.0, 11.0
SPARK_W, SPARK_H = 100.0, 22.0


@dataclass(frozen=True, slots=True)
class Plot:
    """Daily ratings by week: lowest to highest, medians, baseline, and weeks with a session."""

    height: float
    grid: tuple[tuple[int, float], ...]
    range: str
    line: str
    dots: str
    baseline_y: float | None
    ticks: str
    dates: tuple[tuple[float, str, date], ...]
    stroke: float


@dataclass(frozen=True, slots=True)
class Spark:
    before: str
    after: str
    before_dots: str
    after_dots: str


def days_plot(diary: Diary, first: date, last: date, baseline: Spread | None) -> Plot:
    monday, end = week_of(first), week_of(last)
    weeks = stretches(by_weeks(diary), monday, end, span_of(weeks_between(monday, end)))
    step = (WIDTH - LEFT - RIGHT) / len(weeks)
    points = [
        None if week.median is None else (_x(at, step), _y(week.median))
        for at, week in enumerate(weeks)
    ]
    return Plot(
        height=FOOT + TICKS_H + DATES_H,
        grid=tuple((pain, _y(pain)) for pain in (10, 5, 0)),
        range=_ranges(weeks, step),
        line=draw.line(points),
        dots=draw.dots(points) if len(weeks) <= 60 else "",
        baseline_y=_y(baseline.median) if baseline else None,
        ticks="".join(
            f"M{_x(at, step):g} {FOOT + 3:g}v{TICKS_H - 4:g}"
            for at, week in enumerate(weeks)
            if week.session_days
        ),
        dates=tuple(_dates(weeks, step)),
        stroke=round(min(6.0, step * 0.45), 1),
    )


def _x(at: float, step: float) -> float:
    return round(LEFT + (at + 0.5) * step, 1)


def _y(pain: float) -> float:
    return round(TOP + (10 - pain) * POINT_H, 1)


def _ranges(weeks: Sequence[Stretch], step: float) -> str:
    return "".join(
        f"M{_x(at, step):g} {_y(week.ratings.high):g}V{_y(week.ratings.low):g}"
        + ("h0" if week.ratings.low == week.ratings.high else "")
        for at, week in enumerate(weeks)
        if week.ratings
    )


def _dates(weeks: Sequence[Stretch], step: float) -> Iterable[tuple[float, str, date]]:
    for at, label in draw.dated(len(weeks), 3):
        ends = {"start": LEFT, "end": WIDTH - RIGHT}
        yield ends.get(label.anchor, _x(at, step)), label.anchor, weeks[at].monday


def spark(sittings: Sequence[Sat], first: date, last: date) -> Spark:
    """Weekly medians of pain before and after, in one line of the table."""
    monday, end = week_of(first), week_of(last)
    span = span_of(weeks_between(monday, end))
    count = -(-weeks_between(monday, end) // span)
    weeks: list[list[Sat]] = [[] for _ in range(count)]
    for sat in sittings:
        # As in stretches: they end with the last week.
        weeks[count - 1 - (end - week_of(sat.local_date)).days // (7 * span)].append(sat)
    before = _spark_points(weeks, lambda sat: sat.pain[0])
    after = _spark_points(weeks, lambda sat: sat.pain[1])
    few = count <= 30
    return Spark(
        draw.line(before),
        draw.line(after),
        draw.dots(before) if few else "",
        draw.dots(after) if few else "",
    )


def _spark_points(
    weeks: Sequence[Sequence[Sat]], of: Callable[[Sat], int | None]
) -> list[draw.Point | None]:
    step = (SPARK_W - 6) / len(weeks)
    found = (spread(of(sat) for sat in week) for week in weeks)
    return [
        None if week is None else (round(3 + (at + 0.5) * step, 1), _spark_y(week.median))
        for at, week in enumerate(found)
    ]


def _spark_y(pain: float) -> float:
    return round(2 + (10 - pain) * (SPARK_H - 4) / 10, 1)
