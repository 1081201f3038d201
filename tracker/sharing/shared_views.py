"""What somebody sees who holds a link: the report, its charts, a table, and nothing else.

They need no account, and whoever is signed in on this browser stays out of it: no page here shows
anything of theirs. The token comes in the part of the address that browsers keep to themselves
(#...), is sent once by the page itself, and becomes a cookie for these pages only.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from uuid_utils.compat import uuid7
from werkzeug.exceptions import TooManyRequests

from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.limits import allowed
from tracker.progress.trials import covered_by
from tracker.sharing import links
from tracker.sharing.csv import lines
from tracker.sharing.models import SharedLink
from tracker.sharing.queries import (
    own_spot_names,
    rows_to_share,
    shared_sessions,
    snapshot,
    stand_still,
)
from tracker.sharing.reports import report_of
from tracker.sharing.scope import Scope
from tracker.sharing.scoped import within
from tracker.sharing.spool import download, written
from tracker.sharing.table import only_parts

bp = Blueprint("shared", __name__, url_prefix="/shared")
COOKIE = "link"
A_VISIT = timedelta(hours=12)
OPENINGS, LOOKS, WINDOW_S = 60, 60, 900
LONGEST = 1000  # of what is sent as a token: more is none


@bp.after_request
def found_by_nobody(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@bp.get("/")
def open_() -> str:
    """The page the address leads to: its script sends what stands behind the #."""
    return render_template("shared/open.html")


@bp.post("/open")
def trade() -> Response:
    """A token for a cookie, or the page that every link shows that does not open."""
    _limit("link", OPENINGS)
    token = request.form.get("token", "")[:LONGEST].rpartition("#")[2].strip()
    link = links.standing_link(*links.behind(token), clock.now())
    if link is None:
        return _nothing()
    links.note_opened(link, clock.now())
    visit = _signer().dumps([str(link.user_id), str(link.id)])
    db.session.commit()
    answer = current_app.redirect(url_for("shared.report"), 303)
    how: dict[str, Any] = {"secure": request.is_secure, "httponly": True, "samesite": "Strict"}
    answer.set_cookie(COOKIE, visit, path=bp.url_prefix, **how)
    return answer


@bp.get("/report")
def report() -> Response | str:
    _limit("look", LOOKS)
    stand_still(db.session)
    found = _visited()
    if found is None:
        return _nothing()
    link, owner, scope = found
    today = clock.today(owner.time_zone)
    return render_template(
        "shared/report.html",
        report=report_of(owner, scope, today),
        today=today,
        ends_on=link.ends_at.astimezone(ZoneInfo(owner.time_zone)).date(),
        table=scope.shows("sessions"),
    )


@bp.get("/sessions.csv")
def sessions_csv() -> Response:
    found = _visited()
    if found is None or not found[2].shows("sessions"):
        return _nothing()
    _link, owner, scope = found
    with snapshot(db.engine) as connection:
        rows = rows_to_share(owner).where(*within(scope))
        names, tests = own_spot_names(owner, connection), covered_by(owner, connection)
        sessions = shared_sessions(connection, rows, names, tests)
        text = lines((only_parts(each, scope.parts) for each in sessions), uuid7())
        file = written(each.encode() for each in text)
    return download(file, "sweetspot-sessions.csv", "text/csv")


def _limit(what: str, most: int) -> None:
    if not allowed(f"{what} {request.remote_addr}", most, WINDOW_S):
        raise TooManyRequests(retry_after=WINDOW_S)


def _visited() -> tuple[SharedLink, User, Scope] | None:
    """The link this browser opened, while it stands; the same work whatever the cookie says."""
    user_id, link_id = _ids(request.cookies.get(COOKIE, ""))
    link = links.standing_link(user_id, link_id, clock.now())
    owner = db.session.get(User, user_id)
    if link is None or owner is None or not owner.active:
        return None
    return link, owner, links.scope_of(link, clock.today(owner.time_zone))


def _ids(visit: str) -> tuple[UUID, UUID]:
    try:
        user_id, link_id = _signer().loads(visit, max_age=A_VISIT.total_seconds())
        return UUID(user_id), UUID(link_id)
    except (BadData, TypeError, ValueError):
        return links.NOBODY, links.NOBODY


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="shared link")


def _nothing() -> Response:
    """One page for a link that ended, is over, was mistyped or never was."""
    answer = make_response(render_template("shared/nothing.html"), 404)
    answer.delete_cookie(COOKIE, path=bp.url_prefix)
    return answer
