"""The catalogue of spots, read from TOML and checked; a mistake names its file and key."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.spots.content import (
    Catalog,
    Change,
    Group,
    Limits,
    Listing,
    MistakenFor,
    OwnSpots,
    Region,
    Snomed,
    Source,
    Spot,
    Tool,
)
from tracker.spots.records import CatalogError, read_record

__all__ = [
    "OWN_LOG_ONLY_REGIONS",
    "OWN_SPOT_LIMITS",
    "Catalog",
    "CatalogError",
    "Change",
    "Group",
    "Limits",
    "Listing",
    "MistakenFor",
    "OwnSpots",
    "Region",
    "Snomed",
    "Source",
    "Spot",
    "Tool",
    "catalog",
    "load",
]

SHIPPED = Path(__file__).with_name("catalog")
SOURCE_KINDS = ("article", "study", "general")
PROVENANCE_KINDS = (*SOURCE_KINDS, "judgement", "none")
# Levels 1-4, seconds, seconds: no spot goes beyond what the reference gives any spot.
LIMIT_RANGES = {"max_level": (1, 4), "max_hold_s": (1, 30), "max_pressure_s_per_day": (1, 300)}
NEVER_EMPTY = ("felt_in", "muscles", "find", "tools", "cautions", "sources", "listed")
WITHOUT_PROVENANCE = {
    *("number", "slug", "name", "paired", "main", "sources", "snomed", "provenance")
}


@dataclass(frozen=True, slots=True)
class _Head:
    version: str
    review: str
    gates: tuple[str, ...]
    changes: tuple[Change, ...]
    own_spots: OwnSpots


@dataclass(frozen=True, slots=True)
class _Regions:
    groups: tuple[Group, ...]
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class _Sources:
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _Tools:
    tools: tuple[Tool, ...]


@cache
def catalog() -> Catalog:
    """The catalogue this app comes with, read once."""
    return load(SHIPPED)


def load(folder: Path) -> Catalog:
    """Read and check a catalogue folder; CatalogError names the file and the key."""
    head = read_record(_Head, folder / "catalog.toml")
    places = read_record(_Regions, folder / "regions.toml")
    sources = read_record(_Sources, folder / "sources.toml").sources
    tools = read_record(_Tools, folder / "tools.toml").tools
    files = sorted((folder / "spots").glob("*.toml"))
    spots = {path.name: read_record(Spot, path) for path in files}
    whole = Catalog(
        version=head.version,
        review=head.review,
        changes=head.changes,
        gates=head.gates,
        own_spots=head.own_spots,
        groups=_by_id(places.groups, "regions.toml", "groups"),
        regions=_by_id(places.regions, "regions.toml", "regions"),
        sources=_by_id(sources, "sources.toml", "sources"),
        tools=_by_id(tools, "tools.toml", "tools"),
        spots=_by_slug(spots),
    )
    _check_head(whole)
    _check_lists(whole)
    for file, spot in spots.items():
        _check_spot(spot, whole, file)
    return whole


def _by_id(records: Iterable[Any], file: str, key: str) -> Mapping[str, Any]:
    found = {}
    for at, record in enumerate(records):
        if record.id in found:
            raise CatalogError(file, f"{key}[{at}].id", f"{record.id!r} is there twice")
        found[record.id] = record
    return MappingProxyType(found)


def _by_slug(spots: Mapping[str, Spot]) -> Mapping[str, Spot]:
    if not spots:
        raise CatalogError("spots", "", "holds no spot")
    seen = {}
    for file, spot in spots.items():
        for key in ("number", "slug"):
            value = getattr(spot, key)
            if (key, value) in seen:
                first = seen[key, value]
                raise CatalogError(file, key, f"{value!r} is taken by {first}")
            seen[key, value] = file
        if file != f"{spot.number:02}-{spot.slug}.toml":
            raise CatalogError(file, "slug", f"{spot.number:02}-{spot.slug} is not the file name")
    ordered = sorted(spots.values(), key=lambda spot: spot.number)
    return MappingProxyType({spot.slug: spot for spot in ordered})


def _check_head(whole: Catalog) -> None:
    file = "catalog.toml"
    if not re.fullmatch(r"\d{4}\.\d{2}\.\d{2}", whole.version):
        raise CatalogError(file, "version", f"{whole.version!r} is not like 2026.11.22")
    if not whole.changes:
        raise CatalogError(file, "changes", "is empty")
    own = whole.own_spots
    _known(own.log_only_regions, whole.regions, "region", file, "own_spots.log_only_regions")
    _check_limits(own.limits, whole, file, "own_spots.limits")


def _check_lists(whole: Catalog) -> None:
    for at, region in enumerate(whole.regions.values()):
        key = f"regions[{at}]"
        _known([region.group], whole.groups, "group", "regions.toml", f"{key}.group")
        _known(region.includes, whole.regions, "region", "regions.toml", f"{key}.includes")
        _known(region.beside, whole.regions, "region", "regions.toml", f"{key}.beside")
    for at, source in enumerate(whole.sources.values()):
        key = f"sources[{at}]"
        _known([source.kind], SOURCE_KINDS, "kind", "sources.toml", f"{key}.kind")
        if source.pmid and not re.fullmatch(r"[0-9]{1,8}", source.pmid):
            raise CatalogError("sources.toml", f"{key}.pmid", f"{source.pmid!r} is not a PubMed id")


def _check_spot(spot: Spot, whole: Catalog, file: str) -> None:
    for key in NEVER_EMPTY:
        if not getattr(spot, key):
            raise CatalogError(file, key, "is empty")
    _known([spot.region], whole.regions, "region", file, "region")
    _known(spot.felt_in, whole.regions, "region", file, "felt_in")
    _known(spot.sources, whole.sources, "source", file, "sources")
    for at, listing in enumerate(spot.listed):
        _known(listing.regions, whole.regions, "region", file, f"listed[{at}].regions")
    for at, other in enumerate(spot.mistaken_for):
        _known(other.sources, spot.sources, "source", file, f"mistaken_for[{at}].sources")
    _check_limits(spot.limits, whole, file, "limits")
    _check_provenance(spot, file)


def _check_limits(limits: Limits, whole: Catalog, file: str, key: str) -> None:
    for name, (low, high) in LIMIT_RANGES.items():
        value = getattr(limits, name)
        if not low <= value <= high:
            raise CatalogError(file, f"{key}.{name}", f"{value} is not within {low} to {high}")
    allowed, gates = limits.tools_allowed, limits.gates
    _known(allowed, whole.tools, "tool", file, f"{key}.tools_allowed")
    _known([limits.start_tool], allowed, "tool", file, f"{key}.start_tool")
    _known(gates, whole.gates, "gate", file, f"{key}.gates")
    _known(limits.every_session_gates, gates, "gate", file, f"{key}.every_session_gates")


def _check_provenance(spot: Spot, file: str) -> None:
    told = {
        field.name
        for field in fields(Spot)
        if field.name not in WITHOUT_PROVENANCE and getattr(spot, field.name)
    }
    for key in sorted(told - set(spot.provenance)):
        raise CatalogError(file, f"provenance.{key}", "missing")
    for key, kinds in spot.provenance.items():
        if key not in told:
            raise CatalogError(file, f"provenance.{key}", "unknown key")
        if not kinds:
            raise CatalogError(file, f"provenance.{key}", "is empty")
        _known(kinds, PROVENANCE_KINDS, "kind", file, f"provenance.{key}")


def _known(ids: Iterable[str], known: Collection[str], what: str, file: str, key: str) -> None:
    for id_ in ids:
        if id_ not in known:
            raise CatalogError(file, key, f"unknown {what} {id_!r}")


OWN_SPOT_LIMITS = catalog().own_spots.limits
OWN_LOG_ONLY_REGIONS = catalog().own_spots.log_only_regions
