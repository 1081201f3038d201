"""What the safety pages say: places, and why a spot is closed or light."""

from dataclasses import dataclass
from datetime import datetime

from babel.lists import format_list
from flask_babel import get_locale

from tracker.dates import day
from tracker.language import gettext as _
from tracker.safety.content import Effect, Entry, OpensWith
from tracker.safety.rules import SAFETY
from tracker.safety.standing import Reason
from tracker.spots.catalog import catalog
from tracker.spots.content import groups
from tracker.spots.words import side_word


@dataclass(frozen=True, slots=True)
class Told:
    """One reason, in words: what was said, what follows, and what opens it again."""

    said: str
    follows: str
    what: tuple[str, ...]
    opens_with: OpensWith | None
    rule: str
    gate: bool


def told(reason: Reason, zone_now: datetime) -> Told:
    effect = SAFETY.effects[reason.effect]
    gate = reason.item is not None
    said = SAFETY.items[reason.item] if reason.item else SAFETY.conditions[reason.rule]
    return Told(
        said=_(said.text),
        follows=follows(effect, reason.until, zone_now),
        what=tuple(_(line) for line in effect.what),
        opens_with=reason.opens_with,
        rule=reason.rule,
        gate=gate,
    )


def follows(effect: Effect, until: datetime | None, zone_now: datetime) -> str:
    """What an answer does, in a sentence; with the day on which time alone ends it."""
    if until is None:
        return _(effect.text)
    local = until.astimezone(zone_now.tzinfo)
    return _("%(text)s Until %(day)s.", text=_(effect.text), day=day(local.date(), "EEEE d MMMM"))


def effects(entry: Entry) -> list[Effect]:
    """What an entry of the list does, each thing once."""
    return [SAFETY.effects[does] for does in dict.fromkeys(rule.does for rule in entry.rules)]


def region_choices(anywhere: bool) -> list[tuple[str, str]] | dict[str, list[tuple[str, str]]]:
    """Every region by body part, after a first choice that is none yet, or everywhere."""
    first = _("Everywhere, or no one place") if anywhere else _("Choose the place")
    found: dict[str, list[tuple[str, str]]] = {"": [("", first)]}
    for group, regions in groups(catalog()).items():
        found[_(group.label)] = [(region.id, _(region.label)) for region in regions]
    return found


def side_choices() -> list[tuple[str, str]]:
    return [("", _("Both")), ("left", _("Left")), ("right", _("Right"))]


def where(region: str | None, side: str | None) -> str:
    """The place of an entry: "Shin, left", or everywhere."""
    if region is None:
        return _("Everywhere")
    name = _(catalog().regions[region].label)
    return _("%(place)s, %(side)s", place=name, side=side_word(side)) if side else name


def who_says(sources: tuple[str, ...]) -> str:
    """The sources of a gate or an entry, as one phrase."""
    cited = [SAFETY.sources[source].cite for source in sources]
    return format_list(cited, style="unit", locale=get_locale())
