"""Why a session from a phone cannot be kept, as sentences."""

from tracker.api import Refused
from tracker.language import N_
from tracker.language import gettext as _
from tracker.sessions.document import Wrong

WHY = {
    "spot": N_("This spot is not one of yours, or is not guided."),
    "other_spot": N_("The spot of a session cannot be changed."),
    "side": N_("Which side was it?"),
    "tool": N_("This tool does not belong to this spot."),
    "zone": N_("This time zone is not known."),
    "trace": N_("The guide cannot have run like this."),
    "measured": N_("What the guide measured cannot be changed."),
    "rating": N_("Choose a number from 0 to 10, or leave it blank."),
    "moment": N_("This needs a date, a time and its offset."),
    "other_side": N_("This spot has no other side."),
    "choice": N_("Choose one of these, or leave it blank."),
    "flag": N_("Answer yes or no, or leave it blank."),
    "places": N_("Choose from these places."),
    "text": N_("There is a character in here that cannot be shown. Please take it out."),
    "long": N_("This note is too long."),
    "early": N_("It is too early to say how the next day is."),
    "based_on": N_("This needs the number of a revision, or nothing."),
    "day": N_("This needs a day that has come, for example 2026-11-22."),
    "region": N_("This region is not known."),
}


def refused(error: Wrong) -> Refused:
    """The same for the one who sent it."""
    return Refused(error.key, _(WHY[error.code]))
