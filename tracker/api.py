"""What all of /api has in common: how a request is read, how it is refused, what describes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _

from tracker.strict import LARGEST, NotPlain, plain_object, too_early

PREFIX = "/api/"
Answer = tuple[dict[str, Any], int]
Schema = Mapping[str, Any]
View = TypeVar("View", bound=Callable[..., Any])


class Refused(ValueError):
    """What was sent cannot be taken; `key` says where it is wrong, the text why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key

    @property
    def answer(self) -> Answer:
        return {"error": str(self), "key": self.key}, 422


def meaning(text: str) -> dict[str, Any]:
    """What a value means, for who programs against the API: always in English."""
    return {"description": text}


TEXT: dict[str, Any] = {"type": "string"}
FLAG: dict[str, Any] = {"type": "boolean"}
RATING: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 10}
REVISION: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": LARGEST}
ID: dict[str, Any] = {"type": "string", "format": "uuid"}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
MOMENT |= meaning("ISO 8601 with an offset; to the millisecond.")
OWNER = ID | meaning("Who the phone keeps it for.")


def nullable(schema: Schema) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def object_of(properties: Schema, *required: str) -> dict[str, Any]:
    """An object that has no keys but these."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


ERROR = object_of({"error": TEXT, "advice": TEXT}, "error")
REFUSED = object_of({"error": TEXT, "key": TEXT}, "error", "key")


@dataclass(frozen=True, slots=True)
class Operation:
    """What the description says of one view; `answers` are schemas by status."""

    summary: str
    answers: Mapping[int, Schema]
    body: Schema | None = None
    query: Mapping[str, Schema] | None = None
    public: bool = False


def described(operation: Operation) -> Callable[[View], View]:
    """Say beside a view what it takes and gives: /api/openapi.json is built from that."""

    def mark(view: View) -> View:
        view.operation = operation  # type: ignore[attr-defined]
        return view

    return mark


def asked_for_api() -> bool:
    """Whether this request is answered in JSON, whatever becomes of it."""
    return request.path.startswith(PREFIX)


def sent_object(known: Mapping[str, Any]) -> dict[str, Any]:
    """The body as one plain JSON object that has no key but the known ones; raises Refused."""
    try:
        found = plain_object(request.get_data())
    except NotPlain as error:
        raise Refused(error.key, _("This could not be read.")) from error
    for key in found:
        if key not in known:
            raise Refused(key[:80], _("This is not known here."))
    return found


def sent_time(body: Mapping[str, Any], key: str) -> datetime:
    """A moment with its offset, in UTC, of a year that can be meant; raises Refused."""
    text = body.get(key)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) and len(text) <= 40 else None
        if moment and moment.tzinfo and not too_early(moment):
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Refused(key, _("This needs a date, a time and its offset."))


def signed_out() -> Answer:
    return {"error": _("Sign in and it will be sent.")}, 401


def of_somebody_else(owner: object, user_id: object) -> Answer | None:
    """The refusal where the phone keeps this for another person than the one signed in."""
    if owner is None or owner == str(user_id):
        return None
    return {"error": _("Somebody else is signed in on this phone.")}, 403
