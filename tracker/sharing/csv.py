"""Sessions as CSV (RFC 4180): every column from the first release on, empty where unknown.

Columns are only ever added to. The rules are those of the file a spreadsheet opens safely:
text in quotes, numbers bare, and one apostrophe before text that would start a formula.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

BOM = "\ufeff"
NEWLINE = "\r\n"
DELIMITERS = {"comma": ",", "semicolon": ";"}
# What a spreadsheet would calculate, after any apostrophes that are already there (OWASP).
FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")

Cell = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class SharedSession:
    """One session as it leaves the house; None is blank, `felt_in` are region ids.

    started_at is aware; its offset is written as it was in `time_zone` at that moment.
    """

    id: UUID
    local_date: date
    started_at: datetime
    time_zone: str
    spot_number: int | None
    spot_slug: str
    spot_name: str
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
    felt_in: tuple[str, ...]
    your_pain: str | None
    entry: str
    next_day_soreness: int | None
    sore_after_24h: bool | None
    bruise: bool | None
    other_treatment: str | None
    note: str


DAY_H = 24


def sore_after_a_day(answers: Iterable[tuple[float, bool | None]]) -> bool | None:
    """Still sore when asked at more than 24 h; blank if nobody answered that late.

    answers are (hours since the start, still sore). No longer sore before stays no longer sore.
    """
    answered = [(hours, sore) for hours, sore in answers if sore is not None]
    late = [sore for hours, sore in answered if hours > DAY_H]
    if late:
        return any(late)
    return False if answered and not answered[-1][1] else None


Column = Callable[[SharedSession, UUID], Cell]


def _unknown(_session: SharedSession, _export_id: UUID) -> Cell:
    return None  # asked in a later release


COLUMNS: Mapping[str, Column] = {
    "export_id": lambda session, export_id: str(export_id),
    "session_id": lambda session, _: str(session.id),
    "date_local": lambda session, _: session.local_date,
    "start_local": lambda session, _: local(session.started_at, session.time_zone),
    "tz": lambda session, _: session.time_zone,
    "spot_number": lambda session, _: session.spot_number,
    "spot_slug": lambda session, _: session.spot_slug,
    "spot_name": lambda session, _: session.spot_name,
    "side": lambda session, _: session.side,
    "protocol_id": lambda session, _: session.protocol,
    "protocol_version": lambda session, _: session.protocol_version,
    "target_level": lambda session, _: session.target_level,
    "peak_level": lambda session, _: session.peak_level,
    "peak_discomfort": lambda session, _: session.peak_discomfort,
    "tool": lambda session, _: session.tool,
    "planned_s": lambda session, _: session.planned_s,
    "pressure_s": lambda session, _: session.pressure_s,
    "completed": lambda session, _: session.completed,
    "ended_by": lambda session, _: session.ended_by,
    "sharp_events": lambda session, _: session.sharp_events,
    "nerve_events": lambda session, _: session.nerve_events,
    "pain_before": lambda session, _: session.pain_before,
    "pain_after": lambda session, _: session.pain_after,
    "tenderness_before": lambda session, _: session.tenderness_before,
    "tenderness_after": lambda session, _: session.tenderness_after,
    "quality": lambda session, _: session.quality,
    "felt_in": lambda session, _: " ".join(session.felt_in),
    "your_pain": lambda session, _: session.your_pain,
    "entry": lambda session, _: session.entry,
    "next_day_soreness": lambda session, _: session.next_day_soreness,
    "sore_after_24h": lambda session, _: session.sore_after_24h,
    "bruise": lambda session, _: session.bruise,
    "phase": _unknown,
    "other_treatment": lambda session, _: session.other_treatment,
    "note": lambda session, _: session.note,
}


def lines(
    sessions: Iterable[SharedSession], export_id: UUID, *, bom: bool = True, delimiter: str = ","
) -> Iterator[str]:
    """The header and one line per session, each as soon as it is asked for."""
    yield (BOM if bom else "") + delimiter.join(map(_text, COLUMNS)) + NEWLINE
    for session in sessions:
        cells = (_cell(column(session, export_id)) for column in COLUMNS.values())
        yield delimiter.join(cells) + NEWLINE


def local(moment: datetime, zone: str) -> str:
    """`moment` as ISO 8601 to the second, with the offset that `zone` had then."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def guard(text: str) -> str:
    """Put one apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that guard() put there, and no other."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return _text(guard(value) if isinstance(value, str) else value.isoformat())


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
