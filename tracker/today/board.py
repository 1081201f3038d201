"""What stands on Today for one person at one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.checkins.asked import BRUISED_LATELY, LATELY, Asked, asked_about
from tracker.dates import ago, day, length, week_of
from tracker.days.asked import is_due
from tracker.days.tracked import RegionSide
from tracker.days.tracked import asked_about as places_asked
from tracker.days.words import region_place
from tracker.language import gettext as _
from tracker.language import language
from tracker.progress.trials import Line, line_of
from tracker.safety.checks import closed_sides, held_to, standings
from tracker.safety.queries import said_by
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, come_back, due, worse_on
from tracker.sessions.history import PastSession
from tracker.sessions.next_day import bruised
from tracker.sessions.prepare import usual_tool
from tracker.sessions.protocol import RUNGS, plan
from tracker.sessions.queries import SpotSide, SpotSideSession, board_of
from tracker.spots.chosen import Chosen, capped, held, hurting, rhythm
from tracker.spots.queries import AnySpot, Regions, chosen_or_held_of, spots_by_id
from tracker.spots.words import place
from tracker.today.whole import Whole, chosen_on, wholes_of

Stood = tuple[Chosen, AnySpot, bool]  # what is worked on, as it may be pressed, and if it is closed
ORDER = (DueState.DUE, DueState.NEVER, DueState.SOON, DueState.WAIT)


@dataclass(frozen=True, slots=True)
class Card:
    """One spot and side a person works on; `opens` and `length` are blank where not planned.

    `due` is what holds now, `best` when it is best to come back; `closed` by what the person
    answered at a safety gate or has on their list.
    """

    spot: AnySpot
    side: str
    due: Due
    best: Due
    reason: str
    level_cap: int | None = None
    held: int | None = None
    opens: str = ""
    length: str = ""
    closed: bool = False

    @property
    def guided(self) -> bool:
        return self.spot.guided and not self.closed

    @property
    def startable(self) -> bool:
        return self.guided and self.due.state is not DueState.WAIT

    @property
    def ready(self) -> bool:
        return self.guided and self.due.state in {DueState.DUE, DueState.NEVER}


@dataclass(frozen=True, slots=True)
class Dot:
    """One day of this week."""

    letter: str
    name: str
    done: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Daily:
    """The day's question: one region at a time, and what was answered today, each with its place.

    number is which of so many it is; rated is told once all are answered.
    """

    on: date
    region: str
    side: str
    place: str
    number: int
    of: int
    rated: tuple[tuple[str, int], ...]

    @property
    def asks(self) -> bool:
        return bool(self.region)


@dataclass(frozen=True, slots=True)
class Board:
    """asked are the questions about the days after, each with where it was.

    daily is blank where nothing is tracked. paused says that there are spots on the list which
    the person paused; they have no card. Once the day is answered: activities, ask about these;
    overall, ask how this spot changed. reviewed has been worked on for just six weeks. trial is
    what is said of their test today.
    """

    day: str
    daily: Daily | None
    cards: tuple[Card, ...]
    asked: tuple[tuple[Asked, str], ...]
    dots: tuple[Dot, ...]
    paused: bool = False
    activities: bool = False
    trial: Line | None = None
    overall: Whole | None = None
    reviewed: Whole | None = None

    @property
    def tested(self) -> Card | None:
        """The card of what is tested; none where that is paused or off the list."""
        here = self.trial and (self.trial.trial.spot_id, self.trial.trial.side)
        return next((card for card in self.cards if (card.spot.id, card.side) == here), None)


def board_for(user: User, now: datetime) -> Board:
    local = now.astimezone(ZoneInfo(user.time_zone))
    monday = week_of(local.date())
    # A day of slack: the local date of a session is of the zone it was done in.
    week = datetime.combine(monday - timedelta(days=1), time.min, local.tzinfo)
    chosen = chosen_or_held_of(user)
    listed = [one for one in chosen if one.archived_at is None]
    tracked = [one for one in listed if one.paused_at is None]
    spots = spots_by_id(user, {one.spot_id for one in chosen})
    regions = {id_: spot.region for id_, spot in spots.items()}
    there = {(one.spot_id, one.side): _regions(one, regions.get(one.spot_id)) for one in tracked}
    since = min(week, now - LATELY)
    history, recent, rated = board_of(user, there, local, since, now - BRUISED_LATELY)
    asked = asked_about(_by_spot_side(recent, history), now)
    if gone := {each.spot_id for each in asked} - spots.keys():  # from the list, not from there
        spots |= spots_by_id(user, gone)
    worse = worse_on((massage for *_where, massage in recent), local.date())
    daily = _daily(local.date(), places_asked(chosen, regions, local.date()), rated)
    trial = line_of(user, local.date()) if _looks(user.trial_until, local.date()) else None
    told = bool(daily and not daily.asks)
    since_when = chosen_on(tracked, spots, local)
    overall, reviewed = wholes_of(user, since_when, history, spots, local.date(), asks=told)
    return Board(
        day=day(local.date(), "EEEE d MMMM"),
        daily=daily,
        cards=_cards(user, _stood(user, tracked, spots, now), history, local, worse),
        asked=tuple(
            (each, place(spots[each.spot_id].name, each.side))
            for each in asked
            if each.spot_id in spots
        ),
        dots=_dots({massage.local_date for *_where, massage in recent}, monday, local.date()),
        paused=len(tracked) < len(listed),
        trial=trial,
        activities=told and is_due(user.activities_on, local.date()),
        overall=overall,
        reviewed=reviewed,
    )


def _regions(one: Chosen, pressed: str | None) -> Regions | None:
    return Regions(hurting(one, pressed), pressed) if pressed else None


def _looks(until: date | None, today: date) -> bool:
    """Whether there may be a test: people without one pay nothing for it."""
    return until is not None and today <= until


def _daily(
    today: date, wanted: Sequence[RegionSide], rated: Mapping[RegionSide, int]
) -> Daily | None:
    """The first region that was not answered today, then what was."""
    if not wanted:
        return None
    left = [where for where in wanted if where not in rated]
    region, side = left[0] if left else ("", "")
    return Daily(
        on=today,
        region=region,
        side=side,
        place=region_place(region, side) if left else "",
        number=len(wanted) - len(left) + 1,
        of=len(wanted),
        rated=() if left else tuple((region_place(*where), rated[where]) for where in wanted),
    )


def _stood(
    user: User, tracked: Sequence[Chosen], spots: Mapping[str, AnySpot], now: datetime
) -> list[Stood]:
    """Each place that exists, its spot as it may be pressed there, and whether it is closed."""
    known = [(one, spots[one.spot_id]) for one in tracked if one.spot_id in spots]
    if not user.careful:
        return [(one, spot, False) for one, spot in known]
    said = said_by(user)
    found = []
    for one, spot in known:
        stands = standings(spot, said, now)
        closed = one.side in closed_sides(stands)
        found.append((one, spot if closed else held_to(spot, one.side, stands), closed))
    return found


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
    places: Sequence[Stood],
    history: Mapping[SpotSide, Sequence[PastSession]],
    local: datetime,
    worse: bool,
) -> tuple[Card, ...]:
    """What is due first, then in the person's order, and only the first one planned.

    The others say no more than when.
    """
    cards = [
        _card(stood, history.get((stood[0].spot_id, stood[0].side), ()), local, worse)
        for stood in places
    ]
    cards.sort(key=_urgency)
    if cards and cards[0].guided:
        past = history.get((cards[0].spot.id, cards[0].side), ())
        cards[0] = _planned(cards[0], past, user, local.date())
    return tuple(cards)


def _card(stood: Stood, past: Sequence[PastSession], local: datetime, worse: bool) -> Card:
    one, spot, closed = stood
    asked = (spot.limits, past, local, local.date())
    when = best = due(*asked, worse_today=worse, **rhythm(one))
    if when.state is DueState.WAIT:
        best = come_back(*asked, worse_today=worse, **rhythm(one))
    reason = _reason(when, local.date())
    target = held(one, local.date())
    return Card(spot, one.side, when, best, reason, one.level_cap, target, closed=closed)


def _planned(card: Card, past: Sequence[PastSession], user: User, today: date) -> Card:
    rung = RUNGS[usual_tool(card.spot, past)]
    limits = capped(card.spot.limits, card.level_cap)
    planned = plan(
        limits,
        past,
        today,
        rung,
        gentle_only=user.gentle_only,
        kept_gentle=card.spot.gentle,
        opted_in=True,
        held=card.held,
    )
    return replace(card, opens=words.span_of(planned), length=length(planned.total_s))


def _urgency(card: Card) -> tuple[bool, int, date]:
    """What may be done now keeps the person's order; of what rests, the longest rested is first."""
    rests = card.due.state in {DueState.SOON, DueState.WAIT}
    rested = (card.due.last_date if rests else None) or date.min
    return card.closed, ORDER.index(card.due.state), rested


def _reason(when: Due, today: date) -> str:
    if when.last_date is None:
        return _("Not tried yet")
    return _("Last one %(ago)s", ago=ago((today - when.last_date).days))


def _dots(done: Collection[date], monday: date, today: date) -> tuple[Dot, ...]:
    named = _named(monday, language().code)
    return tuple(Dot(letter, name, on in done, on == today) for on, letter, name in named)


@lru_cache(maxsize=64)
def _named(monday: date, _code: str) -> tuple[tuple[date, str, str], ...]:
    """The days of a week with their letters and names, in the language of this request."""
    days = [monday + timedelta(days=n) for n in range(7)]
    return tuple((each, day(each, "EEEEE"), day(each, "EEEE")) for each in days)
