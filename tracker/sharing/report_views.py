"""The report: chosen on a form, seen as a page, printed, or taken along as a PDF."""

import json
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required, user_logged_out
from werkzeug.datastructures import MultiDict
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
from tracker.sharing.queries import stand_still
from tracker.sharing.report_forms import PAPERS, ReportForm
from tracker.sharing.reports import report_of
from tracker.spots.queries import spot_ids_of, spots_by_id

bp = Blueprint("report", __name__)
View = str | tuple[str, int] | Answer
PAGES, FILES, WINDOW_S = 60, 20, 900  # with years of sessions either takes seconds
KEPT = "report"
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
def choose() -> str:
    """The form that says what is on it, as it was filled in last today."""
    return _page(_chosen() or _form())


@bp.post("/sharing/report/<any(page, pdf, fhir):what>")
@login_required
def chosen(what: str) -> View:
    """Sent by POST and kept on this device for the day, so that no address tells any of it."""
    form = _form(request.form)
    if not form.validate():
        return _page(form), 422
    session[KEPT] = {"of": str(current_user.id), "on": str(form.today), "fields": form.fields}
    return redirect(url_for(f"report.as_{what}"), 303)


@bp.get("/sharing/report/page")
@login_required
def as_page() -> View:
    form = _chosen()
    if form is None or not form.validate():
        return redirect(url_for("report.choose"), 303)
    _limit(f"report {current_user.id}", PAGES)
    stand_still(db.session)
    return render_template(
        "sharing/report/page.html",
        report=report_of(current_user, form.scope, form.today),
        today=form.today,
        pdf=pdf.available(),
    )


@bp.get("/sharing/report.pdf")
@login_required
def as_pdf() -> View:
    form = _chosen()
    if form is None or not form.validate():
        return redirect(url_for("report.choose"), 303)
    if not pdf.available():
        return redirect(url_for("report.as_page"), 303)
    _limit(f"pdf {current_user.id}", FILES)
    stand_still(db.session)
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
def as_fhir() -> View:
    form = _chosen()
    if form is None or not form.validate():
        return redirect(url_for("report.choose"), 303)
    if too_many(current_user, form.scope):
        form.first.errors = [
            _("More than %(num)s sessions or days: choose a later first day.", num=MOST)
        ]
        return _page(form), 422
    _limit(f"fhir {current_user.id}", FILES)
    stand_still(db.session)
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


def _page(form: ReportForm) -> str:
    return render_template(
        "sharing/report/choose.html",
        form=form,
        pdf=pdf.available(),
        most=MOST,
        loinc=fhir.LOINC_NOTICE,
    )


def _form(sent: MultiDict[str, str] | None = None) -> ReportForm:
    return ReportForm(spot_choices(), clock.today(current_user.time_zone), formdata=sent)


def _chosen() -> ReportForm | None:
    """What this person chose today on this device."""
    kept, form = session.get(KEPT, {}), _form()
    if (kept.get("of"), kept.get("on")) != (str(current_user.id), str(form.today)):
        return None
    return _form(MultiDict({"spots": list(dict(form.spots.choices))} | kept["fields"]))


def _forget(_app: Flask, **_more: Any) -> None:
    """Nothing of a report stays on a phone that somebody signs out of."""
    session.pop(KEPT, None)


bp.record(lambda state: user_logged_out.connect(_forget, state.app))


def _limit(key: str, most: int) -> None:
    db.session.rollback()  # the count is written first, in a transaction of its own
    if not allowed(key, most, WINDOW_S):
        raise TooManyRequests(retry_after=WINDOW_S)
