"""The plan: where a session opens, how far it may go, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.sessions.history import PastSession
from tracker.sessions.opening import (
    Past,
    Reason,
    ReasonValues,
    highest_target,
    target_after,
    weightier,
)
from tracker.sessions.progression import offer
from tracker.sessions.rules import RULES, PhaseRule
from tracker.spots.catalog import Limits

VERSION = RULES.version
LEVELS = RULES.labels
ANCHORS = RULES.anchors
RUNGS = RULES.rungs
PRESSURE = 2  # the lowest level whose seconds are pressure; Touch is counted apart
SHORTEST_HOLD_S = 5


@dataclass(frozen=True, slots=True)
class Phase:
    """One step: seconds, level 0-4, the most discomfort (0-10) it is meant to bring."""

    name: str
    seconds: int
    level: int
    cue: str
    ceiling: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A session before it starts, clamped to the spot; room_s is the pressure left for the day."""

    protocol: str
    version: str
    start: int
    target: int
    phases: tuple[Phase, ...]
    room_s: int
    reason: Reason
    reason_values: ReasonValues

    @property
    def total_s(self) -> int:
        """Seconds from first to last phase."""
        return sum(phase.seconds for phase in self.phases)

    @property
    def pressure_s(self) -> int:
        """Planned seconds at level 2 or more."""
        return sum(phase.seconds for phase in self.phases if phase.level >= PRESSURE)


class NotSwitchedOn(Exception):
    """The spot is off until the person switches it on."""


def plan(
    limits: Limits,
    history: Sequence[PastSession],
    today: date,
    tool_rung: int = 1,
    rungs: Mapping[str, int] = RUNGS,
    *,
    gentle_only: bool = False,
    kept_gentle: bool = False,
    opted_in: bool = False,
    raised: bool = False,
    held: int | None = None,
) -> Plan:
    """Plan one spot and side: opens one level below where it last ended well.

    history is that spot and side's, newest first, by the guide or by hand; today is the
    person's own date. gentle_only is the person's wish, kept_gentle what their answers about
    safety ask for. raised says that the person took the offer of a firmer target; without
    an offer it changes nothing. held is the target that a test holds: nothing is offered, and
    a session that was only cut short does not lower it; what protects lowers the next one. Raises
    NotSwitchedOn for an opt-in spot that is off. Numbers and their basis: protocol.toml.
    """
    if limits.opt_in_only and not opted_in:
        raise NotSwitchedOn
    past = Past.of(history, today)
    target, reason = target_after(past)
    if held and held <= limits.max_level:  # else something lower holds, and is the reason
        target, reason = _held(held, past, target, reason)
    if past.last and tool_rung > rungs.get(past.last.tool or "", tool_rung):
        target, reason = target - 1, weightier(reason, Reason.TOOL_UP)
    protocol = past.protocol
    gentle = gentle_only or kept_gentle
    if gentle and protocol == "standard":
        why = Reason.GENTLE_ONLY if gentle_only else Reason.KEPT_GENTLE
        protocol, reason = "gentle", weightier(reason, why)
    if limits.opt_in_only:
        protocol = "micro"
    target = max(1, min(target, highest_target(limits, protocol)))
    room_s = max(0, limits.max_pressure_s_per_day - past.pressure_today)
    start = RULES.start.first_start if protocol != "standard" else max(1, target - 1)
    firmer = (
        raised and not held and offer(limits, history, today, tool_rung, rungs, gentle_only=gentle)
    )
    if firmer:  # the first hold still opens below where the last session ended well
        target, reason = firmer.to_level, Reason.RAISED
    phases = _phases(protocol, start, target, limits, room_s)
    reached = max(phase.level for phase in phases)
    return Plan(
        protocol=protocol,
        version=VERSION,
        start=min(start, reached),
        target=min(target, reached),
        phases=phases,
        room_s=room_s,
        reason=reason,
        reason_values=past.values(),
    )


def _held(held: int, past: Past, target: int, reason: Reason) -> tuple[int, Reason]:
    """What only says how far the last one got gives way to the test; what protects stays.

    It lowers the session that comes next, and no other: after one that went well at less, the
    level is held again, but for one that was not pressed since a break so long that it restarts.
    """
    gives_way = (
        reason in {Reason.STAYED, Reason.NOTHING_STAYED}
        and not any(each.went_badly for each in past.since)
        and any(max(each.target_level or 0, each.stayed) >= held for each in past.unbroken)
    )
    if gives_way or target > held:
        return held, weightier(reason, Reason.HELD)
    return target, reason


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as the guide takes it: plain data, with its rules' numbers; seconds and levels."""
    return {
        "protocol": plan.protocol,
        "version": plan.version,
        "start": plan.start,
        "target": plan.target,
        "total_s": plan.total_s,
        "room_s": plan.room_s,
        "phases": [
            {
                "name": phase.name,
                "seconds": phase.seconds,
                "level": phase.level,
                "cue": phase.cue,
                "ceiling": phase.ceiling,
            }
            for phase in plan.phases
        ],
        "rules": {
            "undo_s": RULES.number("too_much", "undo_s"),
            "sharp_pause_s": RULES.number("sharp_1", "pause_s"),
            "sharp_again_max_level": RULES.number("sharp_2", "max_level"),
            "sharp_ends_at": RULES.number("sharp_3", "times"),
            "pulse_pause_s": RULES.number("pulse", "pause_s"),
            "pulse_ends_at": RULES.number("pulse", "times"),
        },
    }


def _phases(
    protocol: str, start: int, target: int, limits: Limits, room_s: int
) -> tuple[Phase, ...]:
    """Clamp last: level to the spot's cap, holds to its seconds, pressure to the day's room."""
    rules = RULES.protocols[protocol].phases
    return _fit([_clamped(rule, start, target, limits) for rule in rules], room_s)


def _clamped(rule: PhaseRule, start: int, target: int, limits: Limits) -> Phase:
    return Phase(
        name=rule.name,
        seconds=min(rule.seconds, limits.max_hold_s) if rule.is_hold else rule.seconds,
        level=min(rule.level_for(start, target), limits.max_level),
        cue=rule.cue,
        ceiling=rule.ceiling,
    )


def _fit(phases: list[Phase], room_s: int) -> tuple[Phase, ...]:
    """Shorten from the last hold back until the pressure fits; what is left of little is Touch."""
    over = sum(phase.seconds for phase in phases if phase.level >= PRESSURE) - room_s
    fitted: list[Phase] = []
    for phase in reversed(phases):
        if over > 0 and phase.level >= PRESSURE:
            left = max(0, phase.seconds - over)
            over -= phase.seconds - left
            if left < SHORTEST_HOLD_S:
                over -= left
                phase = replace(phase, level=1)
            else:
                phase = replace(phase, seconds=left)
        fitted.append(phase)
    return tuple(reversed(fitted))
