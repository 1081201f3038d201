"""What the report reads of a person: their chosen spots and days, and no column more."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.days.queries import ratings_of
from tracker.days.tracked import asked_side
from tracker.progress.weeks import BASELINE_DAYS, Diary
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.sessions.rules import RULES
from tracker.sharing.csv import sore_after_a_day
from tracker.sharing.picture import Panel, marks, panels
from tracker.sharing.plots import Plot, Spark, days_plot, spark
from tracker.sharing.queries import PRESSED, SORE
from tracker.sharing.report_days import NOTHING, Listed, Rated, activities_rated, day_notes
from tracker.sharing.report_overall import Overall, overall_said
from tracker.sharing.report_tests import NO_TESTS, Tests, tested_days, tests_in
from tracker.sharing.scope import Scope
from tracker.sharing.scoped import within
from tracker.sharing.summary import (
    Afterwards,
    RegionDays,
    Rhythm,
    Sat,
    SpotSide,
    afterwards,
    felt_places,
    region_days,
    spot_side,
)
from tracker.spots.body import Mark, body
from tracker.spots.catalog import catalog
from tracker.spots.chosen import capped
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import (
    AnySpot,
    ever_tracked_of,
    hurting_at,
    regions_about,
    spots_by_id,
)

Place = tuple[str, str]
USUAL_DAYS = RULES.dose.rest_hours // 24
MOST_A_WEEK = RULES.dose.sessions_per_week
OWN_REACH = 8.0
SAT = (
    *("spot_id", "side", "local_date", "started_at", "ended_by", "peak_level", "pain_before"),
    *("pain_after", "tenderness_before", "tenderness_after", "felt_in", "bruise"),
    *(name for pair in SORE for name in pair),
)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page shows; a part that was not chosen is not loaded."""

    scope: Scope
    spots: Mapping[str, AnySpot]
    places: Sequence[tuple[SpotSide, Spark]] = ()
    regions: Sequence[tuple[RegionDays, Plot]] = ()
    after: Afterwards | None = None
    activities: Sequence[Rated] = ()
    overall: Sequence[Overall] = ()
    tests: Tests = NO_TESTS
    flares: Listed = NOTHING
    medicine: Listed = NOTHING
    treatments: Listed = NOTHING
    notes: Listed = NOTHING
    picture: Sequence[Panel] = ()

    @property
    def done(self) -> int:
        return sum(each.done for each, _spark in self.places)

    @property
    def planned(self) -> int | None:
        """None where there is a session at a spot that nothing is planned for."""
        planned = [each.planned for each, _spark in self.places]
        return None if None in planned or not planned else sum(each or 0 for each in planned)


def report_of(user: User, scope: Scope, today: date) -> Report:
    """The report of one person, within its scope and nothing beside it; `today` is their day."""
    spots = spots_by_id(user, scope.spots)
    found = Report(scope, spots)
    sittings = _sittings(user, scope) if scope.shows("sessions") or scope.shows("after") else {}
    if scope.shows("sessions"):
        places = _places(user, scope, sittings)
        found = replace(found, places=places, picture=_picture(spots, places))
    if scope.shows("days"):
        found = replace(found, regions=_regions(user, scope, spots, sittings))
    if scope.shows("after"):
        found = replace(
            found, after=afterwards([sat for each in sittings.values() for sat in each])
        )
    if scope.shows("activities"):
        found = replace(found, activities=activities_rated(user, scope))
    if scope.shows("overall"):
        found = replace(found, overall=overall_said(user, scope))
    if scope.shows("tests"):
        found = replace(found, tests=tests_in(user, scope, today))
    if scope.shows("changes") or scope.shows("notes"):
        found = replace(found, **day_notes(user, scope))
    return found


def _sittings(user: User, scope: Scope) -> dict[Place, list[Sat]]:
    found: dict[Place, list[Sat]] = defaultdict(list)
    columns = [getattr(MassageSession, name) for name in SAT]
    columns.append(PRESSED.label("pressure_s"))
    rows = sessions_of(user).where(*within(scope)).with_only_columns(*columns)
    rows = rows.order_by(MassageSession.started_at)
    for row in db.session.execute(rows):
        found[row.spot_id, row.side].append(_sat(row))
    return found


def _sat(row: Any) -> Sat:
    answers = [(getattr(row, at), getattr(row, sore)) for at, sore in SORE]
    sore = [((at - row.started_at).total_seconds() / 3600, said) for at, said in answers if at]
    return Sat(
        spot_id=row.spot_id,
        side=row.side,
        local_date=row.local_date,
        ended_by=row.ended_by,
        level=row.peak_level,
        pressure_s=row.pressure_s,
        pain=(row.pain_before, row.pain_after),
        tenderness=(row.tenderness_before, row.tenderness_after),
        felt_in=tuple(row.felt_in),
        sore_after_24h=sore_after_a_day(sore),
        bruise=row.bruise,
    )


