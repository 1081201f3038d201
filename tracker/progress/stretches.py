"""Weeks of days, one or several to a mark: what was rated in them, and the days with a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.progress.statistics import WEEK, Spread, weeks_between
from tracker.progress.tallies import given, spread_in, together
from tracker.progress.weeks import VALID_RATINGS, Weeks


@dataclass(frozen=True, slots=True)
class Stretch:
    """ISO weeks from a Monday, one or as many as a mark stands for, and what they hold."""

    monday: date
    ratings: Spread | None = None
    session_days: int = 0
    given: tuple[int, ...] = ()  # the ratings that were given at all

    @property
    def valid(self) -> bool:
        return self.ratings is not None and self.ratings.count >= VALID_RATINGS

    @property
    def median(self) -> float | None:
        """Of three ratings or more; of fewer it says nothing."""
        return self.ratings.median if self.ratings and self.valid else None

    @property
    def empty(self) -> bool:
        return self.ratings is None and not self.session_days


def stretches(found: Weeks, first: date, last: date, span: int = 1) -> list[Stretch]:
    """Every `span` weeks to the one from `last` on, empty ones among them; both are Mondays."""
    count = -(-weeks_between(first, last) // span)
    start = last + WEEK - count * span * WEEK
    mondays = [start + at * WEEK for at in range(count * span)]
    return [_stretch(found, mondays[at : at + span]) for at in range(0, len(mondays), span)]


def _stretch(found: Weeks, mondays: Sequence[date]) -> Stretch:
    counts = together([found.tallies.get(monday, 0) for monday in mondays])
    return Stretch(
        monday=mondays[0],
        ratings=spread_in(counts),
        session_days=sum(found.sessions.get(monday, 0) for monday in mondays),
        given=given(counts),
    )


@dataclass(frozen=True, slots=True)
class TableRow:
    """One stretch, or a run of them with nothing in it (then `until` is the last Monday)."""

    week: Stretch
    until: date


def days_table(weeks: Sequence[Stretch]) -> list[TableRow]:
    """The weeks newest first; empty ones are one row for as long as they last."""
    rows = []
    for empty, run in groupby(reversed(weeks), key=lambda week: week.empty):
        found = list(run)
        if empty:
            rows.append(TableRow(found[-1], found[0].monday))
        else:
            rows += [TableRow(week, week.monday) for week in found]
    return rows
