"""A person's sessions. Every one of these starts from their owner."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy.orm import undefer

from tracker.accounts.models import User
from tracker.database import db
from tracker.sessions.history import PastSession
from tracker.sessions.models import MassageSession

# Enough to know the last level that stayed, and five sessions of a week.
REMEMBERED = 8
PAGE = 20
SpotSide = tuple[str, str]
# The fields of PastSession that are columns here; those after them are asked of other tables.
STORED = [*takewhile("level_s".__ne__, (field.name for field in fields(PastSession)))]

# Today and History read columns with statements built once: building one costs more than running
# it, and so does the ORM. They all start from MINE, which does not run without its user_id.
COLUMNS = MassageSession.__table__.c
MINE = select().where(COLUMNS.user_id == bindparam("user_id"), COLUMNS.deleted_at.is_(None))
DAYS = (
    MINE.add_columns(COLUMNS.local_date).where(COLUMNS.started_at >= bindparam("first")).distinct()
)


class Listed(NamedTuple):
    """One session as the history lists it; a tuple, as its fields are read ten times as fast."""

    id: UUID
    spot_id: str
    side: str
    started_at: datetime
    local_date: date
    entry: str
    ended_by: str | None
    peak_level: int | None
    pain_before: int | None
    pain_after: int | None


def sessions_of(user: User) -> Select[tuple[MassageSession]]:
    """The sessions this person kept; deleted ones wait apart for their undo."""
    mine = select(MassageSession).where(MassageSession.user_id == user.id)
    return mine.where(MassageSession.deleted_at.is_(None))


def sessions_among(user: User, ids: Collection[UUID]) -> Sequence[MassageSession]:
    """Those of these sessions that this person has, in the order in which they began."""
    if not ids:
        return ()
    mine = sessions_of(user).where(MassageSession.id.in_(ids))
    return db.session.scalars(mine.order_by(MassageSession.started_at, MassageSession.id)).all()


def done_at(user: User, spot_ids: Collection[str]) -> dict[str, int]:
    """How many sessions this person has at each of these spots."""
    rows = sessions_of(user).where(MassageSession.spot_id.in_(spot_ids))
    counted = rows.with_only_columns(MassageSession.spot_id, func.count())
    return dict(db.session.execute(counted.group_by(MassageSession.spot_id)).all())


def deleted_of(user: User) -> Select[tuple[MassageSession]]:
    """The sessions this person deleted and may still bring back."""
    mine = select(MassageSession).where(MassageSession.user_id == user.id)
    return mine.where(MassageSession.deleted_at.is_not(None))


def whole(query: Select[tuple[MassageSession]]) -> Select[tuple[MassageSession]]:
    """With the note and the trace, which lists do without."""
    return query.options(undefer(MassageSession.note), undefer(MassageSession.trace))


def page_of(user: User, spot_id: str | None, before: tuple[datetime, UUID] | None) -> list[Listed]:
    """One page of the history, newest first, and one row more to know whether it goes on."""
    values: dict[str, Any] = {"user_id": user.id, "spot_id": spot_id}
    if before:
        values["at"], values["last_id"] = before
    rows = db.session.execute(_page(bool(spot_id), bool(before)), values)
    return [*map(Listed._make, rows)]


@cache
def _page(of_a_spot: bool, continued: bool) -> Select[tuple[Any, ...]]:
    query = MINE.add_columns(*(COLUMNS[name] for name in Listed._fields))
    query = query.order_by(COLUMNS.started_at.desc(), COLUMNS.id.desc())
    if of_a_spot:
        query = query.where(COLUMNS.spot_id == bindparam("spot_id"))
    if continued:
        at, last_id = bindparam("at"), bindparam("last_id")
        same = and_(COLUMNS.started_at == at, COLUMNS.id < last_id)
        query = query.where(COLUMNS.started_at <= at, or_(COLUMNS.started_at < at, same))
    return _first(PAGE + 1, query)


def _first(rows: int, query: Select[tuple[Any, ...]]) -> Select[tuple[Any, ...]]:
    """The first rows; as a bound value, SQLite would plan the statement anew on every run."""
    return query.limit(literal_column(str(rows))).offset(literal_column("0"))


def days_since(user: User, first: datetime) -> set[date]:
    """The local dates with a session that started at `first` or later."""
    return set(db.session.scalars(DAYS, {"user_id": user.id, "first": first}))


def history_of(
    user: User, spot_sides: Collection[SpotSide]
) -> Mapping[SpotSide, Sequence[PastSession]]:
    """What the plan needs to know: the last sessions of each spot and side, newest first."""
    past: dict[SpotSide, list[PastSession]] = defaultdict(list)
    if spot_sides:
        values: dict[str, Any] = {"user_id": user.id}
        for n, (spot_id, side) in enumerate(spot_sides):
            values[f"spot_{n}"], values[f"side_{n}"] = spot_id, side
        for spot_id, side, *facts in db.session.execute(_recent(len(spot_sides)), values):
            past[spot_id, side].append(PastSession(*facts))
    return past


@cache
def _recent(spot_sides: int) -> Any:
    m = COLUMNS
    # Named and ordered as PastSession's fields, so that a row is one; a blank count is none.
    known: dict[str, Any] = {
        "stayed_level": func.coalesce(m.stayed_level, 0),
        "finished_holds": func.coalesce(m.finished_holds, 0),
        "sharp_events": func.coalesce(m.sharp_events, 0),
        "nerve_events": func.coalesce(m.nerve_events, 0),
        "too_much": func.coalesce(m.too_much_events, 0) > 0,
        "pressure_s": sum(func.coalesce(s, 0) for s in (m.level_2_s, m.level_3_s, m.level_4_s)),
    }
    columns = [known.get(name, m.get(name)).label(name) for name in STORED]
    parts = [
        _first(
            REMEMBERED,
            MINE.add_columns(m.spot_id, m.side, *columns)
            .where(m.spot_id == bindparam(f"spot_{n}"), m.side == bindparam(f"side_{n}"))
            .order_by(m.started_at.desc()),
        ).subquery()
        for n in range(spot_sides)
    ]
    if len(parts) == 1:
        return parts[0].select()
    return union_all(*(part.select() for part in parts))
