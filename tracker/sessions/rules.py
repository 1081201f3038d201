"""The protocol's numbers, read once from protocol.toml and checked."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

SOURCE = Path(__file__).with_name("protocol.toml")

LEVEL_RULES: Mapping[str, Callable[[int, int], int]] = MappingProxyType(
    {
        "0": lambda start, target: 0,
        "1": lambda start, target: 1,
        "start": lambda start, target: start,
        "target": lambda start, target: target,
        "min(2,target)": lambda start, target: min(2, target),
        "min(start+1,target)": lambda start, target: min(start + 1, target),
    }
)


class ProtocolError(ValueError):
    """protocol.toml says something impossible; the text names the file and the key."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{SOURCE.name}: {key}: {problem}")


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """A phase before start and target are known: seconds, level rule, discomfort ceiling 0-10."""

    name: str
    seconds: int
    level: str
    cue: str
    ceiling: int

    def level_for(self, start: int, target: int) -> int:
        """The planned level, 0-4."""
        return LEVEL_RULES[self.level](start, target)

    @property
    def is_hold(self) -> bool:
        """Only holds are shortened by max_hold_s, and only holds say which level stayed."""
        return self.name.startswith("hold_")


@dataclass(frozen=True, slots=True)
class ProtocolRule:
    """One protocol: "standard", "gentle" or "micro"."""

    id: str
    basis: str
    phases: tuple[PhaseRule, ...]


@dataclass(frozen=True, slots=True)
class StartRule:
    """Where a session opens; days and levels."""

    first_sessions: int
    first_start: int
    first_target: int
    gentle_max_level: int
    highest_target: int
    stayed_max_discomfort: int
    lower_after_days: int
    restart_after_days: int
    basis: str


@dataclass(frozen=True, slots=True)
class DoseRule:
    """How much and how often; hours, minutes, seconds, counts."""

    min_hours: int
    rest_hours: int
    rest_hours_after_long: int
    more_hours_after_worse: int
    sessions_per_week: int
    sessions_per_week_usual: int
    spots_per_session: int
    session_minutes: int
    new_spots_per_session: int
    gap_seconds: int
    basis: str


@dataclass(frozen=True, slots=True)
class FeltRule:
    """The numbers of what happens when something is felt; in words it stands in protocol.toml."""

    id: str
    basis: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NextDayRules:
    """When the next day is asked about, in hours, and the rules for the answer, in their order."""

    ask_from_hours: int
    ask_until_hours: int
    ask_again_hours: int
    rules: tuple[FeltRule, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ProgressionRule:
    """What has to be true before a firmer target is offered; counts, 0-10, days, levels."""

    sessions: int
    max_discomfort: int
    days_between: int
    raise_by: int
    basis: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All of protocol.toml."""

    version: str
    labels: tuple[str, ...]
    anchors: tuple[str, ...]
    rungs: Mapping[str, int]
    protocols: Mapping[str, ProtocolRule]
    start: StartRule
    in_session: tuple[FeltRule, ...]
    next_day: NextDayRules
    progression: ProgressionRule
    dose: DoseRule

    def number(self, rule: str, name: str) -> int:
        """One number of a rule for what is felt, as number("sharp_1", "pause_s")."""
        rules = (*self.in_session, *self.next_day.rules)
        return next(each for each in rules if each.id == rule).numbers[name]


def read_rules(text: str) -> Rules:
    """Read and check the protocol; ProtocolError names what is wrong."""
    data = tomllib.loads(text)
    levels = data["levels"]
    if [each["level"] for each in levels] != list(range(len(levels))):
        raise ProtocolError("levels", "must run 0, 1, 2 … without gaps")
    rungs = {tool: rung for tool, rung in data["rungs"].items() if tool != "basis"}
    return Rules(
        version=data["version"],
        labels=tuple(each["label"] for each in levels),
        anchors=tuple(each["anchor"] for each in levels),
        rungs=MappingProxyType(rungs),
        protocols=MappingProxyType(
            {key: _protocol(key, value) for key, value in data["protocols"].items()}
        ),
        start=StartRule(**data["start"]),
        in_session=tuple(_felt(each) for each in data["in_session"]),
        next_day=_next_day(data["next_day"]),
        progression=ProgressionRule(**data["progression"]),
        dose=DoseRule(**data["dose"]),
    )


def _protocol(key: str, data: Mapping[str, Any]) -> ProtocolRule:
    phases = tuple(_phase(f"protocols.{key}", each) for each in data["phases"])
    if len({phase.name for phase in phases}) != len(phases):
        raise ProtocolError(f"protocols.{key}", "two phases share a name")
    return ProtocolRule(id=key, basis=data["basis"], phases=phases)


def _phase(where: str, data: Mapping[str, Any]) -> PhaseRule:
    phase = PhaseRule(**data)
    key = f"{where}.{phase.name}"
    if phase.level not in LEVEL_RULES:
        raise ProtocolError(f"{key}.level", f"unknown level {phase.level!r}")
    if phase.seconds < 1:
        raise ProtocolError(f"{key}.seconds", "must be 1 or more")
    if not 0 <= phase.ceiling <= 10:
        raise ProtocolError(f"{key}.ceiling", "must be 0-10")
    return phase


def _next_day(data: Mapping[str, Any]) -> NextDayRules:
    return NextDayRules(**{**data, "rules": tuple(_felt(each) for each in data["rules"])})


def _felt(data: Mapping[str, Any]) -> FeltRule:
    numbers = {key: value for key, value in data.items() if type(value) is int}
    return FeltRule(data["id"], data["basis"], MappingProxyType(numbers))


RULES = read_rules(SOURCE.read_text(encoding="utf-8"))
