"""When to ask: the gates that are due before a session, and the list of contraindications."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.safety.answers import GateAnswer, Place
from tracker.safety.content import NO_CAP, Gate, Often
from tracker.safety.rules import SAFETY
from tracker.spots.catalog import catalog

SESSION = timedelta(minutes=SAFETY.times.session_minutes)
MONTH = timedelta(days=SAFETY.times.month_days)
LIST = timedelta(days=SAFETY.times.list_days)
LISTED = "list"  # stands among gates for the list
OFTEN = list(Often)
NEVER_YET = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DueGate:
    """A gate to ask now, for which spots, and the most often that one of them asks it."""

    gate: str
    spots: tuple[str, ...]
    often: Often


def gates_due(
    places: Collection[Place],
    answers: Collection[GateAnswer],
    sessions_done: Mapping[str, int],
    now: datetime,
) -> tuple[DueGate, ...]:
    """The gates to ask before these spots, each once; sessions_done counts by spot id.

    A gate that stays closed by an answer is not asked again: a clinician's look comes first.
    """
    found = []
    for gate in SAFETY.gates.values():
        past = answers_at(gate.id, answers)
        if any(answer.waits(now) for answer in past):
            continue
        asking = {
            place.id: often
            for place in places
            if (often := how_often(gate, place))
            and _due(often, newest_of(past), sessions_done.get(place.id, 0) > 0, now)
        }
        if asking:
            found.append(DueGate(gate.id, tuple(asking), max(asking.values(), key=OFTEN.index)))
    return tuple(found)


def asked_from(
    place: Place, answers: Collection[GateAnswer], last_asked_at: datetime | None, done_there: bool
) -> dict[str, datetime | None]:
    """From when each gate is asked before this spot, and the list, as `LISTED`.

    Aware moments, the past where it is due already; None is at every session. last_asked_at is of
    the list. What is not asked again by itself is left out.
    """
    found: dict[str, datetime | None] = {}
    for gate in SAFETY.gates.values():
        often, newest = how_often(gate, place), newest_of(answers_at(gate.id, answers))
        if often is None:
            continue
        if often is Often.EVERY_SESSION:
            found[gate.id] = None
        elif not newest:
            found[gate.id] = NEVER_YET
        elif often is Often.MONTHLY or not done_there or any(map(_holds_back, newest)):
            found[gate.id] = newest[0].answered_at + MONTH
    return found | {LISTED: last_asked_at + LIST if last_asked_at else NEVER_YET}


def how_often(gate: Gate, place: Place) -> Often | None:
    """How often this spot asks the gate; own spots by their body group, None where it does not."""
    if place.own:
        often = gate.groups.get(catalog().regions[place.region].group)
    else:
        often = gate.spots.get(place.id)
    return Often(often) if often else None


def conditions_due(last_asked_at: datetime | None, now: datetime) -> bool:
    """Whether the list is asked: before the first session, and every 90 days."""
    return last_asked_at is None or not within(last_asked_at, now, LIST)


def answers_at(gate: str, answers: Iterable[GateAnswer]) -> list[GateAnswer]:
    return [answer for answer in answers if answer.gate == gate]


def newest_of(past: Collection[GateAnswer]) -> list[GateAnswer]:
    """The newest answer; two at the very same time both count."""
    last = max((answer.answered_at for answer in past), default=None)
    return [answer for answer in past if answer.answered_at == last]


def _due(often: Often, newest: list[GateAnswer], done_there: bool, now: datetime) -> bool:
    if not newest:
        return True
    at = newest[0].answered_at
    if often is Often.EVERY_SESSION:
        return not within(at, now, SESSION) or any(answer.closing for answer in newest)
    if often is Often.MONTHLY or not done_there or any(map(_holds_back, newest)):
        return not within(at, now, MONTH)
    return False


def _holds_back(answer: GateAnswer) -> bool:
    """Whether an answer keeps a spot light: what is asked once would do so for ever."""
    return any(
        SAFETY.effects[SAFETY.items[item].effect].max_level < NO_CAP for item in answer.chosen
    )


def within(then: datetime, now: datetime, limit: timedelta) -> bool:
    return timedelta(0) <= now - then < limit
