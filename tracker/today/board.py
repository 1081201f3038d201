"""What stands on Today for one person at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.dates import ago, day, length, week_of
from tracker.language import gettext as _
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, come_back, due
from tracker.sessions.history import PastSession
from tracker.sessions.prepare import usual_tool
from tracker.sessions.protocol import RUNGS, plan
from tracker.sessions.queries import days_since, history_of
from tracker.spots.queries import AnySpot, spot_sides_of, spots_by_id

ORDER = (DueState.DUE, DueState.NEVER, DueState.SOON, DueState.WAIT)


@dataclass(frozen=True, slots=True)
class Card:
    """One spot and side a person works on; `opens` and `length` are blank where not planned.

    `due` is what holds now, `best` when it is best to come back.
    """

    spot: AnySpot
    side: str
    due: Due
    best: Due
    reason: str
    opens: str = ""
    length: str = ""

    @property
    def startable(self) -> bool:
        return self.spot.guided and self.due.state is not DueState.WAIT

    @property
    def ready(self) -> bool:
        return self.spot.guided and self.due.state in {DueState.DUE, DueState.NEVER}


@dataclass(frozen=True, slots=True)
class Dot:
    """One day of this week."""

    letter: str
    name: str
    done: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Board:
    day: str
    cards: tuple[Card, ...]
    dots: tuple[Dot, ...]


def board_for(user: User, now: datetime) -> Board:
    local = now.astimezone(ZoneInfo(user.time_zone))
    return Board(
        day=day(local.date(), "EEEE d MMMM"),
        cards=_cards(user, local),
        dots=_dots(user, local),
    )


def _cards(user: User, local: datetime) -> tuple[Card, ...]:
    """The most urgent first, and only that one planned: the others say no more than when."""
    tracked = spot_sides_of(user)
    spots = spots_by_id(user, {spot_id for spot_id, _side in tracked})
    history = history_of(user, tracked)
    cards = [
        _card(spots[spot_id], side, history.get((spot_id, side), ()), local)
        for spot_id, side in tracked
        if spot_id in spots
    ]
    cards.sort(key=_urgency)
    if cards and cards[0].spot.guided:
        past = history.get((cards[0].spot.id, cards[0].side), ())
        cards[0] = _planned(cards[0], past, user, local.date())
    return tuple(cards)


def _card(spot: AnySpot, side: str, past: Sequence[PastSession], local: datetime) -> Card:
    when = best = due(spot.limits, past, local, local.date())
    if when.state is DueState.WAIT:
        best = come_back(spot.limits, past, local, local.date())
    return Card(spot, side, when, best, _reason(when, local.date()))


def _planned(card: Card, past: Sequence[PastSession], user: User, today: date) -> Card:
    rung = RUNGS[usual_tool(card.spot, past)]
    planned = plan(
        card.spot.limits,
        past,
        today,
        rung,
        gentle_only=user.gentle_only,
        opted_in=user.side_of_neck,
    )
    return replace(card, opens=words.span_of(planned), length=length(planned.total_s))


def _urgency(card: Card) -> tuple[int, date]:
    return ORDER.index(card.due.state), card.due.last_date or date.min


def _reason(when: Due, today: date) -> str:
    if when.last_date is None:
        return _("Not tried yet")
    return _("Last one %(ago)s", ago=ago((today - when.last_date).days))


def _dots(user: User, local: datetime) -> tuple[Dot, ...]:
    monday = week_of(local.date())
    # A day of slack: the local date of a session is of the zone it was done in.
    first = datetime.combine(monday - timedelta(days=1), time.min, local.tzinfo)
    done = days_since(user, first)
    days = [monday + timedelta(days=n) for n in range(7)]
    return tuple(
        Dot(day(each, "EEEEE"), day(each, "EEEE"), each in done, each == local.date())
        for each in days
    )
