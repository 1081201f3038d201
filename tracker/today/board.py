"""What stands on Today for one person at one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.checkins.asked import BRUISED_LATELY, LATELY, Asked, asked_about
from tracker.dates import ago, day, length, week_of
from tracker.language import gettext as _
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, come_back, due, worse_on
from tracker.sessions.history import PastSession
from tracker.sessions.next_day import bruised
from tracker.sessions.prepare import usual_tool
from tracker.sessions.protocol import RUNGS, plan
from tracker.sessions.queries import SpotSide, SpotSideSession, board_of
from tracker.spots.queries import AnySpot, spot_sides_of, spots_by_id
from tracker.spots.words import place

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
    """asked are the questions about the days after, each with where it was."""

    day: str
    cards: tuple[Card, ...]
    asked: tuple[tuple[Asked, str], ...]
    dots: tuple[Dot, ...]


def board_for(user: User, now: datetime) -> Board:
    local = now.astimezone(ZoneInfo(user.time_zone))
    monday = week_of(local.date())
    # A day of slack: the local date of a session is of the zone it was done in.
    week = datetime.combine(monday - timedelta(days=1), time.min, local.tzinfo)
    tracked = spot_sides_of(user)
    history, recent = board_of(user, tracked, min(week, now - LATELY), now - BRUISED_LATELY)
    asked = asked_about(_by_spot_side(recent, history), now)
    wanted = {spot_id for spot_id, _side in tracked} | {each.spot_id for each in asked}
    spots = spots_by_id(user, wanted)
    worse = worse_on((massage for *_where, massage in recent), local.date())
    return Board(
        day=day(local.date(), "EEEE d MMMM"),
        cards=_cards(user, tracked, spots, history, local, worse),
        asked=tuple(
            (each, place(spots[each.spot_id].name, each.side))
            for each in asked
            if each.spot_id in spots
        ),
        dots=_dots({massage.local_date for *_where, massage in recent}, monday, local.date()),
    )


def _by_spot_side(
    recent: Sequence[SpotSideSession], history: Mapping[SpotSide, Sequence[PastSession]]
) -> Mapping[SpotSide, Sequence[PastSession]]:
    """What may be asked about: the latest sessions, and bruises further back at tracked spots."""
    found: dict[SpotSide, list[PastSession]] = {}
    for spot_id, side, massage in recent:
        found.setdefault((spot_id, side), []).append(massage)
    for where, past in history.items():
        if where not in found and (bruise := bruised(past)):
            found[where] = [bruise]
    return found


def _cards(
    user: User,
    tracked: Sequence[SpotSide],
    spots: Mapping[str, AnySpot],
    history: Mapping[SpotSide, Sequence[PastSession]],
    local: datetime,
    worse: bool,
) -> tuple[Card, ...]:
    """The most urgent first, and only that one planned: the others say no more than when."""
    cards = [
        _card(spots[spot_id], side, history.get((spot_id, side), ()), local, worse)
        for spot_id, side in tracked
        if spot_id in spots
    ]
    cards.sort(key=_urgency)
    if cards and cards[0].spot.guided:
        past = history.get((cards[0].spot.id, cards[0].side), ())
        cards[0] = _planned(cards[0], past, user, local.date())
    return tuple(cards)


def _card(
    spot: AnySpot, side: str, past: Sequence[PastSession], local: datetime, worse: bool
) -> Card:
    when = best = due(spot.limits, past, local, local.date(), worse_today=worse)
    if when.state is DueState.WAIT:
        best = come_back(spot.limits, past, local, local.date(), worse_today=worse)
    return Card(spot, side, when, best, _reason(when, local.date()))


def _planned(card: Card, past: Sequence[PastSession], user: User, today: date) -> Card:
    rung = RUNGS[usual_tool(card.spot, past)]
    planned = plan(card.spot.limits, past, today, rung, gentle_only=user.gentle_only, opted_in=True)
    return replace(card, opens=words.span_of(planned), length=length(planned.total_s))


def _urgency(card: Card) -> tuple[int, date]:
    return ORDER.index(card.due.state), card.due.last_date or date.min


def _reason(when: Due, today: date) -> str:
    if when.last_date is None:
        return _("Not tried yet")
    return _("Last one %(ago)s", ago=ago((today - when.last_date).days))


def _dots(done: Collection[date], monday: date, today: date) -> tuple[Dot, ...]:
    days = [monday + timedelta(days=n) for n in range(7)]
    return tuple(
        Dot(day(each, "EEEEE"), day(each, "EEEE"), each in done, each == today) for each in days
    )
