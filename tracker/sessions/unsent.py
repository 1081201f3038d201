"""What is on a phone only: a page without anything of a person, which the phone fills in."""

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from tracker.sessions.differing import column_words, notes_joined
from tracker.spots.catalog import catalog
from tracker.spots.words import SIDES, side_word

bp = Blueprint("unsent", __name__)


@bp.get("/unsent")
def show() -> str:
    return render_template("sessions/unsent.html", words=_words())


def _words() -> dict[str, Any]:
    """The sentences of its script; {n} and the like are filled in by the browser."""
    return {
        "spots": {spot.slug: _(spot.name) for spot in catalog().spots.values()},
        "sides": {side: side_word(side) for side in SIDES},
        "ownSpot": _("A spot of your own"),
        "place": _("{spot}, {side}"),
        "kinds": {"rating": _("How a day was"), "answers": _("What you answered for safety")},
        "waiting": _("Waits to be sent."),
        "deleting": _("Is deleted here; the server is still to be told."),
        "signedOut": _("You are signed out. Sign in to send it."),
        "visitor": _(
            "Done before anybody signed in. Sign in or register to keep it in an account."
        ),
        "attention": _("The server did not take it: {why} You can take it out as a file."),
        "remove": _("Remove"),
        "seen": _("OK"),
        "others": {
            "one": _("Something of someone else is waiting on this phone."),
            "many": _("Something of someone else is waiting on this phone ({n})."),
        },
        "news": _news(),
        "fields": column_words(),
        "other": _("what was measured"),
    }


def _news() -> dict[str, str]:
    return {
        "merged": _(
            "This was changed elsewhere, too, and differed in: {fields}. What you said on this "
            "phone was kept."
        ),
        "notes": notes_joined(),
        "deleted": _("This was deleted elsewhere, and stays deleted."),
        "undeleted": _("This was changed elsewhere, so it was not deleted."),
        "later": _("A later answer for that day stands. This one is kept beside it."),
    }
