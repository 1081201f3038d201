"""Why a spot is offered, in the reader's language."""

from tracker.finder.ranking import Match, ReasonCode
from tracker.language import gettext as _
from tracker.spots.words import listed, places


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
    return _("The article names a place close by: %(places)s", places=places(why.regions))


def why_elsewhere(match: Match) -> str | None:
    """Why one presses elsewhere than it hurts, where the article says why; else None."""
    named = set(match.reason.listed_under)
    notes = [other.note for other in match.spot.mistaken_for if other.what in named]
    return _("Why here? The article says: %(note)s", note=_(notes[0])) if notes else None
