"""What is due next, and on which day, at each spot and side of a person's list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.safety.checks import closed_sides, standings
from tracker.safety.queries import said_by
from tracker.sessions.dose import Due, DueReason, DueState, come_back
from tracker.sessions.queries import SpotSide, history_of, worse_today
from tracker.spots.chosen import Chosen, rhythm
from tracker.spots.queries import AnySpot, chosen_of, spots_by_id


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One spot and side, and the person's own day from which it may be pressed again."""

    spot: AnySpot
    side: str
    on: date


def upcoming(user: User, now: datetime) -> list[Upcoming]:
    """In the order of the list; paused, closed and unguided ones are left out.

    So is one that only an answer opens again, such as that a bruise is gone.
    """
    local = now.astimezone(ZoneInfo(user.time_zone))
    listed = [one for one in chosen_of(user) if one.paused_at is None]
    spots = spots_by_id(user, {one.spot_id for one in listed})
    open_ = [one for one in listed if one.spot_id in spots and spots[one.spot_id].guided]
    closed = _closed(user, open_, spots, now)
    open_ = [one for one in open_ if (one.spot_id, one.side) not in closed]
    history = history_of(user, [(one.spot_id, one.side) for one in open_], now)
    worse = worse_today(user, now)
    found = []
    for one in open_:
        spot, past = spots[one.spot_id], history.get((one.spot_id, one.side), ())
        asked = (spot.limits, past, local, local.date())
        best = come_back(*asked, worse_today=worse, **rhythm(one))
        if on := _on(best, local.date()):
            found.append(Upcoming(spot, one.side, on))
    return found


def _on(best: Due, today: date) -> date | None:
    if best.state in {DueState.DUE, DueState.NEVER}:
        return today
    return None if best.reason is DueReason.BRUISE else best.next_date


def _closed(
    user: User, listed: Collection[Chosen], spots: dict[str, AnySpot], now: datetime
) -> set[SpotSide]:
    """Where what the person said at a safety question keeps them from pressing."""
    if not user.careful:
        return set()
    said = said_by(user)
    return {
        (one.spot_id, one.side)
        for one in listed
        if one.side in closed_sides(standings(spots[one.spot_id], said, now))
    }
