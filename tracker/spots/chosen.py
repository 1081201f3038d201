"""What a person sets for a spot and side of their list, as far as it changes sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol, TypedDict, TypeVar

from tracker.spots.content import Limits

DAYS = range(1, 15)
Item = TypeVar("Item")


class Chosen(NamedTuple):
    """A spot and side in the person's order; what they left to the protocol is None.

    level_cap is the firmest level they want (1-4), days_between the days from one session to the
    next. hurts_in is the region that hurts, where that is not the one they press. A paused one is
    not due, and can be started all the same. A test holds its target until its last day, and keeps
    free_days (ISO dates) of its own days without massage.
    """

    spot_id: str
    side: str
    level_cap: int | None = None
    days_between: int | None = None
    hurts_in: str | None = None
    paused_at: datetime | None = None
    archived_at: datetime | None = None
    held_target: int | None = None
    held_from: date | None = None
    held_until: date | None = None
    free_days: Collection[str] | None = None
    since: datetime | None = None


class Tested(Protocol):
    """A spot and side with its own rhythm, and with what a test may ask of it."""

    days_between: int | None
    held_target: int | None
    held_from: date | None
    held_until: date | None
    free_days: Collection[str] | None


class Hurting(Protocol):
    """A spot and side for which it may have been said that it hurts elsewhere."""

    hurts_in: str | None


@dataclass(frozen=True, slots=True)
class HeldDays:
    """The days of a test that runs at a spot and side, and those (ISO) it keeps without massage."""

    first: date
    last: date
    free: Collection[str]

    def has(self, on: date) -> bool:
        return self.first <= on <= self.last

    def keeps_free(self, on: date) -> bool:
        return self.has(on) and on.isoformat() in self.free

    def tells(self, on: date, today: date) -> bool:
        """Whether a date may be named to come back on: of its own days only one with massage,

        and no further ahead than tomorrow, as their order is shown day by day.
        """
        if not self.has(on):
            return True
        return not self.keeps_free(on) and on <= today + timedelta(days=1)


class Rhythm(TypedDict):
    """What stands in for the usual rest at a spot and side."""

    days_between: int | None
    test: HeldDays | None


def hurting(chosen: Hurting | None, pressed: str) -> str:
    """The region that a spot and side is worked on for: as it was said, else the one pressed."""
    return (chosen and chosen.hurts_in) or pressed


def held(tested: Tested | None, today: date) -> int | None:
    """The target that a test holds there today (1-4), from its draw to its last day, or None."""
    if tested is None or tested.held_until is None or today > tested.held_until:
        return None
    return tested.held_target


def held_days(tested: Tested | None) -> HeldDays | None:
    """The days of the test that runs there, or None."""
    if tested is None or tested.held_from is None or tested.held_until is None:
        return None
    return HeldDays(tested.held_from, tested.held_until, tested.free_days or ())


def rhythm(tested: Tested | None) -> Rhythm:
    return {
        "days_between": tested.days_between if tested else None,
        "test": held_days(tested),
    }


def capped(limits: Limits, level_cap: int | None) -> Limits:
    """The spot's limits, with the person's own cap where that is lower: never higher."""
    if level_cap is None or level_cap >= limits.max_level:
        return limits
    return replace(limits, max_level=level_cap)


def moved(items: Sequence[Item], at: int, by: int) -> list[Item]:
    """The same with the item at `at` so many places later, as far as there are places."""
    rest = [*items[:at], *items[at + 1 :]]
    to = min(max(at + by, 0), len(rest))
    return [*rest[:to], items[at], *rest[to:]]
