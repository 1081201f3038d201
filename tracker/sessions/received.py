"""A document from a phone becomes a session, or part of one."""

import json
from collections.abc import Container, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.safety.checks import highest_at
from tracker.safety.queries import said_by
from tracker.sessions.document import (
    ANSWERS,
    FIRST,
    Wrong,
    answers_in,
    moment_in,
    same_moment,
    tool_in,
    zone_in,
)
from tracker.sessions.models import MassageSession
from tracker.sessions.next_day import may_answer
from tracker.sessions.prepare import press_test_level
from tracker.sessions.trace import Trace, as_json, summarise
from tracker.sessions.trace_check import TraceError, check_trace
from tracker.spots.queries import AnySpot, tracked_at

CLOCK_SLACK = timedelta(minutes=1)  # a phone may be ahead by so much without a word
Body = Mapping[str, Any]
BLANK = dict.fromkeys(ANSWERS) | {"felt_in": [], "note": ""}


def new_session(
    user: User, session_id: UUID, spot: AnySpot, body: Body, zones: Container[str], now: datetime
) -> MassageSession:
    """A session the guide ran, with what was answered so far; raises Wrong."""
    answers = answers_in(body, spot, BLANK, now)
    tool, zone = tool_in(body, spot), zone_in(body, zones)
    trace = _trace(body, spot)
    times = _times(body, zone, trace.counted_s, now)
    _check_early(answers, BLANK, times, body, now)
    tested = answers["tenderness_before"] is not None
    return MassageSession(
        user_id=user.id,
        id=session_id,
        spot_id=spot.id,
        entry="guided",
        received_at=now,
        tool=tool,
        tenderness_level=_test_level(user, spot, answers["side"], now) if tested else None,
        **_sums(trace),
        **times,
        **answers,
    )


def changes_to(
    massage: MassageSession, spot: AnySpot, body: Body, zones: Container[str], now: datetime
) -> dict[str, Any]:
    """What the document says that the session does not: its columns; raises Wrong.

    What the guide measured stays; of a session by hand all but the spot can be corrected.
    """
    if body.get("spot") != massage.spot_id:
        raise Wrong("spot", "other_spot")
    before = {name: getattr(massage, name) for name in ANSWERS}
    wanted = answers_in(body, spot, before, now)
    if massage.entry == "guided":
        _check_measured(massage, spot, body)
    else:
        wanted |= _by_hand(massage, spot, body, zones, now)
    _check_early(wanted, before, vars(massage) | wanted, body, now)
    return {name: value for name, value in wanted.items() if getattr(massage, name) != value}


def _by_hand(
    massage: MassageSession, spot: AnySpot, body: Body, zones: Container[str], now: datetime
) -> dict[str, Any]:
    if body.get("trace") is not None:
        raise Wrong("trace", "trace")
    kept = body.get("tool") == massage.tool
    wanted: dict[str, Any] = {"tool": massage.tool if kept else tool_in(body, spot)}
    zone = massage.time_zone if body.get("time_zone") == massage.time_zone else zone_in(body, zones)
    start = moment_in(body, "started_at")
    same = _same_start(massage, body) and _same_end(massage, body)
    if same and zone == massage.time_zone:
        return wanted
    times = _times(body, zone, 0, now)
    if body.get("ended_at") is None:
        times["ended_at"] = None  # nobody counted
    if start is not None and same_moment(start, massage.started_at):
        times["started_at"] = massage.started_at  # to the microsecond
    return wanted | times


def _check_measured(massage: MassageSession, spot: AnySpot, body: Body) -> None:
    if body.get("tool") != massage.tool:
        raise Wrong("tool", "measured")
    if body.get("time_zone") != massage.time_zone:
        raise Wrong("time_zone", "measured")
    if not _same_start(massage, body):
        raise Wrong("started_at", "measured")
    moment_in(body, "ended_at")  # it was set to what can be; here it only has to be a moment
    if body.get("trace") != massage.trace and _plain(_trace(body, spot)) != massage.trace:
        raise Wrong("trace", "measured")


def _same_start(massage: MassageSession, body: Body) -> bool:
    sent = massage.start_as_sent
    kept = moment_in({"started_at": sent}, "started_at") if sent else massage.started_at
    return same_moment(moment_in(body, "started_at"), kept)


def _same_end(massage: MassageSession, body: Body) -> bool:
    sent = massage.end_as_sent
    kept = moment_in({"ended_at": sent}, "ended_at") if sent else massage.ended_at
    return same_moment(moment_in(body, "ended_at"), kept)


def _times(body: Body, zone: str, counted_s: float, now: datetime) -> dict[str, Any]:
    """Start and end as columns.

    A phone that is ahead is believed in all but the moment: what cannot have been yet counts from
    when it came in, or Today would wait for it, and what the phone said stays beside it.
    """
    length = timedelta(seconds=counted_s)
    sent = moment_in(body, "started_at")
    if sent is None:
        raise Wrong("started_at", "moment")
    ahead = sent > now or sent > now - length + CLOCK_SLACK
    started = min(sent, now - length)
    end = moment_in(body, "ended_at")
    ended = min(max(end, started + length), now) if end else started + length
    return {
        "started_at": started,
        "ended_at": ended,
        "time_zone": zone,
        "local_date": started.astimezone(ZoneInfo(zone)).date(),
        "clock_uncertain": ahead,
        "start_as_sent": None if started == sent else body["started_at"],
        "end_as_sent": None if end in (None, ended) else body["ended_at"],
    }


def _check_early(
    wanted: Body, before: Body, times: Mapping[str, Any], body: Body, now: datetime
) -> None:
    """The next day can be answered once it has come: by the server's clock, or by the phone's.

    Nobody knows when it comes after a session whose clock is uncertain.
    """
    if times["clock_uncertain"] or all(wanted[name] in (None, before[name]) for name in FIRST):
        return
    start, said = moment_in(body, "started_at"), moment_in(body, "next_day_at")
    by_phone = bool(start and said and may_answer(start, said))
    if not by_phone and not may_answer(times["started_at"], now):
        raise Wrong(next(name for name in FIRST if wanted[name] is not None), "early")


def _trace(body: Body, spot: AnySpot) -> Trace:
    try:
        return check_trace(body.get("trace"), spot.limits)
    except TraceError as error:
        raise Wrong(f"trace.{error.key}", "trace") from error


def _plain(trace: Trace) -> Any:
    """As it comes back from the database."""
    return json.loads(json.dumps(as_json(trace)))


def _sums(trace: Trace) -> dict[str, Any]:
    sums = summarise(trace)
    return {
        "protocol": trace.protocol,
        "protocol_version": trace.version,
        "start_level": trace.start,
        "target_level": trace.target,
        "peak_level": sums.peak_level,
        "stayed_level": sums.stayed_level,
        "finished_holds": sums.finished_holds,
        "planned_s": sums.planned_s,
        **{f"level_{level}_s": seconds for level, seconds in sums.level_seconds.items()},
        "completed": sums.completed,
        "ended_by": sums.ended_by,
        "sharp_events": sums.sharp_events,
        "nerve_events": sums.nerve_events,
        "too_much_events": sums.too_much_events,
        "trace": as_json(trace),
    }


def _test_level(user: User, spot: AnySpot, side: str, now: datetime) -> int:
    """The level that Prepare asked to press at: Light, or the cap where that is lower."""
    highest = highest_at(spot, side, said_by(user), now)
    return min(press_test_level(tracked_at(user, spot.id)), highest)
