"""What the pages about spots show, from the catalogue and the drawing."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from tracker.spots.body import body
from tracker.spots.catalog import catalog
from tracker.spots.claims import said_about, said_in
from tracker.spots.content import Spot
from tracker.spots.words import picture, sayings_on


def spot_page(spot: Spot, side: str | None, came_from: Sequence[str]) -> dict[str, Any]:
    """The texts of a spot, its close-up on one side (the first unless asked), and who says what."""
    shown = side if side in spot.sides else spot.sides[0]
    return {
        "text": spot,
        "picture": picture(spot.slug, shown),
        "marks": body().marks_of(spot.slug, shown),
        "shows": [_side(spot, each, came_from) for each in spot.sides],
        "sources": [catalog().sources[source] for source in spot.sources],
        "page_sayings": sayings_on([*said_in(spot).values(), ["judgement", "none"]]),
        "catalog": catalog(),
        "back": url_for("finder.index", at=came_from),
    }


def _side(spot: Spot, side: str, came_from: Sequence[str]) -> tuple[str, str]:
    return side, url_for("spots.show", slug=spot.slug, side=side, at=came_from)


def about_page(contact: str | None) -> dict[str, Any]:
    """The catalogue as a whole, and whom to tell of an error in it."""
    return {
        "catalog": catalog(),
        "page_sayings": sayings_on(said_about(catalog())),
        "conflicts": [spot for spot in catalog().spots.values() if spot.conflicts],
        "contact": contact,
    }
