"""Where it hurts that a spot is worked on for: what can be chosen, and what is likely."""

from collections.abc import Iterable, Mapping

from tracker.language import gettext as _
from tracker.spots.catalog import catalog
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import AnySpot

Choices = dict[str, list[tuple[str, str]]]


def hurting_choices(spot: AnySpot) -> Choices:
    """Every region there can be a question about, by heading; "" is where one presses."""
    known = catalog().regions
    label = {
        id_: _(region.label)
        for id_, region in known.items()
        if spot.sides != ("middle",) or not region.paired
    }
    named = [id_ for id_ in spot.felt_in if id_ in label and id_ != spot.region]
    others = [id_ for id_ in label if id_ not in named and id_ != spot.region]
    here = _("%(region)s, where you press", region=_(known[spot.region].label))
    return {
        "": [("", here)],
        _("Often felt there"): [(id_, label[id_]) for id_ in named],
        _("Elsewhere"): [(id_, label[id_]) for id_ in others],
    }


def likely_hurting(
    spot: AnySpot, came_from: Iterable[str], mine: Mapping[str, TrackedSpot]
) -> str | None:
    """The region that hurts, by where the person came from or what they set on the other side.

    came_from are regions; one where the spot is known to be felt goes first.
    """
    askable = {id_ for choices in hurting_choices(spot).values() for id_, _label in choices}
    asked = [id_ for id_ in came_from if id_ in askable or id_ == spot.region]
    felt = [id_ for id_ in asked if id_ in {spot.region, *spot.felt_in}]
    for region in (*felt, *asked):
        return None if region == spot.region else region
    return next((one.hurts_in for one in mine.values() if one.hurts_in), None)
