"""All a person has, table by table: what an archive holds, and what each value may be."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    String,
    Table,
    Uuid,
    select,
)
from sqlalchemy.types import TypeDecorator

from tracker.accounts.models import User
from tracker.checkins.models import OverallChange
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.language import LOCALES
from tracker.progress.models import Trial
from tracker.progress.plans import DAYS, Ended
from tracker.progress.trials import open_ended_by
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.sessions.document import NOTE_LENGTH
from tracker.sessions.models import MassageSession
from tracker.sharing.csv import COLUMNS, SIDES
from tracker.sharing.fields import Field, json_schema
from tracker.spots.models import OwnSpot, TrackedSpot

FORMAT, VERSION = "sweetspot-archive", 1
# In the order in which they can be kept: what is pointed to comes first.
PARTS: Mapping[str, type[Any]] = {
    model.__tablename__: model
    for model in (
        *(OwnSpot, TrackedSpot, MassageSession, DailyRating, DayNote, Activity, ActivityRating),
        *(OverallChange, Trial, AnsweredGate, ListedCondition),
    )
}
SAFETY = {AnsweredGate.__tablename__, ListedCondition.__tablename__}  # only if chosen
# Tables of a person's that no archive holds, and why.
LEFT_OUT: Mapping[str, str] = {
    "device": "who is signed in where is not carried over to another server",
    "revisions": "how often sessions changed on this server",
    "tombstone": "what was deleted stays deleted, here and on the phones",
    "reminder": "switched on anew where a person moves to",
    "push_subscription": "a phone lets one server notify it",
    "calendar_feed": "an address of this server's, known to who was given it",
    "link_token": "which link an address opens here",
    "shared_link": "a link opens one server's pages, and its address cannot be carried over",
    "upload": "a file that waits for a yes, for an hour",
    "brought_in": "how rows came in here; the rows themselves are in the archive",
}
# Columns that are the server's own business.
NOT_CARRIED = {"user_id", "revision"}
PREFERENCES = (
    *("time_zone", "locale", "get_ready_s", "gap_s", "gentle_only", "tones", "voice"),
    *("vibration", "through_silent", "side_of_neck", "learnt_at", "activities_on"),
    *("overall_on", "trial_until", "emergency_call"),
)
# Columns that an archive may do without: those made before there were these have none of them.
LATER = {"hurts_in"}
RATING = {"low": 0, "high": 10}
LEVEL = {"low": 0, "high": 5}
SMALL = {"low": 0, "high": 32767}
LIMITS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(
        (
            *("pain_before", "pain_after", "tenderness_before", "tenderness_after"),
            *("peak_discomfort", "other_side_before", "other_side_after", "next_day_soreness"),
            *("pain_24h", "goes"),
        ),
        RATING,
    ),
    "side": {"options": SIDES},
    "massage_session.entry": {"options": COLUMNS["entry"].field.options},
    "ended_by": {"options": COLUMNS["ended_by"].field.options},
    "quality": {"options": COLUMNS["quality"].field.options},
    "your_pain": {"options": COLUMNS["your_pain"].field.options},
    "locale": {"options": tuple(LOCALES)},
    "trial.kind": {"options": tuple(DAYS)},
    "change": {"low": 1, "high": 7},
    **{key: {"low": 1, "high": 4} for key in ("target", "held_target")},
    **dict.fromkeys(
        ("start_level", "target_level", "peak_level", "stayed_level", "tenderness_level"),
        LEVEL,
    ),
    "level_cap": {"low": 1, "high": 4},
    "days_between": {"low": 1, "high": 14},
    "position": {"low": -1_000_000, "high": 1_000_000},
}
KINDS: tuple[tuple[type[Any], str], ...] = (
    *((Uuid, "uuid"), (DateTime, "datetime"), (Date, "date"), (Boolean, "boolean")),
    *((Float, "number"), (String, "string")),
)


def fields_of(part: str) -> dict[str, Field]:
    """What an archive holds of one table, by column."""
    return _fields(PARTS[part].__table__)


def key_of(part: str) -> tuple[str, ...]:
    """What tells two rows of one person's apart."""
    keys = PARTS[part].__table__.primary_key.columns
    return tuple(column.name for column in keys if column.name != "user_id")


