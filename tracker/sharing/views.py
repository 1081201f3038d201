"""For my therapist: what a person takes out of the house, and in which form."""

from collections.abc import Iterable, Iterator
from itertools import islice

from flask import Blueprint, Response, abort, render_template, request, stream_with_context
from flask_login import current_user, login_required
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.database import db
from tracker.sharing.csv import DELIMITERS, lines
from tracker.sharing.forms import CsvForm
from tracker.sharing.queries import own_spot_names, rows_to_share, shared_sessions

bp = Blueprint("sharing", __name__)
LINES_AT_ONCE = 100


@bp.get("/sharing/")
@login_required
def index() -> str:
    return render_template("sharing/index.html", form=CsvForm())


@bp.get("/sharing/sessions.csv")
@login_required
def sessions_csv() -> Response:
    form = CsvForm(request.args)
    if not form.validate():
        abort(400)
    sessions = shared_sessions(db.engine, rows_to_share(current_user), own_spot_names(current_user))
    delimiter = DELIMITERS[form.delimiter.data]
    table = lines(sessions, uuid7(), bom=form.bom.data == "1", delimiter=delimiter)
    today = clock.today(current_user.time_zone)
    return Response(
        stream_with_context(_in_chunks(table)),
        mimetype="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="sweetspot-sessions-{today}.csv"',
            "Cache-Control": "no-store",
        },
    )


def _in_chunks(table: Iterable[str]) -> Iterator[str]:
    rest = iter(table)
    while chunk := "".join(islice(rest, LINES_AT_ONCE)):
        yield chunk
