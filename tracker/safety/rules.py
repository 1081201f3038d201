"""The safety rules, read once from safety.toml and checked against the catalogue."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.safety.content import (
    NO_CAP,
    Aftercare,
    Effect,
    Entry,
    Gate,
    Item,
    Often,
    OpensWith,
    Places,
    Preface,
    Safety,
    Times,
)
from tracker.spots.catalog import CatalogError, Source, catalog
from tracker.spots.records import read_record

SHIPPED = Path(__file__).with_name("safety.toml")
KINDS = ("emergency", "urgent", "stop", "soon", "gentle_only", "raise_caution")
LIMBS = {"arm", "leg"}  # groups of regions
BASES = ("article", "source", "general", "judgement")
ABOUT = ("person", "place", "place_or_person")
REACHES = ("everywhere", "area", "near", "limb")


class SafetyError(ValueError):
    """safety.toml says something impossible; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class _File:
    version: str
    times: Times
    sheet: Preface
    effects: tuple[Effect, ...]
    gates: tuple[Gate, ...]
    conditions: tuple[Entry, ...]
    places: Places
    aftercare: tuple[Aftercare, ...]
    sources: tuple[Source, ...]


def load(path: Path) -> Safety:
    """Read and check the rules; SafetyError names the file and the key."""
    try:
        data = read_record(_File, path)
    except CatalogError as error:
        raise SafetyError(str(error)) from error
    check = _Check(path.name)
    items = [item for gate in data.gates for item in gate.items]
    safety = Safety(
        version=data.version,
        times=data.times,
        sheet=data.sheet,
        effects=check.by_id("effects", data.effects),
        gates=check.by_id("gates", data.gates),
        items=check.by_id("items", items),
        conditions=check.by_id("conditions", data.conditions),
        places=data.places,
        aftercare=check.by_id("aftercare", data.aftercare),
        sources=check.by_id("sources", (*catalog().sources.values(), *data.sources)),
    )
    check.whole(safety)
    return safety


@dataclass(frozen=True, slots=True)
class _Check:
    file: str

    def by_id(self, key: str, records: Iterable[Any]) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for record in records:
            self.must(record.id not in found, key, f"{record.id!r} is there twice")
            found[record.id] = record
        return MappingProxyType(found)

    def must(self, true: bool, key: str, problem: str) -> None:
        if not true:
            raise SafetyError(f"{self.file}: {key}: {problem}")

    def known(self, ids: Iterable[str], known: Collection[str], what: str, key: str) -> None:
        for id_ in ids:
            self.must(id_ in known, key, f"unknown {what} {id_!r}")

    def whole(self, safety: Safety) -> None:
        self._said_by(safety)
        self._times(safety.times)
        for effect in safety.effects.values():
            self._effect(effect)
        self.known(KINDS, safety.effects, "kind", "effects")
        self.known(catalog().gates, safety.gates, "gate", "gates")
        for gate in safety.gates.values():
            self._gate(gate, safety)
        for entry in safety.conditions.values():
            self._entry(entry, safety)
        for after in safety.aftercare.values():
            key = f"aftercare.{after.id}"
            self.known(after.spots, catalog().spots, "spot", f"{key}.spots")
            self.must(1 <= after.min_level <= NO_CAP, f"{key}.min_level", "is not a level")
        for at, pair in enumerate(safety.places.beside):
            key = f"places.beside[{at}]"
            self.known(pair, catalog().regions, "region", key)
            self.must(len(pair) == 2, key, "must be two regions")
        for limb, regions in safety.places.limbs.items():
            self.known(regions, catalog().regions, "region", f"places.limbs.{limb}")
        in_limbs = {region for regions in safety.places.limbs.values() for region in regions}
        for region in catalog().regions.values():
            known = region.group not in LIMBS or region.id in in_limbs
            self.must(known, "places.limbs", f"{region.id!r} is in none")

    def _said_by(self, safety: Safety) -> None:
        told: dict[str, Any] = {"times": safety.times, "sheet": safety.sheet}
        told["places"] = safety.places
        for key in ("effects", "gates", "conditions", "aftercare"):
            told |= {f"{key}.{id_}": each for id_, each in getattr(safety, key).items()}
        for key, record in told.items():
            self.must(bool(record.basis), f"{key}.basis", "is empty")
            self.known(record.basis, BASES, "basis", f"{key}.basis")
            self.known(getattr(record, "sources", ()), safety.sources, "source", f"{key}.sources")

    def _times(self, times: Times) -> None:
        for key in ("session_minutes", "month_days", "list_days", "wait_hours"):
            self.must(getattr(times, key) > 0, f"times.{key}", "must be 1 or more")

    def _effect(self, effect: Effect) -> None:
        key = f"effects.{effect.id}"
        level, opens = effect.max_level, effect.opens_with
        self.must(0 <= level <= NO_CAP, f"{key}.max_level", f"{level} is not within 0 to {NO_CAP}")
        self.must(effect.closes == bool(opens), f"{key}.opens_with", "goes with what closes")
        if opens:
            self.known([opens], tuple(OpensWith), "way", f"{key}.opens_with")

    def _gate(self, gate: Gate, safety: Safety) -> None:
        key = f"gates.{gate.id}"
        spots = catalog().spots
        self.known(gate.spots, spots, "spot", f"{key}.spots")
        self.known(gate.groups, catalog().groups, "group", f"{key}.groups")
        self.known(gate.spots.values(), tuple(Often), "time", f"{key}.spots")
        self.known(gate.groups.values(), tuple(Often), "time", f"{key}.groups")
        for slug, spot in spots.items():
            every = gate.spots.get(slug) == Often.EVERY_SESSION
            same = (gate.id in spot.limits.gates) == (slug in gate.spots)
            same &= every == (gate.id in spot.limits.every_session_gates)
            self.must(same, f"{key}.spots", f"not as in the catalogue for {slug!r}")
        if gate.closes_limb:
            self.known([gate.closes_limb], safety.places.limbs, "limb", f"{key}.closes_limb")
        for item in gate.items:
            self._item(item, safety, f"{key}.items.{item.id}")

    def _item(self, item: Item, safety: Safety, key: str) -> None:
        self.known([item.kind], KINDS, "kind", f"{key}.kind")
        self.known([item.effect], safety.effects, "effect", f"{key}.does")
        weaker = safety.effects[item.effect].max_level > safety.effects[item.kind].max_level
        self.must(not weaker, f"{key}.does", "is weaker than its kind")
        if item.counts_as:
            self.known([item.counts_as], safety.conditions, "condition", f"{key}.counts_as")
            about = safety.conditions[item.counts_as].about
            self.must(about == "person", f"{key}.counts_as", "must be about the person")

    def _entry(self, entry: Entry, safety: Safety) -> None:
        key = f"conditions.{entry.id}"
        self.known([entry.about], ABOUT, "subject", f"{key}.about")
        self.must(bool(entry.rules), f"{key}.rules", "is empty")
        for at, rule in enumerate(entry.rules):
            here = f"{key}.rules[{at}]"
            self.known([rule.does], safety.effects, "effect", f"{here}.does")
            self.known([rule.reach], REACHES, "reach", f"{here}.reach")
            self.known(rule.groups, catalog().groups, "group", f"{here}.groups")
            self.known(rule.regions, catalog().regions, "region", f"{here}.regions")
            fits = (rule.reach == "everywhere") == (entry.about == "person")
            self.must(fits, f"{here}.reach", f"does not go with {entry.about!r}")


SAFETY = load(SHIPPED)
