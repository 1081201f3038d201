"""What may be said about weeks of daily ratings, and the numbers to say it with.

The rule is one for everybody. Fewer than 4 valid weeks show dots, fewer than 8 medians, and no
word of direction; from 8 on, "down" or "up" takes a Mann-Kendall p below .10 and a Theil-Sen line
that moves by 2 points and by 30%. `python -m bench.false_alarms` measures how often that is wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tracker.progress.slopes import Line, mann_kendall, theil_sen
from tracker.progress.statistics import WEEK, Spread, week_of, weeks_between
from tracker.progress.tallies import spread_of
from tracker.progress.weeks import VALID_RATINGS, Diary, Weeks, by_weeks

MEDIAN_WEEKS, LINE_WEEKS, SURER_WEEKS = 4, 8, 12  # valid weeks from which more can be said
SIGNIFICANT = 0.10
# Farrar 2001 (PMID 11690728): about 2 points or 30%, in groups. Both, because for one person
# either alone is within the ups and downs too often.
NOTICED_POINTS, NOTICED_SHARE = 2, 0.3
Says = Literal["early", "medians", "down", "up", "unclear"]


class RatedWeek(NamedTuple):  # ten years have hundreds of them
    """An ISO week of daily ratings, from its Monday; None where there is no rating."""

    monday: date
    ratings: Spread | None = None

    @property
    def valid(self) -> bool:
        return self.ratings is not None and self.ratings.count >= VALID_RATINGS


@dataclass(frozen=True, slots=True)
class Trend:
    """The weeks of a range, gaps among them, and what they allow to be said.

    `line` runs from the first valid week to the last, None before there are 8. `noticing`: it
    moves by 2 points and 30%. `latest` is the last valid week if it lies after the first session,
    to be put beside `baseline`. `days_needed` is the fewest more days with a rating until
    `surer_at` valid weeks, None from 12 on. `cut`: there are ratings before the range.
    """

    says: Says
    weeks: tuple[RatedWeek, ...]
    baseline: Spread | None = None
    latest: RatedWeek | None = None
    line: Line | None = None
    noticing: bool = False
    surer_at: int | None = None
    days_needed: int = 0
    cut: bool = False

    @property
    def valid_weeks(self) -> list[RatedWeek]:
        return [week for week in self.weeks if week.valid]

    @property
    def rated_daily(self) -> bool:
        """Whether no valid week misses a day; the first and the last may be cut short."""
        inner = self.valid_weeks[1:-1]
        return all(week.ratings.count == WEEK.days for week in inner if week.ratings)


def trend(diary: Diary, today: date, since: date | None = None) -> Trend:
    """Look at the weeks from `since` (else the first rating) to today's."""
    return trend_of(by_weeks(diary, since), today, since)


def trend_of(found: Weeks, today: date, since: date | None = None) -> Trend:
    """The same of weeks that are summed up already.

    The baseline is the same for every range. A range of fewer than 8 weeks has no direction.
    """
    weeks = rated_weeks(found, today, since)
    valid = [week for week in weeks if week.valid]
    baseline = found.baseline
    line = line_through(valid)
    surer_at = next_step(len(valid))
    return Trend(
        says=_says(valid, line, baseline),
        weeks=weeks,
        baseline=baseline,
        latest=_latest(valid, found.began),
        line=line,
        noticing=line is not None and worth_noticing(line.change, _reference(line, baseline)),
        surer_at=surer_at,
        days_needed=days_needed(len(valid), surer_at, found, today) if surer_at else 0,
        cut=any(found.first and found.first < week.monday for week in weeks[:1]),
    )


def rated_weeks(found: Weeks, today: date, since: date | None = None) -> tuple[RatedWeek, ...]:
    """Every week from `since` (else the first rating) to today's, or to the last rating."""
    if found.first is None:
        return ()
    first = week_of(since or found.first)
    count = weeks_between(first, max(week_of(today), *found.tallies, first))
    start = first.toordinal()
    mondays = map(date.fromordinal, range(start, start + 7 * count, 7))
    return tuple(RatedWeek(monday, spread_of(found.tallies.get(monday, 0))) for monday in mondays)


def worth_noticing(change: float, reference: float) -> bool:
    """Whether a change is one of 2 points and of 30% of `reference`; uncertain for one person."""
    size = round(abs(change), 9)
    return size >= NOTICED_POINTS and size >= round(NOTICED_SHARE * reference, 9)


def line_through(valid: Sequence[RatedWeek]) -> Line | None:
    """The Theil-Sen line through the medians of the valid weeks, each at its place in time."""
    if len(valid) < LINE_WEEKS:
        return None
    places = [weeks_between(valid[0].monday, week.monday) for week in valid]
    return theil_sen(places, _medians(valid))


def next_step(valid: int) -> int | None:
    """How many valid weeks allow the next thing to be said."""
    return next((n for n in (MEDIAN_WEEKS, LINE_WEEKS, SURER_WEEKS) if valid < n), None)


def days_needed(valid: int, target: int, found: Weeks, today: date) -> int:
    """The fewest more days with a rating until `target` weeks are valid.

    What this week has counts towards it, if the days left can still make it valid.
    """
    missing = VALID_RATINGS * (target - valid)
    days = [week_of(today) + timedelta(days=at) for at in range(7)]
    given = sum(day in found.days for day in days)
    left = sum(day >= today and day not in found.days for day in days)
    return missing - given if given < VALID_RATINGS <= given + left else missing


def _says(valid: Sequence[RatedWeek], line: Line | None, baseline: Spread | None) -> Says:
    if line is None:
        return "early" if len(valid) < MEDIAN_WEEKS else "medians"
    if not worth_noticing(line.change, _reference(line, baseline)):
        return "unclear"
    order = mann_kendall(_medians(valid))
    if order.p >= SIGNIFICANT or order.s * line.change <= 0:
        return "unclear"
    return "down" if line.change < 0 else "up"


def _reference(line: Line, baseline: Spread | None) -> float:
    """What 30% is taken of: the baseline, or else where the line begins; never one day's rating."""
    return baseline.median if baseline else line.start


def _latest(valid: Sequence[RatedWeek], began: date | None) -> RatedWeek | None:
    last = valid[-1] if valid else None
    return last if last and began and last.monday >= began else None


def _medians(valid: Iterable[RatedWeek]) -> list[float]:
    return [week.ratings.median for week in valid if week.ratings]
