"""Checks of the catalogue as a whole: what it names is there, and every text says who says so."""

import re
from collections.abc import Collection, Iterable
from dataclasses import fields

from tracker.spots.claims import said_in
from tracker.spots.closeup import KINDS, CloseUp
from tracker.spots.content import Catalog, Limits, Spot
from tracker.spots.records import CatalogError

SOURCE_KINDS = ("article", "study", "case", "experts", "general", "judgement", "silent")
PUBLISHED = ("article", "study", "case", "experts")
# Levels 1-4, seconds, seconds: no spot goes beyond what the reference gives any spot.
LIMIT_RANGES = {"max_level": (1, 4), "max_hold_s": (1, 30), "max_pressure_s_per_day": (1, 300)}
NEVER_EMPTY = ("felt_in", "muscles", "find", "tools", "cautions", "sources", "listed")
WITHOUT_PROVENANCE = {
    *("number", "slug", "name", "paired", "main", "sources", "snomed", "provenance", "closeup"),
    *("cautions", "mistaken_for", "pairs", "conflicts"),  # each says by itself
}
CONFLICTS_AT = ("find", "limits", "mistaken_for")
NEVER_LISTED = ("judgement", "none")


def check_head(whole: Catalog) -> None:
    file = "catalog.toml"
    if not re.fullmatch(r"\d{4}\.\d{2}\.\d{2}", whole.version):
        raise CatalogError(file, "version", f"{whole.version!r} is not like 2026.11.22")
    if not whole.changes:
        raise CatalogError(file, "changes", "is empty")
    own = whole.own_spots
    _known(own.log_only_regions, whole.regions, "region", file, "own_spots.log_only_regions")
    _check_limits(own.limits, whole, file, "own_spots.limits")


def check_lists(whole: Catalog) -> None:
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
        if bool(source.cite) != (source.kind in PUBLISHED):
            raise CatalogError("sources.toml", f"{key}.cite", f"does not fit {source.kind!r}")


def check_spot(spot: Spot, whole: Catalog, file: str) -> None:
    for key in NEVER_EMPTY:
        if not getattr(spot, key):
            raise CatalogError(file, key, "is empty")
    _known([spot.region], whole.regions, "region", file, "region")
    _known(spot.felt_in, whole.regions, "region", file, "felt_in")
    _known(spot.sources, whole.sources, "source", file, "sources")
    for at, listing in enumerate(spot.listed):
        _known(listing.regions, whole.regions, "region", file, f"listed[{at}].regions")
    for at, pair in enumerate(spot.pairs):
        _known([pair.spot], whole.spots, "spot", file, f"pairs[{at}].spot")
    for at, conflict in enumerate(spot.conflicts):
        _known([conflict.about], CONFLICTS_AT, "part", file, f"conflicts[{at}].about")
    _check_closeup(spot.closeup, file)
    _check_limits(spot.limits, whole, file, "limits")
    _check_provenance(spot, file)
    said = said_in(spot)
    for key, by in said.items():
        _check_by(by, (*spot.sources, *NEVER_LISTED), file, key)
    for source in spot.sources:
        if not any(source in by for by in said.values()):
            raise CatalogError(file, "sources", f"{source!r} says nothing here")


def _check_closeup(shown: CloseUp, file: str) -> None:
    points = {"arrow": (shown.arrow.start, shown.arrow.end, shown.arrow.label)}
    for at, one in enumerate(shown.landmarks):
        key = f"closeup.landmarks[{at}]"
        _known([one.kind], KINDS, "kind", file, f"{key}.kind")
        points[key] = (one.at, one.label, *([one.to] if one.to else ()))
    if len(shown.box) != 4:
        raise CatalogError(file, "closeup.box", "is not x, y, width and height")
    left, top, width, height = shown.box
    for key, each in points.items():
        for point in each:
            x, y = point if len(point) == 2 else (left - 1, top)
            if not (left <= x <= left + width and top <= y <= top + height):
                raise CatalogError(file, key, f"{list(point)} is not a point of the picture")


def check_chapters(whole: Catalog) -> None:
    for at, chapter in enumerate(whole.chapters):
        for nth, claim in enumerate(chapter.claims):
            key = f"chapters[{at}].claims[{nth}].by"
            _check_by(claim.by, whole.sources, "about.toml", key)


def _check_by(by: Collection[str], known: Collection[str], file: str, key: str) -> None:
    if not by:
        raise CatalogError(file, key, "is empty")
    _known(by, known, "source", file, key)


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
    for key in spot.provenance:
        if key not in told:
            raise CatalogError(file, f"provenance.{key}", "unknown key")


def _known(ids: Iterable[str], known: Collection[str], what: str, file: str, key: str) -> None:
    for id_ in ids:
        if id_ not in known:
            raise CatalogError(file, key, f"unknown {what} {id_!r}")
