"""What a person answered at the gates, and their list. Every one of these starts from them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Text, Update, cast, func, or_, select, true, update

from tracker.accounts.models import User
from tracker.database import db
from tracker.safety.answers import Condition, GateAnswer, Said
from tracker.safety.models import AnsweredGate, ListedCondition

NOTHING = "[]"  # as JSON keeps "None of these"
NEWEST = 2  # the newest answer counts, and the one before it says what was told already


def entries_of(user: User) -> Select[tuple[ListedCondition]]:
    """What is on this person's list now, oldest first; what was taken off is kept apart."""
    mine = select(ListedCondition).where(ListedCondition.user_id == user.id)
    on_it = mine.where(ListedCondition.ended_at.is_(None))
    return on_it.order_by(ListedCondition.since, ListedCondition.entry, ListedCondition.id)


def said_by(
    user: User, connection: Connection | None = None, until: datetime | None = None
) -> Said:
    """All that still matters; of the answers that said "None of these", only the newest.

    A connection is that of a file, which is read at one moment. until leaves out what was said
    after it, whenever it was sent.
    """
    run = connection or db.session
    return Said(
        answers=tuple(
            GateAnswer(gate, at, frozenset(chosen), cleared_at)
            for gate, at, chosen, cleared_at in run.execute(_answers_that_matter(user, until))
        ),
        conditions=tuple(map(as_condition, run.execute(_ever_listed(user, until)))),
        asked_at=user.conditions_asked_at,
    )


def as_condition(row: ListedCondition | Row[Any]) -> Condition:
    return Condition(row.entry, row.since, row.region, row.side, row.agreed_at, row.ended_at)


def clearing(user: User, gate: str, now: datetime) -> Update:
    """The statement that says a clinician has looked at everything waiting at one gate."""
    mine = update(AnsweredGate).where(AnsweredGate.user_id == user.id, AnsweredGate.gate == gate)
    waiting = AnsweredGate.cleared_at.is_(None), _something_chosen()
    return mine.where(*waiting).values(cleared_at=now)


def _answers_that_matter(user: User, until: datetime | None) -> Select[Any]:
    row = AnsweredGate
    back = func.dense_rank().over(partition_by=row.gate, order_by=row.answered_at.desc())
    ranked = (
        select(row.gate, row.answered_at, row.chosen, row.cleared_at, back.label("back"))
        .add_columns(_something_chosen().label("something"))
        .where(row.user_id == user.id, true() if until is None else row.answered_at <= until)
        .subquery()
    )
    columns = ranked.c.gate, ranked.c.answered_at, ranked.c.chosen, ranked.c.cleared_at
    return select(*columns).where(or_(ranked.c.back <= NEWEST, ranked.c.something))


def _ever_listed(user: User, until: datetime | None) -> Select[Any]:
    row = ListedCondition
    mine = select(row.__table__).where(row.user_id == user.id)
    return mine if until is None else mine.where(row.since <= until)


def _something_chosen() -> Any:
    return cast(AnsweredGate.chosen, Text) != NOTHING


def answers_among(user: User, ids: Collection[UUID]) -> Sequence[AnsweredGate]:
    """Those of these answers that this person gave."""
    mine = select(AnsweredGate).where(AnsweredGate.user_id == user.id)
    return db.session.scalars(mine.where(AnsweredGate.id.in_(ids))).all()


def entries_among(user: User, ids: Collection[UUID]) -> Sequence[ListedCondition]:
    """Those of these entries that this person put on their list, taken off or not."""
    mine = select(ListedCondition).where(ListedCondition.user_id == user.id)
    return db.session.scalars(mine.where(ListedCondition.id.in_(ids))).all()
