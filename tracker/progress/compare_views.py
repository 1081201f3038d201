"""Side by side: two to four spots over the same weeks, and the sessions at one by what differed."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user, login_required

from tracker import clock
from tracker.language import gettext as _
from tracker.progress.charts import Chart, chart
from tracker.progress.helps import BY, ENOUGH, Row, side_by_side
from tracker.progress.queries import (
    MOST_OCCASIONS,
    SpotSide,
    occasions_at,
    pain_by_spot_side,
    spot_sides_of,
)
from tracker.progress.ranges import asked_window, no_such_range, range_links
from tracker.progress.sentences import number
from tracker.progress.statistics import (
    Sitting,
    Spread,
    span_of,
    spread,
    week_of,
    weekly,
    weeks_between,
)
from tracker.sessions.words import level_word, side_choices, tool_word
from tracker.spots.queries import find_spot, spots_by_id
from tracker.spots.words import place

bp = Blueprint("compare", __name__, url_prefix="/progress")
FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the spots: its weeks drawn, and its sessions of the range in three numbers each."""

    name: str
    href: str
    chart: Chart
    before: Spread | None
    after: Spread | None


@bp.get("/compare")
@login_required
def several() -> str | tuple[str, int]:
    this_week = week_of(clock.today(current_user.time_zone))
    window = asked_window(this_week)
    asked = [*dict.fromkeys(filter(None, request.args.getlist("at")))]
    to = partial(url_for, "compare.several", at=asked)
    if window is None or window.past:
        return no_such_range(_("Spots side by side"), to)
    used = spot_sides_of(current_user)
    spots = spots_by_id(current_user, (where.spot_id for where in used))
    offered = [(_key(where), where) for where in used if where.spot_id in spots]
    known = dict(offered)
    # The form sends a blank one along, so that choosing none can be told from coming here.
    wrong = "at" in request.args and not (
        FEWEST <= len(asked) <= MOST and known.keys() >= set(asked)
    )
    chosen = [] if wrong else [known[key] for key in asked]
    names = {key: place(spots[where.spot_id].name, where.side) for key, where in offered}
    page = render_template(
        "progress/compare.html",
        compared=_compared(chosen, names, window.since, this_week),
        offered=[(key, names[key], where.sessions, key in asked) for key, where in offered],
        wrong=wrong,
        most=MOST,
        number=number,
        ranges=range_links(to, window),
    )
    return page, 422 if wrong else 200


def _compared(
    chosen: list[SpotSide], names: dict[str, str], since: date | None, this_week: date
) -> list[Compared]:
    """Each over the same weeks, whenever its own sessions began."""
    if not chosen:
        return []
    pain = pain_by_spot_side(current_user, since)
    sittings = [pain.get((where.spot_id, where.side), []) for where in chosen]
    seen = [week_of(each.local_date) for one in sittings for each in one]
    first, last = since or min([this_week, *seen]), max([this_week, *seen])
    return [
        _one(where, names[_key(where)], of, first, last)
        for where, of in zip(chosen, sittings, strict=True)
    ]


def _one(where: SpotSide, name: str, of: list[Sitting], first: date, last: date) -> Compared:
    span = span_of(weeks_between(first, last))
    return Compared(
        name=name,
        href=url_for("progress.show", slug=where.spot_id, side=where.side),
        chart=chart(weekly(of, first, last, span), span),
        before=spread(each.pain_before for each in of),
        after=spread(each.pain_after for each in of),
    )


def _key(where: SpotSide) -> str:
    return f"{where.spot_id}.{where.side}"


@bp.get("/<slug>/helps")
@login_required
def helps(slug: str) -> str | tuple[str, int]:
    spot = find_spot(current_user, slug) or abort(404)
    window = asked_window(week_of(clock.today(current_user.time_zone)))
    to = partial(url_for, "compare.helps", slug=slug)
    if window is None or window.past:
        return no_such_range(spot.name, to)
    occasions = occasions_at(current_user, spot.id, window.since)
    found = side_by_side(occasions)
    return render_template(
        "progress/helps.html",
        spot=spot,
        sessions=len(occasions),
        most=MOST_OCCASIONS,
        groups=[(_headings()[name], _named(name, found[name])) for name in BY if name in found],
        enough=ENOUGH,
        number=number,
        ranges=range_links(to, window),
    )


def _headings() -> dict[str, str]:
    return {
        "side": _("Side"),
        "tool": _("With what"),
        "level": _("Highest level"),
        "part": _("Time of day"),
    }


def _named(name: str, rows: list[Row]) -> list[tuple[str, Row]]:
    parts = {
        "morning": _("Morning, 5 to 11"),
        "afternoon": _("Day, 11 to 17"),
        "evening": _("Evening, 17 to 22"),
        "night": _("Night, 22 to 5"),
    }
    sides = dict(side_choices(("left", "right", "middle")))
    words = {"side": sides.get, "part": parts.get, "tool": tool_word, "level": level_word}[name]
    return [(str(words(row.value) or row.value), row) for row in rows]
