"""A session as phones and the server exchange it: what may stand in it, read and written.

Absent is null. Moments are read with any offset and written in UTC with milliseconds, as phones
write them. What the sentences of a refusal are is in refusals.py.
"""

from collections.abc import Container, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from tracker.spots.catalog import Limits, catalog
from tracker.strict import too_early, unprintable

RATINGS = (
    *("pain_before", "tenderness_before", "other_side_before"),
    *("pain_after", "tenderness_after", "other_side_after"),
    *("peak_discomfort", "next_day_soreness"),
)
OTHER_SIDE = ("other_side_before", "other_side_after")
FIRST = ("next_day_soreness", "still_sore", "bruise")  # what is asked on the next day
YES_NO = ("still_sore", "bruise", "still_sore_48", "bruise_gone")
MOMENTS = ("started_at", "ended_at", "next_day_at", "still_sore_48_at")
QUALITIES = ("good_ache", "neutral", "sharp_hot", "numb_tingle_electric", "pulsing")
YOUR_PAIN = ("yes", "partly", "no")
CHOICES = {"quality": QUALITIES, "your_pain": YOUR_PAIN}
NOTE_LENGTH = 2 * 10_000 + 2  # two notes of two phones, one under the other
MOMENT_LENGTH = 40
FIELDS = (
    *("spot", "side", "tool", "started_at", "ended_at", "time_zone", "trace"),
    *("pain_before", "tenderness_before", "other_side_before"),
    *("pain_after", "tenderness_after", "other_side_after", "peak_discomfort"),
    *("quality", "felt_in", "your_pain", "note"),
    *("next_day_at", "next_day_soreness", "still_sore", "bruise"),
    *("still_sore_48_at", "still_sore_48", "bruise_gone"),
)
# What a person says of a session; all of it can be said anew. The rest was measured.
ANSWERS = (*FIELDS[FIELDS.index("trace") + 1 :], "side")


class Wrong(ValueError):
    """A document that cannot be; key says where, code says what."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"{key}: {code}")
        self.key = key
        self.code = code


class Pressed(Protocol):
    """What is asked of a spot here."""

    sides: tuple[str, ...]
    felt_in: tuple[str, ...]
    limits: Limits


def answers_in(
    body: Mapping[str, Any], spot: Pressed, before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What the document answers, by column; `before` is what the session has of each so far.

    As the forms have it: no second "still sore?" without the first, the moment of an answer stays
    with it, and nobody is asked to press at a spot that is off until it is switched on.
    """
    said: dict[str, Any] = {name: rating_in(body, name) for name in RATINGS}
    said |= {name: _flag(body, name) for name in YES_NO}
    said |= {name: _choice(body, name, known) for name, known in CHOICES.items()}
    said["side"] = _side(body, spot, before["side"])
    anywhere = dict.fromkeys((*spot.felt_in, *before["felt_in"], *catalog().regions))
    said["felt_in"] = _places(body, tuple(anywhere), before["felt_in"])
    said["note"] = _note(body)
    for name in OTHER_SIDE if len(spot.sides) == 1 else ():
        if said[name] != before[name]:
            raise Wrong(name, "other_side")
    if spot.limits.opt_in_only:
        said["tenderness_before"] = before["tenderness_before"]
    if not said["still_sore"]:
        said["still_sore_48"] = None
    if not said["bruise"]:
        said["bruise_gone"] = None
    answered = {
        "next_day_at": any(said[name] is not None for name in FIRST),
        "still_sore_48_at": said["still_sore_48"] is not None,
    }
    for name, was in answered.items():
        sent = moment_in(body, name)
        said[name] = _answered_at(sent, before[name], now) if was else None
    return said


def copy_of(massage: Any) -> dict[str, Any]:
    """A session (a row with its note and trace) as the server sends it."""
    found = {name: getattr(massage, "spot_id" if name == "spot" else name) for name in FIELDS}
    found |= {name: written(found[name]) for name in MOMENTS}
    return {
        **found,
        "started_at": massage.start_as_sent or found["started_at"],
        "ended_at": massage.end_as_sent or found["ended_at"],
        "id": str(massage.id),
        "revision": massage.revision,
        "entry": massage.entry,
        "local_date": massage.local_date.isoformat(),
        "clock_uncertain": massage.clock_uncertain,
        "deleted": False,
    }


def written(moment: datetime | None) -> str | None:
    """As phones write a moment: UTC, with milliseconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def same_moment(one: datetime | None, other: datetime | None) -> bool:
    """Whether they are the same to a phone, which counts milliseconds."""
    return written(one) == written(other)


def text_in(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


def rating_in(body: Mapping[str, Any], key: str) -> int | None:
    value = body.get(key)
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= 10:
        raise Wrong(key, "rating")
    return value


def moment_in(body: Mapping[str, Any], key: str) -> datetime | None:
    """A moment with its offset, or None where the document has none."""
    if body.get(key) is None:
        return None
    text = text_in(body, key)
    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= MOMENT_LENGTH and moment.tzinfo and not too_early(moment):
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Wrong(key, "moment")


def zone_in(body: Mapping[str, Any], zones: Container[str]) -> str:
    zone = text_in(body, "time_zone")
    if zone not in zones:
        raise Wrong("time_zone", "zone")
    return zone


def tool_in(body: Mapping[str, Any], spot: Pressed) -> str:
    tool = text_in(body, "tool")
    if tool not in spot.limits.tools_allowed:
        raise Wrong("tool", "tool")
    return tool


def _answered_at(sent: datetime | None, before: datetime | None, now: datetime) -> datetime:
    """When it was answered; a phone that is ahead, or does not say, answered when it was heard."""
    if sent is None or sent > now:
        return before or now
    return before if before and same_moment(sent, before) else sent


def _side(body: Mapping[str, Any], spot: Pressed, before: str | None) -> str:
    side = text_in(body, "side")
    if side not in spot.sides and (not side or side != before):
        raise Wrong("side", "side")
    return side


def _choice(body: Mapping[str, Any], key: str, known: Container[str]) -> str | None:
    value = body.get(key)
    if value is not None and (not isinstance(value, str) or value not in known):
        raise Wrong(key, "choice")
    return value


def _flag(body: Mapping[str, Any], key: str) -> bool | None:
    value = body.get(key)
    if value is not None and not isinstance(value, bool):
        raise Wrong(key, "flag")
    return value


def _places(body: Mapping[str, Any], known: tuple[str, ...], before: list[str]) -> list[str]:
    value = [] if body.get("felt_in") is None else body["felt_in"]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Wrong("felt_in", "places")
    if not set(value) <= set(known):
        raise Wrong("felt_in", "places")
    chosen = [place for place in dict.fromkeys(known) if place in value]
    return before if set(chosen) == set(before) else chosen


def _note(body: Mapping[str, Any]) -> str:
    value = "" if body.get("note") is None else body["note"]
    if not isinstance(value, str):
        raise Wrong("note", "text")
    value = value.replace("\r\n", "\n").strip()
    if unprintable(value):
        raise Wrong("note", "text")
    if len(value) > NOTE_LENGTH:
        raise Wrong("note", "long")
    return value
