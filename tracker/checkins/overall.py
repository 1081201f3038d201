"""How an area changed overall since a person began there: one tap on Today, a page to correct."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Field, ValidationError

from tracker import clock
from tracker.checkins.models import OverallChange
from tracker.checkins.overall_due import PUT_OFF, STEPS, ask_from
from tracker.checkins.queries import began_and_answered, changes_at
from tracker.checkins.words import change_words
from tracker.database import commit_anew, db
from tracker.language import gettext as _
from tracker.spots.queries import AnySpot, chosen_of, find_spot
from tracker.spots.words import place
from tracker.strict import day_in

bp = Blueprint("overall", __name__, url_prefix="/overall")
View = str | tuple[str, int] | Response


class ChangeForm(FlaskForm):
    """One of the seven steps; "" takes the answer back."""

    change = Field()

    def validate_change(self, field: Field) -> None:
        text = (field.raw_data or [None])[0]
        if text not in {"", *map(str, STEPS)}:
            raise ValidationError(_("Choose one of the seven."))
        field.data = int(text) if text else None


@bp.get("/<slug>/<side>")
@login_required
def show(slug: str, side: str) -> View:
    return _page(_spot(slug, side), side)


@bp.post("/<slug>/<side>/<day>")
@login_required
def answer(slug: str, side: str, day: str) -> View:
    spot, on, today = _spot(slug, side), _date_in(day), _today()
    form = ChangeForm()
    if on > today or not form.validate():
        return _page(spot, side, wrong=True), 422
    commit_anew(lambda: _keep(spot, side, on, form.change.data, today))
    if request.form.get("from") == "today":
        return redirect(url_for("today.today"), 303)
    return redirect(url_for("overall.show", slug=slug, side=side), 303)


@bp.post("/later")
@login_required
def later() -> View:
    current_user.overall_on = _today() + PUT_OFF
    db.session.commit()
    return redirect(url_for("today.today"), 303)


def _keep(spot: AnySpot, side: str, on: date, change: int | None, today: date) -> None:
    """Let this be the answer of that day, None takes back what there was; then when to ask next."""
    key = {"user_id": current_user.id, "spot_id": spot.id, "side": side, "local_date": on}
    known = db.session.get(OverallChange, key)
    if change is not None:
        row = OverallChange(**key, change=change, answered_at=clock.now())
        db.session.merge(row)
    elif known:
        db.session.delete(known)
    db.session.flush()
    places = [(one.spot_id, one.side) for one in chosen_of(current_user)]
    current_user.overall_on = ask_from(*began_and_answered(current_user, places), today)


def _page(spot: AnySpot, side: str, *, wrong: bool = False) -> str:
    return render_template(
        "checkins/overall.html",
        spot=spot,
        side=side,
        place=place(spot.name, side),
        said=changes_at(current_user, spot.id, side),
        steps=[(step, change_words(step)) for step in STEPS],
        today=_today(),
        wrong=wrong,
    )


def _spot(slug: str, side: str) -> AnySpot:
    spot = find_spot(current_user, slug)
    return spot if spot and side in spot.sides else abort(404)


def _date_in(text: str) -> date:
    """A day as addresses write it; 404 for anything else."""
    return day_in(text) or abort(404)


def _today() -> date:
    return clock.today(current_user.time_zone)


@bp.app_template_global()
def overall_steps() -> list[tuple[int, str]]:
    """The seven steps with their words."""
    return [(step, change_words(step)) for step in STEPS]
