"""What a person said of their days, as the charts and the words above them need it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    or_,
    union_all,
)

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.queries import RATED, STANDING, asked_of
from tracker.days.tracked import RegionSide, asked_side, can_be_asked
from tracker.progress.queries import begin_of
from tracker.progress.statistics import week_of
from tracker.progress.week_sql import monday_of, ordinal_of, packed, week_number
from tracker.progress.weeks import BASELINE_DAYS, Diary, Weeks, baseline_of, daily_from
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.spots.queries import worked_on_for
from tracker.strict import EARLIEST

WHERE = (RATED.region, RATED.side)
HERE = RATED.region == bindparam("region"), RATED.side == bindparam("side")
OF_REGION = STANDING.add_columns(RATED.local_date, RATED.pain_24h).where(*HERE)
LATELY = STANDING.add_columns(*WHERE, RATED.local_date, RATED.pain_24h).where(
    RATED.local_date >= bindparam("since")
)
LAST_RATED = (
    STANDING.add_columns(*WHERE)
    .group_by(*WHERE)
    .order_by(func.max(RATED.local_date).desc(), *WHERE)
)
WEEKS, DAYS, FIRST = 0, 1, 2  # the parts of what is asked at once
SINCE, DAYS_FROM, UNTIL = bindparam("since"), bindparam("days_from"), bindparam("until")
SINCE_AT, DAYS_FROM_AT = bindparam("since_at"), bindparam("days_from_at")
BASELINE = bindparam("baseline_from"), bindparam("began")
AROUND = OF_REGION.where(or_(RATED.local_date.between(*BASELINE), RATED.local_date >= SINCE))
Parts = tuple[dict[date, int], dict[date, int], date | None]


def _part(number: int, day: Any, value: Any) -> tuple[Any, ...]:
    """day: the number of a week or of a day. Ten years of dates are slower to read than numbers."""
    part = literal_column(str(number), Integer).label("part")
    return part, day.label("day"), cast(value, BigInteger).label("value")


def _in_parts(
    mine: Select[Any], day: Any, summed: Any, value: Any, at: Any = None
) -> tuple[Any, ...]:
    """By week from `since` to `until`, by day the last of them, and the first day of all.

    `at`: the moment by which they are indexed, where that is not the day.
    """
    week, number, nothing = week_number(day), ordinal_of(day), literal_column("0")
    weeks = (
        mine.add_columns(*_part(WEEKS, week, summed))
        .where(day.between(SINCE, UNTIL))
        .group_by(week)
    )
    days = (
        mine.add_columns(*_part(DAYS, number, value))
        .where(day.between(DAYS_FROM, UNTIL))
        .distinct()
    )
    if at is not None:
        weeks, days = weeks.where(at >= SINCE_AT), days.where(at >= DAYS_FROM_AT)
    first = mine.add_columns(*_part(FIRST, number, nothing)).order_by(day if at is None else at)
    return weeks, days, first.limit(literal_column("1")).subquery().select()


RATED_HERE = STANDING.where(*HERE)
RATED_DAY = _part(DAYS, ordinal_of(RATED.local_date), RATED.pain_24h)
RATED_WEEKS = union_all(
    *_in_parts(RATED_HERE, RATED.local_date, packed(RATED.pain_24h), RATED.pain_24h),
    RATED_HERE.add_columns(*RATED_DAY).where(RATED.local_date.between(*BASELINE)),
)


def diary_of(user: User, region: str, side: str) -> Diary:
    """Every day's rating of one region and side, and the days with a session there."""
    rows = db.session.execute(OF_REGION, {"user_id": user.id, "region": region, "side": side})
    days = _sessions_at(user, region, side).add_columns(MassageSession.local_date).distinct()
    return Diary(dict(map(tuple, rows)), frozenset(db.session.scalars(days)))


def before_and_since(user: User, region: str, side: str, began: date, since: date) -> Diary:
    """One region and side around the day that somebody began at one of its spots.

    The ratings of the week before that day, and those from `since` on; that session alone.
    """
    here = {"user_id": user.id, "region": region, "side": side, "began": began}
    reach = {"baseline_from": began - timedelta(days=BASELINE_DAYS), "since": since}
    return Diary(dict(map(tuple, db.session.execute(AROUND, here | reach))), frozenset([began]))


def weeks_of(
    user: User,
    region: str,
    side: str,
    this_week: date,
    since: date | None = None,
    until: date | None = None,
) -> Weeks:
    """The same summed up by week in the database, from the Monday `since` to the day `until`.

    So ten years are 520 rows of two numbers, and only what is drawn by day is read by day.
    """
    last = until and week_of(until)
    reach = {"since": since or EARLIEST, "days_from": daily_from(last or this_week)}
    moments = {f"{name}_at": begin_of(on) for name, on in reach.items()}
    day, mine = MassageSession.local_date, _sessions_at(user, region, side)
    count, nothing = func.count(day.distinct()), literal_column("0")
    massaged = union_all(*_in_parts(mine, day, count, nothing, MassageSession.started_at))
    sessions, marks, began = _found(massaged, reach | moments | {"until": until or date.max})
    begun = began or date.max
    baseline = {"baseline_from": begun - timedelta(days=BASELINE_DAYS), "began": begun}
    here = {"user_id": user.id, "region": region, "side": side, "until": until or date.max}
    ratings, days, first = _found(RATED_WEEKS, here | reach | baseline)
    return Weeks(
        tallies=ratings,
        sessions=sessions,
        days=days,
        marks=frozenset(marks),
        first=first,
        began=began,
        baseline=baseline_of(days, began),
    )


def _found(statement: Any, values: Mapping[str, Any]) -> Parts:
    weeks, days, first = dict[date, int](), dict[date, int](), None
    for part, number, value in db.session.execute(statement, values).all():
        if part == WEEKS:
            weeks[monday_of(number)] = value
        elif part == DAYS:
            days[date.fromordinal(number)] = value
        else:
            first = date.fromordinal(number)
    return weeks, days, first


def _sessions_at(user: User, region: str, side: str) -> Select[Any]:
    """Sessions done for a region; on the midline, whatever their side. It has no column."""
    here = [
        and_(MassageSession.side == pressed, MassageSession.spot_id.in_(spot_ids))
        for pressed, spot_ids in worked_on_for(user, region).items()
        if asked_side(region, pressed) == side
    ]
    return sessions_of(user).where(or_(false(), *here)).with_only_columns()


def regions_of(user: User, today: date) -> tuple[RegionSide, ...]:
    """What is asked about now, then what was rated once, the latest first."""
    rated = map(tuple, db.session.execute(LAST_RATED, {"user_id": user.id}))
    return tuple(
        dict.fromkeys((*asked_of(user, today), *(where for where in rated if can_be_asked(*where))))
    )


def lately_by_region(user: User, since: date) -> Mapping[RegionSide, Diary]:
    """The ratings from the local date `since` on, of every region and side that has any."""
    found: dict[RegionSide, dict[date, int]] = {}
    rows = db.session.execute(LATELY, {"user_id": user.id, "since": since})
    for region, side, day, pain in rows:
        found.setdefault((region, side), {})[day] = pain
    return {where: Diary(ratings) for where, ratings in found.items()}
