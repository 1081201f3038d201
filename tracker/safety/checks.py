"""How a spot stands after what a person said, and what is to be asked before it is pressed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.safety.answers import Place, Said
from tracker.safety.content import Entry, Gate
from tracker.safety.standing import SAFETY, Standing, State, conditions_due, gates_due, standing
from tracker.spots.queries import AnySpot


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet asks: the gates that are due, and the list where it is due; kept is on it."""

    gates: tuple[Gate, ...]
    entries: tuple[Entry, ...]
    kept: tuple[Entry, ...]

    @property
    def asks_list(self) -> bool:
        return bool(self.entries)


def place_of(spot: AnySpot) -> Place:
    return Place(spot.id, spot.region, own=spot.own)


def standings(spot: AnySpot, said: Said, now: datetime) -> dict[str, Standing]:
    """How each side of a spot stands."""
    place = place_of(spot)
    return {side: standing(place, side, said.answers, said.conditions, now) for side in spot.sides}


def sheet_for(
    spots: Collection[AnySpot], said: Said, done: Mapping[str, int], now: datetime
) -> Sheet | None:
    """What to ask before these spots; `done` counts sessions by spot id. None: nothing is due."""
    due = gates_due([place_of(spot) for spot in spots], said.answers, done, now)
    asks_list = conditions_due(said.asked_at, now)
    if not due and not asks_list:
        return None
    return sheet_of([each.gate for each in due], asks_list, said, now)


def sheet_of(gates: list[str], asks_list: bool, said: Said, now: datetime) -> Sheet:
    """A sheet of these gates; what is on the list and is about the person is not asked again."""
    listed = {each.id for each in said.conditions if each.lasts(now)}
    entries = SAFETY.conditions.values() if asks_list else ()
    return Sheet(
        gates=tuple(SAFETY.gates[id_] for id_ in gates),
        entries=tuple(e for e in entries if e.about != "person" or e.id not in listed),
        kept=tuple(e for e in entries if e.id in listed),
    )


def held_to(spot: AnySpot, side: str, stands: Mapping[str, Standing]) -> AnySpot:
    """The spot as it may be pressed there: capped, with only the sides that stand alike."""
    here = stands[side]
    level = min(spot.limits.max_level, here.cap)
    return replace(
        spot,
        limits=replace(spot.limits, max_level=level),
        gentle=here.gentle,
        sides=tuple(each for each in spot.sides if stands[each] == here),
    )


def highest_at(spot: AnySpot, side: str, said: Said, now: datetime) -> int:
    """The highest level to press at there, at least Touch: what was done was not closed then."""
    here = standing(place_of(spot), side, said.answers, said.conditions, now)
    return max(1, min(spot.limits.max_level, here.cap))


def closed_sides(stands: Mapping[str, Standing]) -> tuple[str, ...]:
    return tuple(side for side, here in stands.items() if here.state is not State.OPEN)
