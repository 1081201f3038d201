"""For my therapist: what a person takes out of the house, and in which form."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user, login_required
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.database import db
from tracker.sharing.forms import CsvForm
from tracker.sharing.queries import snapshot, used_spots
from tracker.sharing.spool import download, written
from tracker.sharing.tables import table, zipped
from tracker.spots.queries import spots_by_id

bp = Blueprint("sharing", __name__)
View = str | tuple[str, int] | Response


@bp.get("/sharing/")
@login_required
def index() -> View:
    form = _form()
    return render_template("sharing/index.html", form=form), 200 if form.validate() else 422


@bp.get("/sharing/<any(sessions, daily, activities, checkins):name>.csv")
@login_required
def table_csv(name: str) -> View:
    def made(form: CsvForm) -> Response:
        with snapshot(db.engine) as connection:
            found = table(current_user, connection, name, form.chosen, uuid7(), **form.style)
            file = written(found)
        return download(file, _name(name, "csv"), "text/csv")

    return _answer(made)


@bp.get("/sharing/tables.zip")
@login_required
def tables_zip() -> View:
    def made(form: CsvForm) -> Response:
        with snapshot(db.engine) as connection:
            now, id_ = clock.now(), uuid7()
            file = zipped(current_user, connection, form.chosen, id_, now, **form.style)
        return download(file, _name("tables", "zip"), "application/zip")

    return _answer(made)


def _answer(made: Callable[[CsvForm], Response]) -> View:
    """The file, or the page with what was asked wrongly; 400 where the page cannot ask it."""
    form = _form()
    if form.validate():
        return made(form)
    if form.errors.keys() <= {"first", "last"}:
        return render_template("sharing/index.html", form=form), 422
    abort(400)


def _form() -> CsvForm:
    ids = used_spots(current_user)
    spots = spots_by_id(current_user, ids)
    return CsvForm(request.args, [(id_, spots[id_].name) for id_ in ids if id_ in spots])


def _name(kind: str, ending: str) -> str:
    return f"sweetspot-{kind}-{clock.today(current_user.time_zone)}.{ending}"
