"""Bring back: a file is looked at, shown as what it would do, and kept whole after a yes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, login_required
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer
from uuid_utils.compat import uuid7
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.accounts.models import User
from tracker.database import db
from tracker.progress.holding import hold_what_runs
from tracker.sessions.deleted import mark_all_deleted
from tracker.sessions.revisions import hold
from tracker.sharing import words
from tracker.sharing.back_archive import archive_outcomes
from tracker.sharing.back_foreign import foreign_outcomes
from tracker.sharing.back_forms import ColumnsForm, FileForm, SeenForm
from tracker.sharing.back_tables import daily_outcomes, session_outcomes
from tracker.sharing.fields import Wrong
from tracker.sharing.foreign import Matched
from tracker.sharing.incoming import UPLOAD_BYTES, Incoming, opened
from tracker.sharing.keeping import keep
from tracker.sharing.models import BroughtIn, Upload
from tracker.sharing.records import Outcome, counted, digest
from tracker.sharing.uploads import LIFE
from tracker.spots.queries import all_spots

bp = Blueprint("back", __name__, url_prefix="/sharing/back")
View = str | tuple[str, int] | Response | AnyResponse
SHOWN, LISTED = 100, 20


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: Any) -> None:
    """Only here a body may be large, and only somebody's who is signed in."""
    if endpoint == "back.upload" and current_user.is_authenticated:
        request.max_content_length = UPLOAD_BYTES


@bp.get("/")
@login_required
def index() -> View:
    return _page(FileForm())


@bp.post("/")
@login_required
def upload() -> View:
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form), 422
    content = form.file.data.read()
    now = clock.now()
    try:
        _outcomes(opened(content), None, now)
    except Wrong as wrong:
        form.file.errors = [words.why(wrong)]
        return _page(form), 422
    waiting = Upload(user_id=current_user.id, id=uuid7(), made_at=now, content=content)
    waiting.name = _plain_name(form.file.data.filename)
    db.session.execute(delete(Upload).where(Upload.user_id == current_user.id))
    db.session.add(waiting)
    db.session.commit()
    return redirect(url_for("back.preview", upload_id=waiting.id), 303)


@bp.errorhandler(413)
@login_required
def too_large(_error: HTTPException) -> View:
    """By its size alone, before anything of it is read."""
    form = FileForm(formdata=None)
    form.file.errors = [_("This file is larger than 20 MB. Nothing was changed.")]
    return _page(form), 413


@bp.get("/<uuid:upload_id>")
@login_required
def preview(upload_id: UUID) -> View:
    waiting = _waiting(upload_id)
    incoming = opened(waiting.content)
    if incoming.foreign and waiting.matched is None:
        form = _columns_form(incoming)
        return render_template("sharing/columns.html", form=form, waiting=waiting)
    return _preview(waiting, incoming)


@bp.post("/<uuid:upload_id>/columns")
@login_required
def columns(upload_id: UUID) -> View:
    waiting = _waiting(upload_id)
    form = _columns_form(opened(waiting.content))
    if not form.validate_on_submit():
        return render_template("sharing/columns.html", form=form, waiting=waiting), 422
    waiting.matched = asdict(form.matched)
    db.session.commit()
    return redirect(url_for("back.preview", upload_id=upload_id), 303)


@bp.post("/<uuid:upload_id>/rematch")
@login_required
def rematch(upload_id: UUID) -> View:
    _waiting(upload_id).matched = None
    db.session.commit()
    return redirect(url_for("back.preview", upload_id=upload_id), 303)


@bp.post("/<uuid:upload_id>/keep")
@login_required
def confirm(upload_id: UUID) -> View:
    waiting = _waiting(upload_id)
    incoming, now = opened(waiting.content), clock.now()
    hold(current_user.id)  # from what is compared to what is kept, no phone comes in between
    outcomes = _outcomes(incoming, waiting.matched, waiting.made_at)
    if SeenForm().seen.data != digest(outcomes):
        return _preview(waiting, incoming, changed=True)
    try:
        added = keep(current_user, outcomes, now)
        if incoming.foreign and added:
            mine = {"user_id": current_user.id, "id": uuid7(), "made_at": now, "name": waiting.name}
            db.session.add(BroughtIn(**mine, added=[str(each) for each in added]))
        db.session.delete(waiting)
        db.session.commit()
    except IntegrityError:  # something of the same came in from elsewhere in between
        db.session.rollback()
        return _preview(_waiting(upload_id), incoming, changed=True)
    counts = counted(outcomes)
    flash(_("Kept: %(add)d added, %(change)d changed.", **counts))
    return redirect(url_for("back.index"), 303)


