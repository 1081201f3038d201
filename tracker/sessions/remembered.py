"""A row of sessions as the plan knows it: PastSession by position, as rows are read by hundreds."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from itertools import takewhile
from typing import Any

from tracker.sessions.history import UNCOUNTED, NextDay, PastSession

# The fields of PastSession that are columns; those after them are put together from several.
STORED = (*takewhile("level_s".__ne__, (field.name for field in fields(PastSession))),)
ASKED = (
    *("next_day_at", "next_day_soreness", "still_sore", "bruise"),
    *("still_sore_48_at", "still_sore_48", "bruise_gone"),
)
LEVELS = ("level_1_s", "level_2_s", "level_3_s", "level_4_s")
FIRST = 3  # before them a row says which part of the query it is of, and the spot and side
_STARTED = FIRST + STORED.index("started_at")
_ID = FIRST + len(STORED)
CHANGE = _ID + 1
_ASKED = CHANGE + 1
_LEVELS = _ASKED + len(ASKED)


def remembered(row: Sequence[Any]) -> PastSession:
    """A row of STORED, id, pain_24h_change and ASKED, in this order, and LEVELS if counted."""
    next_day = None if row[_ASKED] is None else _next_day(row[_STARTED], row[_ASKED:_LEVELS])
    return PastSession(*row[FIRST:_ID], row[_LEVELS:] or UNCOUNTED, next_day, row[CHANGE], row[_ID])


def _next_day(start: datetime, answers: Sequence[Any]) -> NextDay:
    at, soreness, still_sore, bruise, at_48, still_sore_48, bruise_gone = answers
    return NextDay(
        soreness=soreness,
        still_sore=still_sore,
        bruise=bruise,
        hours=_hours(start, at),
        still_sore_48=still_sore_48,
        hours_48=None if at_48 is None else _hours(start, at_48),
        bruise_gone=bruise_gone,
    )


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600
