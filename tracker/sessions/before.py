"""Before a session: what is to be asked first, and how far a person's answers let it go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.accounts.models import User
from tracker.safety.answers import Place
from tracker.safety.asking import conditions_due, gates_due
from tracker.safety.queries import answers_of, conditions_of
from tracker.safety.standing import Standing, State, standing
from tracker.sessions.queries import done_at
from tracker.spots.queries import AnySpot


@dataclass(frozen=True, slots=True)
class Before:
    """How each side of some spots stands, by (spot id, side), and what is due to be asked."""

    standings: Mapping[tuple[str, str], Standing]
    gates: tuple[str, ...]
    list_due: bool

    @property
    def emergency(self) -> Standing | None:
        found = self.standings.values()
        return next((each for each in found if each.state is State.EMERGENCY), None)

    @property
    def asks(self) -> bool:
        return bool(self.gates or self.list_due)

    @property
    def query(self) -> dict[str, list[str]]:
        """What the sheet is asked to ask."""
        return {"gate": list(self.gates), "list": ["1"] if self.list_due else []}

    def open_here(self, spot: AnySpot, side: str) -> bool:
        return self.standings[spot.id, side].state is State.OPEN

    def limited(self, spot: AnySpot) -> AnySpot:
        """The spot with only the sides that are open, up to the level that holds for all of them.

        Its limits never go up by this; a spot with no side open stays as it is.
        """
        sides = tuple(side for side in spot.sides if self.open_here(spot, side))
        if not sides:
            return spot
        cap = min(self.standings[spot.id, side].cap for side in sides)
        level = min(spot.limits.max_level, cap)
        return replace(spot, sides=sides, limits=replace(spot.limits, max_level=level))


def before(user: User, spots: Sequence[AnySpot], now: datetime) -> Before:
    """Look at every side of these spots for this person at this moment."""
    answers, conditions = answers_of(user), conditions_of(user)
    places = {spot.id: Place.of(spot.id, spot.region) for spot in spots}
    due = gates_due(list(places.values()), answers, done_at(user, places), now)
    return Before(
        standings={
            (spot.id, side): standing(places[spot.id], side, answers, conditions, now)
            for spot in spots
            for side in spot.sides
        },
        gates=tuple(gate.gate for gate in due),
        list_due=conditions_due(user.conditions_asked_at, now),
    )
