"""How the days went in one region: a sentence, a chart, and the same numbers."""

from functools import partial

from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user, login_required

from tracker import clock
from tracker.dates import day
from tracker.days.tracked import can_be_asked
from tracker.days.words import region_place
from tracker.language import gettext as _
from tracker.progress.diaries import regions_of, weeks_of
from tracker.progress.ranges import (
    RANGES,
    Link,
    asked_range,
    first_week,
    no_such_range,
    only,
    range_links,
)
from tracker.progress.region import days_chart, days_for_script
from tracker.progress.sentences import about_trend, number
from tracker.progress.statistics import week_of
from tracker.progress.stretches import days_table
from tracker.progress.trend import trend_of

bp = Blueprint("region", __name__, url_prefix="/progress/region")


@bp.get("/<region>/<side>")
@login_required
def show(region: str, side: str) -> str | tuple[str, int]:
    if not can_be_asked(region, side):
        abort(404)
    name, span = region_place(region, side), asked_range()
    to = partial(_address, region, side)
    if span not in RANGES:
        return no_such_range(name, to)
    today = clock.today(current_user.time_zone)
    this_week = week_of(today)
    since = first_week(this_week, RANGES[span])
    weeks = weeks_of(current_user, region, side, this_week, since)
    found = trend_of(weeks, today, since)
    drawn = days_chart(weeks, this_week, since, found.baseline, early=found.says == "early")
    dated = partial(day, pattern="d MMM y" if drawn.long else "d MMM")
    return render_template(
        "progress/region.html",
        place=name,
        any_here=weeks.first is not None,
        said=about_trend(found),
        chart=drawn,
        rows=days_table(drawn.weeks),
        data=days_for_script(drawn, dated) | {"words": {"median": _("Weekly median")}},
        dated=dated,
        on_axis=partial(day, pattern="MMM y") if drawn.long else dated,
        number=number,
        others=_others(region, side, span),
        ranges=range_links(to, span),
    )


def _address(region: str, side: str, span: str) -> str:
    return url_for("region.show", region=region, side=side, **only(span))


def _others(region: str, side: str, span: str) -> list[Link]:
    return [
        (region_place(*where), _address(*where, span), False)
        for where in regions_of(current_user)
        if where != (region, side)
    ]
