"""The places an address asks for: `at=low_back.left`, `at=face`; `at=low_back` is both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tracker.spots.content import Catalog

SIDES = ("left", "right")
MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Asked:
    """Chosen regions in the catalogue's order, each with its sides (none where it has none)."""

    sides: Mapping[str, tuple[str, ...]]
    unknown: bool = False

    def values(self) -> list[str]:
        """The shortest address of the choice."""
        return [value for region, sides in self.sides.items() for value in _values(region, sides)]

    def pressed_sides(self) -> set[str]:
        """The sides of a spot that answers here may be about: all, if a place has no side."""
        named = [set(sides) or {*SIDES} for sides in self.sides.values()]
        return {MIDDLE}.union(*named)

    def without(self, region: str) -> "Asked":
        return Asked({one: sides for one, sides in self.sides.items() if one != region})


def read(values: Iterable[str], catalog: Catalog) -> Asked:
    """What the address asks for; what is not known is left out, and said to be."""
    found: dict[str, set[str]] = {}
    unknown = False
    for value in values:
        region, dot, side = value.partition(".")
        if region not in catalog.regions or (dot and not _has(region, side, catalog)):
            unknown = True
        elif catalog.regions[region].paired:
            found.setdefault(region, set()).update([side] if dot else SIDES)
        else:
            found[region] = set()
    ordered = {
        region: tuple(side for side in SIDES if side in found[region])
        for region in catalog.regions
        if region in found
    }
    return Asked(MappingProxyType(ordered), unknown)


def _has(region: str, side: str, catalog: Catalog) -> bool:
    return side in SIDES and catalog.regions[region].paired


def _values(region: str, sides: tuple[str, ...]) -> list[str]:
    return [f"{region}.{sides[0]}"] if len(sides) == 1 else [region]
