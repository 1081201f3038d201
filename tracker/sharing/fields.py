"""What a value may be, told once: our files are described by it, and read back by it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any
from uuid import UUID

from tracker.strict import EARLIEST

WHOLE = re.compile(r"-?[0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?\S+")
# Control characters but line breaks and tabs, and halves of characters.
UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
YES_NO = {"true": True, "false": False}
DEEPEST = 12


class Wrong(ValueError):
    """A value that cannot be; code and values make the sentence, see words.py."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Field:
    """One value: type is string, integer, number, boolean, date, datetime, uuid, list or object.

    `about` says what it is, with its unit; low and high are included; a list holds strings.
    """

    type: str
    about: str = ""
    low: int | None = None
    high: int | None = None
    options: tuple[str, ...] = ()
    longest: int | None = None
    required: bool = False


def described(name: str, field: Field) -> dict[str, Any]:
    """A field of a Frictionless Table Schema."""
    limits = {
        "required": field.required or None,
        "minimum": field.low,
        "maximum": field.high,
        "enum": list(field.options) or None,
        "maxLength": field.longest,
    }
    found: dict[str, Any] = {"name": name, "type": field.type, "description": field.about}
    if field.type == "uuid":
        found |= {"type": "string", "format": "uuid"}
    if constraints := {key: value for key, value in limits.items() if value is not None}:
        found["constraints"] = constraints
    return found


JSON_TYPES: Mapping[str, dict[str, Any]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "list": {"type": "array", "items": {"type": "string"}},
}


def json_schema(field: Field) -> dict[str, Any]:
    """The same as JSON Schema; what is not required may be null."""
    limits = {
        "description": field.about or None,
        "minimum": field.low,
        "maximum": field.high,
        "maxLength": field.longest if field.type == "string" else None,
    }
    found = dict(JSON_TYPES.get(field.type, {"type": field.type}))
    found |= {key: value for key, value in limits.items() if value is not None}
    options: list[str | None] = list(field.options)
    if not field.required:
        found["type"] = [found["type"], "null"]
        options += [None] if options else []
    return found | ({"enum": options} if options else {})


def from_cell(field: Field, text: str) -> Any:
    """The value of a cell of a table; empty is none."""
    if text == "":
        return _none(field)
    return _checked(field, CELLS.get(field.type, str)(text))


def from_json(field: Field, value: Any) -> Any:
    """The value of a key of an archive; null is none."""
    if value is None:
        return _none(field)
    read, wanted = FROM_JSON[field.type]
    if type(value) not in wanted:
        raise Wrong("type", type=field.type)
    return _checked(field, read(value))


def _none(field: Field) -> None:
    if field.required:
        raise Wrong("blank")


def _checked(field: Field, value: Any) -> Any:
    if field.options and value not in field.options:
        raise Wrong("option", options=", ".join(field.options))
    if field.low is not None and not field.low <= value <= (field.high or value):
        raise Wrong("range", low=field.low, high=field.high)
    if isinstance(value, str):
        if field.longest is not None and len(value) > field.longest:
            raise Wrong("long", max=field.longest)
        if UNPRINTABLE.search(value):
            raise Wrong("unprintable")
    return value


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise Wrong("number")
    return int(text)


def _yes_no(text: str) -> bool:
    if text not in YES_NO:
        raise Wrong("yes_no")
    return YES_NO[text]


def is_bounded(day: date) -> bool:
    """Whether it is from 1900 on, and so far from the last day that every zone can tell it."""
    return EARLIEST.year <= day.year < 9999


def as_date(text: str) -> date:
    """A date as 2026-11-22, and in no other way."""
    try:
        found = date.fromisoformat(text) if DATE.fullmatch(text) else None
        if found and is_bounded(found):
            return found
    except ValueError:
        pass
    raise Wrong("date")


def as_moment(text: str) -> datetime:
    """A moment with its offset, as 2026-11-22T08:15:00+01:00."""
    try:
        moment = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
        if moment and moment.utcoffset() is not None and is_bounded(moment):
            return moment
    except ValueError:
        pass
    raise Wrong("moment")


def as_id(text: str) -> UUID:
    """A UUID in the one way it is written here, and not the one that names nothing."""
    try:
        found = UUID(text)
    except ValueError:
        raise Wrong("id") from None
    if str(found) != text or not found.int:
        raise Wrong("id")
    return found


def _number(value: float) -> float:
    if not -1e6 < value < 1e6:
        raise Wrong("range", low=-1_000_000, high=1_000_000)
    return float(value)


def _list(value: list[Any]) -> list[Any]:
    for each in value:
        if type(each) is not str or UNPRINTABLE.search(each):
            raise Wrong("type", type="list")
    return value


def _object(value: Any, depth: int = 0) -> Any:
    """Plain JSON, not too deep, without characters or numbers that nobody could take out again."""
    if depth > DEEPEST:
        raise Wrong("deep")
    if isinstance(value, dict):
        for key, each in value.items():
            _object(key, depth + 1)
            _object(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _object(each, depth + 1)
    elif isinstance(value, str) and UNPRINTABLE.search(value):
        raise Wrong("unprintable")
    elif isinstance(value, float) and not isfinite(value):  # 1e999, as JSON may write it
        raise Wrong("type", type="number")
    return value


CELLS: Mapping[str, Callable[[str], Any]] = {
    "integer": _whole,
    "boolean": _yes_no,
    "date": as_date,
    "datetime": as_moment,
    "uuid": as_id,
    "list": str.split,
}
FROM_JSON: Mapping[str, tuple[Callable[[Any], Any], tuple[type, ...]]] = {
    "string": (str, (str,)),
    "integer": (int, (int,)),
    "number": (_number, (int, float)),
    "boolean": (bool, (bool,)),
    "date": (as_date, (str,)),
    "datetime": (as_moment, (str,)),
    "uuid": (as_id, (str,)),
    "list": (_list, (list,)),
    "object": (_object, (dict,)),
}
