"""Tables as CSV (RFC 4180): every column from the first release on, empty where unknown.

Columns are only ever added to. The rules are those of the file a spreadsheet opens safely:
text in quotes, numbers bare, and one apostrophe before text that would start a formula.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, repeat
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.sessions.document import NOTE_LENGTH
from tracker.sharing.fields import Field

BOM = "\ufeff"
NEWLINE = "\r\n"
DELIMITERS = {"comma": ",", "semicolon": ";"}
# What a spreadsheet would calculate, after any apostrophes that are already there (OWASP).
FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
AT_ONCE = 100  # lines: column by column is twice as fast as cell by cell
SIDES = ("left", "right", "middle")
DAY_H = 24


class SharedSession(NamedTuple):
    """One session as it leaves the house; None is blank, `felt_in` are region ids.

    started_at is aware; its offset is written as it was in `time_zone` at that moment. A tuple,
    because a million of them are made.
    """

    id: UUID
    local_date: date
    started_at: datetime
    time_zone: str
    spot_slug: str
    side: str
    protocol: str | None
    protocol_version: str | None
    target_level: int | None
    peak_level: int | None
    peak_discomfort: int | None
    tool: str | None
    planned_s: int | None
    pressure_s: int | None
    completed: bool | None
    ended_by: str | None
    sharp_events: int | None
    nerve_events: int | None
    pain_before: int | None
    pain_after: int | None
    tenderness_before: int | None
    tenderness_after: int | None
    quality: str | None
    felt_in: list[str]
    your_pain: str | None
    entry: str
    next_day_soreness: int | None
    bruise: bool | None
    other_treatment: str | None
    note: str
    spot_number: int | None
    spot_name: str
    sore_after_24h: bool | None
    phase: str = "none"


class SharedDay(NamedTuple):
    """What was said of one day and region; a day with a note alone has no region."""

    local_date: date
    region: str | None
    side: str | None
    pain_24h: int | None
    any_massage: bool
    medicine_change: bool
    flare: bool
    note: str


class SharedActivity(NamedTuple):
    """How well one activity went on one day."""

    local_date: date
    activity_id: UUID
    activity: str
    goes: int


class SharedCheckin(NamedTuple):
    """What was answered in the days after one session."""

    session_id: UUID
    local_date: date
    spot_slug: str
    side: str
    next_day_at: datetime | None
    next_day_soreness: int | None
    still_sore: bool | None
    bruise: bool | None
    still_sore_48_at: datetime | None
    still_sore_48: bool | None
    bruise_gone: bool | None


def sore_after_a_day(answers: Iterable[tuple[float, bool | None]]) -> bool | None:
    """Still sore when asked at more than 24 h; blank if nobody answered that late.

    answers are (hours since the start, still sore). No longer sore before stays no longer sore.
    """
    answered = [(hours, sore) for hours, sore in answers if sore is not None]
    late = [sore for hours, sore in answered if hours > DAY_H]
    if late:
        return any(late)
    return False if answered and not answered[-1][1] else None


def local(moment: datetime, zone: str) -> str:
    """`moment` as ISO 8601 to the second, with the offset that `zone` had then."""
    return moment.astimezone(_zone(zone)).isoformat(timespec="seconds")


def guard(text: str) -> str:
    """Put one apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that guard() put there, and no other."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


_zone = lru_cache(maxsize=64)(ZoneInfo)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(value: str | None) -> str:
    return _quoted(guard(value)) if value else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _day(value: date | None) -> str:
    return "" if value is None else f'"{value.isoformat()}"'


def _moment(value: datetime | None) -> str:
    return "" if value is None else f'"{value.isoformat(timespec="seconds")}"'


def _plain(value: UUID | str) -> str:
    return f'"{value}"'


def _words(value: list[str]) -> str:
    return _text(" ".join(value))


