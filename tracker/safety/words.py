"""What closes or caps a spot, and who says so, in the reader's language."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from babel.lists import format_list
from flask_babel import get_locale

from tracker.language import gettext as _
from tracker.safety.answers import Condition
from tracker.safety.content import Effect
from tracker.safety.standing import SAFETY, Reason
from tracker.spots.catalog import Source
from tracker.spots.words import places, side_word


@dataclass(slots=True)
class Told:
    """One thing an effect says to do, and what was ticked or listed that led to it."""

    effect: Effect
    because: list[str] = field(default_factory=list)
    until: datetime | None = None  # where it opens by itself


def told(reasons: Iterable[Reason]) -> list[Told]:
    """One for each effect, gravest first, each cause named once."""
    found: dict[str, Told] = {}
    for reason in reasons:
        one = found.setdefault(reason.effect, Told(SAFETY.effects[reason.effect]))
        text = cause(reason)
        if text not in one.because:
            one.because.append(text)
        if reason.until:
            one.until = max(reason.until, one.until or reason.until)
    return list(found.values())


def cause(reason: Reason) -> str:
    """What the person ticked, or has on their list, in the words they read then."""
    if reason.item:
        return _(SAFETY.items[reason.item].text)
    return _(SAFETY.conditions[reason.rule].text)


def where(condition: Condition) -> str:
    """Where an entry is: "Shin, left", or that it counts everywhere."""
    if condition.region is None:
        return _("Everywhere")
    place = places([condition.region])
    if condition.side is None:
        return place
    return _("%(place)s, %(side)s", place=place, side=side_word(condition.side))


def does(entry: str) -> list[str]:
    """What an entry does, effect by effect."""
    return [_(SAFETY.effects[rule.does].text) for rule in SAFETY.conditions[entry].rules]


def entry_text(entry: str) -> str:
    return _(SAFETY.conditions[entry].text)


def signs_of(gate: str) -> list[tuple[str, str]]:
    """What is no case for massage among what a gate asks, each with what to do."""
    return [
        (_(item.text), _(SAFETY.effects[item.effect].text))
        for item in SAFETY.gates[gate].items
        if item.kind in ("emergency", "urgent")
    ]


def cited(ids: Iterable[str]) -> list[Source]:
    """The sources a rule names."""
    return [SAFETY.sources[id_] for id_ in ids]


def basis(kinds: Collection[str]) -> str:
    """What a rule rests on, as one phrase."""
    names = {
        "article": _("the article"),
        "source": _("published sources"),
        "general": _("general knowledge"),
        "judgement": _("this app's own judgement"),
    }
    return format_list([names[kind] for kind in kinds if kind in names], locale=get_locale())
