"""What is asked before a session, what an answer closes, and a person's list."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import db
from tracker.safety.answers import Condition
from tracker.safety.forms import SafetyForm
from tracker.safety.models import ListedCondition
from tracker.safety.queries import entries_of, listed_of, look_at
from tracker.safety.rules import SAFETY
from tracker.safety.saving import add_entry, keep_answers
from tracker.safety.words import effects, where, who_says
from tracker.security import is_local_path

bp = Blueprint("safety", __name__)
View = str | tuple[str, int] | Response


@bp.route("/safety/ask", methods=["GET", "POST"])
@login_required
def ask() -> View:
    """The one sheet: the gates named in the address, the list with it when that is due."""
    gates = tuple(dict.fromkeys(request.args.getlist("gate")))
    with_list = "list" in request.args
    if set(gates) - SAFETY.gates.keys() or not (gates or with_list):
        abort(404)
    form = SafetyForm(gates, with_list)
    if form.validate_on_submit():
        _keep(form, with_list)
        return redirect(_next(), 303)
    page = render_template("safety/ask.html", form=form, safety=SAFETY, who_says=who_says)
    return page, 422 if request.method == "POST" else 200


def _keep(form: SafetyForm, with_list: bool) -> None:
    now = clock.now()
    for id_ in form.entries.data or ():
        place = form.places[id_]
        add_entry(current_user, Condition(id_, now, place.region.data, place.side_there))
    keep_answers(current_user, form.gates, form.items.data or (), now)
    if with_list:
        current_user.conditions_asked_at = now
    db.session.commit()


@bp.post("/safety/looked")
@login_required
def looked() -> View:
    """The person says that a clinician has looked at what they answered at a gate."""
    gate = request.form.get("gate", "")
    if gate not in SAFETY.gates:
        abort(404)
    look_at(current_user, gate, clock.now())
    db.session.commit()
    return redirect(_next(), 303)


@bp.get("/safety/list")
@login_required
def entries() -> View:
    now = clock.now().astimezone(ZoneInfo(current_user.time_zone))
    asked_at = current_user.conditions_asked_at
    return render_template(
        "safety/list.html",
        entries=[
            (row, SAFETY.conditions[row.entry], effects(SAFETY.conditions[row.entry]))
            for row in entries_of(current_user)
        ],
        where=where,
        asked_at=asked_at and asked_at.astimezone(now.tzinfo).date(),
        zone=now.tzinfo,
        form=EmptyForm(),
    )


@bp.post("/safety/list/<uuid:entry_id>/end")
@login_required
def end(entry_id: UUID) -> View:
    _mine(entry_id).ended_at = clock.now()
    db.session.commit()
    flash(_("It is off your list."))
    return redirect(_next(), 303)


@bp.post("/safety/list/<uuid:entry_id>/agree")
@login_required
def agree(entry_id: UUID) -> View:
    _mine(entry_id).agreed_at = clock.now()
    db.session.commit()
    flash(_("Noted: your clinician agrees."))
    return redirect(_next(), 303)


def _mine(entry_id: UUID) -> ListedCondition:
    mine = listed_of(current_user).where(ListedCondition.id == entry_id)
    return db.first_or_404(mine.where(ListedCondition.ended_at.is_(None)))


def _next() -> str:
    """Where the person was going: a page of this site, else their list."""
    wanted = request.values.get("next", "")
    return wanted if is_local_path(wanted) else url_for("safety.entries")