# What repeats is written once and then looked up; what is typed freely is not kept.
WRITERS: Mapping[str, Callable[[Any], str]] = {
    "integer": lru_cache(maxsize=4096)(_number),
    "boolean": _yes_no,
    "date": lru_cache(maxsize=1024)(_day),
    "datetime": _moment,
    "uuid": _plain,
    "list": _words,
    "string": _text,
}
_code = lru_cache(maxsize=1024)(_text)


@dataclass(frozen=True, slots=True)
class Column:
    """How a cell is read from what is shared, how it is written, and what it may be."""

    read: Callable[[Any], Any]
    write: Callable[[Any], str]
    field: Field


def _column(
    read: str | Callable[[Any], Any],
    kind: str,
    about: str,
    write: Callable[[Any], str] | None = None,
    **limits: Any,
) -> Column:
    getter = attrgetter(read) if isinstance(read, str) else read
    return Column(getter, write or WRITERS[kind], Field(kind, about, **limits))


def _rating(name: str, about: str) -> Column:
    return _column(name, "integer", f"{about}, 0-10", low=0, high=10)


def _coded(name: str, about: str, *options: str, required: bool = False) -> Column:
    return _column(name, "string", about, _code, options=options, required=required)


PHASES = ("baseline", "on", "off", "none")


def _unknown(_session: SharedSession) -> None:
    return None


