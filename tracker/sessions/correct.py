"""A session corrected by hand, also on a page that lay open while it was changed elsewhere."""

from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import db
from tracker.merging import as_text, merged
from tracker.sessions.differing import differed_in
from tracker.sessions.document import NOTE_LENGTH
from tracker.sessions.filling import fill, said_in, without_other_side
from tracker.sessions.forms import AnswersForm, CorrectForm
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of, whole
from tracker.sessions.revisions import hold
from tracker.spots.queries import AnySpot, find_spot

bp = Blueprint("correct", __name__)
MEASURED = ("spot", "day", "start", "end", "tool", "peak_level")


@bp.route("/sessions/<uuid:session_id>/edit", methods=["GET", "POST"])
@login_required
def edit(session_id: UUID) -> str | tuple[str, int] | Response:
    massage = to_change(session_id)
    spot = find_spot(current_user, massage.spot_id) or abort(404)
    form = _form(massage, spot)
    if form.validate_on_submit():
        told = keep(massage, form, _form(massage, spot, formdata=None))
        db.session.commit()
        flash(told or _("Saved."))
        return redirect(url_for("sessions.show", session_id=massage.id), 303)
    show_as_is(form)
    page = render_template("sessions/edit.html", form=form, massage=massage, spot=spot)
    return page, 422 if form.errors else 200


def to_change(session_id: UUID) -> MassageSession:
    """One of this person's sessions; nobody else changes it until what is sent is kept."""
    if request.method == "POST":
        hold(current_user.id)
    return db.first_or_404(whole(sessions_of(current_user)).where(MassageSession.id == session_id))


def show_as_is(form: Any) -> None:
    """Let a form that is opened carry what it shows: what comes back is compared with that."""
    if request.method == "GET":
        form.before.data = as_text(said_in(form))


def keep(massage: MassageSession, form: Any, now: AnswersForm) -> str | None:
    """Keep what was changed in a form; `now` is the same one as it would be opened now.

    Returns what to tell the person where something else was changed in the same places.
    """
    said = said_in(form)
    longest = {"note": NOTE_LENGTH}
    wanted, told = merged(form.before.data or "", said, said_in(now), longest)
    fill(massage, wanted)
    return differed_in(told) if told else None


def _form(massage: MassageSession, spot: AnySpot, **kwargs: Any) -> CorrectForm:
    local = ZoneInfo(massage.time_zone)
    started = massage.started_at.astimezone(local)
    ended = massage.ended_at.astimezone(local) if massage.ended_at else None
    kept = {
        "spot": spot.id,
        "day": started.date(),
        "start": _minute(started.time()),
        "end": _minute(ended.time()) if ended and massage.entry != "guided" else None,
    }
    form = CorrectForm(
        {spot.id: spot}, clock.now(), massage.time_zone, obj=massage, data=kept, **kwargs
    )
    if massage.other_side_before is None:
        without_other_side(form)
    if massage.entry == "guided":  # the guide measured these; what was felt can be corrected
        for name in MEASURED:
            del form[name]
    return form


def _minute(at: time) -> time:
    """As the field shows it."""
    return at.replace(second=0, microsecond=0)
