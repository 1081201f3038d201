"""What a person said of a spot overall, and when they began there."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal_column, select, union_all

from tracker.accounts.models import User
from tracker.checkins.models import OverallChange
from tracker.checkins.overall_due import SpotSide
from tracker.database import db
from tracker.sessions.queries import COLUMNS, MINE

SAID = OverallChange.__table__.c
BEGAN, ANSWERED = 0, 1  # the parts of what is asked at once


def _part(number: int) -> Any:
    return literal_column(str(number), Integer).label("part")


LAST_SAID = (
    select(_part(ANSWERED), SAID.spot_id, SAID.side, func.max(SAID.local_date).label("local_date"))
    .where(SAID.user_id == bindparam("user_id"))
    .group_by(SAID.spot_id, SAID.side)
)


def began_and_answered(
    user: User, spot_sides: Collection[SpotSide]
) -> tuple[dict[SpotSide, date], dict[SpotSide, date]]:
    """The day of the first session, and that of the last answer, of each spot and side."""
    found: tuple[dict[SpotSide, date], dict[SpotSide, date]] = ({}, {})
    values: dict[str, Any] = {"user_id": user.id}
    for n, (spot_id, side) in enumerate(spot_sides):
        values |= {f"spot_{n}": spot_id, f"side_{n}": side}
    for part, spot_id, side, day in db.session.execute(_asked(len(spot_sides)), values):
        found[part][spot_id, side] = day
    return found


def changes_of(user: User) -> Select[tuple[OverallChange]]:
    """What this person said overall of any spot, the latest first."""
    mine = select(OverallChange).where(OverallChange.user_id == user.id)
    return mine.order_by(SAID.local_date.desc(), SAID.spot_id, SAID.side)


def changes_at(user: User, spot_id: str, side: str) -> Sequence[OverallChange]:
    """What was said of one spot and side, the latest first."""
    here = OverallChange.spot_id == spot_id, OverallChange.side == side
    return db.session.scalars(changes_of(user).where(*here)).all()


@cache
def _asked(spot_sides: int) -> Any:
    return union_all(LAST_SAID, *(_first(n) for n in range(spot_sides)))


def _first(n: int) -> Any:
    m = COLUMNS
    here = m.spot_id == bindparam(f"spot_{n}"), m.side == bindparam(f"side_{n}")
    rows = MINE.add_columns(_part(BEGAN), m.spot_id, m.side, m.local_date).where(*here)
    return rows.order_by(m.started_at).limit(literal_column("1")).subquery().select()
