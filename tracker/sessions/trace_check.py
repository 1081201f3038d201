"""A trace from a phone, checked before it is believed."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from tracker.sessions.opening import highest_target
from tracker.sessions.protocol import PRESSURE, SHORTEST_HOLD_S
from tracker.sessions.rules import RULES, PhaseRule
from tracker.sessions.trace import CHECKS, TROUBLE, Trace, TraceEvent, TracePhase, meant_in
from tracker.spots.catalog import Limits

ENDED_BY = ("finished", "user", "sharp", "nerve", "pulse", "discomfort", "emergency", "away")
EVENT_KINDS = (
    TROUBLE
    | CHECKS
    | {
        "undo",
        "emergency",
        "pause",
        "resume",
        "gap",
        "redo",
        "go_on",
        "clock_change",
    }
)
MOST_PHASES = 40
MOST_EVENTS = 600
SLACK_S = 1.0  # rounding on the phone
LONGEST_S = 6 * 3600
Planned = tuple[PhaseRule, int]  # a phase and the highest level a plan may have given it


class TraceError(ValueError):
    """A trace the guide cannot have made: key says where, code says what."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"{key}: {code}")
        self.key = key
        self.code = code


def check_trace(data: object, limits: Limits) -> Trace:
    """Believe a trace only as far as the guide could have made it; raises TraceError.

    Levels 0-4, within the spot's cap and what the protocol plans from its start to its target,
    and never up again after trouble; seconds within the protocol's, pressure within the day's
    limit. Keys it does not know are left out.
    """
    root = _dict(data, "trace")
    if root.get("version") != RULES.version:
        raise TraceError("version", "unknown")
    name = _one_of(root, "protocol", RULES.protocols)
    known = {phase.name: phase for phase in RULES.protocols[name].phases}
    cap = highest_target(limits, name)
    start, target = (_level(root, key, cap, lowest=1) for key in ("start", "target"))
    if start > target:
        raise TraceError("start", "above_target")
    planned = {
        rule.name: (rule, min(rule.level_for(start, target), cap)) for rule in known.values()
    }
    phases = _phases(root, planned, limits)
    trace = Trace(
        protocol=name,
        version=RULES.version,
        start=start,
        target=target,
        phases=phases,
        events=tuple(
            _event(_dict(each, f"events.{i}"), f"events.{i}", len(phases), cap)
            for i, each in enumerate(_list(root, "events", MOST_EVENTS))
        ),
        ended_by=_one_of(root, "ended_by", ENDED_BY),
        counted_s=_seconds(root, "counted_s", LONGEST_S),
    )
    _check_sums(trace, limits)
    _check_end(trace, known)
    _check_answers(trace)
    _check_never_up_again(trace)
    return trace


def _check_sums(trace: Trace, limits: Limits) -> None:
    if abs(sum(sum(phase.level_s) for phase in trace.phases) - trace.counted_s) > SLACK_S:
        raise TraceError("counted_s", "does_not_add_up")
    pressure = sum(sum(phase.level_s[2:]) for phase in trace.phases)
    if pressure > limits.max_pressure_s_per_day + SLACK_S:
        raise TraceError("phases", "too_much_pressure")


def _check_end(trace: Trace, known: Iterable[str]) -> None:
    """Only a session with every phase of its protocol done went to its end."""
    done = {phase.name for phase in trace.phases if phase.done}
    if trace.ended_by == "finished" and done != set(known):
        raise TraceError("ended_by", "not_finished")


def _check_never_up_again(trace: Trace) -> None:
    """After Ease off or sharp, no later phase goes as high again, unless it was taken back."""
    for event in meant_in(trace):
        if event.kind not in {"ease_off", "sharp"} or event.level < PRESSURE:
            continue
        for i, phase in enumerate(trace.phases[event.phase + 1 :], event.phase + 1):
            if sum(phase.level_s[event.level :]) > SLACK_S:
                raise TraceError(f"phases.{i}.level_s", "up_again")


