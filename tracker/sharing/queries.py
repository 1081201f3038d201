"""A person's sessions as they leave the house, a page at a time."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import Engine, Row, Select, and_, tuple_

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DayNote
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.sharing.csv import SharedSession, sore_after_a_day
from tracker.spots.catalog import catalog
from tracker.spots.queries import own_spots_of

PAGE = 200
SAME_NAME = (
    *("id", "local_date", "started_at", "time_zone", "side", "protocol", "protocol_version"),
    *("target_level", "peak_level", "peak_discomfort", "tool", "planned_s", "completed"),
    *("ended_by", "sharp_events", "nerve_events", "pain_before", "pain_after"),
    *("tenderness_before", "tenderness_after", "quality", "your_pain", "entry", "note"),
    *("next_day_soreness", "bruise"),
)
PRESSED = ("level_2_s", "level_3_s", "level_4_s")
SORE = (("next_day_at", "still_sore"), ("still_sore_48_at", "still_sore_48"))
MOMENT = (MassageSession.started_at, MassageSession.id)


def rows_to_share(user: User) -> Select[Any]:
    """What is read of each of this person's sessions, oldest first."""
    names = (*SAME_NAME, *PRESSED, *chain(*SORE), "spot_id", "felt_in")
    columns = [getattr(MassageSession, name) for name in names]
    same_day = and_(
        DayNote.user_id == MassageSession.user_id, DayNote.local_date == MassageSession.local_date
    )
    rows = sessions_of(user).outerjoin(DayNote, same_day)
    return rows.with_only_columns(*columns, DayNote.other_treatment).order_by(*MOMENT)


def own_spot_names(user: User) -> dict[str, str]:
    """The names this person gave to spots of their own, by the id that sessions carry."""
    return {str(own.id): own.name for own in db.session.scalars(own_spots_of(user))}


def shared_sessions(
    engine: Engine, rows: Select[Any], own_names: Mapping[str, str]
) -> Iterator[SharedSession]:
    """Read `rows` page by page, each on a connection of its own.

    Nothing is held between two pages: a stalled download keeps neither memory nor a
    connection, and no lock that would make writers wait.
    """
    after: Row[Any] | None = None
    while True:
        page = rows.limit(PAGE)
        if after is not None:
            page = page.where(tuple_(*MOMENT) > tuple_(after.started_at, after.id))
        with engine.connect() as connection:
            found = connection.execute(page).all()
        yield from (_shared(row, own_names) for row in found)
        if len(found) < PAGE:
            return
        after = found[-1]


def _shared(row: Row[Any], own_names: Mapping[str, str]) -> SharedSession:
    spot = catalog().spots.get(row.spot_id)
    pressed = [getattr(row, name) for name in PRESSED]
    return SharedSession(
        **{name: getattr(row, name) for name in SAME_NAME},
        other_treatment=row.other_treatment,
        spot_number=spot.number if spot else None,
        spot_slug=row.spot_id,
        spot_name=spot.name if spot else own_names.get(row.spot_id, ""),
        pressure_s=None if None in pressed else sum(pressed),
        felt_in=tuple(row.felt_in),
        sore_after_24h=sore_after_a_day(_sore_answers(row)),
    )


def _sore_answers(row: Row[Any]) -> Iterator[tuple[float, bool | None]]:
    """The hours from the start to each "still sore?", and its answer."""
    for moment, answer in SORE:
        at = getattr(row, moment)
        if at is not None:
            yield (at - row.started_at).total_seconds() / 3600, getattr(row, answer)