def preference_fields() -> dict[str, Field]:
    columns = User.__table__.c
    return {name: _field(columns[name]) for name in PREFERENCES}


def text_of(user: User, connection: Connection, now: datetime, *, safety: bool) -> Iterator[str]:
    """The archive, a row a line, read as it is asked for."""
    columns = [User.__table__.c[name] for name in PREFERENCES]
    mine = connection.execute(select(*columns).where(User.id == user.id)).one()
    head = {"format": FORMAT, "version": VERSION, "owner": str(user.id), "made_at": now}
    told = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head.items())
    yield "{\n" + told + ',\n"account": ' + _json(mine._asdict())
    for part, model in PARTS.items():
        if safety or part not in SAFETY:
            yield f',\n"{part}": ['
            rows = _rows(user, connection, model.__table__)
            if model is Trial:
                rows = _with_ends(rows, open_ended_by(user, connection))
            yield from _between(map(_json, rows))
            yield "]"
    yield "\n}\n"


def schema(address: str) -> dict[str, Any]:
    """JSON Schema of an archive of this version, published at `address`."""
    parts = {part: _rows_schema(fields_of(part)) for part in PARTS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Everything a person has in Sweetspot",
        "description": "Null is unknown, never zero. Moments are UTC; levels 0-5; scores 0-10; "
        "durations in seconds; places in units of the view of the body.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "owner": json_schema(Field("uuid", "The account it was taken from", required=True)),
            "made_at": json_schema(Field("datetime", required=True)),
            "account": _row_schema(preference_fields()),
            **parts,
        },
        "required": [*("format", "version", "owner", "made_at", "account"), *_asked()],
        "additionalProperties": False,
    }


def _asked() -> list[str]:
    return [part for part in PARTS if part not in SAFETY]


def _rows_schema(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {"type": "array", "items": _row_schema(fields)}


def _row_schema(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: json_schema(field) for name, field in fields.items()},
        "required": [name for name in fields if name not in LATER],
        "additionalProperties": False,
    }


def _fields(table: Table) -> dict[str, Field]:
    carried = (column for column in table.columns if column.name not in NOT_CARRIED)
    return {column.name: _field(column) for column in carried if column.name != "deleted_at"}


def _field(column: Column[Any]) -> Field:
    kind = _kind(column)
    usual = LIMITS.get(column.name, SMALL if kind == "integer" else {})
    limits = dict(LIMITS.get(f"{column.table.name}.{column.name}", usual))
    if kind == "string" and not limits:
        limits["longest"] = getattr(column.type, "length", None) or NOTE_LENGTH
    return Field(kind, required=not column.nullable, **limits)


def _kind(column: Column[Any]) -> str:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, JSON):
        return "object" if column.name == "trace" else "list"
    return next((name for known, name in KINDS if isinstance(kind, known)), "integer")


def _rows(user: User, connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    columns = [table.c[name] for name in _fields(table)]
    mine = select(*columns).where(table.c.user_id == user.id)
    if "deleted_at" in table.c:
        mine = mine.where(table.c.deleted_at.is_(None))
    for row in connection.execute(mine.order_by(*table.primary_key.columns)):
        yield row._asdict()


def _with_ends(
    rows: Iterable[dict[str, Any]], ended: Mapping[UUID, Ended]
) -> Iterator[dict[str, Any]]:
    """Tests with what ended the one that is not closed: without the answers none could tell."""
    for row in rows:
        known = ended.get(row["id"])
        yield row | {"stopped_on": known.on, "why": known.why} if known else row


def _between(rows: Iterable[str]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + row


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    assert isinstance(value, date)  # a datetime is one too
    return value.isoformat()
