"""What the day's question is about: each region and side that a person works on, once."""

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.spots.catalog import catalog
from tracker.spots.chosen import Chosen, held, hurting

RegionSide = tuple[str, str]


def asked_side(region: str, side: str) -> str:
    """The side to ask about; a region that lies on the midline has but one."""
    return side if catalog().regions[region].paired else "middle"


def asked_about(
    chosen: Iterable[Chosen], regions: Mapping[str, str], today: date
) -> tuple[RegionSide, ...]:
    """Where it hurts that is worked on, in the same order, each once.

    regions are those of the spots. What is paused or off the list counts as long as a test of it
    runs, which is scored by it.
    """
    known = catalog().regions
    places = (
        (hurting(one, regions[one.spot_id]), one.side)
        for one in chosen
        if one.spot_id in regions and _is_asked(one, today)
    )
    here = ((region, asked_side(region, side)) for region, side in places if region in known)
    return tuple(dict.fromkeys(here))


def _is_asked(one: Chosen, today: date) -> bool:
    return not (one.paused_at or one.archived_at) or held(one, today) is not None


def can_be_asked_at(region: str, side: str) -> bool:
    """Whether there can be a question about this region for a spot on such a side."""
    return can_be_asked(region, "middle") or can_be_asked(region, side)


def can_be_asked(region: str, side: str) -> bool:
    """Whether there is such a region, with such a side."""
    known = catalog().regions.get(region)
    return bool(known and side in (("left", "right") if known.paired else ("middle",)))
