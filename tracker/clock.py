"""The one place that asks what time it is; views call it, everything below is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The date it is now for somebody in `zone`."""
    return now().astimezone(ZoneInfo(zone)).date()
