"""A spot, and spots of one's own."""

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
from tracker.spots.around import around_region
from tracker.spots.body import body, figure, shape
from tracker.spots.catalog import catalog
from tracker.spots.content import Group, Region, Spot, groups
from tracker.spots.forms import EditOwnSpotForm, OwnSpotForm, PlaceForm
from tracker.spots.hurting import hurting_choices, likely_hurting
from tracker.spots.models import OwnSpot
from tracker.spots.pages import about_page, spot_page
from tracker.spots.queries import (
    AnySpot,
    UnknownSpot,
    as_uuid,
    find_spot,
    from_catalog,
    from_own,
    own_spots_of,
    tracked_at,
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
bp.add_app_template_filter(place, "with_side")
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
        raise UnknownSpot
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    own = db.session.scalar(own_spots_of(current_user).where(OwnSpot.id == own_id))
    if own is None:
        raise UnknownSpot
    return render_template("spots/own.html", own=own, **_actions(from_own(own)))


def _show_known(spot: Spot) -> View:
    signed_in = current_user.is_authenticated
    came_from = _came_from()
    actions = _actions(find_spot(current_user, spot.slug) if signed_in else from_catalog(spot))
    worked_on = next((side for side in spot.sides if side in actions["mine"]), None)
    side = request.args.get("side", worked_on)
    return render_template("spots/show.html", **spot_page(spot, side, came_from), **actions)


def _actions(spot: AnySpot) -> dict[str, Any]:
    """What can be done with a spot, and what the person set for its sides."""
    mine = tracked_at(current_user, spot.id) if current_user.is_authenticated else {}
    tool = catalog().tools[spot.limits.start_tool].label
    asked = request.args.get("side")
    regions = [one.partition(".")[0] for one in _came_from()]
    return {
        "spot": spot,
        "mine": mine,
        "hurting": hurting_choices(spot),
        "likely": likely_hurting(spot, regions, mine) or "",
        "asked_side": asked if asked in spot.sides else None,
        "around": {side: spot.around(side) for side in spot.sides},
        "start_tool": _(tool),
    }


def _came_from() -> list[str]:
    """The places that hurt which were chosen in the finder, as its address has them."""
    asked = request.args.getlist("at")
    return [one for one in asked if one.partition(".")[0] in catalog().regions]


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


@bp.route("/<uuid:own_id>/place", methods=["GET", "POST"])
@login_required
def put(own_id: UUID) -> View:
    """Where it is on the body: a view of its region, and a tap there."""
    own = db.first_or_404(own_spots_of(current_user).where(OwnSpot.id == own_id))
    spot = from_own(own)
    views = around_region(body(), own.region, spot.sides[0])
    view = request.values.get("view") or (own.view if own.view in views else next(iter(views)))
    around = views.get(view) or abort(404)
    form = PlaceForm(around, data={"x": own.x, "y": own.y} if own.view == view else None)
    if form.validate_on_submit():
        _place(own, view, form.place)
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for("spots.show", slug=own.id), 303)
    page = render_template(
        "spots/place.html", form=form, own=own, spot=spot, around=around, views=views, body=body()
    )
    return page, 422 if form.errors else 200


def _place(own: OwnSpot, view: str, at: tuple[float, float] | None) -> None:
    """Marks were set on the close-up of the old place, so they go with it."""
    before = own.view, own.x, own.y
    own.view, own.x, own.y = (view, *at) if at else (None, None, None)
    if before != (own.view, own.x, own.y):
        for mine in tracked_at(current_user, str(own.id)).values():
            mine.mark_x = mine.mark_y = None


def _fill(own: OwnSpot, form: EditOwnSpotForm) -> None:
    own.name = form.name.data
    own.notes = form.notes.data
    own.felt_in = [region for region in catalog().regions if region in form.felt_in.data]


def _groups() -> dict[Group, tuple[Region, ...]]:
    return groups(catalog())


def _asked_region() -> str:
    region = request.args.get("region", "")
    return region if region in catalog().regions else ""
