"""Somebody else's table: which column is what, and how its dates are written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tracker.sharing.fields import WHOLE, Wrong, is_bounded

# What can be matched, with words that the head of a column may hold.
MEANINGS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "datum", "tag"),
    "time": ("time", "start", "uhrzeit", "zeit"),
    "spot": ("spot", "point", "muscle", "punkt", "muskel"),
    "side": ("side", "seite"),
    "pain_before": ("before", "vorher", "davor"),
    "pain_after": ("after", "nachher", "danach"),
    "note": ("note", "comment", "notiz", "bemerkung"),
}
FORMATS: Mapping[str, str] = {
    "2026-11-22": "%Y-%m-%d",
    "22.11.2026": "%d.%m.%Y",
    "22/11/2026": "%d/%m/%Y",
    "11/22/2026": "%m/%d/%Y",
    "22.11.26": "%d.%m.%y",
    "11/22/26": "%m/%d/%y",
}
TIMES = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?(?:\s*([AaPp])\.?[Mm]\.?)?")
NOON = time(12)
SIDES = {
    **dict.fromkeys(("l", "left", "links", "li"), "left"),
    **dict.fromkeys(("r", "right", "rechts", "re"), "right"),
    **dict.fromkeys(("m", "middle", "mitte", "both"), "middle"),
}
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Matched:
    """Which column is what; spot and side may be one for every line instead."""

    columns: Mapping[str, str]
    date_format: str
    zone: str
    spot: str = ""
    side: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Matched":
        return cls(**kept)


def guessed(names: Iterable[str]) -> dict[str, str]:
    """A column for each meaning, by the words in its head; each column once."""
    left, found = list(names), {}
    for meaning, words in MEANINGS.items():
        name = next((each for each in left if any(word in each.lower() for word in words)), "")
        if name:
            found[meaning] = name
            left.remove(name)
    return found


def fitting(texts: Iterable[str]) -> list[str]:
    """The ways of writing a date that fit all of these."""
    some = [text for text, _ in zip(texts, range(LOOKED_AT), strict=False) if text.strip()]
    return [name for name in FORMATS if some and all(_fits(text, name) for text in some)]


def _fits(text: str, name: str) -> bool:
    try:
        as_day(text, name)
    except Wrong:
        return False
    return True


def as_day(text: str, name: str) -> date:
    """A date written as `name`; a time after it is left to as_time."""
    text = text.strip().split("T" if name == "2026-11-22" else " ")[0].split(" ")[0]
    try:
        found = datetime.strptime(text, FORMATS[name]).date() if text.isascii() else None
        if found and is_bounded(found):
            return found
    except ValueError:
        pass
    raise Wrong("date_as", example=name, column="date")


def as_time(text: str) -> time:
    """A time of day, noon where none is told."""
    if not text.strip():
        return NOON
    found = TIMES.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3] in "Pp" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise Wrong("time", column="time")
    return time(hour, minute)


def as_side(text: str) -> str:
    try:
        return SIDES[text.strip().lower()]
    except KeyError:
        raise Wrong("option", options="left, right, middle", column="side") from None


def as_rating(text: str, column: str) -> int | None:
    """A whole number from 0 to 10; empty is unknown."""
    text = text.strip().removesuffix("/10").removesuffix(".0")
    if not text:
        return None
    if not WHOLE.fullmatch(text) or not 0 <= int(text) <= 10:
        raise Wrong("range", low=0, high=10, column=column)
    return int(text)
