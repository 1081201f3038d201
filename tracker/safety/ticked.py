"""What each thing that can be ticked would do at a place: for a phone that has to know it alone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from tracker.safety.answers import Condition, GateAnswer, Place
from tracker.safety.standing import SAFETY, how_often, standing

ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
ANY_SIDE = "left"  # what is ticked on a sheet has no side yet: it reaches both


@lru_cache(maxsize=512)
def effects_at(place: Place) -> Mapping[str, tuple[str, ...]]:
    """The effects of each item and entry that does something there, gravest first."""
    found = {
        item: _effects(place, [GateAnswer(gate.id, ANY_DAY, frozenset([item]))], []) or advice
        for gate in SAFETY.gates.values()
        for item, advice in _items(gate.id, place)
    }
    for entry in SAFETY.conditions:
        found[entry] = _effects(place, [], [Condition(entry, ANY_DAY)])
    return MappingProxyType({id_: effects for id_, effects in found.items() if effects})


def _items(gate: str, place: Place) -> list[tuple[str, tuple[str, ...]]]:
    """The items of a gate, each with what it is worth telling where the place asks it."""
    asked = how_often(SAFETY.gates[gate], place)
    return [
        (item.id, (item.effect,) if asked and item.kind == "soon" else ())
        for item in SAFETY.gates[gate].items
    ]


def _effects(
    place: Place, answers: list[GateAnswer], conditions: list[Condition]
) -> tuple[str, ...]:
    here = standing(place, ANY_SIDE, answers, conditions, ANY_DAY)
    return tuple(dict.fromkeys(reason.effect for reason in here.reasons))
