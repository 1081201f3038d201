"""What leaves the house: a person's sessions and days, all as they were at one moment."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, event, exists, literal, null
from sqlalchemy.orm import Session, scoped_session

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.days.queries import activity_ratings_of, notes_of, ratings_of
from tracker.progress.plans import Covered, phase_at
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.sharing.csv import (
    SharedActivity,
    SharedCheckin,
    SharedDay,
    SharedSession,
    sore_after_a_day,
)
from tracker.spots.catalog import catalog
from tracker.spots.queries import own_spots_of, regions_about

AT_ONCE = 200  # rows that are in memory
DERIVED = ("spot_number", "spot_name", "sore_after_24h", "phase")
SORE = (("next_day_at", "still_sore"), ("still_sore_48_at", "still_sore_48"))
M = MassageSession.__table__.c
PRESSED = M.level_2_s + M.level_3_s + M.level_4_s  # blank where one of them is
ELSEWHERE = {
    "spot_slug": M.spot_id,
    "pressure_s": PRESSED.label("pressure_s"),
    "other_treatment": DayNote.__table__.c.other_treatment,
}
READ = tuple(name for name in SharedSession._fields if name not in DERIVED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose to take out: no spots are all, a blank day is open to that side."""

    spots: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    notes: bool = True


EVERYTHING = Chosen()


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection for which the time stands still: what is saved meanwhile is not in it.

    It reads into a file in one go, so it is not held while somebody downloads. A GET begins
    without a lock on SQLite, and sees what was there at its first read. What was not read to its
    end, as the disk is full, is closed with it.
    """
    with engine.connect() as connection, ExitStack() as after:

        @event.listens_for(connection, "after_cursor_execute")
        def close_later(_connection: Connection, cursor: Any, *_more: Any) -> None:
            after.callback(cursor.close)

        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execution_options(yield_per=AT_ONCE)
        yield connection


def stand_still(session: scoped_session[Session]) -> None:
    """The same for what is read through the models, until the transaction ends."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def rows_to_share(user: User, chosen: Chosen = EVERYTHING) -> Select[Any]:
    """What is read of each of this person's sessions, oldest first."""
    columns = [ELSEWHERE.get(name, M.get(name)) for name in READ]
    if not chosen.notes:
        columns[READ.index("note")] = literal("").label("note")
    same_day = and_(DayNote.user_id == M.user_id, DayNote.local_date == M.local_date)
    rows = sessions_of(user).outerjoin(DayNote, same_day)
    rows = rows.with_only_columns(*columns, *(M[name] for pair in SORE for name in pair))
    if chosen.spots:
        rows = rows.where(M.spot_id.in_(chosen.spots))
    return _within(rows, M.local_date, chosen).order_by(M.started_at, M.id)


def own_spot_names(user: User, connection: Connection) -> dict[str, str]:
    """The names this person gave to spots of their own, by the id that sessions carry."""
    mine = own_spots_of(user)
    return {str(own_id): name for own_id, name in connection.execute(_names(mine))}


def shared_sessions(
    connection: Connection,
    rows: Select[Any],
    own_names: Mapping[str, str],
    tests: Sequence[Covered] = (),
) -> Iterator[SharedSession]:
    """Read `rows`, some at a time; `tests` say in which phase of one a session was."""
    spots = {slug: (spot.number, spot.name) for slug, spot in catalog().spots.items()}
    slug_at, start_at, known = READ.index("spot_slug"), READ.index("started_at"), len(READ)
    side_at, date_at = READ.index("side"), READ.index("local_date")
    make = SharedSession._make
    for row in connection.execute(rows):
        slug, answers = row[slug_at], row[known:]
        number, name = spots.get(slug) or (None, own_names.get(slug, ""))
        sore = sore_of(row[start_at], answers) if any(answers) else None
        phase = phase_at(tests, slug, row[side_at], row[date_at]) if tests else "none"
        yield make((*row[:known], number, name, sore, phase))


