"""The report: chosen on a form, seen as a page, printed, or taken along as a PDF."""

import json

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as Answer

from tracker import clock, pdf
from tracker.database import db
from tracker.health import VERSION
from tracker.limits import allowed
from tracker.progress.queries import spot_sides_of
from tracker.settings import ROOT
from tracker.sharing import fhir, report_words
from tracker.sharing.fhir_rows import (
    MOST,
    activities_in,
    days_in,
    overall_in,
    sessions_in,
    too_many,
)
from tracker.sharing.picture import field, painted
from tracker.sharing.report_forms import PAPERS, ReportForm
from tracker.sharing.reports import report_of
from tracker.spots.queries import spot_ids_of, spots_by_id

bp = Blueprint("report", __name__)
PDFS, WINDOW_S = 20, 900
STYLE = ROOT / "static" / "css" / "report.css"
SIZE = "@page { size: %s }"

bp.add_app_template_global(painted, "body_painted")
bp.add_app_template_global(field, "body_field")
bp.add_app_template_global(report_words, "report_words")


def spot_choices() -> list[tuple[str, str]]:
    """The spots this person has sessions at or chose, by name; those gone have none."""
    used = [where.spot_id for where in spot_sides_of(current_user)]
    ids = dict.fromkeys((*used, *sorted(spot_ids_of(current_user))))
    spots = spots_by_id(current_user, ids)
    return [(spot_id, spots[spot_id].name) for spot_id in ids if spot_id in spots]


@bp.get("/sharing/report")
@login_required
def show() -> str | tuple[str, int]:
    """The page, or first the form that says what is on it."""
    form = _form()
    if not request.args or not form.validate():
        return _choose(form, 422 if request.args else 200)
    return render_template(
        "sharing/report/page.html",
        report=report_of(current_user, form.scope, form.today),
        today=form.today,
        paper=form.paper.data,
        pdf_address=url_for("report.as_pdf", **_asked(form)) if pdf.available() else None,
        change_address=url_for("report.show"),
    )


@bp.get("/sharing/report.pdf")
@login_required
def as_pdf() -> Answer:
    form = _form()
    if not form.validate() or not pdf.available():
        return redirect(url_for("report.show", **_asked(form)), 303)
    _limit(f"pdf {current_user.id}")
    page = render_template(
        "sharing/report/printed.html",
        report=report_of(current_user, form.scope, form.today),
        today=form.today,
    )
    db.session.rollback()  # nothing is held while it is drawn
    name = f"sweetspot-report-{form.today}.pdf"
    return Response(
        pdf.made_of(page, STYLE.read_text("utf-8") + SIZE % PAPERS[form.paper.data]),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.get("/sharing/report.fhir.json")
@login_required
def as_fhir() -> Answer | tuple[str, int]:
    form = _form()
    if not form.validate():
        return redirect(url_for("report.show", **_asked(form)), 303)
    if too_many(current_user, form.scope):
        form.first.errors = [
            _("More than %(num)s sessions or days: choose a later first day.", num=MOST)
        ]
        return _choose(form, 422)
    _limit(f"fhir {current_user.id}")
    found = fhir.bundle(
        current_user.id,
        VERSION,
        clock.now(),
        sessions_in(current_user, form.scope),
        days_in(current_user, form.scope),
        activities_in(current_user, form.scope),
        overall_in(current_user, form.scope),
    )
    name = f"sweetspot-{form.today}.fhir.json"
    return Response(
        json.dumps(found, ensure_ascii=False),
        mimetype=fhir.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _choose(form: ReportForm, status: int) -> tuple[str, int]:
    page = render_template(
        "sharing/report/choose.html",
        form=form,
        pdf=pdf.available(),
        most=MOST,
        loinc=fhir.LOINC_NOTICE,
    )
    return page, status


def _form() -> ReportForm:
    today = clock.today(current_user.time_zone)
    return ReportForm(spot_choices(), today, formdata=request.args or None)


def _asked(form: ReportForm) -> dict[str, list[str]]:
    """What the address says of the form's own questions: url_for takes other words for orders."""
    return {name: request.args.getlist(name) for name in form.data if name in request.args}


def _limit(key: str) -> None:
    db.session.rollback()  # the count is written first, in a transaction of its own
    if not allowed(key, PDFS, WINDOW_S):
        raise TooManyRequests(retry_after=WINDOW_S)
