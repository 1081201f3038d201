"""How the days went in one region: a sentence, a chart, and the same numbers."""

from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user, login_required

from tracker import clock
from tracker.dates import day
from tracker.days.tracked import can_be_asked
from tracker.days.words import region_place
from tracker.language import gettext as _
from tracker.progress.diaries import regions_of, weeks_of
from tracker.progress.ranges import (
    Link,
    ToRange,
    Window,
    asked_window,
    beside,
    no_such_range,
    only,
    period_of,
    range_links,
)
from tracker.progress.region import DaysChart, days_chart, days_for_script, ends_of
from tracker.progress.sentences import about_trend, number
from tracker.progress.statistics import WEEK, week_of
from tracker.progress.stretches import days_table
from tracker.progress.trend import trend_of

bp = Blueprint("region", __name__, url_prefix="/progress/region")


@bp.get("/<region>/<side>")
@login_required
def show(region: str, side: str) -> str | tuple[str, int]:
    if not can_be_asked(region, side):
        abort(404)
    name, to = region_place(region, side), partial(_with, _address(region, side))
    today = clock.today(current_user.time_zone)
    this_week = week_of(today)
    window = asked_window(this_week)
    if window is None:
        return no_such_range(name, to)
    weeks = weeks_of(current_user, region, side, this_week, window.since, window.until)
    found = trend_of(weeks, window.until or today, window.since)
    drawn = days_chart(
        weeks,
        window.last,
        window.since,
        found.baseline,
        through=ends_of(found),
        early=found.says == "early",
    )
    dated = partial(day, pattern="d MMM y" if drawn.long else "d MMM")
    closer = cache(partial(_closer, to, window, drawn, this_week))  # for its mark and its row
    return render_template(
        "progress/region.html",
        place=name,
        any_here=weeks.first is not None,
        said=about_trend(found),
        chart=drawn,
        rows=days_table(drawn.weeks),
        data=days_for_script(drawn, dated, closer) | {"words": {"median": _("Weekly median")}},
        dated=dated,
        on_axis=partial(day, pattern="MMM y") if drawn.long else dated,
        number=number,
        closer=closer,
        period=period_of(window),
        beside=beside(to, window, this_week),
        others=_others(region, side, today, only(window.key)),
        ranges=range_links(to, window),
    )


def _closer(to: ToRange, window: Window, drawn: DaysChart, this_week: date, monday: date) -> str:
    """Where a tap on a mark leads: to fewer weeks around it, of few weeks to their days."""
    query = window.closer(monday, drawn.span, this_week)
    if query:
        return to(**query)
    today = clock.today(current_user.time_zone)
    return url_for("days.index", until=min(monday + WEEK - WEEK / 7, today))


def _with(address: str, **query: str) -> str:
    """The same as `url_for` would make of it, for the many marks of many years."""
    return f"{address}?{urlencode(query)}" if query else address


def _address(region: str, side: str, **query: Any) -> str:
    return url_for("region.show", region=region, side=side, **query)


def _others(region: str, side: str, today: date, query: dict[str, str]) -> list[Link]:
    return [
        (region_place(*where), _address(*where, **query), False)
        for where in regions_of(current_user, today)
        if where != (region, side)
    ]
