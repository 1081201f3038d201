"""What the phone keeps of a person, so that a session can start and end without network."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.queries import asked_of, ratings_between
from tracker.days.words import region_place
from tracker.language import gettext as _
from tracker.language import language
from tracker.pwa.shelved import Plans
from tracker.safety.answers import Said
from tracker.safety.asking import MONTH, SESSION, asked_from
from tracker.safety.checks import held_to, place_of, standings
from tracker.safety.queries import said_by
from tracker.safety.standing import State
from tracker.safety.ticked import effects_at
from tracker.safety.words import told
from tracker.sessions import words
from tracker.sessions.dose import Due, DueReason, DueState, due
from tracker.sessions.history import WORSE, PastSession
from tracker.sessions.prepare import Variant, for_person, prepare
from tracker.sessions.protocol import RUNGS, Plan, plan
from tracker.sessions.queries import SpotSide, history_of, worse_today
from tracker.sessions.rules import RULES
from tracker.spots.chosen import capped, rhythm
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import AnySpot, ever_tracked_of, spots_by_id
from tracker.spots.words import place

FORMAT = 2  # of this alone: a phone leaves what it kept in another
History = Mapping[SpotSide, Sequence[PastSession]]


def kept_for(user: User, now: datetime, listed: Sequence[SpotSide]) -> dict[str, Any]:
    """All of it, in the reader's language; `listed` are the spot-sides on Today, in order.

    Plans are kept once each and named by their number, as many tools share one.
    """
    spots = spots_by_id(user, {spot_id for spot_id, _side in listed})
    every = [(spot.id, side) for spot in spots.values() for side in spot.sides]
    history, said = history_of(user, every, now, counted=True), said_by(user)
    plans, worse = Plans(), worse_today(user, now)
    mine: dict[str, dict[str, TrackedSpot]] = defaultdict(dict)
    for row in db.session.scalars(ever_tracked_of(user)):
        mine[row.spot_id][row.side] = row
    stops = [
        _stop(user, spots[spot_id], side, mine[spot_id], history, said, now, worse, plans)
        for spot_id, side in listed
        if spot_id in spots
    ]
    return for_person(user) | {
        "format": FORMAT,
        "call": _call(user),
        "made_at": now.isoformat(),
        "language": language().code,
        "getReadySeconds": user.get_ready_s,
        "rules": rules(),
        "stops": stops,
        "plans": plans.as_json(),
        "ticked": ticked(spots.values()),
        "days": _days(user, now.astimezone(ZoneInfo(user.time_zone)).date()),
    }


def _call(user: User) -> dict[str, str | None] | None:
    """Whom they noted to call in an emergency, and the number to dial where it is one."""
    said = user.emergency_call
    return {"text": said, "tel": user.emergency_tel} if said else None


def _days(user: User, today: date) -> dict[str, Any]:
    """What the day's question is about, each region with its place, and what it was told today."""
    return {
        "on": today.isoformat(),
        "asked": [[*where, region_place(*where)] for where in asked_of(user, today)],
        "rated": [[one.region, one.side] for one in ratings_between(user, today, today)],
    }


def ticked(spots: Iterable[AnySpot]) -> dict[str, dict[str, list[str]]]:
    """By spot: the effects of each thing that can be ticked before it, where it has any."""
    return {
        spot.id: {id_: [*effects] for id_, effects in effects_at(place_of(spot)).items()}
        for spot in spots
    }


def rules() -> dict[str, int]:
    """The numbers by which a phone holds to the limits, and ages a plan and an answer.

    Hours, points, days, days, minutes, days.
    """
    return {
        "minHours": RULES.dose.min_hours,
        "worse": WORSE,
        "lowerAfter": RULES.start.lower_after_days,
        "restartAfter": RULES.start.restart_after_days,
        "answerMinutes": SESSION // timedelta(minutes=1),
        "answerDays": MONTH.days,
    }


