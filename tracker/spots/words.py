"""What the catalogue's ids and codes are called, in the reader's language."""

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import get_locale

from tracker.language import N_
from tracker.language import gettext as _
from tracker.spots.body import body
from tracker.spots.catalog import catalog
from tracker.spots.claims import Saying, all_sayings, sayings
from tracker.spots.closeup import Picture, laid_out

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


def picture(spot: str, side: str) -> Picture:
    """The close-up of a spot of the catalogue on one side, in the reader's language."""
    return laid_out(catalog().spots[spot].closeup, side, _)


def picture_words(shown: Picture) -> str:
    """What a close-up shows, for those who do not see it."""
    values = {
        "view": _(body().views[shown.view].label),
        "side": side_word(shown.side),
        "landmarks": format_list(shown.names, locale=get_locale()),
        "press": shown.press,
    }
    return _("%(view)s, %(side)s, with an arrow: %(press)s. Landmarks: %(landmarks)s.", **values)


def sayings_of(by: Iterable[str]) -> tuple[Saying, ...]:
    return sayings(by, catalog().sources)


def sayings_on(said: Iterable[Iterable[str]]) -> tuple[Saying, ...]:
    """Every saying of a page, once: what its marks open."""
    return all_sayings(said, catalog().sources)


def saying_words(saying: Saying) -> str:
    """Who says so, as short as a mark has to be."""
    several = len(saying.sources) > 1
    return {
        "article": _("the article says"),
        "study": _("studies say") if several else _("a study says"),
        "case": _("case reports say") if several else _("a case report says"),
        "experts": _("experts say"),
        "general": _("general knowledge"),
        "judgement": _("our judgement"),
        "silent": _("not in the article"),
    }[saying.kind]


def kind_word(kind: str) -> str:
    """What kind of source it is."""
    return {
        "article": _("An article for the public"),
        "study": _("A published study"),
        "case": _("A case report"),
        "experts": _("A published opinion of experts"),
        "general": _("General knowledge"),
        "judgement": _("This app's own judgement"),
        "silent": _("Not in the article"),
    }[kind]
