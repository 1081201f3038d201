"""A person's answers at the gates and their list, as the rules read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, String, cast, func, or_, select, update
from sqlalchemy.orm import aliased

from tracker.accounts.models import User
from tracker.database import db
from tracker.safety.answers import Condition, GateAnswer
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.safety.rules import SAFETY

NEWEST = 3  # of each gate: the newest, and the one before it, with room for two at once
NOTHING = "[]"


def answers_of(user: User) -> list[GateAnswer]:
    """The newest answers at each gate, and every older one that no clinician has looked at."""
    nth = func.row_number().over(
        partition_by=AnsweredGate.gate, order_by=AnsweredGate.answered_at.desc()
    )
    mine = select(AnsweredGate, nth.label("nth")).where(AnsweredGate.user_id == user.id).subquery()
    answer = aliased(AnsweredGate, mine)
    ticked = cast(mine.c.chosen, String) != NOTHING
    rows = select(answer).where(or_(mine.c.nth <= NEWEST, mine.c.cleared_at.is_(None) & ticked))
    return [_answer(row) for row in db.session.scalars(rows) if row.gate in SAFETY.gates]


def listed_of(user: User) -> Select[tuple[ListedCondition]]:
    """The entries on this person's list, those taken off too."""
    mine = select(ListedCondition).where(ListedCondition.user_id == user.id)
    return mine.order_by(ListedCondition.since, ListedCondition.id)


def entries_of(user: User) -> Sequence[ListedCondition]:
    """The entries that hold."""
    rows = db.session.scalars(listed_of(user).where(ListedCondition.ended_at.is_(None)))
    return [row for row in rows if row.entry in SAFETY.conditions]


def conditions_of(user: User) -> list[Condition]:
    """The whole list as the rules read it."""
    rows = db.session.scalars(listed_of(user))
    return [as_condition(row) for row in rows if row.entry in SAFETY.conditions]


def look_at(user: User, gate: str, now: datetime) -> None:
    """A clinician has looked: nothing answered at this gate keeps its spots closed any more."""
    waiting = update(AnsweredGate).where(AnsweredGate.user_id == user.id)
    waiting = waiting.where(AnsweredGate.gate == gate, AnsweredGate.cleared_at.is_(None))
    db.session.execute(waiting.values(cleared_at=now))


def as_condition(row: ListedCondition) -> Condition:
    return Condition(
        id=row.entry,
        since=row.since,
        region=row.region,
        side=row.side,
        agreed_at=row.agreed_at,
        ended_at=row.ended_at,
    )


def _answer(row: AnsweredGate) -> GateAnswer:
    known = {item.id for item in SAFETY.gates[row.gate].items}
    return GateAnswer(row.gate, row.answered_at, known & set(row.chosen), row.cleared_at)
