"""Everything: the archive of all a person has, and the public description of its shape."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_login import current_user, login_required

from tracker import clock
from tracker.database import db
from tracker.sharing.archive import VERSION, schema, text_of
from tracker.sharing.queries import snapshot
from tracker.sharing.spool import download, written

bp = Blueprint("everything", __name__, url_prefix="/sharing")


@bp.get("/everything.json")
@login_required
def archive() -> Response:
    safety = request.args.get("safety") == "y"
    with snapshot(db.engine) as connection:
        text = text_of(current_user, connection, clock.now(), safety=safety)
        file = written(chunk.encode() for chunk in text)
    name = f"sweetspot-everything-{clock.today(current_user.time_zone)}.json"
    return download(file, name, "application/json")


@bp.get(f"/archive-{VERSION}.schema.json")
def archive_schema() -> Response:
    """For everybody: whoever holds an archive may know how to read it."""
    return jsonify(schema(url_for("everything.archive_schema", _external=True)))
