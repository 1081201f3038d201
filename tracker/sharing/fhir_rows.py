"""What the FHIR bundle reads of a person, within what they chose."""

from collections import defaultdict
from datetime import date

from sqlalchemy import Select, func
from sqlalchemy.orm import undefer

from tracker.accounts.models import User
from tracker.checkins.models import OverallChange
from tracker.checkins.queries import changes_of
from tracker.database import db
from tracker.days.models import ActivityRating, DailyRating
from tracker.days.queries import activity_ratings_of, ratings_of
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.sharing.fhir import ActivitiesRated, DayRated, Done, SaidOverall
from tracker.sharing.queries import own_spot_names
from tracker.sharing.scope import Scope
from tracker.sharing.scoped import activity_names, said_within, within
from tracker.spots.catalog import catalog
from tracker.spots.queries import regions_about

MOST = 3000  # sessions in one bundle, and as many days: it is put together in memory


def too_many(user: User, scope: Scope) -> bool:
    counts = (_sessions(user, scope), _days(user, scope))
    return any(
        (db.session.scalar(each.with_only_columns(func.count()).order_by(None)) or 0) > MOST
        for each in counts
    )


def sessions_in(user: User, scope: Scope) -> list[Done]:
    """The sessions with their ratings; soreness, stops and notes only where those are shown."""
    if not scope.shows("sessions"):
        return []
    names = _names(user)
    rows = db.session.scalars(_sessions(user, scope).options(undefer(MassageSession.note)))
    return [_done(row, names[row.spot_id], scope) for row in rows]


def days_in(user: User, scope: Scope) -> list[DayRated]:
    if not scope.shows("days"):
        return []
    regions = catalog().regions
    return [
        DayRated(row.id, _place(regions[row.region].label, row.side), row.local_date, row.pain_24h)
        for row in db.session.scalars(_days(user, scope))
    ]


def activities_in(user: User, scope: Scope) -> list[ActivitiesRated]:
    if not scope.shows("activities"):
        return []
    names = activity_names(user)
    inside = ActivityRating.local_date.between(scope.first, scope.last)
    found: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for row in db.session.scalars(activity_ratings_of(user).where(inside)):
        found[row.local_date].append((names[row.activity_id], row.goes))
    return [ActivitiesRated(day, goes) for day, goes in sorted(found.items())]


def overall_in(user: User, scope: Scope) -> list[SaidOverall]:
    if not scope.shows("overall"):
        return []
    names = _names(user)
    rows = db.session.scalars(changes_of(user).where(*said_within(scope))).all()
    return [_said(row, names[row.spot_id]) for row in reversed(rows)]


def _said(row: OverallChange, name: str) -> SaidOverall:
    spot_side = f"{row.spot_id} {row.side}"
    return SaidOverall(row.local_date, spot_side, _place(name, row.side), row.change)


def _names(user: User) -> dict[str, str]:
    """Of every spot, by the id that sessions carry."""
    known = {spot_id: spot.name for spot_id, spot in catalog().spots.items()}
    return known | own_spot_names(user, db.session.connection())


def _sessions(user: User, scope: Scope) -> Select[tuple[MassageSession]]:
    return sessions_of(user).where(*within(scope)).order_by(MassageSession.started_at)


def _days(user: User, scope: Scope) -> Select[tuple[DailyRating]]:
    regions = regions_about(user, scope.spots)
    standing = ratings_of(user).where(DailyRating.replaced_at.is_(None))
    inside = DailyRating.local_date.between(scope.first, scope.last)
    return standing.where(DailyRating.region.in_(regions), inside).order_by(DailyRating.local_date)


def _done(row: MassageSession, name: str, scope: Scope) -> Done:
    after = scope.shows("after")
    return Done(
        id=row.id,
        place=_place(name, row.side),
        started_at=row.started_at,
        ended_at=row.ended_at,
        zone=row.time_zone,
        ended_by=row.ended_by,
        ratings={
            "pain_before": row.pain_before,
            "pain_after": row.pain_after,
            "tenderness_before": row.tenderness_before,
            "tenderness_after": row.tenderness_after,
            "soreness": row.next_day_soreness if after else None,
        },
        soreness_at=row.next_day_at,
        note=row.note if scope.shows("notes") else "",
        end_shown=after,
    )


def _place(name: str, side: str) -> str:
    """In English, as codes are: a file is the same in every language."""
    return name if side == "middle" else f"{name}, {side}"
