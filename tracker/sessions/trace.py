"""What the guide did, summed up."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

TROUBLE = frozenset({"ease_off", "too_much", "sharp", "numb", "radiating", "pulse"})
NERVE = ("numb", "radiating")  # pain that runs down the arm or leg counts as numbness does
CHECKS = frozenset({"easier", "good_ache"})  # said at the end of a hold; "sharp" is trouble
WHOLE_SLACK_S = 5.0  # an undone Ease off still leaves a hold whole


@dataclass(frozen=True, slots=True)
class TracePhase:
    """A phase as planned and as it went; level_s is seconds at each level 0-4."""

    name: str
    planned_level: int
    planned_s: int
    level_s: tuple[float, float, float, float, float]
    level: int
    done: bool

    @property
    def is_hold(self) -> bool:
        """Holds are what can stay."""
        return self.name.startswith("hold_")

    @property
    def finished_hold(self) -> bool:
        """Held to its end, and not let go by then."""
        return self.is_hold and self.done and self.level > 0


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """Something felt or done; at_s is counted seconds, phase an index into the trace's phases.

    A check, or a sharp said in answer to one, carries the phase of the hold it is about.
    """

    at_s: float
    kind: str
    phase: int
    level: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A whole run of the guide."""

    protocol: str
    version: str
    start: int
    target: int
    phases: tuple[TracePhase, ...]
    events: tuple[TraceEvent, ...]
    ended_by: str
    counted_s: float


def as_json(trace: Trace) -> dict[str, Any]:
    """The trace as it is kept: what was checked and nothing beside it, in the guide's shape."""
    data = asdict(trace)
    for phase in data["phases"]:
        phase["level_s"] = {str(level): s for level, s in enumerate(phase["level_s"])}
    return data


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session keeps in columns: whole seconds, levels 0-4, None for "no level at all"."""

    level_seconds: Mapping[int, int]  # levels 1-4
    planned_s: int
    peak_level: int | None
    stayed_level: int
    finished_holds: int
    sharp_events: int
    nerve_events: int
    too_much_events: int
    completed: bool
    ended_by: str


def summarise(trace: Trace) -> Summary:
    """Sum up a run; a phase done again counts its seconds each time and its plan once."""
    meant = meant_in(trace)
    level_seconds = {
        level: int(sum(phase.level_s[level] for phase in trace.phases) + 1e-6)
        for level in range(1, 5)
    }
    return Summary(
        level_seconds=level_seconds,
        planned_s=sum({phase.name: phase.planned_s for phase in trace.phases}.values()),
        peak_level=max((level for level, s in level_seconds.items() if s), default=None),
        stayed_level=max(
            _stayed(phase, [event for event in meant if event.phase == i])
            for i, phase in enumerate(trace.phases)
        ),
        finished_holds=sum(phase.finished_hold for phase in trace.phases),
        sharp_events=_count(meant, "sharp"),
        nerve_events=_count(meant, *NERVE),
        too_much_events=_count(meant, "ease_off", "too_much"),
        completed=trace.ended_by == "finished",
        ended_by=trace.ended_by,
    )


def meant_in(trace: Trace) -> list[TraceEvent]:
    """What happened, without the Ease offs that were taken back."""
    meant: list[TraceEvent] = []
    for event in trace.events:
        if event.kind != "undo":
            meant.append(event)
        elif last := next((each for each in reversed(meant) if each.kind == "ease_off"), None):
            meant.remove(last)
    return meant


def _count(events: Iterable[TraceEvent], *kinds: str) -> int:
    return sum(event.kind in kinds for event in events)


def _stayed(phase: TracePhase, events: Iterable[TraceEvent]) -> int:
    """The level of one whole hold without trouble in it, else 0."""
    if not (phase.is_hold and phase.done) or _count(events, *TROUBLE):
        return 0
    whole = max(1.0, phase.planned_s - WHOLE_SLACK_S)
    return max((level for level in range(1, 5) if phase.level_s[level] >= whole), default=0)
