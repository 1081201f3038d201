"""A person's tests. Every one of these starts from their owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.tracked import asked_side
from tracker.progress.diaries import diary_of
from tracker.progress.models import Trial
from tracker.progress.plans import Covered, Plan, PlannedDay, Went, ended_by_safety
from tracker.progress.trend import Diary
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.spots.queries import ever_tracked_of

LOOKED_AFTER = timedelta(days=14)  # how long Today still says that there is something to see


@dataclass(frozen=True, slots=True)
class Course:
    """A test with how it went so far; `stopped` is the day that was its last, if it was ended.

    by_safety: something that protects ended it, not the person. done are the days with a session
    at the spot and side.
    """

    trial: Trial
    plan: Plan
    diary: Diary
    stopped: date | None
    by_safety: bool

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


def hold_what_runs(user: User) -> None:
    """Let the spot of the running test hold its target and its free days, and no other spot."""
    trial = running_of(user)
    drawn = plan_of(trial) if trial else None
    user.trial_until = drawn.last + LOOKED_AFTER if drawn else None
    for each in db.session.scalars(ever_tracked_of(user)):
        here = trial and drawn and (each.spot_id, each.side) == (trial.spot_id, trial.side)
        each.held_target = trial.target if here else None
        each.held_until = drawn.last if here else None
        each.free_days = drawn.free_days() if here else None


def plan_of(trial: Trial | Row[Any]) -> Plan:
    return Plan(trial.kind, trial.starts_on, tuple(each == "1" for each in trial.order))


def course_of(user: User, trial: Trial) -> Course:
    """The days of a test: ratings of its region, sessions at its spot and side."""
    plan = plan_of(trial)
    went = _went(user, trial, plan, db.session.connection())
    side = asked_side(trial.region, trial.side)
    ratings = diary_of(user, trial.region, side).ratings
    safety = ended_by_safety(went, plan)
    return Course(
        trial=trial,
        plan=plan,
        diary=Diary(ratings, frozenset(each.on for each in went)),
        stopped=_earlier(trial.stopped_on, safety),
        by_safety=safety is not None and safety == _earlier(trial.stopped_on, safety),
    )


def line_of(user: User, today: date) -> tuple[Trial, PlannedDay | None] | None:
    """What Today says of the test that runs: its day, or None where it is over and to be seen."""
    trial = running_of(user)
    if trial is None:
        return None
    plan = plan_of(trial)
    ended = ended_by_safety(_went(user, trial, plan, db.session.connection()), plan)
    return trial, None if ended or today > plan.last else plan.day(today)


def covered_by(user: User, connection: Connection) -> list[Covered]:
    """What each test of this person covers, the latest first, read where the file is read."""
    return [
        Covered(trial.spot_id, trial.side, plan, _earlier(trial.stopped_on, safety))
        for trial in connection.execute(trials_of(user)).all()
        for plan in [plan_of(trial)]
        for safety in [ended_by_safety(_went(user, trial, plan, connection), plan)]
    ]


def _earlier(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _went(
    user: User, trial: Trial | Row[Any], plan: Plan, connection: Connection
) -> Sequence[Went]:
    m = MassageSession
    here = sessions_of(user).where(
        m.spot_id == trial.spot_id,
        m.side == trial.side,
        m.local_date.between(plan.start, plan.last),
    )
    rows = here.with_only_columns(m.local_date, m.ended_by, m.bruise, m.still_sore_48)
    return [Went(*row) for row in connection.execute(rows)]
