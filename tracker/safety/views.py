"""Answers before a session, the list of what to be careful with, and what opens a spot again."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import db
from tracker.safety import words
from tracker.safety.checks import closed_sides, sheet_of, standings
from tracker.safety.forms import SheetForm, WhereForm
from tracker.safety.models import ListedCondition
from tracker.safety.pages import sheet_page
from tracker.safety.queries import as_condition, clearing, entries_of, said_by
from tracker.safety.saving import add_given, kept_of, needs_place
from tracker.safety.standing import SAFETY
from tracker.spots.queries import AnySpot, as_uuid, find_spot

bp = Blueprint("safety", __name__, url_prefix="/safety")
View = str | tuple[str, int] | Response

bp.add_app_template_filter(words.basis)
bp.add_app_template_filter(words.cited, "safety_sources")
bp.add_app_template_filter(words.entry_text)


@bp.app_template_global()
def closed_at(spot: AnySpot) -> list[tuple[list[str], list[words.Told]]]:
    """The closed sides of a spot and why, for the spot's page: spots come before safety."""
    if not current_user.is_authenticated:
        return []
    stands = standings(spot, said_by(current_user), clock.now())
    alike = groupby(closed_sides(stands), key=lambda side: words.told(stands[side].closing))
    return [([*sides], told) for told, sides in alike]


@bp.get("/answers")
@login_required
def ask() -> View:
    """Where a reload of a refused sheet ends up: at the questions that are still due."""
    return redirect(_onward())


@bp.post("/answers")
@login_required
def answer() -> View:
    """Keep what was said on the sheet before a session, and go on to it."""
    spot = find_spot(current_user, request.args.get("spot", ""))
    if spot is None or request.args.get("side") not in spot.sides:
        abort(404)
    form = SheetForm()
    if form.validate_on_submit():
        return _to_places(_keep(form))
    said = said_by(current_user)
    sheet = sheet_of(form.known_gates, bool(form.asks_list.data), said, clock.now())
    if not sheet.gates and not sheet.asks_list:
        abort(400)
    stops = request.args.getlist("stop")
    return sheet_page(spot, request.args["side"], sheet, form, stops), 422


def _keep(form: SheetForm) -> list[ListedCondition]:
    """Keep a sheet; the entries it put on the list that are still without a place."""
    given = form.given
    entries = add_given(current_user, given, clock.now())
    try:
        db.session.commit()
    except IntegrityError:  # the same form, sent twice
        db.session.rollback()
        if kept_of(current_user, given).covers(given):
            return []
        form.id.data = str(uuid7())  # other answers on a page gone back to are new
        return _keep(form)
    return [row for row in entries if needs_place(row)]


def _to_places(entries: list[ListedCondition]) -> Response:
    if not entries:
        return redirect(_onward(), 303)
    ids = [row.id for row in entries]
    return redirect(url_for("safety.where", entry=ids, **_session()), 303)


@bp.route("/where", methods=["GET", "POST"])
@login_required
def where() -> View:
    """Where these entries are. They hold everywhere until then, so nothing is lost by leaving."""
    ids = [as_uuid(text) for text in dict.fromkeys(request.args.getlist("entry"))]
    rows = [_entry(id_) if id_ else abort(404) for id_ in ids] or abort(404)
    forms = [WhereForm(obj=row, prefix=str(row.id)) for row in rows]
    if EmptyForm().validate_on_submit() and all(_validated(forms)):
        for row, form in zip(rows, forms, strict=True):
            row.region, row.side = form.place
        db.session.commit()
        return redirect(_onward(), 303)
    page = render_template(
        "safety/where.html",
        pairs=[(SAFETY.conditions[row.entry], form) for row, form in zip(rows, forms, strict=True)],
        onward=_onward(),
    )
    return page, 422 if any(form.errors for form in forms) else 200


@bp.route("/list", methods=["GET", "POST"])
@login_required
def list_() -> View:
    form = SheetForm(data={"id": str(uuid7()), "asks_list": True})
    if form.validate_on_submit():
        entries = _keep(form)
        flash(_("Saved."))
        return _to_places(entries)
    now, said = clock.now(), said_by(current_user)
    rows = db.session.scalars(entries_of(current_user)).all()
    page = render_template(
        "safety/list.html",
        form=form,
        sheet=sheet_of([], True, said, now),
        rows=[(row, SAFETY.conditions[row.entry], words.where(as_condition(row))) for row in rows],
        waiting=[
            SAFETY.gates[gate]
            for gate in dict.fromkeys(each.gate for each in said.answers if each.waits(now))
        ],
        asked_at=said.asked_at,
        asks_agreement=_asks_agreement,
        words=words,
    )
    return page, 422 if form.errors else 200


def _asks_agreement(row: ListedCondition) -> bool:
    asks = any(rule.does == "ask_first" for rule in SAFETY.conditions[row.entry].rules)
    return asks and row.agreed_at is None


@bp.post("/list/<uuid:entry_id>/end")
@login_required
def end(entry_id: UUID) -> View:
    """Take an entry off the list; it is kept with its end."""
    _entry(entry_id).ended_at = clock.now()
    db.session.commit()
    flash(_("It is off your list."))
    return redirect(_onward(), 303)


@bp.post("/list/<uuid:entry_id>/agree")
@login_required
def agree(entry_id: UUID) -> View:
    """The person says that their clinician agrees to this one."""
    _entry(entry_id).agreed_at = clock.now()
    db.session.commit()
    flash(_("Noted: your clinician agrees."))
    return redirect(_onward(), 303)


@bp.post("/gates/<gate>/look")
@login_required
def looked(gate: str) -> View:
    """The person says that a clinician has looked at everything waiting at this gate."""
    if gate not in SAFETY.gates:
        abort(404)
    db.session.execute(clearing(current_user, gate, clock.now()))
    db.session.commit()
    flash(_("Noted: a clinician has looked."))
    return redirect(_onward(), 303)


@bp.get("/why")
def why() -> View:
    """Every question with what it rests on."""
    used = [source for source in SAFETY.sources.values() if source.cite]
    return render_template("safety/why.html", safety=SAFETY, words=words, used=used)


def _validated(forms: list[WhereForm]) -> list[bool]:
    """Each of them, so that every mistake is told at once."""
    return [form.validate() for form in forms]


def _entry(entry_id: UUID) -> ListedCondition:
    return db.first_or_404(entries_of(current_user).where(ListedCondition.id == entry_id))


def _session() -> dict[str, str | list[str]]:
    """What waits to be prepared, as it stands in the address: a spot and side, or several."""
    waits: dict[str, str | list[str]] = {
        name: request.args[name] for name in ("spot", "side") if request.args.get(name)
    }
    stops = request.args.getlist("stop")
    return waits | ({"stop": stops} if stops else {})


def _onward() -> str:
    """On to Prepare where a session waits, else to the list."""
    waits = _session()
    if "stop" in waits:
        return url_for("several.prepare", stop=waits["stop"])
    return url_for("sessions.new", **waits) if "spot" in waits else url_for("safety.list_")
