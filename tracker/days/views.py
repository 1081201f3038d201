"""The days: pain over 24 hours for each region that is worked on, here also of past days."""

from datetime import date, datetime, timedelta

from babel.dates import format_time
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import commit_anew
from tracker.dates import day as day_of
from tracker.days.forms import DayNoteForm, PainForm
from tracker.days.kept import keep_note, keep_rating
from tracker.days.pages import day_page, list_page
from tracker.days.queries import (
    asked_of,
    earliest_said,
    notes_between,
    ratings_between,
    ratings_on,
)
from tracker.days.tracked import can_be_asked
from tracker.days.words import region_place
from tracker.language import gettext as _
from tracker.language import language
from tracker.merging import as_text
from tracker.strict import EARLIEST, day_in

bp = Blueprint("days", __name__, url_prefix="/days")
View = str | tuple[str, int] | Response
LISTED = 14  # days on a page


@bp.get("/")
@login_required
def index() -> View:
    wanted = _last_wanted()
    last = wanted or _today()
    days = [last - timedelta(days=n) for n in range(LISTED) if (last - EARLIEST).days >= n]
    first = days[-1]
    since, asked = current_user.created_at.date(), asked_of(current_user, _today())
    page = render_template(
        "days/index.html",
        wrong=wanted is None,
        days=list_page(
            ratings_between(current_user, first, last),
            notes_between(current_user, first, last),
            days,
            asked,
        ),
        older=first - timedelta(days=1)
        if first > min(earliest_said(current_user) or since, since - timedelta(days=LISTED))
        else None,
        today=_today(),
        regions=[
            (region_place(*where), url_for("region.show", region=where[0], side=where[1]))
            for where in asked
        ],
    )
    return page, 200 if wanted else 422


@bp.get("/<day>")
@login_required
def show(day: str) -> View:
    return _page(_that_came(day))


@bp.post("/<day>/<region>/<side>")
@login_required
def rate(day: str, region: str, side: str) -> View:
    on = _date_in(day)
    if not can_be_asked(region, side):
        abort(404)
    form = PainForm()
    if on > _today() or not form.validate():
        return _page(min(on, _today()), future=on > _today(), form=form), 422
    commit_anew(lambda: keep_rating(current_user, on, region, side, form.pain.data, clock.now()))
    if request.form.get("from") == "today":
        return redirect(url_for("today.today"), 303)
    return redirect(url_for("days.show", day=on, _anchor=f"{region}-{side}"), 303)


@bp.post("/<day>/note")
@login_required
def note(day: str) -> View:
    on = _date_in(day)
    form = DayNoteForm()
    if on > _today() or not form.validate():
        return _page(min(on, _today()), future=on > _today(), noted=form), 422
    told = commit_anew(lambda: keep_note(current_user, on, form.values, form.before.data or ""))
    flash(
        _("Saved. It was changed elsewhere, too: of two texts both were kept.")
        if told
        else _("Saved.")
    )
    return redirect(url_for("days.show", day=on), 303)


@bp.app_template_filter()
def moment_words(at: datetime, on: date) -> str:
    """A time of day, with its day where that is not `on`."""
    time = format_time(at, "short", locale=language().code)
    if at.date() == on:
        return time
    return _("%(time)s on %(day)s", time=time, day=day_of(at.date(), "d MMMM"))


def _page(
    on: date,
    *,
    future: bool = False,
    form: PainForm | None = None,
    noted: DayNoteForm | None = None,
) -> str:
    kept = notes_between(current_user, on, on).get(on)
    said, asked = ratings_on(current_user, on), asked_of(current_user, _today())
    opened = DayNoteForm(obj=kept, formdata=None)
    opened.before.data = as_text(opened.values)
    return render_template(
        "days/show.html",
        page=day_page(said, on, asked, current_user.time_zone),
        today=_today(),
        future=future,
        wrong=form and form.errors,
        noted=noted or opened,
    )


def _today() -> date:
    return clock.today(current_user.time_zone)


def _date_in(text: str) -> date:
    """A day as addresses write it; 404 for anything else."""
    return day_in(text) or abort(404)


def _last_wanted() -> date | None:
    """The last day of the list, as the address says it; None where no such day has come."""
    until = request.args.get("until")
    day = day_in(until) if until else _today()
    return day if day and day <= _today() else None


def _that_came(text: str) -> date:
    day = _date_in(text)
    return day if day <= _today() else abort(404)
