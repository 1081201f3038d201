"""The chart of a region's days: a dot a day, weekly medians, a line through them, and sessions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from tracker.progress import drawing as draw
from tracker.progress.charts import DOTTED_WEEKS, density
from tracker.progress.statistics import WEEK, Spread, span_of, weeks_between
from tracker.progress.stretches import Stretch, stretches
from tracker.progress.trend import Trend
from tracker.progress.weeks import DAILY_WEEKS, Weeks

DAY_W = draw.WEEK_W / 7
HOLE = 4 * WEEK  # a longer time without a valid week has no line across it
Ends = tuple[tuple[date, float], tuple[date, float]]  # a Monday and a rating each


@dataclass(frozen=True, slots=True)
class DaysChart:
    """Everything drawn of some weeks of days; `days` are (marks from the left, rating)."""

    weeks: Sequence[Stretch]
    span: int
    density: str
    line: str
    dots: str
    range: str
    early: bool
    daily: bool
    days: Sequence[tuple[float, int]]
    day_dots: str
    sessions: str
    baseline: Spread | None
    through: str
    gaps: Sequence[draw.Label]
    dated: Sequence[tuple[draw.Label, date]]

    @property
    def width(self) -> int:
        return len(self.weeks) * draw.WEEK_W

    @property
    def baseline_y(self) -> float:
        return draw.pain_y(self.baseline.median) if self.baseline else 0

    @property
    def ratings(self) -> int:
        return sum(week.ratings.count for week in self.weeks if week.ratings)

    @property
    def long(self) -> bool:
        """Whether it is more than a year, so that a date needs its year."""
        return len(self.weeks) * self.span > draw.YEAR_WEEKS


def days_chart(
    found: Weeks,
    this_week: date,
    since: date | None,
    baseline: Spread | None = None,
    *,
    through: Sequence[Ends] = (),
    early: bool = False,
) -> DaysChart:
    """The weeks from `since` (else the first rating) to this one, or to the last rating's.

    `through`: where the parts of a line through the medians begin and end, in the middle of those
    weeks.
    `early`: there are too few of them for medians, so that days are all there is to draw.
    """
    first, last = since or min([this_week, *found.tallies]), max([this_week, *found.tallies])
    span = span_of(weeks_between(first, last))
    weeks = stretches(found, first, last, span)
    count, start = len(weeks), weeks[0].monday
    daily = count <= DAILY_WEEKS and span == 1
    points = [] if early else draw.pain_points(weeks, _valid, draw.CENTRE_X)
    days = _days(found, start, count) if daily else _in_their_weeks(weeks) if early else []
    return DaysChart(
        weeks=weeks,
        span=span,
        density=density(count),
        line=draw.line(points),
        dots=draw.dots(points) if count <= DOTTED_WEEKS else "",
        range="" if early else draw.ranges(weeks, _ratings, draw.CENTRE_X),
        early=early,
        daily=daily,
        days=days,
        day_dots=draw.dots((round(x * draw.WEEK_W, 1), draw.pain_y(rating)) for x, rating in days),
        sessions=_marks(found.marks, start) if daily else _week_marks(weeks),
        baseline=baseline,
        through="".join(_through(ends, start, span) for ends in through),
        gaps=draw.worded_gaps(weeks, lambda week: week.ratings is not None),
        dated=[(label, weeks[at].monday) for at, label in draw.dated(count, span)],
    )


def ends_of(found: Trend) -> list[Ends]:
    """The trend's line in each run of valid weeks, from its first to its last; [] without a line.

    A week on its own, with a hole on both sides, has no part in it.
    """
    if found.line is None:
        return []
    mondays = [week.monday for week in found.valid_weeks]
    begins, ends, line = mondays[0], mondays[-1], found.line

    def on_it(monday: date) -> tuple[date, float]:
        return monday, line.start + line.change * ((monday - begins) / (ends - begins))

    return [(on_it(run[0]), on_it(run[-1])) for run in _runs(mondays) if len(run) > 1]


def _runs(mondays: Sequence[date]) -> list[Sequence[date]]:
    """The same weeks, apart wherever there is a hole between two."""
    holes = [
        at for at, (one, other) in enumerate(pairwise(mondays), 1) if other - one - WEEK > HOLE
    ]
    return [mondays[first:last] for first, last in pairwise([0, *holes, len(mondays)])]


def days_for_script(
    drawn: DaysChart, dated: Callable[[date], str], closer: Callable[[date], str]
) -> dict[str, Any]:
    """The same numbers for Chart.js. Empty weeks stay out; early ones have no more than their way.

    `dated` puts a Monday in words, and `closer` says where to look closer at its mark.
    """
    return {
        "weeks": len(drawn.weeks),
        "density": drawn.density,
        "days": [(round(x - 0.5, 3), rating) for x, rating in drawn.days],
        "rows": [
            {
                "at": at,
                "week": dated(week.monday),
                "closer": closer(week.monday),
                "median": None
                if drawn.early
                else (week.median, week.ratings.low, week.ratings.high),
            }
            for at, week in enumerate(drawn.weeks)
            if week.ratings
        ],
    }


def _through(ends: Ends, start: date, span: int) -> str:
    """An SVG path of the line between them, as far as it is on the scale."""
    first, last = (
        (((monday - start) / WEEK + 0.5) / span * draw.WEEK_W, rating) for monday, rating in ends
    )
    ratings = first[1], last[1]
    if max(ratings) < 0 or min(ratings) > 10:
        return ""
    cut = (_on_the_scale(first, last), _on_the_scale(last, first))
    return draw.line([(round(x, 1), draw.pain_y(rating)) for x, rating in cut])


def _on_the_scale(end: draw.Point, other: draw.Point) -> draw.Point:
    """An end of a line, or where the line comes in from there between 0 and 10."""
    (x, rating), (other_x, other_rating) = end, other
    edge = min(max(rating, 0), 10)
    if edge == rating:
        return end
    return other_x + (x - other_x) * (edge - other_rating) / (rating - other_rating), edge


def _valid(week: Stretch) -> Spread | None:
    return week.ratings if week.valid else None


def _ratings(week: Stretch) -> Spread | None:
    return week.ratings


def _days(found: Weeks, start: date, count: int) -> list[tuple[float, int]]:
    """Each rating in the middle of its day, in weeks from `start`, of which there are `count`."""
    return [
        (((day - start).days + 0.5) / 7, rating)
        for day, rating in sorted(found.days.items())
        if 0 <= (day - start).days < 7 * count
    ]


def _in_their_weeks(weeks: Sequence[Stretch]) -> list[tuple[float, int]]:
    """Each rating in the middle of its week, where a day is no wider than the dot."""
    return [(at + 0.5, rating) for at, week in enumerate(weeks) for rating in week.given]


def _marks(days_with: Iterable[date], start: date) -> str:
    """An SVG path of one upright stroke per day with a session."""
    days = ((day - start).days for day in sorted(days_with) if day >= start)
    return "".join(f"M{round((at + 0.5) * DAY_W, 1):g} 0v100" for at in days)


def _week_marks(weeks: Sequence[Stretch]) -> str:
    """The same for weeks, where a day would be too thin."""
    there = (at for at, week in enumerate(weeks) if week.session_days)
    return "".join(f"M{at * draw.WEEK_W + draw.CENTRE_X} 0v100" for at in there)
