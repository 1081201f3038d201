"""A person's tests. Every one of these starts from their owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.tracked import asked_side
from tracker.progress.diaries import diary_of
from tracker.progress.models import Trial
from tracker.progress.plans import (
    PROTECTED,
    TOLD,
    Covered,
    Ended,
    Plan,
    PlannedDay,
    as_of,
    ended_by_safety,
)
from tracker.progress.trend import Diary
from tracker.safety.answers import Place
from tracker.safety.lowered import lowered
from tracker.safety.queries import said_by
from tracker.safety.standing import standing
from tracker.sessions.history import PastSession
from tracker.sessions.queries import past_at
from tracker.sessions.rules import RULES
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import Regions, regions_of, tracked_at

BEFORE = timedelta(days=28)  # further back no session is one "in a row" with its first
LOOKED_AFTER = timedelta(days=14)  # how long Today still says that there is something to see


@dataclass(frozen=True, slots=True)
class Course:
    """A test with how it went so far; `stopped` is the day that was its last, if it was ended.

    by_safety: something that protects ended it, not the person; told: what they answered about
    safety. done are the days with a session at the spot and side, less_far those of them on which
    a guided one was planned, or stayed, below the target.
    """

    trial: Trial
    plan: Plan
    diary: Diary
    stopped: date | None
    by_safety: bool
    told: bool = False
    less_far: tuple[date, ...] = ()

    @property
    def done(self) -> frozenset[date]:
        return self.diary.session_days


def trials_of(user: User) -> Select[tuple[Trial]]:
    """Every test this person began, the latest first."""
    mine = select(Trial).where(Trial.user_id == user.id)
    return mine.order_by(Trial.starts_on.desc(), Trial.id.desc())


def running_of(user: User) -> Trial | None:
    """The one that holds something now."""
    return db.session.scalar(trials_of(user).where(Trial.closed_at.is_(None)))


def plan_of(trial: Trial | Row[Any]) -> Plan:
    return Plan(trial.kind, trial.starts_on, tuple(each == "1" for each in trial.order))


def course_of(user: User, trial: Trial) -> Course:
    """The days of a test: ratings of its region, sessions at its spot and side."""
    plan = plan_of(trial)
    connection = db.session.connection()
    history = _history(user, trial, plan, connection)
    side = asked_side(trial.region, trial.side)
    ratings = diary_of(user, trial.region, side).ratings
    counted = (each.local_date for each in history if each.counts)
    done = frozenset(on for on in counted if on >= plan.start)
    safety = _ended(user, trial, plan, history, connection)
    stops = [day for day in (trial.stopped_on, safety and safety.on) if day]
    by_safety = safety is not None and safety.on == min(stops)
    return Course(
        trial=trial,
        plan=plan,
        diary=Diary(ratings, done),
        stopped=min(stops, default=None),
        by_safety=by_safety,
        told=by_safety and safety is not None and safety.told,
        less_far=_less_far(history, trial.target, plan.start, min(stops, default=plan.last)),
    )


def _less_far(
    history: Iterable[PastSession], target: int, first: date, last: date
) -> tuple[date, ...]:
    return tuple(
        sorted(
            {
                each.local_date
                for each in history
                if each.counts and each.guided and each.target_level is not None
                if first <= each.local_date <= last
                if min(each.target_level, each.stayed_level) < target
            }
        )
    )


def is_left_out(user: User, trial: Trial) -> bool:
    """Whether its spot and side is paused or off the list, so that it has no card on Today."""
    own = tracked_at(user, trial.spot_id).get(trial.side)
    return own is None or bool(own.paused_at or own.archived_at)


def set_below(user: User, trial: Trial) -> int | None:
    """The level (1-4) that the person set there, or by "gentle only", where the target is above."""
    own = tracked_at(user, trial.spot_id).get(trial.side)
    gentle = RULES.start.gentle_max_level if user.gentle_only else trial.target
    level = min(gentle, (own and own.level_cap) or trial.target)
    return level if level < trial.target else None


@dataclass(frozen=True, slots=True)
class Line:
    """What Today says of a test: its day where it has one, or that it is over and to be seen."""

    trial: Trial
    day: PlannedDay | None
    over: bool


def line_of(user: User, today: date) -> Line | None:
    """The test that runs; one that holds nothing at its spot any more was ended."""
    t, spot = Trial, TrackedSpot
    there = and_(spot.user_id == t.user_id, spot.spot_id == t.spot_id, spot.side == t.side)
    running = trials_of(user).where(t.closed_at.is_(None)).outerjoin(spot, there)
    row = db.session.execute(running.add_columns(spot.held_until)).first()
    if row is None:
        return None
    trial, held_until = row
    plan = plan_of(trial)
    over = held_until is None or today > plan.last
    return Line(trial, None if over else plan.day(today), over)


def ended_of(
    user: User, trial: Trial | Row[Any], plan: Plan, connection: Connection
) -> Ended | None:
    """Whether something that protects ended it, and when."""
    return _ended(user, trial, plan, _history(user, trial, plan, connection), connection)


def open_ended_by(user: User, connection: Connection) -> dict[UUID, Ended]:
    """What ended the test that is not closed yet, by its id, read where the file is read."""
    running = connection.execute(trials_of(user).where(Trial.closed_at.is_(None))).all()
    found = {each.id: ended_of(user, each, plan_of(each), connection) for each in running}
    return {id_: ended for id_, ended in found.items() if ended}


def _ended(
    user: User,
    trial: Trial | Row[Any],
    plan: Plan,
    history: list[PastSession],
    connection: Connection,
) -> Ended | None:
    """What was written down stays, whatever becomes of the session or answer that ended it."""
    lowered_on = _lowered_on(user, trial, connection)
    said = [as_of(plan.last, each, ZoneInfo(user.time_zone)) for each in history]
    found = ended_by_safety(said, plan, trial.target, lowered_on)
    ends = [each for each in (found, _written(user, trial, plan)) if each]
    return min(ends, key=lambda each: each.on, default=None)


def _written(user: User, trial: Trial | Row[Any], plan: Plan) -> Ended | None:
    """What ended it as it was kept; one that was closed before its end without a day, that day."""
    if trial.stopped_on:
        known = trial.why in {TOLD, PROTECTED}
        return Ended(trial.stopped_on, told=trial.why == TOLD) if known else None
    closed_on = trial.closed_at and trial.closed_at.astimezone(ZoneInfo(user.time_zone)).date()
    return Ended(closed_on, told=False) if closed_on and closed_on < plan.last else None


def _lowered_on(user: User, trial: Trial | Row[Any], connection: Connection) -> list[date]:
    """The days since it was drawn on which an answer about safety left less than its target.

    One that was given before the draw, and sent after it, counts as of the draw.
    """
    if not user.careful:
        return []
    pressed = _pressed(user, trial, connection)
    place, side, drawn = Place.of(trial.spot_id, pressed), trial.side, trial.drawn_at
    since = [
        at
        for at, level in lowered(place, side, said_by(user, connection))
        if level < trial.target and at >= drawn
    ]
    if trial.closed_at is None:  # what was known when it was drawn left as much as its target
        said = said_by(user, connection, until=drawn)
        if standing(place, side, said.answers, said.conditions, drawn).cap < trial.target:
            since.append(drawn)
    return [at.astimezone(ZoneInfo(user.time_zone)).date() for at in since]


def covered_by(user: User, connection: Connection, *only: ColumnElement[bool]) -> list[Covered]:
    """What each test of this person covers, the latest first, read where the file is read."""
    return [
        Covered(trial.spot_id, trial.side, plan, _earlier(trial.stopped_on, ended and ended.on))
        for trial in connection.execute(trials_of(user).where(*only)).all()
        for plan in [plan_of(trial)]
        for ended in [ended_of(user, trial, plan, connection)]
    ]


def _earlier(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _history(
    user: User, trial: Trial | Row[Any], plan: Plan, connection: Connection
) -> list[PastSession]:
    """What was done at its spot and side until its end, newest first, and a little before it."""
    days = plan.start - BEFORE, plan.last
    regions = Regions(trial.region, _pressed(user, trial, connection))
    return past_at(user, (trial.spot_id, trial.side), regions, days, connection)


def _pressed(user: User, trial: Trial | Row[Any], connection: Connection) -> str:
    return regions_of(user, [trial.spot_id], connection).get(trial.spot_id, trial.region)
