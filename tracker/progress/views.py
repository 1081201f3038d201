"""How the sessions at a spot went, week by week: numbers, no verdict."""

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user, login_required

from tracker import clock
from tracker.checkins.queries import changes_at
from tracker.checkins.words import change_words
from tracker.dates import day
from tracker.days.tracked import asked_side
from tracker.days.words import region_place
from tracker.progress.charts import Chart, for_script, table
from tracker.progress.diaries import lately_by_region, regions_of
from tracker.progress.drawing import YEAR_WEEKS
from tracker.progress.queries import (
    SpotSide,
    pain_by_spot_side,
    sittings_at,
    spot_sides_of,
    tools_at,
)
from tracker.progress.ranges import (
    USUAL_WEEKS,
    Link,
    ToRange,
    Window,
    asked_window,
    beside,
    first_week,
    no_such_range,
    only,
    period_of,
    range_links,
)
from tracker.progress.region import DaysChart, days_chart
from tracker.progress.spot_page import (
    chart_of,
    chart_words,
    minutes,
    review_of,
    tenderness_words,
    title,
    tool_links,
)
from tracker.progress.statistics import at_one_press, week_of
from tracker.progress.trend import trend_of
from tracker.progress.weeks import Diary, by_weeks
from tracker.sessions.counts import counted
from tracker.sessions.queries import history_of
from tracker.sessions.words import side_choices, tool_word
from tracker.spots.queries import AnySpot, find_spot, hurting_at, spots_by_id
from tracker.spots.words import place

bp = Blueprint("progress", __name__)


@bp.get("/progress/")
@login_required
def index() -> str:
    today = clock.today(current_user.time_zone)
    this_week = week_of(today)
    since = first_week(this_week, USUAL_WEEKS)
    pain = pain_by_spot_side(current_user, since)
    places = [
        (where, spot, chart_of(pain.get((where.spot_id, where.side), []), since, this_week))
        for where, spot in _named(spot_sides_of(current_user))
    ]
    return render_template(
        "progress/index.html", places=places, place=place, regions=_regions(since, today)
    )


@bp.get("/progress/<slug>")
@login_required
def show(slug: str) -> str | tuple[str, int]:
    spot = find_spot(current_user, slug) or abort(404)
    used = spot_sides_of(current_user)
    side, tool = request.args.get("side") or _usual_side(spot, used), request.args.get("tool")
    if side not in spot.sides:
        abort(404)
    tools = tools_at(current_user, spot.id, side)
    if tool and tool not in tools:
        abort(404)
    today = clock.today(current_user.time_zone)
    this_week = week_of(today)
    window, to = asked_window(this_week), partial(_address, spot, side, tool)
    if window is None:
        return no_such_range(place(spot.name, side), to)
    since, until = window.since, window.until
    past = history_of(current_user, [(spot.id, side)], clock.now(), counted=True)[spot.id, side]
    found = [*sittings_at(current_user, spot.id, side, since, until, tool)]
    sittings, pressed_at = at_one_press(found)
    tenderness = tenderness_words(pressed_at)
    drawn = chart_of(sittings, since, window.last)
    closer = partial(_closer, to, window, drawn, this_week)
    query = only(window.key)
    region = hurting_at(current_user, [(spot.id, side)])[spot.id, side]
    hurting = (region, asked_side(region, side))
    here = next((w for w in used if (w.spot_id, w.side) == (spot.id, side)), None)
    long = len(drawn.weeks) * drawn.span > YEAR_WEEKS
    dated = partial(day, pattern="d MMM y" if long else "d MMM")
    return render_template(
        "progress/show.html",
        spot=spot,
        place=place(spot.name, side),
        any_here=here is not None,
        hurting=(
            region_place(*hurting),
            url_for("region.show", region=hurting[0], side=hurting[1], **query),
        ),
        review=review_of(current_user, hurting, here, today),
        overall=[
            (day(one.local_date, "d MMM y"), change_words(one.change))
            for one in changes_at(current_user, spot.id, side)
        ],
        correct_overall=url_for("overall.show", slug=spot.id, side=side),
        title=title(drawn.span),
        chart=drawn,
        rows=table(drawn.weeks),
        data=for_script(drawn, dated, closer) | {"words": chart_words(tenderness)},
        dated=dated,
        on_axis=partial(day, pattern="MMM y") if long else dated,
        tenderness=tenderness,
        minutes=minutes,
        counted=counted(past, today),
        closer=closer,
        period=period_of(window),
        beside=beside(to, window, this_week),
        others=_others(used, spot, side, query),
        sides=[
            (word, _address(spot, other, None, **query), other == side)
            for other, word in side_choices(spot.sides)
        ],
        tool=tool_word(tool),
        tools=tool_links(tools, partial(_address, spot, side), query, tool),
        ranges=range_links(to, window),
    )


def _regions(since: date, today: date) -> list[tuple[str, str, DaysChart]]:
    """What is asked about day by day, and what was once: its name, its address, its chart."""
    lately = lately_by_region(current_user, since)
    return [
        (
            region_place(*where),
            url_for("region.show", region=where[0], side=where[1]),
            _days(lately.get(where, Diary({})), since, today),
        )
        for where in regions_of(current_user, today)
    ]


def _days(diary: Diary, since: date, today: date) -> DaysChart:
    found = by_weeks(diary, since)
    early = trend_of(found, today, since).says == "early"
    return days_chart(found, week_of(today), since, early=early)


def _closer(to: ToRange, window: Window, drawn: Chart, this_week: date, monday: date) -> str:
    """Where a tap on a mark leads; "" where there is nothing closer to look at."""
    query = window.closer(monday, drawn.span, this_week)
    return to(**query) if query else ""


def _usual_side(spot: AnySpot, used: list[SpotSide]) -> str:
    """The side with the latest session, else the spot's first."""
    sides = (where.side for where in used if where.spot_id == spot.id)
    return next((side for side in sides if side in spot.sides), spot.sides[0])


def _named(used: list[SpotSide]) -> list[tuple[SpotSide, AnySpot]]:
    spots = spots_by_id(current_user, (where.spot_id for where in used))
    return [(where, spots[where.spot_id]) for where in used if where.spot_id in spots]


def _others(used: list[SpotSide], spot: AnySpot, side: str, query: dict[str, str]) -> list[Link]:
    return [
        (place(other.name, where.side), _address(other, where.side, None, **query), False)
        for where, other in _named(used)
        if (where.spot_id, where.side) != (spot.id, side)
    ]


def _address(spot: AnySpot, side: str, tool: str | None, **query: Any) -> str:
    return url_for("progress.show", slug=spot.id, side=side, tool=tool, **query)
