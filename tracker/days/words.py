"""What is asked, and what a region and side is called."""

from tracker.language import gettext as _
from tracker.spots.catalog import catalog
from tracker.spots.words import place


def region_place(region: str, side: str) -> str:
    """A region and its side: "Low back, left"; the id of one that is no longer known."""
    known = catalog().regions.get(region)
    return place(_(known.label) if known else region, side)
