"""datapackage.json: what stands in the files beside it (Frictionless Data Package)."""

from collections.abc import Iterable, Mapping
from typing import Any

from tracker.sharing.csv import ACTIVITIES, CHECKINS, COLUMNS, DAILY, Column
from tracker.sharing.fields import described

TABLES: Mapping[str, Mapping[str, Column]] = {
    "sessions": COLUMNS,
    "daily": DAILY,
    "activities": ACTIVITIES,
    "checkins": CHECKINS,
}
TITLES = {
    "sessions": "Sessions, one line each, oldest first",
    "daily": "Average pain of the day by region, and what was noted of the day",
    "activities": "How well the person's own activities went",
    "checkins": "What was answered in the days after a session",
}
KEYS = {
    "sessions": ["session_id"],
    "daily": ["date_local", "region", "side"],
    "activities": ["date_local", "activity_id"],
    "checkins": ["session_id"],
}
GUARD = (
    "Text that would start a formula (= + - @ and the like) has one apostrophe in front; "
    "empty cells are unknown, never zero."
)


def described_package(
    created: str, *, delimiter: str = ",", bom: bool = True, tables: Iterable[str] = tuple(TABLES)
) -> dict[str, Any]:
    """The whole of datapackage.json; `created` is a moment as ISO 8601."""
    return {
        "profile": "tabular-data-package",
        "name": "sweetspot",
        "title": "Sweetspot",
        "description": GUARD,
        "created": created,
        "resources": [_resource(name, delimiter, bom) for name in tables],
    }


def _resource(name: str, delimiter: str, bom: bool) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": TITLES[name],
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if bom else "utf-8",
        "dialect": {"delimiter": delimiter, "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [described(key, column.field) for key, column in TABLES[name].items()],
            "missingValues": [""],
            "primaryKey": KEYS[name],
        },
    }
