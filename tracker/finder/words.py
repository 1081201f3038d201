"""Why a spot is offered, in the reader's language."""

from collections.abc import Collection, Mapping

from tracker.finder.ranking import Match, ReasonCode
from tracker.language import gettext as _
from tracker.spots.catalog import catalog
from tracker.spots.words import listed, place, places


def reason(match: Match) -> str:
    """Why a spot is offered, in one sentence that says who says so."""
    why = match.reason
    if why.code is ReasonCode.YOURS:
        return {
            "yes": _("You said: yes, that is my pain"),
            "partly": _("You said: partly my pain"),
            "felt": _("You felt it there"),
        }[why.answer or "partly"]
    if why.code is ReasonCode.LISTED:
        return _("The article lists it under %(names)s", names=listed(why.listed_under))
    if why.code is ReasonCode.FELT:
        return _("The article says it is felt there: %(places)s", places=places(why.regions))
    if why.code is ReasonCode.NEAR:
        return _("The article names a place close by: %(places)s", places=places(why.regions))
    return _("The article names a place next to it: %(places)s", places=places(why.regions))


def where(region: str, sides: Collection[str]) -> str:
    """A region and its sides in words: "Low back, left"."""
    name = _(catalog().regions[region].label)
    if len(sides) > 1:
        return _("%(place)s, both sides", place=name)
    return place(name, next(iter(sides), "middle"))


def why_elsewhere(match: Match) -> str | None:
    """Why one presses elsewhere than it hurts, where the article says why; else None."""
    named = set(match.reason.listed_under)
    notes = [other.note for other in match.spot.mistaken_for if other.what in named]
    return _("Why here? The article says: %(note)s", note=_(notes[0])) if notes else None


def pressed(match: Match) -> str:
    """The spot and its side, or both: "Top of the buttock, left"."""
    name = _(match.spot.name)
    if match.side:
        return place(name, match.side)
    return _("%(place)s, both sides", place=name) if len(match.spot.sides) > 1 else name


def felt(match: Match, sides: Mapping[str, Collection[str]]) -> str:
    """The chosen places that go with the spot, else those next to them: "Low back, left"."""
    near = (match.side,) if match.side else ()
    named = {region: sides[region] for region in match.felt}
    named = named or dict.fromkeys(match.reason.regions, near)
    return " · ".join(where(region, there) for region, there in named.items())
