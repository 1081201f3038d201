"""What a sheet says becomes rows: an answer for each gate asked, an entry for each new thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.accounts.models import User
from tracker.database import db
from tracker.safety.answers import GateAnswer
from tracker.safety.given import Given
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.safety.queries import answers_among, entries_among, said_by
from tracker.safety.standing import SAFETY, implied


def add_given(user: User, given: Given, at: datetime) -> list[ListedCondition]:
    """Add all that was said at a moment, and answer the entries it put on the list.

    The same sheet once more fails in the database, by the ids.
    """
    answers = _answered(user, given, at)
    entries = _listed(user, given, answers, at)
    if given.entries is not None:
        user.conditions_asked_at = max(user.conditions_asked_at or at, at)
    if entries or given.all_chosen:
        user.careful = True
    db.session.add_all([*answers, *entries])
    return entries


def _answered(user: User, given: Given, at: datetime) -> list[AnsweredGate]:
    """One row for each gate asked; what was chosen is kept in the order of the sheet."""
    return [
        AnsweredGate(
            user_id=user.id,
            id=given.id_of(gate),
            gate=gate,
            answered_at=at,
            chosen=[i.id for i in SAFETY.gates[gate].items if i.id in given.chosen[gate]],
        )
        for gate in given.gates
    ]


def _listed(
    user: User, given: Given, answers: Iterable[AnsweredGate], at: datetime
) -> list[ListedCondition]:
    """The entries that were ticked or that an answer implies, unless they wait on the list."""
    said = said_by(user)
    also = implied([*said.answers, *map(_as_answer, answers)], said.conditions)
    waiting = {each.id for each in said.conditions if each.lasts(at) and each.region is None}
    wanted = {*(given.entries or ()), *(each.id for each in also)} - waiting
    return [
        ListedCondition(user_id=user.id, id=given.id_of(entry), entry=entry, since=at)
        for entry in SAFETY.conditions
        if entry in wanted
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a sheet: the signs that were ticked, the entries it put on the list."""

    chosen: set[str]
    entries: set[str]

    def covers(self, given: Given) -> bool:
        return self.chosen == given.all_chosen and self.entries >= (given.entries or set())


def kept_of(user: User, given: Given) -> Kept:
    """What an earlier send of this sheet left, by the ids made from its own."""
    entries = {given.id_of(entry): entry for entry in SAFETY.conditions}
    return Kept(
        chosen={
            item
            for row in answers_among(user, [given.id_of(gate) for gate in SAFETY.gates])
            for item in row.chosen
        },
        entries={entries[row.id] for row in entries_among(user, entries)},
    )


def needs_place(row: ListedCondition) -> bool:
    """Whether an entry is about a place; until it is told, it reaches everywhere."""
    return SAFETY.conditions[row.entry].about != "person"


def _as_answer(row: AnsweredGate) -> GateAnswer:
    return GateAnswer(row.gate, row.answered_at, frozenset(row.chosen))
