"""After six weeks at a spot: what the ratings say, and whether they changed enough to notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean
from typing import Literal

from tracker.progress.statistics import WEEK, Spread, week_of
from tracker.progress.trend import Trend, worth_noticing

AFTER = timedelta(weeks=6)
ON_TODAY = timedelta(weeks=1)  # for so long Today says that it is time
SETTLED = timedelta(weeks=4)  # after the first session, before a week may stand for the time since
RECENT = timedelta(weeks=3)  # the oldest such week: more often than that activities are asked
FUNCTION_FROM = timedelta(weeks=2)  # before the first session: activities are asked so often
# The smallest mean change of activities that mattered to people (JOSPT 2014;44(8):560-564).
FUNCTION_POINTS = 1.3
Compared = Literal["unknown", "same", "less", "more"]
Function = tuple[float, float]  # how well activities went at first and last, 0-10


@dataclass(frozen=True, slots=True)
class Review:
    """The week before the first session beside the latest one; None where too few were rated.

    function is left out where no activity was rated twice; weeks have passed since that session.
    """

    says: Compared
    baseline: Spread | None = None
    latest: Spread | None = None
    function: Function | None = None
    weeks: int = AFTER // WEEK

    @property
    def changed_little(self) -> bool:
        """Neither pain nor function moved by what is worth noticing, whichever way."""
        return self.says == "same" and abs(self._gained) < FUNCTION_POINTS

    @property
    def function_fell(self) -> bool:
        """Activities go less well, by as much as the smallest gain that mattered to people."""
        return self._gained <= -FUNCTION_POINTS

    @property
    def _gained(self) -> float:
        first, last = self.function or (0.0, 0.0)
        return round(last - first, 9)


def is_due(began: date | None, today: date) -> bool:
    return began is not None and began + AFTER <= today


def just_due(began: date, today: date) -> bool:
    """Whether it came due within the last week."""
    return began + AFTER <= today < began + AFTER + ON_TODAY


def lately_from(began: date, today: date) -> date:
    """The Monday from which on weeks may stand for now: four weeks in, three weeks old at most."""
    settled = week_of(began + SETTLED + timedelta(days=6))
    return max(settled, week_of(today) - RECENT)


def review(found: Trend, function: Function | None = None, weeks: int = AFTER // WEEK) -> Review:
    """Compare, so many weeks in; what is found is of the weeks that `lately_from` names."""
    latest = found.latest.ratings if found.latest else None
    says = _compared(found.baseline, latest)
    return Review(says, found.baseline, latest, function, weeks)


def function_of(
    ratings: Mapping[object, Sequence[tuple[date, int]]], lately: date
) -> Function | None:
    """The means of the first and the last rating, of activities rated twice and lately."""
    ends = [(given[0], given[-1]) for given in ratings.values() if len(given) > 1]
    pairs = [(first, last) for (_on, first), (on, last) in ends if on >= lately]
    if not pairs:
        return None
    return mean(first for first, _last in pairs), mean(last for _first, last in pairs)


def _compared(baseline: Spread | None, latest: Spread | None) -> Compared:
    if baseline is None or latest is None:
        return "unknown"
    change = latest.median - baseline.median
    if not worth_noticing(change, baseline.median):
        return "same"
    return "less" if change < 0 else "more"
