"""How many seconds at each level a spot and side has had: Touch apart, pressure together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.sessions.history import PastSession


@dataclass(frozen=True, slots=True)
class Counted:
    """Seconds at levels 1-4 of one spot and side, and how many sessions of the week count."""

    day: tuple[int, ...]
    week: tuple[int, ...]
    sessions_in_week: int

    @property
    def pressure_today(self) -> int:
        """Seconds at level 2 or more."""
        return sum(self.day[1:])

    @property
    def pressure_in_week(self) -> int:
        """Seconds at level 2 or more."""
        return sum(self.week[1:])


def counted(history: Sequence[PastSession], today: date) -> Counted:
    """Sum up one spot and side on a person's own day and in its ISO week, from Monday."""
    monday = today - timedelta(days=today.weekday())
    week = [each for each in history if each.local_date >= monday]
    return Counted(
        day=_at_each_level(each for each in week if each.local_date >= today),
        week=_at_each_level(week),
        sessions_in_week=sum(each.counts for each in week),
    )


def _at_each_level(massages: Iterable[PastSession]) -> tuple[int, ...]:
    seconds = [each.level_s for each in massages]
    return tuple(sum(each[at] for each in seconds) for at in range(4))
