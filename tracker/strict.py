"""What is taken from outside: one JSON object, without anything that JSON, a database or a phone
trips over, and no day that was before anybody's.

Pure: the standard library alone.
"""

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

BREAKS = "\n\r\t"
DEEPEST = 16
EARLIEST = date(1900, 1, 1)  # no day before it is taken, wherever it is
LARGEST = 2**53  # what a phone's numbers hold without rounding


class NotPlain(ValueError):
    """The bytes are not one plain JSON object; `key` says where, as far as it is known."""

    def __init__(self, key: str = "body") -> None:
        super().__init__(key)
        self.key = key


def plain_object(data: bytes) -> dict[str, Any]:
    """Read UTF-8 bytes as one JSON object; raises NotPlain.

    Refused: other encodings, a byte order mark, keys that stand twice, NaN and Infinity, numbers
    that do not fit, text with a NUL or half a character, and more than 16 levels of nesting.
    """
    try:
        found = json.loads(
            data.decode("utf-8"),
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except NotPlain:
        raise
    except (ValueError, RecursionError) as error:
        raise NotPlain from error
    if not isinstance(found, dict):
        raise NotPlain
    for key, value in found.items():
        _check(key, "body", 1)
        _check(value, key, 1)
    return found


def _refuse(_constant: str) -> float:
    raise NotPlain


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotPlain
    return found


def _check(value: Any, key: str, depth: int) -> None:
    if depth > DEEPEST:
        raise NotPlain(key)
    if isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        raise NotPlain(key)
    if isinstance(value, (int, float)) and not abs(value) <= LARGEST:  # also infinity
        raise NotPlain(key)
    if isinstance(value, dict):
        for name in value:
            _check(name, key, depth)
        for inner in value.values():
            _check(inner, key, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, key, depth + 1)


def day_in(text: str) -> date | None:
    """The day that `text` writes as YYYY-MM-DD and not otherwise; none before EARLIEST."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if str(day) == text and day >= EARLIEST else None


def unprintable(text: str) -> bool:
    """Whether `text` holds a control character (NUL among them) or a lone surrogate."""
    return any(unicodedata.category(c) in {"Cc", "Cs"} and c not in BREAKS for c in text)


def too_early(moment: datetime) -> bool:
    """Whether this was before EARLIEST everywhere: in the east that day begins before UTC's."""
    return moment.astimezone(UTC).date() < EARLIEST - timedelta(days=1)
