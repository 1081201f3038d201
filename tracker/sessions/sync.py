"""The guide's way in: one session as JSON, kept once however often it is sent."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.accounts.forms import ZONES
from tracker.database import db
from tracker.safety.checks import highest_at
from tracker.safety.queries import said_by
from tracker.sessions.models import MassageSession
from tracker.sessions.prepare import press_test_level
from tracker.sessions.queries import sessions_of
from tracker.sessions.trace import Trace, as_json, summarise
from tracker.sessions.trace_check import TraceError, check_trace
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import AnySpot, ever_tracked_of, find_spot, last_position, tracked_at

bp = Blueprint("sync", __name__)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
BEFORE = ("pain_before", "tenderness_before", "other_side_before")
Answer = tuple[dict[str, Any], int]


class Refused(ValueError):
    """A session that cannot be kept; `key` says where it is wrong, the text why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


@bp.put("/api/sessions/<uuid:session_id>")
def put_session(session_id: UUID) -> Answer:
    """Keep a session the guide ran: 201 when it is new, 200 when it is here already."""
    if not current_user.is_authenticated:
        return {"error": _("Sign in and it will be sent.")}, 401
    known = sessions_of(current_user).where(MassageSession.id == session_id)
    if db.session.scalar(known):
        return _kept(session_id, 200)
    try:
        body = _body()
        if body.get("owner", str(current_user.id)) != str(current_user.id):
            return {"error": _("Somebody else is signed in on this phone.")}, 403
        massage, spot = _read(session_id, body)
    except Refused as error:
        return {"error": str(error), "key": error.key}, 422
    side = massage.side
    db.session.add(massage)
    try:
        db.session.commit()
    except IntegrityError:  # the same session, sent twice at once, or deleted before
        db.session.rollback()
        return _kept(session_id, 200)
    _work_on(spot.id, side)
    return _kept(session_id, 201)


def _work_on(spot_id: str, side: str) -> None:
    """Who has a session at a spot works on it: Today will say when it is due again."""
    chosen = ever_tracked_of(current_user).where(
        TrackedSpot.spot_id == spot_id, TrackedSpot.side == side
    )
    if db.session.scalar(chosen):  # also where they put it away: that was their wish
        return
    mine = {"user_id": current_user.id, "spot_id": spot_id, "side": side, "since": clock.now()}
    db.session.add(TrackedSpot(**mine, position=last_position(current_user)))
    try:
        db.session.commit()
    except IntegrityError:  # chosen in another tab meanwhile
        db.session.rollback()


def _kept(session_id: UUID, status: int) -> Answer:
    after = url_for("sessions.after", session_id=session_id)
    return {"id": str(session_id), "after": after}, status


def _body() -> dict[str, Any]:
    """The body as one JSON object without anything JSON does not have."""
    try:
        text = request.get_data().decode("utf-8")
        body = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError) as error:
        raise Refused("body", _("This could not be read.")) from error
    if not isinstance(body, dict):
        raise Refused("body", _("This could not be read."))
    return body


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _read(session_id: UUID, body: dict[str, Any]) -> tuple[MassageSession, AnySpot]:
    spot = find_spot(current_user, _text(body, "spot"))
    if spot is None or not spot.guided:
        raise Refused("spot", _("This spot is not one of yours, or is not guided."))
    if body.get("side") not in spot.sides:
        raise Refused("side", _("Which side was it?"))
    if body.get("tool") not in spot.limits.tools_allowed:
        raise Refused("tool", _("This tool does not belong to this spot."))
    zone = _text(body, "time_zone")
    if zone not in ZONES:
        raise Refused("time_zone", _("This time zone is not known."))
    try:
        trace = check_trace(body.get("trace"), spot.limits)
    except TraceError as error:
        raise Refused(f"trace.{error.key}", _("The guide cannot have run like this.")) from error
    massage = _session(session_id, spot, body, trace)
    massage.started_at, massage.ended_at = _times(body, trace, massage.received_at)
    massage.time_zone = zone
    massage.local_date = massage.started_at.astimezone(ZoneInfo(zone)).date()
    return massage, spot


def _session(session_id: UUID, spot: AnySpot, body: dict[str, Any], trace: Trace) -> MassageSession:
    sums = summarise(trace)
    ratings = {name: _rating(body, name) for name in BEFORE}
    if len(spot.sides) == 1 and ratings["other_side_before"] is not None:
        raise Refused("other_side_before", _("This spot has no other side."))
    if spot.limits.opt_in_only:  # nobody is asked to press there to find out
        ratings["tenderness_before"] = None
    tested = ratings["tenderness_before"] is not None
    return MassageSession(
        user_id=current_user.id,
        id=session_id,
        spot_id=spot.id,
        side=body["side"],
        entry="guided",
        received_at=clock.now(),
        protocol=trace.protocol,
        protocol_version=trace.version,
        tool=body["tool"],
        start_level=trace.start,
        target_level=trace.target,
        peak_level=sums.peak_level,
        stayed_level=sums.stayed_level,
        finished_holds=sums.finished_holds,
        planned_s=sums.planned_s,
        **{f"level_{level}_s": seconds for level, seconds in sums.level_seconds.items()},
        completed=sums.completed,
        ended_by=sums.ended_by,
        sharp_events=sums.sharp_events,
        nerve_events=sums.nerve_events,
        too_much_events=sums.too_much_events,
        trace=as_json(trace),
        tenderness_level=_test_level(spot, body["side"]) if tested else None,
        felt_in=[],
        note="",
        **ratings,
    )


def _test_level(spot: AnySpot, side: str) -> int:
    """The level that Prepare asked to press at: Light, or the cap where that is lower."""
    highest = highest_at(spot, side, said_by(current_user), clock.now())
    return min(press_test_level(tracked_at(current_user, spot.id)), highest)


def _times(
    body: dict[str, Any], trace: Trace, received: datetime
) -> tuple[datetime, datetime | None]:
    """Start and end by the phone's clock; a start that cannot be is set back to what can."""
    length = timedelta(seconds=trace.counted_s)
    started = _instant(body, "started_at")
    if started > received - length:
        started = received - length
    ended = _instant(body, "ended_at") if body.get("ended_at") is not None else started + length
    return started, min(max(ended, started + length), received)


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


def _rating(body: dict[str, Any], key: str) -> int | None:
    value = body.get(key)
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= 10:
        raise Refused(key, _("Choose a number from 0 to 10, or leave it blank."))
    return value


def _instant(body: dict[str, Any], key: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(body, key))
        if moment.tzinfo is not None and moment.astimezone(UTC) >= EARLIEST:
            return moment
    except (ValueError, OverflowError):
        pass
    raise Refused(key, _("This needs a date, a time and its offset."))
