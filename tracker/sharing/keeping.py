"""What was said yes to is kept: all of it or, when anything fails, nothing. The caller commits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.kept import keep_rating
from tracker.days.models import DailyRating
from tracker.days.noted import BLANK_NOTE
from tracker.progress.holding import hold_what_runs
from tracker.sessions.deleted import unbury
from tracker.sharing.archive import PARTS, SAFETY, key_of
from tracker.sharing.records import ACCOUNT, Outcome, Record

RATINGS = "daily_rating"


def keep(user: User, outcomes: Iterable[Outcome], now: datetime) -> list[UUID]:
    """Keep what is added or changed; return the ids of the sessions that are new."""
    wanted = [each for each in outcomes if each.kind in {"add", "change"}]
    for outcome in wanted:
        if outcome.record.part == ACCOUNT:
            for name in outcome.columns:
                setattr(user, name, outcome.record.values[name])
    for part in PARTS:
        mine = [each for each in wanted if each.record.part == part]
        if part == RATINGS:
            mine = _make_room(user, mine, now)
        for outcome in mine:
            _keep(user, outcome, now)
        db.session.flush()
    for outcome in wanted:
        if outcome.record.part == "daily":
            pain = outcome.record.values["pain_24h"]
            keep_rating(user, *outcome.record.key, pain, now)
    hold_what_runs(user)  # by the tests that are here now, whatever the file says is held
    if any(each.record.part in SAFETY for each in wanted):
        user.careful = True  # what they answered elsewhere may close a spot here
    added = (each.record for each in wanted if each.kind == "add")
    return [record.key[0] for record in added if record.part == "massage_session"]


def _keep(user: User, outcome: Outcome, now: datetime) -> None:
    record = outcome.record
    model = PARTS[record.part]
    key = dict(zip(key_of(record.part), record.key, strict=True))
    row = db.session.get(model, {"user_id": user.id, **key})
    if row is None:
        if record.part == "massage_session":
            unbury(user, record.key[0])
        values = BLANKS.get(record.part, {}) | _made_here(record, now) | dict(record.values)
        db.session.add(model(user_id=user.id, **key, **values))
        return
    names = record.values if outcome.kind == "add" else outcome.columns
    for name in names:
        if name == "hurts_in" and row.held_until:  # a test here is scored by it
            continue
        setattr(row, name, record.values[name])
    if outcome.kind == "add":
        row.deleted_at = None


def _made_here(record: Record, now: datetime) -> dict[str, Any]:
    """What a table does not tell of a new session."""
    return {"entry": "imported", "received_at": now} if record.part == "massage_session" else {}


BLANKS: dict[str, dict[str, Any]] = {
    "massage_session": {"felt_in": [], "note": ""},
    "day_note": BLANK_NOTE,
}


def _make_room(user: User, outcomes: list[Outcome], now: datetime) -> list[Outcome]:
    """Only one answer of a day may stand: what stood gives way, and the replaced ones go first."""
    coming = {
        (values["local_date"], values["region"], values["side"]): each.record.key[0]
        for each in outcomes
        if (values := each.record.values) and values["replaced_at"] is None
    }
    if coming:
        mine = select(DailyRating).where(DailyRating.user_id == user.id)
        for row in db.session.scalars(mine.where(DailyRating.replaced_at.is_(None))):
            stays = coming.get((row.local_date, row.region, row.side), row.id)
            if stays != row.id:
                row.replaced_at = now
    first = sorted(outcomes, key=lambda each: each.record.values["replaced_at"] is None)
    for outcome in [each for each in first if each.record.values["replaced_at"] is not None]:
        _keep(user, outcome, now)
    db.session.flush()
    return [each for each in first if each.record.values["replaced_at"] is None]
