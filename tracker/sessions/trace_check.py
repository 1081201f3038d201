"""A trace from a phone, checked before it is believed."""

from collections.abc import Container, Mapping
from typing import Any

from tracker.sessions.rules import RULES, PhaseRule
from tracker.sessions.trace import CHECKS, TROUBLE, Trace, TraceEvent, TracePhase
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


class TraceError(ValueError):
    """A trace the guide cannot have made: key says where, code says what."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"{key}: {code}")
        self.key = key
        self.code = code


def check_trace(data: object, limits: Limits) -> Trace:
    """Believe a trace only as far as the guide could have made it; raises TraceError.

    Levels 0-4 and within the spot's cap, seconds within the protocol's, pressure within
    the day's limit. Keys it does not know are left out.
    """
    root = _dict(data, "trace")
    if root.get("version") != RULES.version:
        raise TraceError("version", "unknown")
    name = _one_of(root, "protocol", RULES.protocols)
    known = {phase.name: phase for phase in RULES.protocols[name].phases}
    cap = min(limits.max_level, RULES.start.highest_target)
    phases = _phases(root, known, limits, cap)
    trace = Trace(
        protocol=name,
        version=RULES.version,
        start=_level(root, "start", cap, lowest=1),
        target=_level(root, "target", cap, lowest=1),
        phases=phases,
        events=tuple(
            _event(_dict(each, f"events.{i}"), f"events.{i}", len(phases), cap)
            for i, each in enumerate(_list(root, "events", MOST_EVENTS))
        ),
        ended_by=_one_of(root, "ended_by", ENDED_BY),
        counted_s=_seconds(root, "counted_s", LONGEST_S),
    )
    _check_sums(trace, limits)
    _check_answers(trace)
    return trace


def _check_sums(trace: Trace, limits: Limits) -> None:
    if trace.start > trace.target:
        raise TraceError("start", "above_target")
    if abs(sum(sum(phase.level_s) for phase in trace.phases) - trace.counted_s) > SLACK_S:
        raise TraceError("counted_s", "does_not_add_up")
    pressure = sum(sum(phase.level_s[2:]) for phase in trace.phases)
    if pressure > limits.max_pressure_s_per_day + SLACK_S:
        raise TraceError("phases", "too_much_pressure")
    done = {phase.name for phase in trace.phases if phase.done}
    if trace.ended_by == "finished" and done != {phase.name for phase in trace.phases}:
        raise TraceError("ended_by", "not_finished")


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
    root: Mapping[str, Any], known: Mapping[str, PhaseRule], limits: Limits, cap: int
) -> tuple[TracePhase, ...]:
    rows = _list(root, "phases", MOST_PHASES)
    if not rows:
        raise TraceError("phases", "empty")
    phases = tuple(
        _phase(_dict(row, f"phases.{i}"), f"phases.{i}", known, limits, cap)
        for i, row in enumerate(rows)
    )
    order = [list(known).index(phase.name) for phase in phases]
    if order != sorted(order):
        raise TraceError("phases", "out_of_order")
    return phases


def _phase(
    row: Mapping[str, Any], key: str, known: Mapping[str, PhaseRule], limits: Limits, cap: int
) -> TracePhase:
    rule = known[_one_of(row, "name", known, key)]
    longest = min(rule.seconds, limits.max_hold_s) if rule.is_hold else rule.seconds
    planned_s = _whole(row, "planned_s", 0, longest, key)
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