def _stop(
    user: User,
    spot: AnySpot,
    side: str,
    mine: Mapping[str, TrackedSpot],
    history: History,
    said: Said,
    now: datetime,
    worse: bool,
    plans: Plans,
) -> dict[str, Any]:
    """One spot and side: what it is, and, where it may be started without network, how."""
    what = {"spot": spot.id, "side": side, "name": spot.name, "place": place(spot.name, side)}
    stands = standings(spot, said, now)
    if not spot.guided:
        return what | {"closed": _("To log by hand")}
    if stands[side].state is not State.OPEN:
        return what | {"closed": _("Closed because of what you told Sweetspot.")}
    spot = held_to(spot, side, stands)
    past = history.get((spot.id, side), ())
    today = _due(spot, past, user, now, worse, mine.get(side))
    at = today.next_at if today.state is DueState.WAIT and today.next_at else now
    prepared = prepare(spot, side, history, user, at, worse_today=worse and at == now, mine=mine)
    tools = {tool: _variant(prepared.variants, side, tool) for tool in spot.limits.tools_allowed}
    usual = tools[prepared.tool]
    soft = _due(spot, past, user, at, worse and at == now, mine.get(side))
    asked = asked_from(place_of(spot), said.answers, said.asked_at, _done(spot, history))
    return what | {
        "refused": _until(today) if today.state is DueState.WAIT else None,
        "soon": _until(soft) if soft.state is DueState.SOON and soft.next_at else None,
        "free": _free(mine.get(side)),
        "new": not past,
        "last": today.last_date.isoformat() if today.last_date else None,
        "asks": {id_: when and max(when, now).isoformat() for id_, when in asked.items()},
        "asksNormal": side in prepared.asks_normal,
        "tool": prepared.tool,
        "tools": {tool: plans.number_of(variant.plan) for tool, variant in tools.items()},
        "gentle": plans.number_of(_gentle(spot, mine.get(side), at)),
        "span": words.span_of(usual.plan),
        "why": words.reason(usual.plan),
        "held": [_(one.effect.text) for one in told(stands[side].reasons)],
        "note": usual.here.note,
        "shiftHint": spot.shift_hint,
        "cautions": [_(caution) for caution in spot.cautions],
        "pressLevel": None if spot.limits.opt_in_only else prepared.test_level,
        "otherSide": len(spot.sides) > 1 and not spot.limits.opt_in_only,
        "feltIn": spot.felt_in,
    }


def _free(own: TrackedSpot | None) -> dict[str, Any] | None:
    """The days (ISO) that a test keeps without massage, also those to come, and what to say."""
    if own is None or not own.free_days:
        return None
    return {"days": own.free_days, "why": words.due_sentence(Due(DueState.SOON, DueReason.TEST))}


def _due(
    spot: AnySpot,
    past: Sequence[PastSession],
    user: User,
    now: datetime,
    worse: bool,
    own: TrackedSpot | None,
) -> Due:
    local = now.astimezone(ZoneInfo(user.time_zone))
    return due(spot.limits, past, local, local.date(), worse_today=worse, **rhythm(own))


def _variant(variants: Sequence[Variant], side: str, tool: str) -> Variant:
    return next(variant for variant in variants if f"{side}/{tool}" in variant.fits)


def _gentle(spot: AnySpot, own: TrackedSpot | None, at: datetime) -> Plan:
    """As somebody would start who never pressed there: no tool is firmer than none."""
    limits = capped(spot.limits, own.level_cap if own else None)
    rung = RUNGS[spot.limits.start_tool]
    return plan(limits, (), at.date(), rung, gentle_only=True, opted_in=True)


def _done(spot: AnySpot, history: History) -> bool:
    return any(past for (spot_id, _side), past in history.items() if spot_id == spot.id)


def _until(when: Due) -> dict[str, str | None]:
    """Until when something stands against it; blank where only an answer ends it."""
    answered = when.reason is DueReason.BRUISE  # also after the week it rests at least
    until = when.next_at.isoformat() if when.next_at and not answered else None
    return {"until": until, "why": words.due_sentence(when)}
