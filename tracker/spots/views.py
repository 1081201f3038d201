"""A spot, the spots a person works on, and spots of one's own."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.wrappers import Response

from tracker.clock import now
from tracker.database import db
from tracker.dates import length
from tracker.spots.body import figure, shape
from tracker.spots.catalog import catalog
from tracker.spots.content import Group, Region, Spot, groups
from tracker.spots.forms import EditOwnSpotForm, OwnSpotForm
from tracker.spots.models import OwnSpot, TrackedSpot
from tracker.spots.pages import about_page, spot_page
from tracker.spots.queries import (
    AnySpot,
    as_uuid,
    find_spot,
    from_catalog,
    from_own,
    own_spots_of,
    sides_of,
    tracked_of,
)
from tracker.spots.words import (
    kind_word,
    listed,
    picture_words,
    place,
    places,
    saying_words,
    sayings_of,
    side_word,
)

bp = Blueprint("spots", __name__, url_prefix="/spots")
View = str | tuple[str, int] | Response

for words in (places, listed, kind_word, picture_words, saying_words, side_word):
    bp.add_app_template_filter(words)
bp.add_app_template_filter(sayings_of, "sayings")
bp.add_app_template_filter(length, "as_time")  # "length" is Jinja's own
bp.add_app_template_global(figure, "body_drawn")
bp.add_app_template_global(shape, "body_shape")


@bp.app_template_filter()
def translated(text: str) -> str:
    """A text of the catalogue; the template's own _() would read its % signs."""
    return _(text)


@bp.get("/about")
def about() -> View:
    return render_template("spots/about.html", **about_page(current_app.config["CONTACT"]))


@bp.get("/<slug>")
def show(slug: str) -> View:
    spot = catalog().spots.get(slug)
    if spot:
        return _show_known(spot)
    own_id = as_uuid(slug)
    if own_id is None:
        abort(404)
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    own = db.first_or_404(own_spots_of(current_user).where(OwnSpot.id == own_id))
    return render_template("spots/own.html", own=own, **_actions(from_own(own)))


def _show_known(spot: Spot) -> View:
    signed_in = current_user.is_authenticated
    came_from = [
        one for one in request.args.getlist("at") if one.partition(".")[0] in catalog().regions
    ]
    return render_template(
        "spots/show.html",
        **spot_page(spot, request.args.get("side"), came_from),
        **_actions(find_spot(current_user, spot.slug) if signed_in else from_catalog(spot)),
    )


def _actions(spot: AnySpot) -> dict[str, Any]:
    """What can be done with a spot: its sides, and those already worked on."""
    chosen: Collection[str] = ()
    if current_user.is_authenticated:
        chosen = db.session.scalars(sides_of(current_user, spot.id)).all()
    tool = catalog().tools[spot.limits.start_tool].label
    asked = request.args.get("side")
    return {
        "spot": spot,
        "asked_side": asked if asked in spot.sides else None,
        "chosen_sides": chosen,
        "start_tool": _(tool),
    }


@bp.post("/<slug>/sides/<side>")
@login_required
def choose(slug: str, side: str) -> View:
    spot = _spot_with_side(slug, side)
    user_id = current_user.id
    db.session.add(TrackedSpot(user_id=user_id, spot_id=spot.id, side=side, since=now()))
    try:
        db.session.commit()
    except IntegrityError:  # chosen already: nothing to add
        db.session.rollback()
    flash(_("You work on %(spot)s.", spot=place(spot.name, side)))
    return redirect(url_for("spots.show", slug=spot.id), 303)


@bp.post("/<slug>/sides/<side>/remove")
@login_required
def unchoose(slug: str, side: str) -> View:
    spot = _spot_with_side(slug, side)
    one = tracked_of(current_user).where(TrackedSpot.spot_id == spot.id, TrackedSpot.side == side)
    chosen = db.session.scalar(one)
    if chosen:
        db.session.delete(chosen)
        db.session.commit()
    flash(_("%(spot)s is off your list. Its sessions are kept.", spot=place(spot.name, side)))
    return redirect(url_for("spots.show", slug=spot.id), 303)


def _spot_with_side(slug: str, side: str) -> AnySpot:
    spot = find_spot(current_user, slug)
    if spot is None or side not in spot.sides:
        abort(404)
    return spot


@bp.route("/new", methods=["GET", "POST"])
@login_required
def new() -> View:
    form = OwnSpotForm(id=str(uuid7()), region=_asked_region())
    if not form.validate_on_submit():
        page = render_template("spots/new.html", form=form, groups=_groups())
        return page, 422 if form.errors else 200
    own = OwnSpot(user_id=current_user.id, id=UUID(form.id.data), created_at=now())
    _fill(own, form)
    own.region = form.region.data
    db.session.add(own)
    try:
        db.session.commit()
        flash(_("Your spot is saved."))
    except IntegrityError:  # the same form, sent twice
        db.session.rollback()
        flash(_("This spot was saved already; nothing was added twice."))
    return redirect(url_for("spots.show", slug=form.id.data), 303)


@bp.route("/<uuid:own_id>/edit", methods=["GET", "POST"])
@login_required
def edit(own_id: UUID) -> View:
    own = db.first_or_404(own_spots_of(current_user).where(OwnSpot.id == own_id))
    form = EditOwnSpotForm(obj=own)
    if form.validate_on_submit():
        _fill(own, form)
        db.session.commit()
        flash(_("Your spot is saved."))
        return redirect(url_for("spots.show", slug=own.id), 303)
    page = render_template("spots/edit.html", form=form, own=own, groups=_groups())
    return page, 422 if form.errors else 200


def _fill(own: OwnSpot, form: EditOwnSpotForm) -> None:
    own.name = form.name.data
    own.notes = form.notes.data
    own.felt_in = [region for region in catalog().regions if region in form.felt_in.data]


def _groups() -> dict[Group, tuple[Region, ...]]:
    return groups(catalog())


def _asked_region() -> str:
    region = request.args.get("region", "")
    return region if region in catalog().regions else ""
