"""The phones' way in and out: a session is kept once, however often and from wherever it is sent.

Who changes something holds the person's row of revisions first, so that of two phones one comes
after the other. A phone says which revision it knew; the server never looks at a phone's clock.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.accounts.forms import ZONES
from tracker.api import Answer, Refused, described, of_somebody_else, sent_object, signed_out
from tracker.database import db
from tracker.language import gettext as _
from tracker.sessions import described_sync as says
from tracker.sessions.deleted import bury, mark_deleted, tombstone_of, wipe
from tracker.sessions.document import FIELDS, Wrong, copy_of, text_in
from tracker.sessions.models import MassageSession, Tombstone
from tracker.sessions.queries import changes_of, ever_of, whole
from tracker.sessions.received import changes_to, new_session
from tracker.sessions.refusals import refused
from tracker.sessions.revisions import hold
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import ever_tracked_of, find_spot, last_position

bp = Blueprint("sync", __name__)
SENDER = ("owner", "based_on")
AT_ONCE = 100
Gone = MassageSession | Tombstone


@bp.put("/api/sessions/<uuid:session_id>")
@described(says.PUT)
def put_session(session_id: UUID) -> Answer:
    """Keep a session: 201 when it is new, 200 when it is here already or based on what is here."""
    body = _sent((*FIELDS, *SENDER))
    if not isinstance(body, dict):
        return body
    known = _held(session_id)
    if isinstance(known, MassageSession) and known.deleted_at is None:
        return _change(known, body)
    return _gone(known) if known else _add(session_id, body)


@bp.delete("/api/sessions/<uuid:session_id>")
@described(says.DELETE)
def delete_session(session_id: UUID) -> Answer:
    """Delete what the phone knew; what changed meanwhile stays, and the phone is told."""
    body = _sent(SENDER)
    if not isinstance(body, dict):
        return body
    based_on, known = _based_on(body), _held(session_id)
    if isinstance(known, MassageSession) and known.deleted_at is None:
        if based_on != known.revision:
            return _conflict(known)
        mark_deleted(current_user, known, clock.now())
    elif known is None:  # it may still be on its way
        bury(current_user, session_id, clock.now())
    db.session.commit()
    return {"id": str(session_id), "revision": known and known.revision, "deleted": True}, 200


@bp.get("/api/sessions/<uuid:session_id>")
@described(says.GET)
def get_session(session_id: UUID) -> Answer:
    """One session as the server has it."""
    if not current_user.is_authenticated:
        return signed_out()
    known = _known(session_id)
    if known is None:
        return {"error": _("There is nothing here")}, 404
    return _gone(known) if _is_gone(known) else (copy_of(known), 200)


@bp.get("/api/changes")
@described(says.CHANGES)
def changes() -> Answer:
    """What changed after a revision, the oldest change first, a hundred at most."""
    if not current_user.is_authenticated:
        return signed_out()
    asked = request.args.get("after", "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 18):
        return Refused("after", _("This needs the number of a revision, or nothing.")).answer
    found = changes_of(current_user, int(asked), AT_ONCE + 1)
    shown = found[:AT_ONCE]
    return {
        "sessions": [_mark_of(each) if _is_gone(each) else copy_of(each) for each in shown],
        "revision": shown[-1].revision if shown else int(asked),
        "more": len(found) > AT_ONCE,
    }, 200


def _sent(keys: tuple[str, ...]) -> dict[str, Any] | Answer:
    """What was sent by the one who is signed in, or why it is not taken."""
    if not current_user.is_authenticated:
        return signed_out()
    body = sent_object(keys)
    return of_somebody_else(body.get("owner"), current_user.id) or body


def _known(session_id: UUID) -> Gone | None:
    mine = whole(ever_of(current_user)).where(MassageSession.id == session_id)
    return db.session.scalar(mine) or tombstone_of(current_user, session_id)


def _held(session_id: UUID) -> Gone | None:
    hold(current_user.id)
    return _known(session_id)


def _is_gone(known: Gone) -> bool:
    return known.deleted_at is not None


def _add(session_id: UUID, body: dict[str, Any]) -> Answer:
    spot = find_spot(current_user, text_in(body, "spot"))
    _based_on(body)
    now = clock.now()
    try:
        if spot is None or not spot.guided:
            raise Wrong("spot", "spot")
        massage = new_session(current_user, session_id, spot, body, ZONES, now)
    except Wrong as error:
        raise refused(error) from error
    db.session.add(massage)
    db.session.flush()
    wipe(current_user, now)
    _work_on(spot.id, massage.side)
    return _kept(massage, 201)


def _change(massage: MassageSession, body: dict[str, Any]) -> Answer:
    spot = find_spot(current_user, massage.spot_id)
    try:
        if spot is None:
            raise Wrong("spot", "spot")
        based_on = _based_on(body)
        wanted = changes_to(massage, spot, body, ZONES, clock.now())
    except Wrong as error:
        raise refused(error) from error
    if wanted and based_on != massage.revision:
        return _conflict(massage)
    for name, value in wanted.items():
        setattr(massage, name, value)
    return _kept(massage, 200)


def _kept(massage: MassageSession, status: int) -> Answer:
    db.session.commit()
    after = url_for("sessions.after", session_id=massage.id)
    return {"id": str(massage.id), "revision": massage.revision, "after": after}, status


def _conflict(massage: MassageSession) -> Answer:
    told = _("This session was changed elsewhere meanwhile.")
    return {"error": told, "session": copy_of(massage)}, 409


def _gone(known: Gone) -> Answer:
    return {"error": _("This session was deleted."), **_mark_of(known)}, 410


def _mark_of(known: Gone) -> dict[str, Any]:
    return {"id": str(known.id), "revision": known.revision, "deleted": True}


def _based_on(body: dict[str, Any]) -> int | None:
    value = body.get("based_on")
    if value is None or (type(value) is int and value >= 0):
        return value
    raise refused(Wrong("based_on", "based_on"))


def _work_on(spot_id: str, side: str) -> None:
    """Who has a session at a spot works on it: Today will say when it is due again."""
    chosen = ever_tracked_of(current_user).where(
        TrackedSpot.spot_id == spot_id, TrackedSpot.side == side
    )
    if db.session.scalar(chosen):  # also where they put it away: that was their wish
        return
    mine = {"user_id": current_user.id, "spot_id": spot_id, "side": side, "since": clock.now()}
    with suppress(IntegrityError), db.session.begin_nested():  # chosen in another tab meanwhile
        db.session.add(TrackedSpot(**mine, position=last_position(current_user)))
