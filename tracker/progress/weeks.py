"""What a person said of one region and side, and when they massaged there: by day, or by week."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.progress.statistics import WEEK, Spread, spread, week_of
from tracker.progress.tallies import Tally, tally

VALID_RATINGS = 3  # in a week, for its median to count
BASELINE_DAYS = 7  # before the first session, as people tend to begin when it is at its worst
DAILY_WEEKS = 13  # with more, a day is too thin for a dot: twelve, and a day in next week elsewhere


@dataclass(frozen=True, slots=True)
class Diary:
    """One region and side: average pain over the last 24 hours, 0-10, and days with a session.

    Both by local date; a day without a rating is not there.
    """

    ratings: Mapping[date, int]
    session_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Weeks:
    """A diary summed up by ISO week, as far back as a range goes; a week is named by its Monday.

    tallies are the ratings of each week with any, sessions its days with a session. days and marks
    are both one by one, of the last weeks alone (`daily_from`). Of all there is, not of the range:
    first is the first day with a rating, began that with a session, baseline the week before.
    """

    tallies: Mapping[date, Tally]
    sessions: Mapping[date, int]
    days: Mapping[date, int]
    marks: frozenset[date] = frozenset()
    first: date | None = None
    began: date | None = None
    baseline: Spread | None = None


def daily_from(this_week: date) -> date:
    """The Monday from which on a chart draws days one by one, if it begins no earlier."""
    return this_week - (DAILY_WEEKS - 1) * WEEK


def by_weeks(diary: Diary, since: date | None = None) -> Weeks:
    """Sum up a diary from the week of `since` on; nothing is left out of its days."""
    start = week_of(since) if since else date.min
    ratings: dict[date, list[int]] = {}
    for day, rating in diary.ratings.items():
        if day >= start:
            ratings.setdefault(week_of(day), []).append(rating)
    return Weeks(
        tallies={monday: tally(given) for monday, given in ratings.items()},
        sessions=Counter(week_of(day) for day in diary.session_days if day >= start),
        days=diary.ratings,
        marks=diary.session_days,
        first=min(diary.ratings, default=None),
        began=min(diary.session_days, default=None),
        baseline=baseline_of(diary.ratings, min(diary.session_days, default=None)),
    )


def baseline_of(ratings: Mapping[date, int], began: date | None) -> Spread | None:
    """The seven days before the first session; None with fewer ratings than a week needs."""
    if began is None:
        return None
    days = (began - timedelta(days=back) for back in range(1, BASELINE_DAYS + 1))
    found = spread(ratings.get(day) for day in days)
    return found if found and found.count >= VALID_RATINGS else None