@bp.post("/<uuid:upload_id>/discard")
@login_required
def discard(upload_id: UUID) -> View:
    db.session.delete(_waiting(upload_id))
    db.session.commit()
    flash(_("Nothing was brought in."))
    return redirect(url_for("back.index"), 303)


@bp.post("/imports/<uuid:import_id>/undo")
@login_required
def undo(import_id: UUID) -> View:
    brought = db.first_or_404(_brought_in(current_user).where(BroughtIn.id == import_id))
    added = [UUID(each) for each in brought.added]
    count = mark_all_deleted(current_user, added, clock.now())
    hold_what_runs(current_user)  # a test that one of them ended goes on
    db.session.delete(brought)
    db.session.commit()
    taken = ngettext("%(num)d session was taken back.", "%(num)d sessions were taken back.", count)
    flash(taken)
    return redirect(url_for("back.index"), 303)


def _page(form: FileForm) -> str:
    imports = db.session.scalars(_brought_in(current_user).limit(LISTED)).all()
    return render_template(
        "sharing/back.html", form=form, imports=imports, leave=EmptyForm(formdata=None)
    )


def _preview(waiting: Upload, incoming: Incoming, *, changed: bool = False) -> View:
    try:
        outcomes = _outcomes(incoming, waiting.matched, waiting.made_at)
    except Wrong as wrong:
        form = FileForm()
        form.file.errors = [words.why(wrong)]
        return _page(form), 422
    spots = {spot.id: spot for spot in all_spots(current_user)}
    page = render_template(
        "sharing/preview.html",
        form=SeenForm(seen=digest(outcomes), formdata=None),
        waiting=waiting,
        counts=counted(outcomes),
        shown=_shown(outcomes),
        total=len(outcomes),
        called=lambda outcome: words.called(outcome, spots),
        words=words,
        archive=incoming.archive is not None,
        foreign=incoming.foreign,
        changed=changed,
    )
    return page, 409 if changed else 200


def _outcomes(incoming: Incoming, matched: dict[str, Any] | None, now: datetime) -> list[Outcome]:
    """What each piece would do. `now` is when the file came: a later look finds the same."""
    if incoming.archive is not None:
        return archive_outcomes(current_user, incoming.archive, now)
    if incoming.foreign:
        lines = incoming.tables[""]
        if matched is None:
            return []
        return foreign_outcomes(current_user, lines, Matched.of(matched), now)
    read = {"sessions": session_outcomes, "daily": daily_outcomes}
    tables = incoming.tables.items()
    return [each for name, lines in tables for each in read[name](current_user, lines, now)]


def _shown(outcomes: Iterable[Outcome]) -> Sequence[Outcome]:
    """The first of them, what needs a look before what is here already."""
    order = {"refuse": 0, "change": 1, "add": 2, "same": 3}
    return sorted(outcomes, key=lambda each: order[each.kind])[:SHOWN]


def _columns_form(incoming: Incoming) -> ColumnsForm:
    lines = incoming.tables.get("", [])
    return ColumnsForm(lines, all_spots(current_user), current_user.time_zone)


def _waiting(upload_id: UUID) -> Upload:
    mine = select(Upload).where(Upload.user_id == current_user.id, Upload.id == upload_id)
    young = mine.where(Upload.made_at >= clock.now() - LIFE)
    return db.first_or_404(young.options(undefer(Upload.content)))


def _brought_in(user: User) -> Select[tuple[BroughtIn]]:
    mine = select(BroughtIn).where(BroughtIn.user_id == user.id)
    return mine.order_by(BroughtIn.made_at.desc())


def _plain_name(name: str | None) -> str:
    """What the file is called, as far as it can be shown."""
    return "".join(each for each in name or "" if each.isprintable())[-200:] or "?"
