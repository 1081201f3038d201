"""The day's question answered on a phone: kept once, and an older answer never undoes a newer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.accounts.forms import ZONES
from tracker.api import (
    DAY,
    ERROR,
    FLAG,
    ID,
    MOMENT,
    OWNER,
    RATING,
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
from tracker.days.kept import add_rating
from tracker.days.models import DailyRating
from tracker.days.queries import ratings_of
from tracker.days.tracked import can_be_asked
from tracker.language import gettext as _
from tracker.strict import day_in

bp = Blueprint("ratings", __name__)
SAID = ("local_date", "region", "side", "pain_24h", "time_zone")
SENT = {
    "owner": OWNER,
    "local_date": DAY,
    "region": TEXT,
    "side": {"enum": ["left", "right", "middle"]},
    "pain_24h": RATING,
    "answered_at": MOMENT,
    "time_zone": TEXT,
    "based_on": nullable(ID | meaning("The answer that stood when the phone asked.")),
}
KEPT = object_of({"id": ID, "stands": FLAG}, "id", "stands")
PUT = Operation(
    "Keep an answer to the day's question; `stands` tells whether a later one stands instead.",
    {201: KEPT, 200: KEPT, 403: ERROR},
    body=object_of(SENT, *SAID, "answered_at"),
)


@bp.put("/api/ratings/<uuid:rating_id>")
@described(PUT)
def put_rating(rating_id: UUID) -> Answer:
    """Keep one answer: 201 when it is new, 200 when it is here already."""
    if not current_user.is_authenticated:
        return signed_out()
    body = sent_object(SENT)
    if told := of_somebody_else(body.get("owner"), current_user.id):
        return told
    for _attempt in range(2):  # once more where the same was sent at once, or another got first
        try:
            return _put(rating_id, _read(body, clock.now()), _based_on(body))
        except IntegrityError:
            db.session.rollback()
    return {"error": _("Something went wrong here")}, 503


def _put(rating_id: UUID, said: dict[str, Any], based_on: UUID | None) -> Answer:
    known = db.session.scalar(ratings_of(current_user).where(DailyRating.id == rating_id))
    if known and any(getattr(known, name) != said[name] for name in SAID):
        raise Refused("id", _("There is another answer with this id."))
    kept = known or add_rating(current_user, rating_id, said, based_on)
    db.session.commit()
    return {"id": str(rating_id), "stands": kept.replaced_at is None}, 200 if known else 201


def _read(body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    zone, region, side = (_text(body, name) for name in ("time_zone", "region", "side"))
    if zone not in ZONES:
        raise Refused("time_zone", _("This time zone is not known."))
    if not can_be_asked(region, side):
        raise Refused("region", _("This region is not known."))
    pain = body.get("pain_24h")
    if type(pain) is not int or not 0 <= pain <= 10:
        raise Refused("pain_24h", _("Choose a number from 0 to 10."))
    return {
        "local_date": _day(body, clock.today(zone)),
        "region": region,
        "side": side,
        "pain_24h": pain,
        # A phone that is ahead answered no later than now.
        "answered_at": min(sent_time(body, "answered_at"), now),
        "time_zone": zone,
    }


def _day(body: Mapping[str, Any], today: date) -> date:
    day = day_in(_text(body, "local_date"))
    if day is None or day > today:
        raise Refused("local_date", _("This needs a day that has come, for example 2026-11-22."))
    return day


def _based_on(body: Mapping[str, Any]) -> UUID | None:
    value = body.get("based_on")
    try:
        return None if value is None else UUID(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise Refused("based_on", _("This needs the id of an answer, or nothing.")) from error


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
