"""The body, with how often something was felt or pressed where."""

from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user, login_required

from tracker import clock
from tracker.days.words import region_place
from tracker.language import gettext as _
from tracker.progress.heat import Warm, heat, reaches
from tracker.progress.queries import felt_by_region, pressed_by_region
from tracker.progress.ranges import asked_window, no_such_range, only, range_links
from tracker.progress.statistics import week_of
from tracker.spots.body import MIDDLE, body

bp = Blueprint("heat", __name__, url_prefix="/progress")
KINDS = {"felt": felt_by_region, "pressed": pressed_by_region}


@bp.get("/body")
@login_required
def show() -> str | tuple[str, int]:
    kind = request.args.get("show") or "felt"
    window = asked_window(week_of(clock.today(current_user.time_zone)))
    to = partial(url_for, "heat.show", show=None if kind == "felt" else kind)
    if kind not in KINDS or window is None or window.past:
        return no_such_range(_("On the body"), partial(url_for, "heat.show"))
    warm = heat(KINDS[kind](current_user, window.since))
    words = {"felt": _("Felt"), "pressed": _("Pressed")}
    return render_template(
        "progress/body.html",
        kind=kind,
        warm=[(region_place(each.region, each.side), each) for each in warm],
        views=[(view, box, found) for view, box in _views() if (found := _seen(view, warm))],
        reaches=reaches(warm[0].times if warm else 0),
        kinds=[
            (words[key], url_for("heat.show", show=key, **only(window.key)), key == kind)
            for key in KINDS
        ],
        ranges=range_links(to, window),
    )


def _views() -> list[tuple[str, str]]:
    return [(view.id, view.box) for view in body().views.values()]


def _seen(view: str, warm: list[Warm]) -> list[tuple[str, str, int]]:
    """What this view shows of them: region, side as the drawing calls it, and step."""
    drawn = body().regions[view]
    places = ((each.region, MIDDLE if each.side == "middle" else each.side, each) for each in warm)
    return [(region, side, each.step) for region, side, each in places if (region, side) in drawn]