def _places(
    user: User, scope: Scope, sittings: Mapping[Place, list[Sat]]
) -> list[tuple[SpotSide, Spark]]:
    """The spots and sides with a plan or a session in these days, in the person's order."""
    tracked = ever_tracked_of(user).where(TrackedSpot.spot_id.in_(scope.spots))
    spots = spots_by_id(user, scope.spots)
    tested = tested_days(user, scope)
    rhythms = {
        place: _rhythm(user, row, sittings.get(place, []), spot, tested.get(place, {}))
        for row in db.session.scalars(tracked)
        if (spot := spots.get(row.spot_id))
        for place in [(row.spot_id, row.side)]
    }
    lines = []
    for place in dict.fromkeys((*rhythms, *sittings)):
        here = sittings.get(place, [])
        found = spot_side(place, here, rhythms.get(place), scope.first, scope.last, MOST_A_WEEK)
        if found.done or found.planned:
            lines.append((found, spark(here, scope.first, scope.last)))
    return lines


def _rhythm(
    user: User,
    row: TrackedSpot,
    sittings: Sequence[Sat],
    spot: AnySpot,
    tested: Mapping[date, bool],
) -> Rhythm:
    zone = ZoneInfo(user.time_zone)
    chosen = row.since.astimezone(zone).date()
    ended = row.archived_at or row.paused_at
    return Rhythm(
        since=min([chosen, *(sat.local_date for sat in sittings)]),
        days_between=row.days_between or USUAL_DAYS,
        level=capped(spot.limits, row.level_cap).max_level,
        until=ended.astimezone(zone).date() if ended else None,
        tested=tested,
    )


def _regions(
    user: User,
    scope: Scope,
    spots: Mapping[str, AnySpot],
    sittings: Mapping[Place, list[Sat]],
) -> list[tuple[RegionDays, Plot]]:
    """The regions that the chosen spots are in, or are worked on for, the most rated first."""
    hurting = _hurting(user, spots)
    began = _first_sessions(user, scope, hurting)
    since = min([scope.first, *(day - timedelta(days=BASELINE_DAYS) for day in began.values())])
    rated: dict[Place, dict[date, int]] = defaultdict(dict)
    for row in db.session.scalars(
        ratings_of(user)
        .filter_by(replaced_at=None)
        .where(
            DailyRating.region.in_(regions_about(user, scope.spots)),
            DailyRating.local_date.between(since, scope.last),
        )
    ):
        rated[row.region, row.side][row.local_date] = row.pain_24h
    found = []
    for where, ratings in rated.items():
        days = _session_days(hurting, sittings, where) if scope.shows("sessions") else frozenset()
        diary = Diary(ratings, days)
        region = region_days(*where, diary, began.get(where), scope.first, scope.last)
        if region.rated:
            plot = days_plot(_shown(diary, scope), scope.first, scope.last, region.baseline)
            found.append((region, plot))
    return sorted(found, key=lambda each: -each[0].rated)


def _shown(diary: Diary, scope: Scope) -> Diary:
    inside = {d: pain for d, pain in diary.ratings.items() if scope.first <= d <= scope.last}
    return Diary(inside, diary.session_days)


def _hurting(user: User, spots: Mapping[str, AnySpot]) -> dict[Place, Place]:
    """The region and side that each of these spots and sides is worked on for."""
    places = [(spot.id, side) for spot in spots.values() for side in spot.sides]
    return {
        (spot_id, side): (region, asked_side(region, side))
        for (spot_id, side), region in hurting_at(user, places).items()
    }


def _first_sessions(user: User, scope: Scope, hurting: Mapping[Place, Place]) -> dict[Place, date]:
    """The day of the first session at the chosen spots, by what they are worked on for."""
    columns = (MassageSession.spot_id, MassageSession.side)
    rows = sessions_of(user).where(MassageSession.spot_id.in_(scope.spots))
    first = func.min(MassageSession.local_date)
    found: dict[Place, date] = {}
    for spot_id, side, day in db.session.execute(
        rows.with_only_columns(*columns, first).group_by(*columns)
    ):
        if where := hurting.get((spot_id, side)):
            found[where] = min(day, found.get(where, day))
    return found


def _session_days(
    hurting: Mapping[Place, Place], sittings: Mapping[Place, list[Sat]], where: Place
) -> frozenset[date]:
    return frozenset(
        sat.local_date
        for place, here in sittings.items()
        if hurting.get(place) == where
        for sat in here
    )


def _picture(
    spots: Mapping[str, AnySpot], places: Sequence[tuple[SpotSide, Spark]]
) -> tuple[Panel, ...]:
    pressed: list[Mark] = []
    for found, _line in places:
        spot = spots.get(found.spot_id)
        if spot and not spot.own:
            pressed += marks(body(), spot.id, found.side)
        elif spot and spot.place:
            view, x, y = spot.place
            x = -x if found.side == "right" else x
            pressed.append(Mark(spot.id, view, x, y, OWN_REACH, "", side=found.side))
    paired = {region.id: region.paired for region in catalog().regions.values()}
    sittings = [sat for found, _line in places for sat in found.sittings]
    return panels(body(), pressed, felt_places(sittings, paired))
