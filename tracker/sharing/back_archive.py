"""An archive that comes back: every row checked, and compared with what is there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from tracker.accounts.forms import ZONES
from tracker.accounts.models import GAP_S, GET_READY_S, User
from tracker.days.tracked import can_be_asked, can_be_asked_at
from tracker.safety.standing import SAFETY as SAFETY_RULES
from tracker.sharing import archive as shape
from tracker.sharing.fields import Field, Wrong, from_json
from tracker.sharing.present import existing_rows, preferences
from tracker.sharing.records import ACCOUNT, Key, Outcome, Record, refused, weighed
from tracker.spots.body import body
from tracker.spots.catalog import catalog

HEAD = {"format", "version", "owner", "made_at", ACCOUNT}
AHEAD = timedelta(days=1)
PLANNED = timedelta(days=366)  # how far ahead a day of a test may lie
MOST_SHOWN = 200
ORDERS = {"fair": re.compile("[01]{6}"), "quick": re.compile("")}
Rows = dict[str, dict[Key, Mapping[str, Any]]]


def archive_outcomes(user: User, found: Mapping[str, Any], now: datetime) -> list[Outcome]:
    """What each row would do; raises Wrong where it is no archive of ours."""
    owner = _checked_head(found)
    existing = {part: existing_rows(user, part) for part in shape.PARTS}
    rows: dict[str, list[Outcome | Record]] = {
        part: [*_records(part, found.get(part, []), now)] for part in shape.PARTS
    }
    if owner != user.id:
        _re_own(user, rows, existing)
    known = _Known(rows, existing)
    outcomes = [_of_account(user, found[ACCOUNT])]
    for part, records in rows.items():
        outcomes += _weighed(part, records, existing[part], known)
    return outcomes


def _checked_head(found: Mapping[str, Any]) -> UUID:
    if found.get("format") != shape.FORMAT:
        raise Wrong("not_an_archive")
    if type(found.get("version")) is not int or found["version"] != shape.VERSION:
        raise Wrong("version", version=shape.VERSION)
    missing = {*HEAD, *shape.PARTS} - shape.SAFETY - found.keys()
    unknown = found.keys() - HEAD - shape.PARTS.keys()
    if missing or unknown:
        raise Wrong("keys", names=_shown(missing | unknown))
    lists = all(isinstance(found.get(part, []), list) for part in shape.PARTS)
    if not lists or not isinstance(found[ACCOUNT], dict):
        raise Wrong("not_an_archive")
    from_json(Field("datetime", required=True), found["made_at"])
    owner: UUID = from_json(Field("uuid", required=True), found["owner"])
    return owner


def _shown(names: Iterable[str]) -> str:
    """Keys of somebody's making, as far as a page can show them."""
    told = ", ".join(sorted(names))[:MOST_SHOWN]
    return "".join(each if each.isprintable() else "?" for each in told)


def _of_account(user: User, row: Any) -> Outcome:
    try:
        values = _values(shape.preference_fields(), row)
        if values["get_ready_s"] not in GET_READY_S or values["gap_s"] not in GAP_S:
            raise Wrong("option", options=", ".join(map(str, (*GET_READY_S, *GAP_S))))
    except Wrong as why:
        return refused(ACCOUNT, 1, why)
    return weighed(Record(ACCOUNT, 1, values=values), preferences(user))


def _records(part: str, rows: list[Any], now: datetime) -> Iterator[Outcome | Record]:
    fields, keys = shape.fields_of(part), shape.key_of(part)
    for number, row in enumerate(rows, 1):
        try:
            values = _values(fields, row)
            _check(part, values, now)
        except Wrong as why:
            yield refused(part, number, why)
            continue
        key = tuple(values.pop(name) for name in keys)
        yield Record(part, number, key, values, _name(dict(zip(keys, key, strict=True)) | values))