def shared_days(
    user: User, connection: Connection, chosen: Chosen = EVERYTHING
) -> Iterator[SharedDay]:
    """What stands for each day and region, then the days of which there is only a note."""
    d, n = DailyRating.__table__.c, DayNote.__table__.c
    regions = regions_about(user, chosen.spots, connection)
    massaged = exists().where(M.user_id == d.user_id, M.local_date == d.local_date)
    massaged = massaged.where(M.deleted_at.is_(None))
    noted = (n.medicine_change, n.flare, n.note)
    rated = ratings_of(user).where(d.replaced_at.is_(None))
    if chosen.spots:
        rated = rated.where(d.region.in_(regions))
    same_day = and_(n.user_id == d.user_id, n.local_date == d.local_date)
    columns = (d.local_date, d.region, d.side, d.pain_24h, massaged, *noted)
    rows = rated.outerjoin(DayNote, same_day).with_only_columns(*columns)
    rows = _within(rows, d.local_date, chosen).order_by(d.local_date, d.region, d.side)
    yield from _days(connection, rows, chosen)

    unrated = notes_of(user).where(
        ~exists().where(
            *(d.user_id == n.user_id, d.local_date == n.local_date, d.replaced_at.is_(None)),
            *([d.region.in_(regions)] if chosen.spots else []),
        )
    )
    massaged = exists().where(M.user_id == n.user_id, M.local_date == n.local_date)
    massaged = massaged.where(M.deleted_at.is_(None))
    rows = unrated.with_only_columns(n.local_date, null(), null(), null(), massaged, *noted)
    yield from _days(connection, _within(rows, n.local_date, chosen).order_by(None), chosen)


def shared_activities(
    user: User, connection: Connection, chosen: Chosen = EVERYTHING
) -> Iterator[SharedActivity]:
    """How each activity went, the oldest day first."""
    same = and_(
        Activity.user_id == ActivityRating.user_id, Activity.id == ActivityRating.activity_id
    )
    rows = activity_ratings_of(user).join(Activity, same)
    rows = rows.with_only_columns(
        *(ActivityRating.local_date, ActivityRating.activity_id, Activity.name),
        ActivityRating.goes,
    )
    rows = _within(rows, ActivityRating.local_date, chosen).order_by(None)
    ordered = rows.order_by(ActivityRating.local_date, ActivityRating.activity_id)
    yield from map(SharedActivity._make, connection.execute(ordered))


def shared_checkins(
    user: User, connection: Connection, chosen: Chosen = EVERYTHING
) -> Iterator[SharedCheckin]:
    """What was answered in the days after each session, where anything was."""
    names = {"session_id": "id", "spot_slug": "spot_id"}
    columns = [M[names.get(name, name)] for name in SharedCheckin._fields]
    rows = sessions_of(user).where(M.next_day_at.is_not(None) | M.still_sore_48_at.is_not(None))
    if chosen.spots:
        rows = rows.where(M.spot_id.in_(chosen.spots))
    rows = _within(rows.with_only_columns(*columns), M.local_date, chosen)
    ordered = rows.order_by(M.started_at, M.id)
    yield from map(SharedCheckin._make, connection.execute(ordered))


def used_spots(user: User) -> Collection[str]:
    """The ids of the spots at which this person has sessions."""
    return db.session.scalars(sessions_of(user).with_only_columns(M.spot_id).distinct()).all()


def _names(mine: Select[Any]) -> Select[Any]:
    own = mine.selected_columns
    return mine.with_only_columns(own.id, own.name).order_by(None)


def _within(rows: Select[Any], day: Any, chosen: Chosen) -> Select[Any]:
    if chosen.first:
        rows = rows.where(day >= chosen.first)
    return rows.where(day <= chosen.last) if chosen.last else rows


def _days(connection: Connection, rows: Select[Any], chosen: Chosen) -> Iterator[SharedDay]:
    for *seen, medicine_change, flare, note in connection.execute(rows):
        told = bool(medicine_change), bool(flare), (note or "") if chosen.notes else ""
        yield SharedDay(*seen, *told)


def sore_of(started_at: datetime, answers: Sequence[Any]) -> bool | None:
    """Still sore after a day, by the moments and answers of SORE in their order."""
    pairs = zip(answers[::2], answers[1::2], strict=True)
    return sore_after_a_day(
        ((at - started_at).total_seconds() / 3600, sore) for at, sore in pairs if at is not None
    )
