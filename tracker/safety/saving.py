"""What a sheet says becomes rows: an answer for each gate asked, an entry for each new thing."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from tracker.accounts.models import User
from tracker.safety.answers import GateAnswer, Said
from tracker.safety.forms import SheetForm
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.safety.standing import SAFETY, implied


def answered(user: User, form: SheetForm, now: datetime) -> list[AnsweredGate]:
    """One row for each gate asked; ids come from the form's, so that twice sent is a conflict."""
    return [
        AnsweredGate(
            user_id=user.id,
            id=uuid5(UUID(form.id.data), gate),
            gate=gate,
            answered_at=now,
            chosen=[item.id for item in SAFETY.gates[gate].items if item.id in form.chosen.data],
        )
        for gate in form.known_gates
    ]


def listed(
    user: User, form: SheetForm, answers: Iterable[AnsweredGate], said: Said, now: datetime
) -> list[ListedCondition]:
    """The entries that were ticked or that an answer implies, unless they wait on the list."""
    new = [_as_answer(row) for row in answers]
    also = implied([*said.answers, *new], said.conditions)
    waiting = {each.id for each in said.conditions if each.lasts(now) and each.region is None}
    wanted = {*form.entries.data, *(each.id for each in also)} - waiting
    return [
        ListedCondition(
            user_id=user.id, id=uuid5(UUID(form.id.data), entry), entry=entry, since=now
        )
        for entry in SAFETY.conditions
        if entry in wanted
    ]


def needs_place(row: ListedCondition) -> bool:
    """Whether an entry is about a place; until it is told, it reaches everywhere."""
    return SAFETY.conditions[row.entry].about != "person"


def _as_answer(row: AnsweredGate) -> GateAnswer:
    return GateAnswer(row.gate, row.answered_at, frozenset(row.chosen))
