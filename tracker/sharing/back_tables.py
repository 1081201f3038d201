"""Our own tables that come back: every line checked, and compared with what is there.

An empty cell is unknown and changes nothing. What the guide measured is not changed by a table.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.accounts.forms import ZONES
from tracker.accounts.models import User
from tracker.days.tracked import can_be_asked
from tracker.sharing.csv import COLUMNS, DAILY, Column
from tracker.sharing.fields import Wrong, from_cell
from tracker.sharing.incoming import Line
from tracker.sharing.present import existing_rows, standing_ratings
from tracker.sharing.queries import SORE, sore_of
from tracker.sharing.records import Key, Outcome, Record, refused, weighed
from tracker.spots.catalog import catalog
from tracker.spots.queries import AnySpot, spots_by_id

AHEAD = timedelta(minutes=5)
LATER = timedelta(hours=24, minutes=1)  # when "after more than 24 hours" was at the earliest
SESSIONS, RATINGS, NOTES = "massage_session", "daily_rating", "day_note"
RENAMED = {
    **{"start_local": "started_at", "date_local": "local_date", "tz": "time_zone"},
    **{"spot_slug": "spot_id", "protocol_id": "protocol"},
}
# What a table tells of other things, or of nothing that is kept.
ELSEWHERE = {"export_id", "session_id", "spot_number", "spot_name", "entry", "phase"}
APART = {"pressure_s", "sore_after_24h", "other_treatment"}
ANSWERS = {
    *("pain_before", "pain_after", "tenderness_before", "tenderness_after", "peak_discomfort"),
    *("quality", "felt_in", "your_pain", "note", "next_day_soreness", "still_sore", "bruise"),
    "next_day_at",
}
PRESSED = ("level_2_s", "level_3_s", "level_4_s")


def session_outcomes(user: User, lines: list[Line], now: datetime) -> list[Outcome]:
    """What each line of sessions.csv would do, and what it says of its day."""
    existing = existing_rows(user, SESSIONS)
    spots = spots_by_id(user, {line.cells["spot_slug"] for line in lines})
    outcomes, days = [], Days(existing_rows(user, NOTES))
    seen: set[UUID] = set()
    for line in lines:
        try:
            values = _read(COLUMNS, line.cells)
            session_id = values["session_id"]
            if session_id in seen:
                raise Wrong("twice")
            seen.add(session_id)
            found = _session(values, existing.get((session_id,)), spots, now)
            record = Record(SESSIONS, line.number, (session_id,), found, _called(values))
            done = _checked(weighed(record, existing.get((session_id,))), existing)
            treated = {"other_treatment": values["other_treatment"]}
            outcomes += [done, *days.told(line.number, values["local_date"], treated)]
        except Wrong as why:
            name = ("", line.cells["spot_slug"], None, None)
            outcomes.append(refused(SESSIONS, line.number, why, name))
    return outcomes


def daily_outcomes(user: User, lines: list[Line], now: datetime) -> list[Outcome]:
    """What each line of daily.csv would do."""
    standing, days = standing_ratings(user), Days(existing_rows(user, NOTES))
    last = (now + AHEAD).astimezone(ZoneInfo(user.time_zone)).date()
    outcomes: list[Outcome] = []
    seen: set[Key] = set()
    for line in lines:
        try:
            values = _read(DAILY, line.cells)
            _check_day(values["local_date"], last)
            done = []
            if rated := _rating(values, line.number):
                if rated.key in seen:
                    raise Wrong("twice")
                seen.add(rated.key)
                before = standing.get(rated.key)
                done = [weighed(rated, None if before is None else {"pain_24h": before})]
            noted = {name: values[name] for name in ("flare", "medicine_change", "note")}
            outcomes += [*done, *days.told(line.number, values["local_date"], noted)]
        except Wrong as why:
            outcomes.append(refused(RATINGS, line.number, why))
    return outcomes


class Days:
    """What the lines of a table say of days: the same on every line of one day."""

    def __init__(self, existing: Mapping[Key, Mapping[str, Any]]) -> None:
        self._existing = existing
        self._told: dict[date, dict[str, Any]] = {}

    def told(self, line: int, day: date, values: Mapping[str, Any]) -> Iterator[Outcome]:
        """The outcome, unless nothing is said or the same was said on an earlier line."""
        existing = self._existing.get((day,))
        known = self._told.setdefault(day, {})
        new = {name: value for name, value in values.items() if value not in (None, "")}
        if any(known.get(name, value) != value for name, value in new.items()):
            raise Wrong("day_twice")
        new = {name: value for name, value in new.items() if name not in known}
        known |= new
        if existing is None and not any(new.values()):
            return
        if new:
            yield weighed(Record(NOTES, line, (day,), new, ("", None, None, day)), existing)


def _read(columns: Mapping[str, Column], cells: Mapping[str, str]) -> dict[str, Any]:
    values = {}
    for name, column in columns.items():
        try:
            values[RENAMED.get(name, name)] = from_cell(column.field, cells[name])
        except Wrong as why:
            why.values["column"] = name
            raise
    return values


def _session(
    values: Mapping[str, Any],
    existing: Mapping[str, Any] | None,
    spots: Mapping[str, AnySpot],
    now: datetime,
) -> dict[str, Any]:
    """The columns this line would have the row hold."""
    spot = spots.get(values["spot_id"])
    if spot is None:
        raise Wrong("spot", column="spot_slug")
    if values["side"] not in spot.sides:
        raise Wrong("option", options=", ".join(spot.sides), column="side")
    if not {*(values["felt_in"] or ())} <= catalog().regions.keys():
        raise Wrong("region", column="felt_in")
    check_moment(values["started_at"], values["time_zone"], values["local_date"], now)
    given = {
        name: value
        for name, value in values.items()
        if value is not None and name not in ELSEWHERE | APART
    }
    if existing and existing["started_at"].replace(microsecond=0) == given["started_at"]:
        given["started_at"] = existing["started_at"]
    return given | _pressed(values, existing) | _sore(values, existing, now)


def check_moment(started: datetime, zone: str, day: date, now: datetime) -> None:
    """Refuse a moment that the zone never had, that has not come, or that is of another day."""
    if zone not in ZONES:
        raise Wrong("zone", column="tz")
    there = started.astimezone(ZoneInfo(zone))
    if there.utcoffset() != started.utcoffset():
        raise Wrong("gap", zone=zone, column="start_local")
    if started > now + AHEAD:
        raise Wrong("future", column="start_local")
    if abs(day - there.date()) > timedelta(days=1):
        raise Wrong("other_day", column="date_local")


def _check_day(day: date, last: date) -> None:
    if day > last:
        raise Wrong("future", column="date_local")


def _pressed(values: Mapping[str, Any], existing: Mapping[str, Any] | None) -> dict[str, Any]:
    """The seconds at level 2 or more; at which of them is not told, so it is the lowest."""
    seconds = values["pressure_s"]
    levels = [existing[name] for name in PRESSED] if existing else [None]
    if seconds is None or (None not in levels and sum(levels) == seconds):
        return {}
    return dict(zip(PRESSED, (seconds, 0, 0), strict=True))


def _sore(
    values: Mapping[str, Any], existing: Mapping[str, Any] | None, now: datetime
) -> dict[str, Any]:
    """Soreness after more than 24 hours, and that it needs no more asking."""
    sore = values["sore_after_24h"]
    answers = [existing[name] for pair in SORE for name in pair] if existing else []
    known = existing and sore_of(existing["started_at"], answers) == sore
    told: dict[str, Any] = {} if sore is None or known else {"still_sore": sore}
    answered = sore is not None or any(
        values[name] is not None for name in ("next_day_soreness", "bruise")
    )
    if told or (answered and not (existing and existing["next_day_at"])):
        told["next_day_at"] = min(values["started_at"] + LATER, now)
    return told


def _checked(outcome: Outcome, existing: Mapping[Key, Mapping[str, Any]]) -> Outcome:
    """Refuse a change of what the guide measured."""
    row = existing.get(outcome.record.key)
    measured = [name for name in outcome.columns if name not in ANSWERS]
    if outcome.kind == "change" and row and row["entry"] == "guided" and measured:
        raise Wrong("measured", names=", ".join(measured))
    return outcome


def _rating(values: Mapping[str, Any], line: int) -> Record | None:
    """The rating of one region; a line of a note alone has none."""
    key = tuple(values[name] for name in ("local_date", "region", "side"))
    told = [values[name] for name in ("region", "side", "pain_24h")]
    if told == [None, None, None]:
        return None
    if None in told:
        raise Wrong("blank", column="pain_24h")
    if values["region"] not in catalog().regions:
        raise Wrong("region", column="region")
    if not can_be_asked(values["region"], values["side"]):
        raise Wrong("unknown", column="side")
    name = ("", values["region"], values["side"], values["local_date"])
    return Record("daily", line, key, {"pain_24h": values["pain_24h"]}, name)


def _called(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return (values["spot_name"] or "", values["spot_id"], values["side"], values["local_date"])
