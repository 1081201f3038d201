"""A person's list of spots: its order, what is set for each, paused and archived ones."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from tracker.accounts.forms import EmptyForm
from tracker.clock import now, today
from tracker.database import db
from tracker.spots.chosen import held, moved
from tracker.spots.forms import ChosenForm
from tracker.spots.hurting import hurting_choices
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import (
    AnySpot,
    ever_tracked_of,
    find_spot,
    last_position,
    spots_by_id,
    tracked_at,
    tracked_of,
)
from tracker.spots.words import place

bp = Blueprint("yours", __name__, url_prefix="/spots")
View = str | tuple[str, int] | Response
WAYS = {"earlier": -1, "later": 1}


@bp.get("/yours")
@login_required
def index() -> View:
    rows = db.session.scalars(ever_tracked_of(current_user)).all()
    spots = spots_by_id(current_user, {row.spot_id for row in rows})
    known = [(row, spots[row.spot_id]) for row in rows if row.spot_id in spots]
    return render_template(
        "spots/yours.html",
        listed=[each for each in known if each[0].archived_at is None],
        archived=[each for each in known if each[0].archived_at is not None],
        moved=request.args.get("moved"),
        form=EmptyForm(),
    )


@bp.route("/<slug>/sides/<side>/settings", methods=["GET", "POST"])
@login_required
def settings(slug: str, side: str) -> View:
    spot, mine = _mine(slug, side)
    around = spot.around(side)
    choices = None if _is_tested(mine) else hurting_choices(spot)
    form = ChosenForm(
        spot.limits.max_level, around, choices, data=_as_typed(mine, spot.limits.max_level)
    )
    if form.validate_on_submit():
        for name, value in form.values.items():
            setattr(mine, name, value)
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for("yours.index"), 303)
    page = render_template(
        "spots/settings.html", form=form, mine=mine, spot=spot, side=side, around=around
    )
    return page, 422 if form.errors else 200


def _as_typed(mine: TrackedSpot, highest: int) -> dict[str, str | float | None]:
    caps = mine.level_cap is not None and mine.level_cap < highest
    return {
        "level_cap": str(mine.level_cap) if caps else "",
        "days_between": str(mine.days_between or ""),
        "hurts_in": mine.hurts_in or "",
        "note": mine.note,
        "x": mine.mark_x,
        "y": mine.mark_y,
    }


@bp.post("/<slug>/sides/<side>")
@login_required
def choose(slug: str, side: str) -> View:
    spot = _spot_with_side(slug, side)
    hurts_in = request.form.get("hurts_in", "")
    if hurts_in not in [id_ for each in hurting_choices(spot).values() for id_, _label in each]:
        flash(_("This place is not known here. Choose from the list."))
        return redirect(url_for("spots.show", slug=spot.id), 303)
    _put_on_list(spot, side, hurts_in=hurts_in or None)
    flash(_("You work on %(spot)s.", spot=place(spot.name, side)))
    return redirect(url_for("spots.show", slug=spot.id), 303)


@bp.post("/<slug>/sides/<side>/restore")
@login_required
def restore(slug: str, side: str) -> View:
    spot = _spot_with_side(slug, side)
    _put_on_list(spot, side)
    flash(_("%(spot)s is back on your list.", spot=place(spot.name, side)))
    return redirect(url_for("yours.index"), 303)


def _put_on_list(spot: AnySpot, side: str, **said: str | None) -> None:
    """At its end; what was set before is as it was, but for what is `said` of it now."""
    last = last_position(current_user)
    known = tracked_at(current_user, spot.id).get(side)
    if known is None:
        mine = {"user_id": current_user.id, "spot_id": spot.id, "side": side}
        db.session.add(TrackedSpot(**mine, **said, since=now(), position=last))
    elif known.archived_at:
        known.archived_at, known.paused_at, known.position = None, None, last
        if not _is_tested(known):
            known.hurts_in = said.get("hurts_in", known.hurts_in)
        elif said.get("hurts_in", known.hurts_in) != known.hurts_in:
            flash(
                _("A test is scored by where it hurts: that can be changed once the test is over.")
            )
        current_user.overall_on = None  # how it changed there may be due to be asked already
    try:
        db.session.commit()
    except IntegrityError:  # chosen in another tab meanwhile: nothing to add
        db.session.rollback()


def _is_tested(one: TrackedSpot) -> bool:
    return held(one, today(current_user.time_zone)) is not None


@bp.post("/<slug>/sides/<side>/remove")
@login_required
def remove(slug: str, side: str) -> View:
    spot = _take_off_list(slug, side)
    return redirect(url_for("spots.show", slug=spot.id), 303)


@bp.post("/<slug>/sides/<side>/archive")
@login_required
def archive(slug: str, side: str) -> View:
    _take_off_list(slug, side)
    return redirect(url_for("yours.index"), 303)


def _take_off_list(slug: str, side: str) -> AnySpot:
    spot = _spot_with_side(slug, side)
    mine = tracked_at(current_user, spot.id).get(side)
    if mine and mine.archived_at is None:
        mine.archived_at = now()
        db.session.commit()
    flash(_("%(spot)s is off your list. Its sessions are kept.", spot=place(spot.name, side)))
    return spot


@bp.post("/<slug>/sides/<side>/pause")
@login_required
def pause(slug: str, side: str) -> View:
    spot, mine = _mine(slug, side)
    mine.paused_at = mine.paused_at or now()
    db.session.commit()
    flash(_("%(spot)s is paused: Today leaves it out.", spot=place(spot.name, side)))
    return redirect(url_for("yours.index"), 303)


@bp.post("/<slug>/sides/<side>/resume")
@login_required
def resume(slug: str, side: str) -> View:
    spot, mine = _mine(slug, side)
    mine.paused_at = None
    db.session.commit()
    flash(_("%(spot)s comes up on Today again.", spot=place(spot.name, side)))
    return redirect(url_for("yours.index"), 303)


@bp.post("/<slug>/sides/<side>/earlier")
@login_required
def earlier(slug: str, side: str) -> View:
    return _move(slug, side, "earlier")


@bp.post("/<slug>/sides/<side>/later")
@login_required
def later(slug: str, side: str) -> View:
    return _move(slug, side, "later")


def _move(slug: str, side: str, way: str) -> View:
    """One place on, and every place numbered anew."""
    spot, mine = _mine(slug, side)
    rows = list(db.session.scalars(tracked_of(current_user)))
    if mine in rows:
        for position, row in enumerate(moved(rows, rows.index(mine), WAYS[way])):
            row.position = position
        db.session.commit()
        name = place(spot.name, side)
        flash(_("%(spot)s is now number %(n)d.", spot=name, n=mine.position + 1))
    return redirect(url_for("yours.index", moved=f"{slug}/{side}/{way}"), 303)


def _mine(slug: str, side: str) -> tuple[AnySpot, TrackedSpot]:
    """A spot and side that this person chose once, archived or not; else 404."""
    spot = _spot_with_side(slug, side)
    return spot, tracked_at(current_user, spot.id).get(side) or abort(404)


def _spot_with_side(slug: str, side: str) -> AnySpot:
    spot = find_spot(current_user, slug)
    if spot is None or side not in spot.sides:
        abort(404)
    return spot
