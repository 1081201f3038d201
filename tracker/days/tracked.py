"""What the day's question is about: each region and side that a person works on, once."""

from collections.abc import Iterable

from tracker.spots.catalog import catalog

RegionSide = tuple[str, str]


def asked_side(region: str, side: str) -> str:
    """The side to ask about; a region that lies on the midline has but one."""
    return side if catalog().regions[region].paired else "middle"


def asked_regions(places: Iterable[RegionSide]) -> tuple[RegionSide, ...]:
    """The regions of these spots and their sides, in the same order, each once."""
    known = catalog().regions
    here = ((region, asked_side(region, side)) for region, side in places if region in known)
    return tuple(dict.fromkeys(here))


def can_be_asked(region: str, side: str) -> bool:
    """Whether there is such a region, with such a side."""
    known = catalog().regions.get(region)
    return bool(known and side in (("left", "right") if known.paired else ("middle",)))