EXPORT_ID = "export_id"  # the same on every line, so it is given and not read
COLUMNS: Mapping[str, Column] = {
    EXPORT_ID: _column(_unknown, "uuid", "Which export this line is from", required=True),
    "session_id": _column("id", "uuid", "Which session", required=True),
    "date_local": _column("local_date", "date", "The person's own day", required=True),
    "start_local": _column(
        lambda session: local(session.started_at, session.time_zone),
        *("datetime", "When it began, with the offset of the time zone", _plain),
        required=True,
    ),
    "tz": _column("time_zone", "string", "IANA time zone", _code, required=True, longest=64),
    "spot_number": _column(
        "spot_number", "integer", "Number in the catalogue, empty for own spots", low=1, high=14
    ),
    "spot_slug": _column("spot_slug", "string", "Which spot", _code, required=True, longest=64),
    "spot_name": _column("spot_name", "string", "The name of the spot", _code),
    "side": _coded("side", "Side of the body", *SIDES, required=True),
    "protocol_id": _column("protocol", "string", "Which protocol", _code, longest=64),
    "protocol_version": _column("protocol_version", "string", "Its version", _code, longest=64),
    "target_level": _column("target_level", "integer", "Highest planned level, 1-4", low=1, high=4),
    "peak_level": _column("peak_level", "integer", "Firmest level, 1-5", low=1, high=5),
    "peak_discomfort": _rating("peak_discomfort", "Strongest discomfort"),
    "tool": _column("tool", "string", "What it was pressed with", _code, longest=64),
    "planned_s": _column("planned_s", "integer", "Planned, in seconds", low=0, high=32767),
    "pressure_s": _column(
        *("pressure_s", "integer", "Counted at level 2 or more, in seconds"), low=0, high=32767
    ),
    "completed": _column("completed", "boolean", "Went to its end"),
    "ended_by": _coded(
        *("ended_by", "Why it ended", "finished", "user", "sharp", "nerve", "pulse"),
        *("discomfort", "emergency", "away"),
    ),
    "sharp_events": _column("sharp_events", "integer", "Sharp or hot, times", low=0, high=32767),
    "nerve_events": _column(
        "nerve_events", "integer", "Numb or tingling, times", low=0, high=32767
    ),
    "pain_before": _rating("pain_before", "Pain before"),
    "pain_after": _rating("pain_after", "Pain after"),
    "tenderness_before": _rating("tenderness_before", "Tenderness of the spot before"),
    "tenderness_after": _rating("tenderness_after", "Tenderness of the spot after"),
    "quality": _coded(
        *("quality", "What it felt like", "good_ache", "neutral", "sharp_hot"),
        *("numb_tingle_electric", "pulsing"),
    ),
    "felt_in": _column("felt_in", "list", "Where it was felt: regions separated by spaces"),
    "your_pain": _coded("your_pain", "Whether it is the person's own pain", "yes", "partly", "no"),
    "entry": _coded("entry", "How it was noted", "guided", "manual", "imported", required=True),
    "next_day_soreness": _rating("next_day_soreness", "Soreness the next day"),
    "sore_after_24h": _column("sore_after_24h", "boolean", "Still sore after more than 24 hours"),
    "bruise": _column("bruise", "boolean", "Any bruise"),
    "phase": _coded("phase", "Phase of a test: baseline and off are without massage", *PHASES),
    "other_treatment": _column(
        "other_treatment", "string", "Other treatment on that day", longest=200
    ),
    "note": _column("note", "string", "The person's own note", longest=NOTE_LENGTH),
}
DAILY: Mapping[str, Column] = {
    "date_local": _column("local_date", "date", "The person's own day", required=True),
    "region": _column("region", "string", "Region of the body", _code, longest=64),
    "side": _coded("side", "Side of the body", *SIDES),
    "pain_24h": _rating("pain_24h", "Average pain over 24 hours"),
    "any_massage": _column("any_massage", "boolean", "Any session on that day"),
    "medicine_change": _column("medicine_change", "boolean", "A change of medicine"),
    "flare": _column("flare", "boolean", "A flare"),
    "note": _column("note", "string", "The person's own note of the day", longest=2000),
}
ACTIVITIES: Mapping[str, Column] = {
    "date_local": _column("local_date", "date", "The person's own day", required=True),
    "activity_id": _column("activity_id", "uuid", "Which activity", required=True),
    "activity": _column("activity", "string", "What the person named", required=True, longest=80),
    "goes": _rating("goes", "How well it goes: 0 unable, 10 as well as before"),
}
CHECKINS: Mapping[str, Column] = {
    "session_id": _column("session_id", "uuid", "After which session", required=True),
    "date_local": _column("local_date", "date", "The day of that session", required=True),
    "spot_slug": _column("spot_slug", "string", "Which spot", _code, required=True, longest=64),
    "side": _coded("side", "Side of the body", *SIDES, required=True),
    "next_day_at": _column("next_day_at", "datetime", "When it was answered (UTC)"),
    "next_day_soreness": _rating("next_day_soreness", "Soreness the next day"),
    "still_sore": _column("still_sore", "boolean", "Still sore then"),
    "bruise": _column("bruise", "boolean", "Any bruise"),
    "still_sore_48_at": _column("still_sore_48_at", "datetime", "When it was asked again (UTC)"),
    "still_sore_48": _column("still_sore_48", "boolean", "Still sore then, after two days"),
    "bruise_gone": _column("bruise_gone", "boolean", "Whether the bruise is gone"),
}


def lines(
    sessions: Iterable[SharedSession], export_id: UUID, *, bom: bool = True, delimiter: str = ","
) -> Iterator[str]:
    """The header and one line per session, some at once as soon as they are asked for."""
    given = {EXPORT_ID: _plain(export_id)}
    return table_lines(COLUMNS, sessions, given, bom=bom, delimiter=delimiter)


def table_lines(
    columns: Mapping[str, Column],
    shared: Iterable[Any],
    given: Mapping[str, str] | None = None,
    *,
    bom: bool = True,
    delimiter: str = ",",
) -> Iterator[str]:
    """The same for any table; `given` are cells that are the same on every line."""
    known = given or {}
    yield (BOM if bom else "") + delimiter.join(map(_quoted, columns)) + NEWLINE
    rest = iter(shared)
    while some := list(islice(rest, AT_ONCE)):
        cells = (
            repeat(known[name]) if name in known else map(column.write, map(column.read, some))
            for name, column in columns.items()
        )
        yield NEWLINE.join(map(delimiter.join, zip(*cells, strict=False))) + NEWLINE
