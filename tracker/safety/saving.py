"""Keeping what was answered: one row a gate, and an entry of the list for what stays."""

from collections.abc import Iterable
from datetime import datetime

from uuid_utils.compat import uuid7

from tracker.accounts.models import User
from tracker.database import db
from tracker.safety.answers import Condition
from tracker.safety.content import Gate
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.safety.queries import answers_of, conditions_of
from tracker.safety.standing import implied


def keep_answers(user: User, gates: Iterable[Gate], ticked: Iterable[str], now: datetime) -> None:
    """One answer for each gate that was asked; what it also says of the person joins the list."""
    chosen = set(ticked)
    for gate in gates:
        here = [item.id for item in gate.items if item.id in chosen]
        db.session.add(
            AnsweredGate(user_id=user.id, id=uuid7(), gate=gate.id, answered_at=now, chosen=here)
        )
    db.session.flush()
    for entry in implied(answers_of(user), conditions_of(user)):
        add_entry(user, entry)


def add_entry(user: User, entry: Condition) -> None:
    """Put an entry on the list, unless it is there already for the same place."""
    same = (entry.id, entry.region, entry.side)
    there = {(each.id, each.region, each.side) for each in conditions_of(user) if not each.ended_at}
    if same in there:
        return
    db.session.add(
        ListedCondition(
            user_id=user.id,
            id=uuid7(),
            entry=entry.id,
            region=entry.region,
            side=entry.side,
            since=entry.since,
        )
    )
    db.session.flush()
