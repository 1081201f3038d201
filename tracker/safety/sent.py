"""A sheet that was answered on a phone without network: kept once, as of when it was answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.api import (
    ERROR,
    ID,
    MOMENT,
    OWNER,
    TEXT,
    Answer,
    Operation,
    Refused,
    described,
    meaning,
    nullable,
    object_of,
    of_somebody_else,
    sent_object,
    sent_time,
    signed_out,
)
from tracker.database import db
from tracker.language import gettext as _
from tracker.safety.given import Given
from tracker.safety.saving import add_given, kept_of
from tracker.safety.standing import SAFETY

bp = Blueprint("sheets", __name__)
IDS = {"type": "array", "items": TEXT}
SENT = {
    "owner": OWNER,
    "answers": {"type": "object", "additionalProperties": IDS}
    | meaning("What was ticked, by the gate that was asked; nothing is None of these."),
    "entries": nullable(IDS | meaning("What was ticked on the list; null where it was not asked.")),
    "answered_at": MOMENT,
}
KEPT = object_of({"id": ID}, "id")
PUT = Operation(
    "Keep what was answered for safety before a session.",
    {201: KEPT, 200: KEPT, 403: ERROR},
    body=object_of(SENT, "answers", "entries", "answered_at"),
)


@bp.put("/api/answers/<uuid:sheet_id>")
@described(PUT)
def put_answers(sheet_id: UUID) -> Answer:
    """Keep one sheet: 201 when it is new, 200 when it is here already."""
    if not current_user.is_authenticated:
        return signed_out()
    body = sent_object(SENT)
    if told := of_somebody_else(body.get("owner"), current_user.id):
        return told
    given = _read(sheet_id, body)
    at = min(sent_time(body, "answered_at"), clock.now())  # a phone that is ahead said it by now
    add_given(current_user, given, at)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if kept_of(current_user, given).chosen != given.all_chosen:
            raise Refused("id", _("There is another answer with this id.")) from None
        return {"id": str(sheet_id)}, 200
    return {"id": str(sheet_id)}, 201


def _read(sheet_id: UUID, body: Mapping[str, Any]) -> Given:
    answers, entries = body.get("answers"), body.get("entries")
    if not isinstance(answers, dict) or not answers.keys() <= SAFETY.gates.keys():
        raise Refused("answers", _("One of these is not known here. Please choose again."))
    if not answers and entries is None:
        raise Refused("answers", _("This form is not whole. Please open it again."))
    known = {gate: {item.id for item in SAFETY.gates[gate].items} for gate in answers}
    chosen = {gate: _ids("answers", said, known[gate]) for gate, said in answers.items()}
    listed = None if entries is None else _ids("entries", entries, SAFETY.conditions.keys())
    return Given(sheet_id, chosen, listed)


def _ids(key: str, value: object, known: Any) -> frozenset[str]:
    """The ids of a list, each known; raises Refused."""
    plain = isinstance(value, list) and all(isinstance(each, str) for each in value)
    if not plain or not {*value} <= {*known}:  # type: ignore[misc]
        raise Refused(key, _("One of these is not known here. Please choose again."))
    return frozenset(value)  # type: ignore[arg-type]
