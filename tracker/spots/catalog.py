"""The catalogue of spots, read from TOML and checked; a mistake names its file and key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.spots.checks import check_chapters, check_head, check_lists, check_spot
from tracker.spots.content import (
    Catalog,
    Change,
    Chapter,
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


@dataclass(frozen=True, slots=True)
class _About:
    chapters: tuple[Chapter, ...]


@cache
def catalog() -> Catalog:
    """The catalogue this app comes with, read once."""
    return load(SHIPPED)


def load(folder: Path) -> Catalog:
    """Read and check a catalogue folder; CatalogError names the file and the key."""
    head = read_record(_Head, folder / "catalog.toml")
    places = read_record(_Regions, folder / "regions.toml")
    sources = read_record(_Sources, folder / "sources.toml").sources
    chapters = read_record(_About, folder / "about.toml").chapters
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
        chapters=chapters,
    )
    check_head(whole)
    check_lists(whole)
    for file, spot in spots.items():
        check_spot(spot, whole, file)
    check_chapters(whole)
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


OWN_SPOT_LIMITS = catalog().own_spots.limits
OWN_LOG_ONLY_REGIONS = catalog().own_spots.log_only_regions
