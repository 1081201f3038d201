"""What a person said of their days, as the charts and the words above them need it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, func

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.queries import RATED, STANDING, asked_of
from tracker.days.tracked import RegionSide, can_be_asked
from tracker.progress.trend import Diary
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.spots.catalog import catalog
from tracker.spots.queries import spot_ids_in

WHERE = (RATED.region, RATED.side)
OF_REGION = STANDING.add_columns(RATED.local_date, RATED.pain_24h).where(
    RATED.region == bindparam("region"), RATED.side == bindparam("side")
)
LATELY = STANDING.add_columns(*WHERE, RATED.local_date, RATED.pain_24h).where(
    RATED.local_date >= bindparam("since")
)
LAST_RATED = (
    STANDING.add_columns(*WHERE)
    .group_by(*WHERE)
    .order_by(func.max(RATED.local_date).desc(), *WHERE)
)


def diary_of(user: User, region: str, side: str) -> Diary:
    """Every day's rating of one region and side, and the days with a session there.

    The words need every day of it: the baseline is the same for every range. So the weeks are
    not summed up in SQL, where a median is another thing in each database: ten years are 3,650
    rows of a date and a number, and how much is drawn of them does not grow with them.
    """
    rows = db.session.execute(OF_REGION, {"user_id": user.id, "region": region, "side": side})
    return Diary(dict(map(tuple, rows)), session_days_at(user, region, side))


def session_days_at(user: User, region: str, side: str) -> frozenset[date]:
    """The days with a session at a spot of that region; on the midline, whatever its side."""
    here = [MassageSession.spot_id.in_(spot_ids_in(user, region))]
    if catalog().regions[region].paired:
        here.append(MassageSession.side == side)
    days = sessions_of(user).with_only_columns(MassageSession.local_date).where(*here)
    return frozenset(db.session.scalars(days.distinct()))


def regions_of(user: User) -> tuple[RegionSide, ...]:
    """What is asked about now, then what was rated once, the latest first."""
    rated = map(tuple, db.session.execute(LAST_RATED, {"user_id": user.id}))
    return tuple(
        dict.fromkeys((*asked_of(user), *(where for where in rated if can_be_asked(*where))))
    )


def lately_by_region(user: User, since: date) -> Mapping[RegionSide, Diary]:
    """The ratings from the local date `since` on, of every region and side that has any."""
    found: dict[RegionSide, dict[date, int]] = {}
    rows = db.session.execute(LATELY, {"user_id": user.id, "since": since})
    for region, side, day, pain in rows:
        found.setdefault((region, side), {})[day] = pain
    return {where: Diary(ratings) for where, ratings in found.items()}
