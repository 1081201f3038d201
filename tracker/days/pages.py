"""Days as their pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.days.models import DailyRating, DayNote
from tracker.days.tracked import RegionSide
from tracker.days.words import region_place


@dataclass(frozen=True, slots=True)
class Rated:
    """One region and side on one day; pain is None for no answer.

    earlier are the numbers that stood before, each with the moment, in the person's zone, at
    which it was replaced.
    """

    region: str
    side: str
    place: str
    pain: int | None
    earlier: tuple[tuple[int, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    rated: tuple[Rated, ...]
    note: DayNote | None = None


def list_page(
    standing: Sequence[DailyRating],
    notes: Mapping[date, DayNote],
    days: Sequence[date],
    asked: Iterable[RegionSide],
) -> tuple[Day, ...]:
    """Each of these days, the unanswered ones too."""
    by_day = {on: [each for each in standing if each.local_date == on] for on in days}
    return tuple(replace(day_page(by_day[on], on, asked), note=notes.get(on)) for on in days)


def day_page(
    rows: Sequence[DailyRating], on: date, asked: Iterable[RegionSide], zone: str = "UTC"
) -> Day:
    """What was said of one day: of what is asked about now, and of what was answered then."""
    said = ((row.region, row.side) for row in rows)
    return Day(on, tuple(_rated(rows, where, zone) for where in dict.fromkeys((*asked, *said))))


def _rated(rows: Sequence[DailyRating], where: RegionSide, zone: str) -> Rated:
    here = [row for row in rows if (row.region, row.side) == where]
    replaced = sorted((row.replaced_at, row.pain_24h) for row in here if row.replaced_at)
    local = ZoneInfo(zone)
    return Rated(
        *where,
        place=region_place(*where),
        pain=next((row.pain_24h for row in here if row.replaced_at is None), None),
        earlier=tuple((pain, at.astimezone(local)) for at, pain in replaced),
    )
