"""The numbers of the report: what a stretch of sessions and days comes to. Blank is not zero."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from tracker.progress.statistics import Spread, median, week_of, weeks_between
from tracker.progress.stretches import Stretch, stretches
from tracker.progress.weeks import Diary, baseline_of, by_weeks

SPANS, MOST_ROWS = (1, 2, 4, 13, 26, 52), 13  # weeks in a row of the table, and how many rows
MOST_LISTED = 8  # of days or notes of one kind: two pages are two pages
WENT_TO_ITS_END = {None, "finished"}


@dataclass(frozen=True, slots=True)
class Sat:
    """What the report needs of one session; ratings are 0-10, None is blank."""

    spot_id: str
    side: str
    local_date: date
    ended_by: str | None = None
    level: int | None = None
    pressure_s: int | None = None
    pain: tuple[int | None, int | None] = (None, None)
    tenderness: tuple[int | None, int | None] = (None, None)
    felt_in: tuple[str, ...] = ()
    sore_after_24h: bool | None = None
    bruise: bool | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is planned at a spot and side: a session every so many days, up to a level.

    until is the day it was paused or taken off the list; tested are the days of its tests, and
    whether massage was due on each.
    """

    since: date
    days_between: int
    level: int
    until: date | None = None
    tested: Mapping[date, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """The medians before and after, of the `count` sessions with both ratings."""

    count: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class SpotSide:
    """A spot and side over the chosen days; planned is None where nothing is planned."""

    spot_id: str
    side: str
    done: int
    planned: int | None
    rhythm: Rhythm | None
    minutes_a_week: float | None
    level: int | None
    pain: Pair | None
    tenderness: Pair | None
    sittings: tuple[Sat, ...]


@dataclass(frozen=True, slots=True)
class RegionDays:
    """The daily ratings of one region and side, in weeks, each as long as `span` weeks."""

    region: str
    side: str
    weeks: tuple[Stretch, ...]
    span: int
    baseline: Spread | None
    rated: int
    missing: int


@dataclass(frozen=True, slots=True)
class Afterwards:
    """How sessions ended and what came of them; each count beside how many were answered."""

    stops: tuple[tuple[str, int], ...]
    sore: int
    sore_asked: int
    bruises: int
    bruises_asked: int


def pair(values: Iterable[tuple[int | None, int | None]]) -> Pair | None:
    both = [(before, after) for before, after in values if before is not None and after is not None]
    if not both:
        return None
    return Pair(len(both), median([before for before, _ in both]), median([a for _, a in both]))


def planned_in(rhythm: Rhythm, first: date, last: date, most_a_week: int) -> int:
    """How many sessions fit the rhythm between two days, and no more in a week than is allowed.

    On the days of a test it is those with massage.
    """
    begin = max(first, rhythm.since)
    end = min(last, rhythm.until - timedelta(days=1)) if rhythm.until else last
    days = (end - begin).days + 1
    if days <= 0:
        return 0
    tested = [due for day, due in rhythm.tested.items() if begin <= day <= end]
    days -= len(tested)
    return sum(tested) + min(ceil(days / rhythm.days_between), ceil(days / 7 * most_a_week))


def spot_side(
    place: tuple[str, str],
    sittings: Sequence[Sat],
    rhythm: Rhythm | None,
    first: date,
    last: date,
    most_a_week: int,
) -> SpotSide:
    """One line of the report; the days run from the first session or the plan, if later."""
    levels = Counter(sat.level for sat in sittings if sat.level is not None)
    timed = [sat.pressure_s for sat in sittings if sat.pressure_s is not None]
    begun = min((sat.local_date for sat in sittings), default=last)
    weeks = max(1.0, ((last - begun).days + 1) / 7)
    return SpotSide(
        *place,
        done=len(sittings),
        planned=planned_in(rhythm, first, last, most_a_week) if rhythm else None,
        rhythm=rhythm,
        minutes_a_week=sum(timed) / 60 / weeks if timed else None,
        level=max(levels, key=lambda level: (levels[level], level)) if levels else None,
        pain=pair(sat.pain for sat in sittings),
        tenderness=pair(sat.tenderness for sat in sittings),
        sittings=tuple(sittings),
    )


def row_span(weeks: int) -> int:
    """How many weeks a row of the table stands for, so that there are not too many rows."""
    return next((span for span in SPANS if weeks <= span * MOST_ROWS), ceil(weeks / MOST_ROWS))


def region_days(
    region: str, side: str, diary: Diary, began: date | None, first: date, last: date
) -> RegionDays:
    """The weeks between two days; the baseline is that of the week before the first session.

    Days count as missing from the first rating on, as nobody was asked before.
    """
    shown = {day: pain for day, pain in diary.ratings.items() if first <= day <= last}
    monday, sunday = week_of(first), week_of(last)
    span = row_span(weeks_between(monday, sunday))
    asked_from = max(first, min(diary.ratings, default=last))
    return RegionDays(
        region=region,
        side=side,
        weeks=tuple(stretches(by_weeks(Diary(shown, diary.session_days)), monday, sunday, span)),
        span=span,
        baseline=baseline_of(diary.ratings, began),
        rated=len(shown),
        missing=(last - asked_from).days + 1 - len(shown) if shown else 0,
    )


def afterwards(sittings: Sequence[Sat]) -> Afterwards:
    """Stops are by their reason, the most frequent first."""
    stops = Counter(sat.ended_by for sat in sittings if sat.ended_by not in WENT_TO_ITS_END)
    sore = [sat.sore_after_24h for sat in sittings if sat.sore_after_24h is not None]
    bruises = [sat.bruise for sat in sittings if sat.bruise is not None]
    return Afterwards(
        stops=tuple((why, count) for why, count in stops.most_common() if why),
        sore=sum(sore),
        sore_asked=len(sore),
        bruises=sum(bruises),
        bruises_asked=len(bruises),
    )


def felt_places(sittings: Iterable[Sat], paired: Mapping[str, bool]) -> tuple[tuple[str, str], ...]:
    """Where it was felt, each region and side once; a region on the midline has no side."""
    found = (
        (region, sat.side if paired[region] and sat.side != "middle" else "mid")
        for sat in sittings
        for region in sat.felt_in
        if region in paired
    )
    return tuple(dict.fromkeys(found))
