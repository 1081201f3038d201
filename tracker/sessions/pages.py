"""The history as it is read: rows under their weeks, and where the next page starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from flask import url_for

from tracker.dates import day, span, week_of
from tracker.language import gettext as _
from tracker.sessions import words
from tracker.sessions.queries import PAGE, Listed
from tracker.spots.queries import AnySpot
from tracker.spots.words import place

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One session in the list; level 1-5 and ratings 0-10, or None."""

    href: str
    place: str
    day: str
    level: int | None
    before: int | None
    after: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """A week with its sessions, or a stretch of weeks without any."""

    title: str
    dates: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class History:
    weeks: tuple[Week, ...]
    older: str | None


def history_page(rows: Sequence[Listed], spots: Mapping[str, AnySpot], today: date) -> History:
    """Group up to a page of rows, newest first, by the ISO week of their local date."""
    shown = rows[:PAGE]
    places = {key: _place(spots.get(key[0]), *key) for key in {(r.spot_id, r.side) for r in shown}}
    under = url_for("sessions.index")  # each session is at its id under the list
    weeks: list[Week] = []
    newer: date | None = None
    for monday, group in groupby(shown, key=lambda row: week_of(row.local_date)):
        if newer and newer - monday > WEEK:
            weeks.append(_empty(monday + WEEK, newer - timedelta(days=1)))
        lines = tuple(_line(row, places[row.spot_id, row.side], under) for row in group)
        weeks.append(Week(_title(monday, today), span(monday, monday + timedelta(days=6)), lines))
        newer = monday
    return History(tuple(weeks), cursor_to(shown[-1]) if len(rows) > PAGE else None)


def _empty(first: date, last: date) -> Week:
    return Week(_("No sessions"), span(first, last), ())


def _title(monday: date, today: date) -> str:
    back = (week_of(today) - monday).days // 7
    if back == 0:
        return _("This week")
    if back == 1:
        return _("Last week")
    return day(monday, "MMMM y")


def _place(spot: AnySpot | None, spot_id: str, side: str) -> str:
    return place(spot.name if spot else spot_id, side)


def _line(row: Listed, where: str, under: str) -> Line:
    manual = _("by hand") if row.entry == "manual" else None
    return Line(
        href=f"{under}{row.id}",
        place=where,
        day=day(row.local_date),
        level=row.peak_level,
        before=row.pain_before,
        after=row.pain_after,
        note=words.ended_word(row.ended_by) or manual,
    )


def cursor_to(row: Listed) -> str:
    """The address of the page after `row`: its moment and its id."""
    return f"{row.started_at.isoformat()}_{row.id}"


def cursor_from(text: str) -> tuple[datetime, UUID] | None:
    """A moment and an id from an address, or None where it is not one."""
    moment, _mark, id_ = text.partition("_")
    try:
        at, last = datetime.fromisoformat(moment), UUID(id_)
        return (at.astimezone(UTC), last) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
