"""What a person has now, in the shape in which it is compared with what comes back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.days.queries import ratings_of
from tracker.sharing.archive import NOT_CARRIED, PARTS, PREFERENCES, key_of
from tracker.sharing.records import Key


def existing_rows(user: User, part: str) -> dict[Key, Mapping[str, Any]]:
    """Every row of one table by its key, the deleted ones too."""
    table = PARTS[part].__table__
    columns = [column for column in table.columns if column.name not in NOT_CARRIED]
    mine = select(*columns).where(table.c.user_id == user.id)
    keys = key_of(part)
    found = (dict(row._mapping) for row in db.session.execute(mine))
    return {tuple(row[name] for name in keys): row for row in found}


def preferences(user: User) -> dict[str, Any]:
    columns = [User.__table__.c[name] for name in PREFERENCES]
    mine = select(*columns).where(User.id == user.id)
    return dict(db.session.execute(mine).one()._mapping)


def standing_ratings(user: User) -> dict[tuple[date, str, str], int]:
    """The answer that stands, by day, region and side."""
    d = DailyRating
    rows = ratings_of(user).where(d.replaced_at.is_(None))
    columns = (d.local_date, d.region, d.side, d.pain_24h)
    found = db.session.execute(rows.with_only_columns(*columns))
    return {(day, region, side): pain for day, region, side, pain in found}
