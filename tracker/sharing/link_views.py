"""A person's links: giving one out, seeing when each was opened, ending one."""

from secrets import token_urlsafe
from uuid import UUID

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import db
from tracker.limits import allowed
from tracker.sharing.link_forms import LinkForm
from tracker.sharing.links import LISTED, give_out, links_of, listed_links_of, open_links_of
from tracker.sharing.models import SharedLink
from tracker.sharing.report_forms import PART_WORDS
from tracker.sharing.report_views import spot_choices
from tracker.spots.queries import spots_by_id

bp = Blueprint("links", __name__, url_prefix="/sharing/links")
View = str | tuple[str, int] | Response
TOKEN_BYTES = 24  # 192 bits
NEW, WINDOW_S = 30, 3600


@bp.app_template_global()
def open_links() -> list[tuple[SharedLink, str]]:
    """The links that still open and what each is about, for You: accounts come before sharing."""
    if not current_user.is_authenticated:
        return []
    return [(link, _spots(link)) for link in open_links_of(current_user, clock.now())]


@bp.get("/")
@login_required
def index() -> View:
    now = clock.now()
    links = listed_links_of(current_user, now)
    return render_template(
        "sharing/links.html",
        links=[(link, _spots(link), [PART_WORDS[part] for part in link.parts]) for link in links],
        now=now,
        token=EmptyForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@login_required
def new() -> View:
    """Make a link. Its address is on the answer and nowhere else: it cannot be shown again."""
    now = clock.now()
    form = LinkForm(spot_choices(), clock.today(current_user.time_zone))
    if not form.validate_on_submit():
        if not form.id.data:
            form.id.data = str(uuid7())
        page = render_template("sharing/new_link.html", form=form)
        return page, 422 if form.errors else 200
    if len(open_links_of(current_user, now)) >= LISTED:
        form.form_errors = [_("There are %(num)s open links. End one first.", num=LISTED)]
        return render_template("sharing/new_link.html", form=form), 422
    link_id, token = UUID(form.id.data), token_urlsafe(TOKEN_BYTES)
    if not _kept(form, link_id, token):
        flash(_("This link is made already. Its address cannot be shown again."))
        return redirect(url_for("links.index"), 303)
    address = f"{url_for('shared.open_', _external=True)}#{token}"
    return render_template(
        "sharing/made.html",
        address=address,
        code=Markup(_code(address)),
        ends_at=db.session.get(SharedLink, (current_user.id, link_id)).ends_at,
    )


@bp.post("/<uuid:link_id>/end")
@login_required
def end(link_id: UUID) -> View:
    link = db.first_or_404(links_of(current_user).where(SharedLink.id == link_id))
    if link.ended_at is None:
        link.ended_at = clock.now()
        db.session.commit()
    flash(_("The link is ended. Whoever opens it now sees nothing."))
    return redirect(
        url_for("accounts.you" if request.form.get("from") == "you" else "links.index"), 303
    )


def _code(address: str) -> str:
    """The address as a QR code, on white also in the dark."""
    return segno.make(address, error="m").svg_inline(omitsize=True, light="#fff", svgclass=None)


def _kept(form: LinkForm, link_id: UUID, token: str) -> bool:
    """Keep it, unless this form was sent before."""
    user, now = current_user, clock.now()
    if db.session.get(SharedLink, (user.id, link_id)):
        return False
    if not allowed(f"new link {user.id}", NEW, WINDOW_S):
        raise TooManyRequests(retry_after=WINDOW_S)
    give_out(user, link_id, token, form.scope, form.last.data, int(form.days.data), now)
    try:
        db.session.commit()
    except IntegrityError:  # the other of two taps was first
        db.session.rollback()
        return False
    return True


def _spots(link: SharedLink) -> str:
    spots = spots_by_id(current_user, link.spots)
    return ", ".join(spots[spot].name for spot in link.spots if spot in spots)
