"""What the report reads of a person's fair tests and quick looks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement

from tracker.accounts.models import User
from tracker.database import db
from tracker.progress.models import Trial
from tracker.progress.plans import DAYS
from tracker.progress.trials import Course, course_of, covered_by, trials_of
from tracker.sharing.scope import Scope

MOST_TESTS = 4  # each is a few lines and a few questions to the database
LONGEST = timedelta(days=max(DAYS.values()) - 1)


@dataclass(frozen=True, slots=True)
class Tested:
    """A test as far as the chosen days show it.

    stopped and last are its last day, where it was ended early and in any case; day counts from 1.
    kept are days with a session of the `due` ones, others those on days without. Only a test that
    is over, and `inside` with all its days, has an outcome: it would tell of other days, too.
    """

    course: Course
    stopped: date | None
    last: date
    day: int
    over: bool
    inside: bool
    kept: int
    due: int
    others: int


@dataclass(frozen=True, slots=True)
class Tests:
    """The latest, and how many more there are."""

    shown: tuple[Tested, ...]
    more: int


NO_TESTS = Tests((), 0)


def tests_in(user: User, scope: Scope, today: date) -> Tests:
    """The tests of the chosen spots that have one of the chosen days, the latest first.

    One that ended before its first day has none.
    """
    trials = db.session.scalars(trials_of(user).where(*_of(scope))).all()
    found = (tested(course_of(user, each), scope, today) for each in trials[:MOST_TESTS])
    return Tests(
        shown=tuple(
            each for each in found if each.last >= max(scope.first, each.course.plan.start)
        ),
        more=sum(each.starts_on >= scope.first for each in trials[MOST_TESTS:]),
    )


def tested_days(user: User, scope: Scope) -> Mapping[tuple[str, str], Mapping[date, bool]]:
    """By spot and side the days of its tests, and whether each was one with massage."""
    found: dict[tuple[str, str], dict[date, bool]] = defaultdict(dict)
    for each in covered_by(user, db.session.connection(), *_of(scope)):
        found[each.spot_id, each.side] |= {day.on: day.massage_due for day in each.days}
    return found


def _of(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    began = Trial.starts_on.between(scope.first - LONGEST, scope.last)
    return Trial.spot_id.in_(scope.spots), began


def tested(course: Course, scope: Scope, today: date) -> Tested:
    """The test as it stood on the last chosen day; what came later is not told."""
    plan = course.plan
    stopped = course.stopped if course.stopped and course.stopped <= scope.last else None
    last = stopped or plan.last
    until = min(last, scope.last)
    days = [day for day in plan.all_days() if scope.first <= day.on <= until]
    due = {day.on for day in days if day.massage_due}
    return Tested(
        course=course,
        stopped=stopped,
        last=last,
        day=(until - plan.start).days + 1,
        over=stopped is not None or today > plan.last,
        inside=scope.first <= plan.start and last <= scope.last,
        kept=len(due & course.done),
        due=len(due),
        others=len(({day.on for day in days} - due) & course.done),
    )
