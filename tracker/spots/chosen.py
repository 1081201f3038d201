"""What a person sets for a spot and side of their list, as far as it changes sessions."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar

from tracker.spots.content import Limits

CAPS = (1, 2, 3, 4)
DAYS = range(1, 15)
Item = TypeVar("Item")


class Chosen(NamedTuple):
    """A spot and side in the person's order; what they left to the protocol is None.

    level_cap is the firmest level they want (1-4), days_between the days from one session to the
    next. A paused one is not due, and can be started all the same. A test holds its target until a
    date, and keeps free_days (ISO dates) without massage.
    """

    spot_id: str
    side: str
    level_cap: int | None = None
    days_between: int | None = None
    paused_at: datetime | None = None
    held_target: int | None = None
    held_until: date | None = None
    free_days: Collection[str] | None = None
    since: datetime | None = None


class Tested(Protocol):
    """What a test may ask of a spot and side."""

    held_target: int | None
    held_until: date | None
    free_days: Collection[str] | None


def held(tested: Tested | None, today: date) -> int | None:
    """The target that a test holds there today (1-4), or None."""
    if tested is None or tested.held_until is None or today > tested.held_until:
        return None
    return tested.held_target


def is_free(tested: Tested | None, today: date) -> bool:
    """Whether a test keeps today without massage there."""
    return bool(tested and tested.free_days and today.isoformat() in tested.free_days)


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
