"""Several spots in one session: how many at most, and what is worth a word before it starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.sessions.protocol import Plan
from tracker.sessions.rules import RULES


class Refusal(StrEnum):
    """Why a session cannot be held like this."""

    NONE = "none"
    TOO_MANY = "too_many"
    TWICE = "twice"


class Note(StrEnum):
    """What is said, with "Start anyway"."""

    LONG = "long"
    NEW_SPOTS = "new_spots"


@dataclass(frozen=True, slots=True)
class Stop:
    """One spot and side of the session; is_new when it was never done before."""

    spot_id: str
    side: str
    plan: Plan
    is_new: bool


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A session of one to four spots and sides; total_s with the gaps between them."""

    refused: Refusal | None
    notes: tuple[Note, ...]
    total_s: int
    pressure_s: int


def check(stops: Sequence[Stop], gap_s: int = RULES.dose.gap_seconds) -> Itinerary:
    """Check a session before it starts; each side counts as one, gap_s is seconds to move.

    Numbers and their basis: protocol.toml, [dose].
    """
    total_s = sum(stop.plan.total_s for stop in stops) + gap_s * max(0, len(stops) - 1)
    return Itinerary(
        refused=_refused(stops),
        notes=tuple(_notes(stops, total_s)),
        total_s=total_s,
        pressure_s=sum(stop.plan.pressure_s for stop in stops),
    )


def _refused(stops: Sequence[Stop]) -> Refusal | None:
    if not stops:
        return Refusal.NONE
    if len({(stop.spot_id, stop.side) for stop in stops}) < len(stops):
        return Refusal.TWICE
    return Refusal.TOO_MANY if len(stops) > RULES.dose.spots_per_session else None


def _notes(stops: Sequence[Stop], total_s: int) -> list[Note]:
    found = []
    if total_s > RULES.dose.session_minutes * 60:
        found.append(Note.LONG)
    if sum(stop.is_new for stop in stops) > RULES.dose.new_spots_per_session:
        found.append(Note.NEW_SPOTS)
    return found
