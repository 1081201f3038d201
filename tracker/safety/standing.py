"""Which gates are due, and how far a spot and side may be pressed after what a person answered.

Nothing here diagnoses: it closes, caps, or leaves alone. Rules and their basis: safety.toml.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.safety.answers import Condition, GateAnswer, Place, reaches
from tracker.safety.asking import (
    SESSION,
    DueGate,
    answers_at,
    conditions_due,
    gates_due,
    how_often,
    newest_of,
    within,
)
from tracker.safety.content import NO_CAP, Aftercare, Gate, Often, OpensWith
from tracker.safety.rules import SAFETY, SafetyError

__all__ = [
    "SAFETY",
    "Condition",
    "DueGate",
    "GateAnswer",
    "Often",
    "OpensWith",
    "Place",
    "Reason",
    "SafetyError",
    "Standing",
    "State",
    "aftercare",
    "conditions_due",
    "gates_due",
    "how_often",
    "implied",
    "standing",
]

WAIT = timedelta(hours=SAFETY.times.wait_hours)


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that closes or caps: an item of a gate, or an entry of the list (no item).

    Where a clinician opens it, an answer gets cleared_at and an entry (a clot) its ended_at.
    """

    rule: str
    item: str | None
    effect: str
    until: datetime | None = None

    @property
    def max_level(self) -> int:
        return SAFETY.effects[self.effect].max_level

    @property
    def opens_with(self) -> OpensWith | None:
        opens = SAFETY.effects[self.effect].opens_with
        return OpensWith(opens) if opens else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a spot and side may go: cap is the highest level, 0 closed, 4 no cap of its own.

    reasons come gravest first; advice are items to show once; the spot's own limits hold too.
    """

    state: State
    cap: int
    reasons: tuple[Reason, ...]
    advice: tuple[str, ...]

    @property
    def gentle(self) -> bool:
        """Whether a reason asks for the gentle protocol."""
        return any(SAFETY.effects[reason.effect].gentle for reason in self.reasons)

    @property
    def closing(self) -> tuple[Reason, ...]:
        """The reasons that close; the others only cap."""
        return tuple(reason for reason in self.reasons if not reason.max_level)

    @property
    def clear_with(self) -> OpensWith | None:
        """What opens the gravest reason; the others may need more. None where it is open."""
        return self.reasons[0].opens_with if self.state is not State.OPEN else None


def implied(
    answers: Collection[GateAnswer], conditions: Collection[Condition]
) -> tuple[Condition, ...]:
    """Entries that the newest answers say too, unless the list has them or is newer on them."""
    said = {
        entry: answer.answered_at
        for gate in SAFETY.gates
        for answer in newest_of(answers_at(gate, answers))
        for id_ in sorted(answer.chosen)
        if (entry := SAFETY.items[id_].counts_as)
    }
    return tuple(
        Condition(entry, since)
        for entry, since in said.items()
        if not any(
            each.id == entry and (each.ended_at is None or each.ended_at >= since)
            for each in conditions
        )
    )


def standing(
    place: Place,
    side: str,
    answers: Collection[GateAnswer],
    conditions: Collection[Condition],
    now: datetime,
) -> Standing:
    """How one spot and side stands; whether gates are still to be asked says gates_due."""
    reasons: list[Reason] = []
    advice: list[str] = []
    for gate in SAFETY.gates.values():
        past = answers_at(gate.id, answers)
        reasons += _closed_by(gate, past, place, now)
        if how_often(gate, place):
            reasons += _by_newest(past)
            advice += _advice(past, now)
    for condition in (*conditions, *implied(answers, conditions)):
        reasons += _by_condition(condition, place, side, now)
    cap = min((reason.max_level for reason in reasons), default=NO_CAP)
    emergency = any(_is_emergency(answer, now) for answer in answers)
    return Standing(
        state=State.EMERGENCY if emergency else State.OPEN if cap else State.CLOSED,
        cap=cap,
        reasons=tuple(sorted(dict.fromkeys(reasons), key=_gravity)),
        advice=tuple(advice),
    )


def aftercare(spot_id: str, peak_level: int | None) -> tuple[Aftercare, ...]:
    """What to watch for after a session there; a level that nobody noted asks for nothing."""
    return tuple(
        each
        for each in SAFETY.aftercare.values()
        if spot_id in each.spots and (peak_level or 0) >= each.min_level
    )


def _is_emergency(answer: GateAnswer, now: datetime) -> bool:
    """Only for the session being prepared; a time still to come counts as now."""
    return answer.emergency and not answer.cleared(now) and now < answer.answered_at + SESSION


def _closed_by(gate: Gate, past: list[GateAnswer], place: Place, now: datetime) -> Iterable[Reason]:
    """What waits for a clinician's look; each answer on its own, whatever came after it."""
    limb = SAFETY.places.limbs[gate.closes_limb] if gate.closes_limb else ()
    here = bool(how_often(gate, place)) or place.region in limb
    for answer in past:
        if answer.waits(now) and (here or _is_emergency(answer, now)):
            yield from (_reason(gate.id, item) for item in answer.closing)


def _by_newest(past: list[GateAnswer]) -> Iterable[Reason]:
    """What holds for as long as the newest answer says so."""
    for answer in newest_of(past):
        for item in sorted(answer.chosen - {*answer.closing}):
            if SAFETY.effects[SAFETY.items[item].effect].max_level < NO_CAP:
                yield _reason(answer.gate, item)


def _advice(past: list[GateAnswer], now: datetime) -> list[str]:
    """What is worth showing to a clinician, once: not again if the answer before said it too."""
    newest = newest_of(past)
    before = newest_of([answer for answer in past if answer not in newest])
    told = {item for answer in before for item in answer.chosen}
    fresh = {i for a in newest if within(a.answered_at, now, SESSION) for i in a.chosen}
    return [item for item in sorted(fresh - told) if SAFETY.items[item].kind == "soon"]


def _reason(gate: str, item: str) -> Reason:
    return Reason(gate, item, SAFETY.items[item].effect)


def _by_condition(condition: Condition, place: Place, side: str, now: datetime) -> Iterable[Reason]:
    if not condition.lasts(now):
        return
    for rule in SAFETY.conditions[condition.id].rules:
        opens = SAFETY.effects[rule.does].opens_with
        until = condition.since + WAIT if opens == OpensWith.TIME else None
        over = until is not None and now >= until
        agreed = opens == OpensWith.AGREE and condition.agreed(now)
        if not over and not agreed and reaches(rule, condition, place, side):
            yield Reason(condition.id, None, rule.does, until)


def _gravity(reason: Reason) -> tuple[int, bool, str, str]:
    return reason.max_level, reason.effect != "emergency", reason.rule, reason.item or ""
