"""Somebody else's table becomes sessions, once its columns are matched."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.sharing.back_tables import AHEAD, SESSIONS, check_moment
from tracker.sharing.fields import Wrong
from tracker.sharing.foreign import Matched, as_day, as_rating, as_side, as_time
from tracker.sharing.incoming import Line
from tracker.sharing.present import existing_rows
from tracker.sharing.records import Outcome, Record, refused, weighed
from tracker.spots.queries import AnySpot, all_spots
from tracker.text import trimmed, unprintable

NOTE_LENGTH = 10_000


def foreign_outcomes(
    user: User, lines: list[Line], matched: Matched, now: datetime
) -> list[Outcome]:
    """What each line would do; the same spot, side and moment is the same session."""
    existing = existing_rows(user, SESSIONS)
    spots = _by_name(user)
    outcomes, seen = [], set()
    for line in lines:
        cells = {what: line.cells[name] for what, name in matched.columns.items()}
        try:
            values = _values(cells, matched, spots)
            told = (values["spot_id"], values["side"], values["started_at"].isoformat())
            key = (uuid5(user.id, "|".join(told)),)
            if key in seen:
                raise Wrong("twice")
            seen.add(key)
            if not cells.get("time", "").strip():
                values["started_at"] = _about_noon(values, existing.get(key), now)
            _check(values, now)
        except Wrong as why:
            outcomes.append(refused(SESSIONS, line.number, _in_their_columns(why, matched)))
            continue
        name = ("", values["spot_id"], values["side"], values["local_date"])
        record = Record(SESSIONS, line.number, key, values, name)
        outcomes.append(weighed(record, existing.get(key)))
    return outcomes


def _about_noon(
    values: Mapping[str, Any], existing: Mapping[str, Any] | None, now: datetime
) -> datetime:
    """When a session without a time was: as it is kept, or at noon, or by now before noon."""
    noon: datetime = values["started_at"]
    if existing and existing["local_date"] == values["local_date"]:
        noon = existing["started_at"]
    return min(noon, now).astimezone(ZoneInfo(values["time_zone"]))


def _check(values: Mapping[str, Any], now: datetime) -> None:
    started, zone, day = (values[name] for name in ("started_at", "time_zone", "local_date"))
    if day > (now + AHEAD).astimezone(ZoneInfo(zone)).date():
        raise Wrong("future", column="date")
    check_moment(started, zone, day, now)


def _in_their_columns(why: Wrong, matched: Matched) -> Wrong:
    """The same, with the name of the column in their table, where it is one."""
    ours = why.values.pop("column", "")
    if theirs := matched.columns.get("time" if ours == "start_local" else ours):
        why.values["column"] = theirs
    return why


def _by_name(user: User) -> dict[str, AnySpot]:
    """Every spot by its id and by its name, in small letters."""
    spots = all_spots(user)
    return {spot.name.lower(): spot for spot in spots} | {spot.id: spot for spot in spots}


def _values(
    cells: Mapping[str, str], matched: Matched, spots: Mapping[str, AnySpot]
) -> dict[str, Any]:
    spot = spots.get(cells["spot"].strip().lower() if "spot" in cells else matched.spot)
    if spot is None:
        raise Wrong("spot", column="spot")
    side = as_side(cells["side"]) if "side" in cells else matched.side
    if len(spot.sides) == 1:
        side = spot.sides[0]
    if side not in spot.sides:
        raise Wrong("option", options=", ".join(spot.sides), column="side")
    day = as_day(cells["date"], matched.date_format)
    zone = ZoneInfo(matched.zone)
    started = datetime.combine(day, as_time(cells.get("time", "")), zone)
    if started.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != (
        started.replace(tzinfo=None)
    ):
        raise Wrong("gap", zone=matched.zone, column="time")
    told = {name: as_rating(cells[name], name) for name in RATINGS if name in cells}
    told["note"] = _note(cells.get("note", ""))
    known = {name: value for name, value in told.items() if value not in (None, "")}
    return known | {
        **{"spot_id": spot.id, "side": side, "started_at": started, "local_date": day},
        "time_zone": matched.zone,
    }


def _note(text: str) -> str:
    text = trimmed(text)
    if len(text) > NOTE_LENGTH:
        raise Wrong("long", max=NOTE_LENGTH, column="note")
    if unprintable(text):
        raise Wrong("unprintable", column="note")
    return str(text)


RATINGS = ("pain_before", "pain_after")
