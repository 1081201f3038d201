"""What the charts need of a person's sessions, and no column more."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, Text, cast, func

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import Activity, ActivityRating
from tracker.days.queries import activity_ratings_of
from tracker.days.tracked import asked_side
from tracker.progress.heat import Where, summed
from tracker.progress.helps import Occasion
from tracker.progress.statistics import Sitting
from tracker.sessions.history import PastSession
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.spots.catalog import catalog
from tracker.spots.queries import regions_of

# A local date is at most a day away from the date in UTC, in which sessions are indexed.
ZONES = timedelta(days=1)
MOST_OCCASIONS = 1_000  # the latest; further back tells little about what helps now
LEVELS = ("level_1_s", "level_2_s", "level_3_s", "level_4_s")
CHARTED = (
    *("started_at", "local_date", "pain_before", "pain_after", "tenderness_before"),
    *("tenderness_level", "stayed_level", "peak_discomfort", "next_day_soreness", *LEVELS),
)


@dataclass(frozen=True, slots=True)
class SpotSide:
    """A spot and side with sessions: how many, when the last began, and the first local date."""

    spot_id: str
    side: str
    sessions: int
    last: datetime
    began: date


def spot_sides_of(user: User) -> list[SpotSide]:
    """Every spot and side this person has sessions at, the latest used first."""
    last, began = func.max(MassageSession.started_at), func.min(MassageSession.local_date)
    place = (MassageSession.spot_id, MassageSession.side)
    rows = sessions_of(user).with_only_columns(*place, func.count(), last, began).group_by(*place)
    return [SpotSide(*row) for row in db.session.execute(rows.order_by(last.desc(), *place))]


def sittings_at(
    user: User,
    spot_id: str,
    side: str,
    since: date | None,
    until: date | None = None,
    tool: str | None = None,
) -> Iterator[Sitting]:
    """This person's sessions at one spot and side, in these days, with one tool or with any.

    In the order in which they began.
    """
    rows = _since(_columns(user, *CHARTED), since)
    rows = rows.where(MassageSession.spot_id == spot_id, MassageSession.side == side)
    if until:
        rows = rows.where(MassageSession.local_date <= until)
    if tool:
        rows = rows.where(MassageSession.tool == tool)
    return map(_sitting, db.session.execute(rows.order_by(MassageSession.started_at)))


def tools_at(user: User, spot_id: str, side: str) -> list[str]:
    """What this person used at one spot and side, the most used first."""
    tool = MassageSession.tool
    rows = _columns(user, "tool").where(MassageSession.spot_id == spot_id, tool.is_not(None))
    rows = rows.where(MassageSession.side == side).group_by(tool)
    return [*db.session.scalars(rows.order_by(func.count().desc(), tool))]


def pain_by_spot_side(user: User, since: date | None) -> dict[tuple[str, str], list[Sitting]]:
    """Pain before and after at every spot and side, from the local date `since` on."""
    names = ("spot_id", "side", "local_date", "pain_before", "pain_after")
    found: dict[tuple[str, str], list[Sitting]] = {}
    for spot_id, side, *pain in db.session.execute(_since(_columns(user, *names), since)):
        found.setdefault((spot_id, side), []).append(Sitting(*pain))
    return found


def activities_rated(user: User, since: date) -> dict[UUID, list[tuple[date, int]]]:
    """How well each activity that this person did not end went, from a day on, in order."""
    found: dict[UUID, list[tuple[date, int]]] = {}
    rows = activity_ratings_of(user).where(ActivityRating.local_date >= since)
    rows = rows.join(Activity).where(Activity.ended_at.is_(None))
    for row in db.session.scalars(rows):  # the newest day first
        found.setdefault(row.activity_id, []).insert(0, (row.local_date, row.goes))
    return found


def _columns(user: User, *names: str) -> Select[Any]:
    columns = (getattr(MassageSession, name) for name in names)
    return sessions_of(user).with_only_columns(*columns)


def _since(rows: Select[Any], since: date | None) -> Select[Any]:
    if since is None:
        return rows
    at = MassageSession.started_at >= begin_of(since)
    return rows.where(at, MassageSession.local_date >= since)


def begin_of(day: date) -> datetime:
    """A moment before which no session of that local date or a later one began."""
    return datetime.combine(day, time(), UTC) - ZONES


def _sitting(row: Row[Any]) -> Sitting:
    return Sitting(
        local_date=row.local_date,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        tenderness_before=row.tenderness_before,
        level=_comfortable(row),
        level_s=tuple(getattr(row, name) for name in LEVELS),
        soreness=row.next_day_soreness,
        tenderness_level=row.tenderness_level,
    )


def _comfortable(row: Row[Any]) -> int | None:
    """The highest level that stayed, by the same rule that the next plan goes by."""
    if row.stayed_level is None:
        return None
    past = PastSession(
        started_at=row.started_at,
        local_date=row.local_date,
        stayed_level=row.stayed_level,
        peak_discomfort=row.peak_discomfort,
    )
    return past.stayed


def occasions_at(user: User, spot_id: str, since: date | None) -> list[Occasion]:
    """This person's sessions at one spot, on all its sides, the latest of them."""
    names = ("side", "started_at", "time_zone", "tool", "peak_level")
    rows = _since(_columns(user, *names, "pain_before", "pain_after", "next_day_soreness"), since)
    rows = rows.where(MassageSession.spot_id == spot_id)
    latest = rows.order_by(MassageSession.started_at.desc()).limit(MOST_OCCASIONS)
    return [
        Occasion(side, at.astimezone(ZoneInfo(zone)).hour, *rest)
        for side, at, zone, *rest in db.session.execute(latest)
    ]


def felt_by_region(user: User, since: date | None) -> dict[Where, int]:
    """In how many sessions something was felt in each region and side."""
    felt, side = cast(MassageSession.felt_in, Text), MassageSession.side
    rows = _since(sessions_of(user).with_only_columns(felt, side, func.count()), since)
    named = db.session.execute(rows.group_by(felt, side))
    known = catalog().regions
    return summed(
        ([(region, asked_side(region, side)) for region in json.loads(text) if region in known], n)
        for text, side, n in named
    )


def pressed_by_region(user: User, since: date | None) -> dict[Where, int]:
    """How many sessions there were in each region and side."""
    spot, side = MassageSession.spot_id, MassageSession.side
    rows = _since(sessions_of(user).with_only_columns(spot, side, func.count()), since)
    found = db.session.execute(rows.group_by(spot, side)).all()
    regions = regions_of(user, {spot_id for spot_id, _side, _n in found})
    return summed(
        ([(regions[spot_id], asked_side(regions[spot_id], side))], n)
        for spot_id, side, n in found
        if regions.get(spot_id) in catalog().regions
    )
