"""What a person gave on one sheet: the answers of each gate asked, and the list where it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from tracker.safety.rules import SAFETY


@dataclass(frozen=True, slots=True)
class Given:
    """One sheet as it was answered; `entries` is None where the list was not asked.

    `id` is the sheet's: what is kept of it has ids made from it, so that twice sent is a conflict.
    """

    id: UUID
    chosen: Mapping[str, frozenset[str]]  # by gate; nothing chosen is "None of these"
    entries: frozenset[str] | None

    def id_of(self, gate_or_entry: str) -> UUID:
        return uuid5(self.id, gate_or_entry)

    @property
    def gates(self) -> list[str]:
        return [gate for gate in SAFETY.gates if gate in self.chosen]

    @property
    def all_chosen(self) -> frozenset[str]:
        return frozenset().union(*self.chosen.values())


def split(gates: list[str], chosen: set[str]) -> dict[str, frozenset[str]]:
    """What was chosen, by the gates that were asked."""
    return {
        gate: frozenset(item.id for item in SAFETY.gates[gate].items if item.id in chosen)
        for gate in gates
    }