def _values(fields: Mapping[str, Field], row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise Wrong("type", type="object")
    if wrong := (fields.keys() ^ row.keys()) - (shape.LATER & fields.keys()):
        raise Wrong("keys", names=_shown(wrong))
    values = {}
    for name, field in fields.items():
        if name not in row:  # what is here stays
            continue
        try:
            values[name] = from_json(field, row[name])
        except Wrong as why:
            why.values["column"] = name
            raise
    if "time_zone" in values and values["time_zone"] not in ZONES:
        raise Wrong("zone", column="time_zone")
    return values


def _check(part: str, values: Mapping[str, Any], now: datetime) -> None:
    """What pages rely on: places and questions that are known, and no day that has not come."""
    regions = catalog().regions
    named = [values["region"]] if values.get("region") is not None else []
    named += [values["hurts_in"]] if values.get("hurts_in") is not None else []
    if not {*named, *values.get("felt_in", ())} <= regions.keys():
        raise Wrong("region")
    if values.get("view") is not None and values["view"] not in body().views:
        raise Wrong("region")
    if values.get("hurts_in") and not can_be_asked_at(values["hurts_in"], values["side"]):
        raise Wrong("unknown", column="side")
    if part == "daily_rating" and not can_be_asked(values["region"], values["side"]):
        raise Wrong("unknown", column="side")
    if part == "condition" and values["entry"] not in SAFETY_RULES.conditions:
        raise Wrong("unknown", column="entry")
    if part == "gate_answer":
        _check_answer(values)
    if part == "trial" and not ORDERS[values["kind"]].fullmatch(values["order"]):
        raise Wrong("unknown", column="order")
    planned = any(type(each) is date and each > (now + PLANNED).date() for each in values.values())
    if "started_at" in values and values["started_at"] > now + AHEAD:
        raise Wrong("future", column="started_at")
    if planned or values.get("local_date", date.min) > (now + AHEAD).date():
        raise Wrong("future")


def _check_answer(values: Mapping[str, Any]) -> None:
    gate = SAFETY_RULES.gates.get(values["gate"])
    if gate is None:
        raise Wrong("unknown", column="gate")
    if not {*values["chosen"]} <= {item.id for item in gate.items}:
        raise Wrong("unknown", column="chosen")


def _name(values: Mapping[str, Any]) -> tuple[Any, ...]:
    spot = values.get("spot_id") or values.get("region")
    return (values.get("name") or "", spot, values.get("side"), values.get("local_date"))


class _Known:
    """What other rows may point to, here or in the same file."""

    def __init__(self, rows: Mapping[str, list[Outcome | Record]], existing: Rows) -> None:
        own, activities = (
            {each.key: each.values for each in rows[part] if isinstance(each, Record)}
            | existing[part]
            for part in ("own_spot", "activity")
        )
        self.own = {str(key[0]): values["region"] for key, values in own.items()}
        self.spots = {*catalog().spots, *self.own}
        self.activities = {key[0] for key in activities}

    def has_side(self, spot_id: str, side: str) -> bool:
        """Whether a spot that is known has such a side; one of one's own, by its region."""
        spot = catalog().spots.get(spot_id)
        return side in spot.sides if spot else can_be_asked(self.own[spot_id], side)


def _weighed(
    part: str, records: list[Outcome | Record], existing: Mapping[Key, Any], known: _Known
) -> Iterator[Outcome]:
    seen: set[Key] = set()
    stand = {mark: row for row in existing.values() for mark in _stands(part, row)}
    for record in records:
        if isinstance(record, Outcome):
            yield record
            continue
        named = dict(zip(shape.key_of(part), record.key, strict=True)) | dict(record.values)
        marks = {("key", *record.key), *_stands(part, named)}
        if marks & seen:
            yield refused(part, record.line, Wrong("twice"), record.name)
        elif named.get("spot_id", "side-hip") not in known.spots:
            yield refused(part, record.line, Wrong("spot"), record.name)
        elif "spot_id" in named and not known.has_side(named["spot_id"], named["side"]):
            yield refused(part, record.line, Wrong("unknown", column="side"), record.name)
        elif ("runs",) in marks and _another_runs(existing, record.key):
            yield refused(part, record.line, Wrong("runs"), record.name)
        elif part == "own_spot" and named["region"] != known.own[str(named["id"])]:
            yield refused(part, record.line, Wrong("stays", column="region"), record.name)
        elif part == "activity_rating" and named["activity_id"] not in known.activities:
            yield refused(part, record.line, Wrong("unknown", column="activity_id"), record.name)
        else:
            seen |= marks
            if part == "trial" and _both_run(named, existing.get(record.key)):
                record = replace(record, values=_without_end(record.values))
            gives_way = [stand[mark] for mark in marks & stand.keys()]
            yield _in_place_of(gives_way, weighed(record, existing.get(record.key)))


def _in_place_of(rows: Sequence[Mapping[str, Any]], outcome: Outcome) -> Outcome:
    """The same outcome, knowing what stood for its day: a new row in its place is a change."""
    if outcome.kind == "same":
        return outcome
    stood = outcome.instead_of + tuple(tuple(row.values()) for row in rows)
    if outcome.kind == "change" or not rows:
        return replace(outcome, instead_of=stood)
    values = outcome.record.values
    changed = tuple(name for name in values if any(row[name] != values[name] for row in rows))
    return replace(outcome, kind="change", columns=changed, instead_of=stood)


def _both_run(named: Mapping[str, Any], there: Mapping[str, Any] | None) -> bool:
    return there is not None and named["closed_at"] is there["closed_at"] is None


def _without_end(values: Mapping[str, Any]) -> dict[str, Any]:
    """What ended a test that is not closed is worked out from what is here."""
    return {name: value for name, value in values.items() if name not in {"stopped_on", "why"}}


def _another_runs(existing: Mapping[Key, Any], key: Key) -> bool:
    return any(row["closed_at"] is None for known, row in existing.items() if known != key)


def _stands(part: str, values: Mapping[str, Any]) -> set[Key]:
    """Only one answer of a day, region and side may stand, and one test run."""
    if part == "trial" and values["closed_at"] is None:
        return {("runs",)}
    if part != "daily_rating" or values["replaced_at"] is not None:
        return set()
    return {("stands", values["local_date"], values["region"], values["side"])}


def _re_own(user: User, rows: dict[str, list[Outcome | Record]], existing: Rows) -> None:
    """Give what another account made ids of its own here, always the same ones.

    An account with nothing in it is a person who moves: they keep theirs. What came in before
    is found again either way.
    """
    moves = not any(existing[part] for part in shape.PARTS if part not in shape.SAFETY)
    ids: dict[Any, Any] = {}
    for part in rows:
        if "id" not in shape.key_of(part):
            continue
        for each in rows[part]:
            if isinstance(each, Record):
                old = each.key[0]
                stays = moves or each.key in existing[part]
                ids[old] = old if stays else uuid5(user.id, str(old))
    texts = {str(old): str(new) for old, new in ids.items()}

    def renamed(value: Any) -> Any:
        return texts.get(value, value) if isinstance(value, str) else ids.get(value, value)

    for part, keys in ((part, shape.key_of(part)) for part in rows):
        rows[part] = [
            Record(
                part,
                each.line,
                tuple(
                    renamed(value) if name in {"id", "spot_id", "activity_id"} else value
                    for name, value in zip(keys, each.key, strict=True)
                ),
                {
                    name: renamed(value) if name == "spot_id" else value
                    for name, value in each.values.items()
                },
                each.name,
            )
            if isinstance(each, Record)
            else each
            for each in rows[part]
        ]