def _check_answers(trace: Trace) -> None:
    """Only a finished hold can be answered for, and once."""
    answered = set()
    for i, event in enumerate(trace.events):
        if event.kind not in CHECKS:
            continue
        if not trace.phases[event.phase].finished_hold or event.phase in answered:
            raise TraceError(f"events.{i}.phase", "not_asked")
        answered.add(event.phase)


def _phases(
    root: Mapping[str, Any], planned: Mapping[str, Planned], limits: Limits
) -> tuple[TracePhase, ...]:
    rows = _list(root, "phases", MOST_PHASES)
    if not rows:
        raise TraceError("phases", "empty")
    phases = tuple(
        _phase(_dict(row, f"phases.{i}"), f"phases.{i}", planned, limits)
        for i, row in enumerate(rows)
    )
    order = [list(planned).index(phase.name) for phase in phases]
    if order != sorted(order):
        raise TraceError("phases", "out_of_order")
    return phases


def _phase(
    row: Mapping[str, Any], key: str, planned: Mapping[str, Planned], limits: Limits
) -> TracePhase:
    rule, cap = planned[_one_of(row, "name", planned, key)]
    longest = min(rule.seconds, limits.max_hold_s) if rule.is_hold else rule.seconds
    planned_s = _whole(row, "planned_s", min(SHORTEST_HOLD_S, longest), longest, key)
    planned_level = _level(row, "planned_level", cap, key)
    seconds = _dict(row.get("level_s"), f"{key}.level_s")
    if not seconds.keys() <= set("01234"):
        raise TraceError(f"{key}.level_s", "unknown_level")
    at = tuple(
        _seconds({**dict.fromkeys("01234", 0), **seconds}, level, planned_s, f"{key}.level_s")
        for level in "01234"
    )
    if sum(at) > planned_s + SLACK_S:
        raise TraceError(f"{key}.level_s", "too_long")
    if sum(at[planned_level + 1 :]) > 0:
        raise TraceError(f"{key}.level_s", "above_plan")
    done = row.get("done")
    if not isinstance(done, bool):
        raise TraceError(f"{key}.done", "not_a_boolean")
    if done and sum(at) < planned_s - SLACK_S:
        raise TraceError(f"{key}.done", "too_short")
    level = _level(row, "level", planned_level, key)
    return TracePhase(rule.name, planned_level, planned_s, at, level, done)


def _event(row: Mapping[str, Any], key: str, phases: int, cap: int) -> TraceEvent:
    return TraceEvent(
        at_s=_seconds(row, "at_s", LONGEST_S, key),
        kind=_one_of(row, "kind", EVENT_KINDS, key),
        phase=_whole(row, "phase", 0, phases - 1, key),
        level=_level(row, "level", cap, key),
    )


def _dict(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TraceError(key, "not_an_object")
    return value


def _list(row: Mapping[str, Any], name: str, most: int) -> list[Any]:
    value = row.get(name)
    if not isinstance(value, list):
        raise TraceError(name, "not_a_list")
    if len(value) > most:
        raise TraceError(name, "too_many")
    return value


def _one_of(row: Mapping[str, Any], name: str, known: Container[str], key: str = "") -> str:
    value = row.get(name)
    if not isinstance(value, str) or value not in known:
        raise TraceError(_at(key, name), "unknown")
    return value


def _level(row: Mapping[str, Any], name: str, top: int, key: str = "", lowest: int = 0) -> int:
    return _whole(row, name, lowest, top, key)


def _whole(row: Mapping[str, Any], name: str, lowest: int, top: int, key: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TraceError(_at(key, name), "not_a_whole_number")
    if not lowest <= value <= top:
        raise TraceError(_at(key, name), "out_of_range")
    return value


def _seconds(row: Mapping[str, Any], name: str, top: float, key: str = "") -> float:
    value = row.get(name)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TraceError(_at(key, name), "not_a_number")
    if not 0 <= value <= top + SLACK_S:  # also false for NaN
        raise TraceError(_at(key, name), "out_of_range")
    return float(value)


def _at(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
