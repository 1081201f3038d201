"""What the catalogue's ids and codes are called, in the reader's language."""

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import get_locale

from tracker.language import N_
from tracker.language import gettext as _
from tracker.spots.catalog import catalog

SIDES = {"left": N_("left"), "right": N_("right"), "middle": N_("middle")}


def places(regions: Iterable[str]) -> str:
    """Region names in one phrase; English writes all but the first with a small letter."""
    first, *others = [_(catalog().regions[region].label) for region in regions]
    if get_locale().language == "en":
        others = [label[0].lower() + label[1:] for label in others]
    return ", ".join([first, *others])


def side_word(side: str) -> str:
    return _(SIDES[side])


def place(name: str, side: str) -> str:
    """A spot and its side: "Top of the buttock, left"."""
    return name if side == "middle" else _("%(spot)s, %(side)s", spot=name, side=side_word(side))


def listed(headings: Iterable[str]) -> str:
    """The article's headings, as one phrase: "sciatica and low back pain"."""
    return format_list([_(heading) for heading in headings], locale=get_locale())


def origin(kinds: Iterable[str]) -> str:
    """Who says so, for each kind of origin a text of the catalogue can have; "" for nobody."""
    names = {
        "article": _("the article"),
        "study": _("published studies"),
        "general": _("general knowledge"),
        "judgement": _("this app's own judgement"),
    }
    return format_list([names[kind] for kind in kinds if kind in names], locale=get_locale())
