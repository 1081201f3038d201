"""Several spots in one session: how long it takes, and what is worth a word before it starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.sessions.protocol import Plan
from tracker.sessions.rules import RULES


class Note(StrEnum):
    """What is said, with "Start anyway"."""

    LONG = "long"
    NEW_SPOTS = "new_spots"


@dataclass(frozen=True, slots=True)
class Stop:
    """One spot and side of the session; is_new when it was never done before."""

    plan: Plan
    is_new: bool


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A session of one to four spots and sides; total_s with the gaps between them."""

    notes: tuple[Note, ...]
    total_s: int


def check(stops: Sequence[Stop], gap_s: int = RULES.dose.gap_seconds) -> Itinerary:
    """Check a session before it starts; each side counts as one, gap_s is seconds to move.

    Numbers and their basis: protocol.toml, [dose].
    """
    total_s = sum(stop.plan.total_s for stop in stops) + gap_s * max(0, len(stops) - 1)
    return Itinerary(tuple(_notes(stops, total_s)), total_s)


def _notes(stops: Sequence[Stop], total_s: int) -> list[Note]:
    found = []
    if total_s > RULES.dose.session_minutes * 60:
        found.append(Note.LONG)
    if sum(stop.is_new for stop in stops) > RULES.dose.new_spots_per_session:
        found.append(Note.NEW_SPOTS)
    return found
