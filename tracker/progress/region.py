"""The chart of a region's days: a dot a day, weekly medians, and the days with a session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.progress import drawing as draw
from tracker.progress.charts import DOTTED_WEEKS, density
from tracker.progress.statistics import Spread, span_of, week_of, weeks_between
from tracker.progress.stretches import Stretch, stretches
from tracker.progress.trend import Diary

DAILY_WEEKS = 13  # with more, a day is too thin for a dot: twelve, and a day in next week elsewhere
DAY_W = draw.WEEK_W / 7
YEAR_WEEKS = 53  # with more, a date needs its year


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
        return len(self.weeks) * self.span > YEAR_WEEKS


def days_chart(
    diary: Diary,
    this_week: date,
    since: date | None,
    baseline: Spread | None = None,
    *,
    early: bool = False,
) -> DaysChart:
    """The weeks from `since` (else the first rating) to this one, or to the last rating's.

    `early`: there are too few of them for medians, so that days are all there is to draw.
    """
    rated = [week_of(day) for day in diary.ratings]
    first, last = since or min([this_week, *rated]), max([this_week, *rated])
    span = span_of(weeks_between(first, last))
    weeks = stretches(diary, first, last, span)
    count, start = len(weeks), weeks[0].monday
    daily = count <= DAILY_WEEKS and span == 1
    points = [] if early else draw.pain_points(weeks, _valid, draw.CENTRE_X)
    days = _days(diary, start, span) if daily or early else []
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
        sessions=_marks(diary, start) if daily else _week_marks(weeks),
        baseline=baseline,
        gaps=draw.worded_gaps(weeks, lambda week: week.ratings is not None),
        dated=[
            (label, weeks[at].monday)
            for at, label in draw.dated(count, 2 if count * span > YEAR_WEEKS else 3)
        ],
    )


def days_for_script(drawn: DaysChart, dated: Callable[[date], str]) -> dict[str, Any]:
    """The same numbers for Chart.js; `dated` puts a Monday in words. Empty weeks stay out."""
    return {
        "weeks": len(drawn.weeks),
        "density": drawn.density,
        "days": [(round(x - 0.5, 3), rating) for x, rating in drawn.days],
        "rows": [
            {
                "at": at,
                "week": dated(week.monday),
                "median": (week.median, week.ratings.low, week.ratings.high),
            }
            for at, week in enumerate(drawn.weeks)
            if week.ratings and not drawn.early
        ],
    }


def _valid(week: Stretch) -> Spread | None:
    return week.ratings if week.valid else None


def _ratings(week: Stretch) -> Spread | None:
    return week.ratings


def _days(diary: Diary, start: date, span: int) -> list[tuple[float, int]]:
    """Each rating in the middle of its day, in marks from `start`."""
    return [
        (((day - start).days + 0.5) / 7 / span, rating)
        for day, rating in sorted(diary.ratings.items())
        if day >= start
    ]


def _marks(diary: Diary, start: date) -> str:
    """An SVG path of one upright stroke per day with a session."""
    days = ((day - start).days for day in sorted(diary.session_days) if day >= start)
    return "".join(f"M{round((at + 0.5) * DAY_W, 1):g} 0v100" for at in days)


def _week_marks(weeks: Sequence[Stretch]) -> str:
    """The same for weeks, where a day would be too thin."""
    there = (at for at, week in enumerate(weeks) if week.session_days)
    return "".join(f"M{at * draw.WEEK_W + draw.CENTRE_X} 0v100" for at in there)
