"""What a person said about safety: answers at the gates, entries of the list, and places."""

from dataclasses import dataclass
from datetime import datetime

from tracker.safety.content import OpensWith, Rule
from tracker.safety.rules import SAFETY
from tracker.spots.catalog import catalog


@dataclass(frozen=True, slots=True)
class Place:
    """Where one presses: a spot of the catalogue, or one of one's own with its region."""

    id: str
    region: str
    own: bool = False

    @classmethod
    def of(cls, spot_id: str, region: str | None = None) -> "Place":
        """The place of a slug, or of an own spot's id and region; ValueError if unknown."""
        known = catalog().spots.get(spot_id)
        if known:
            return cls(spot_id, known.region)
        if region not in catalog().regions:
            raise ValueError(f"unknown region {region!r}")
        return cls(spot_id, region, own=True)


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What was ticked at one gate; nothing ticked is "None of these". Times are aware.

    cleared_at is when the person said that a clinician has looked. ValueError for an unknown
    gate, or an item that is not the gate's.
    """

    gate: str
    answered_at: datetime
    chosen: frozenset[str] = frozenset()
    cleared_at: datetime | None = None

    def __post_init__(self) -> None:
        gate = SAFETY.gates.get(self.gate)
        if gate is None or self.chosen - {item.id for item in gate.items}:
            raise ValueError(f"not an answer of {self.gate!r}: {sorted(self.chosen)}")

    def cleared(self, now: datetime) -> bool:
        return self.cleared_at is not None and self.answered_at <= self.cleared_at <= now

    @property
    def closing(self) -> list[str]:
        """The ticked items that only a clinician's look opens again."""
        return [id_ for id_ in sorted(self.chosen) if _opens_with(id_) == OpensWith.CLINICIAN]

    def waits(self, now: datetime) -> bool:
        """Whether it keeps the gate's spots closed until a clinician has looked."""
        return bool(self.closing) and not self.cleared(now)

    @property
    def emergency(self) -> bool:
        return any(SAFETY.items[id_].effect == "emergency" for id_ in self.chosen)


@dataclass(frozen=True, slots=True)
class Condition:
    """One entry of a person's list; a blank region reaches everywhere, a blank side both.

    agreed_at is when the person said that their clinician agrees, ended_at when the entry was
    taken off. ValueError for an unknown entry or region.
    """

    id: str
    since: datetime
    region: str | None = None
    side: str | None = None
    agreed_at: datetime | None = None
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.id not in SAFETY.conditions:
            raise ValueError(f"unknown condition {self.id!r}")
        if self.region is not None and self.region not in catalog().regions:
            raise ValueError(f"unknown region {self.region!r}")

    def lasts(self, now: datetime) -> bool:
        return self.ended_at is None or self.ended_at > now

    def agreed(self, now: datetime) -> bool:
        return self.agreed_at is not None and self.since <= self.agreed_at <= now


@dataclass(frozen=True, slots=True)
class Said:
    """All that a person said about safety; asked_at is when the list was asked last."""

    answers: tuple[GateAnswer, ...]
    conditions: tuple[Condition, ...]
    asked_at: datetime | None


def _opens_with(item: str) -> str | None:
    return SAFETY.effects[SAFETY.items[item].effect].opens_with


def reaches(rule: Rule, condition: Condition, place: Place, side: str) -> bool:
    """Whether one rule of an entry reaches where this spot is pressed, on this side."""
    regions = catalog().regions
    group = regions[place.region].group
    if (rule.groups or rule.regions) and not (group in rule.groups or place.region in rule.regions):
        return False
    if rule.reach == "everywhere" or condition.region is None:
        return True
    there = regions[condition.region]
    if there.paired and {condition.side, side} == {"left", "right"}:
        return False
    if rule.reach == "area":
        return here(place.region, there.id)
    limbs = [limb for limb in SAFETY.places.limbs.values() if there.id in limb]
    same_limb = any(place.region in limb for limb in limbs)
    if rule.reach == "limb":
        return same_limb or not limbs
    return same_limb or group == there.group or here(place.region, there.id)


def here(one: str, other: str) -> bool:
    """Whether two regions are the same, one inside the other, or right beside each other."""
    regions = catalog().regions
    inside = one in regions[other].includes or other in regions[one].includes
    beside = any({one, other} == set(pair) for pair in SAFETY.places.beside)
    return one == other or inside or beside
