"""What a sheet says becomes rows: an answer for each gate asked, an entry for each new thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from tracker.accounts.models import User
from tracker.safety.answers import GateAnswer, Said
from tracker.safety.forms import SheetForm
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.safety.queries import answers_among, entries_among
from tracker.safety.standing import SAFETY, implied


def answered(user: User, form: SheetForm, now: datetime) -> list[AnsweredGate]:
    """One row for each gate asked; ids come from the form's, so that twice sent is a conflict."""
    return [
        AnsweredGate(
            user_id=user.id,
            id=uuid5(UUID(form.id.data), gate),
            gate=gate,
            answered_at=now,
            chosen=[
                item.id for item in SAFETY.gates[gate].items if item.id in (form.chosen.data or ())
            ],
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
    wanted = {*(form.entries.data or ()), *(each.id for each in also)} - waiting
    return [
        ListedCondition(
            user_id=user.id, id=uuid5(UUID(form.id.data), entry), entry=entry, since=now
        )
        for entry in SAFETY.conditions
        if entry in wanted
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a form: the signs that were ticked, the entries it put on the list."""

    chosen: set[str]
    entries: set[str]


def kept_from(user: User, form: SheetForm) -> Kept:
    """What an earlier send of this form left, by the ids made from the form's."""
    made_from = UUID(form.id.data)
    answers = [uuid5(made_from, gate) for gate in SAFETY.gates]
    entries = {uuid5(made_from, entry): entry for entry in SAFETY.conditions}
    return Kept(
        chosen={item for row in answers_among(user, answers) for item in row.chosen},
        entries={entries[row.id] for row in entries_among(user, entries)},
    )


def needs_place(row: ListedCondition) -> bool:
    """Whether an entry is about a place; until it is told, it reaches everywhere."""
    return SAFETY.conditions[row.entry].about != "person"


def _as_answer(row: AnsweredGate) -> GateAnswer:
    return GateAnswer(row.gate, row.answered_at, frozenset(row.chosen))
