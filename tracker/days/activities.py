"""Up to three things that are hard for a person, and every two weeks how well they go."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import Length

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import db
from tracker.days.asked import MOST, next_ask
from tracker.days.forms import PainField
from tracker.days.kept import Row, keep_activities
from tracker.days.queries import activities_of, hold_activities
from tracker.text import plain_line, trimmed

bp = Blueprint("activities", __name__, url_prefix="/days/activities")
View = str | tuple[str, int] | Response
NAME_LENGTH = 80
TOO_LONG = lazy("Use at most %(max)d characters.")


class GoesField(PainField):
    """As a number of pain is read, and it may stay blank."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist or [""])

    def pre_validate(self, form: FlaskForm) -> None:
        return None


def _name() -> StringField:
    length = Length(max=NAME_LENGTH, message=TOO_LONG)
    return StringField(
        lazy("Activity"), default="", filters=[trimmed], validators=[plain_line, length]
    )


class ActivitiesForm(FlaskForm):
    """A name and a number each, with the id and the name of what the page showed there."""

    shown_1, shown_2, shown_3 = (HiddenField(default="") for _n in range(MOST))
    was_1, was_2, was_3 = (HiddenField(default="") for _n in range(MOST))
    name_1, name_2, name_3 = _name(), _name(), _name()
    goes_1, goes_2, goes_3 = (GoesField(lazy("How well it goes")) for _n in range(MOST))

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{n}"], self[f"goes_{n}"]) for n in range(1, MOST + 1)]

    @property
    def said(self) -> list[Row]:
        return [
            Row(*(self[f"{name}_{n}"].data for name in Row._fields)) for n in range(1, MOST + 1)
        ]

    def validate_name_2(self, field: StringField) -> None:
        self._once(field, self.name_1)

    def validate_name_3(self, field: StringField) -> None:
        self._once(field, self.name_1, self.name_2)

    def _once(self, field: StringField, *others: StringField) -> None:
        if field.data and field.data in {other.data for other in others}:
            raise ValidationError(_("This one is named twice."))


@bp.route("/", methods=["GET", "POST"])
@login_required
def index() -> View:
    if request.method == "POST":
        hold_activities(current_user)  # sent twice at once, each is named once
    form = ActivitiesForm(data=_shown() if request.method == "GET" else None)
    if form.validate_on_submit():
        today = clock.today(current_user.time_zone)
        keep_activities(current_user, today, form.said, clock.now())
        if any(row.name and row.goes is not None for row in form.said):
            current_user.activities_on = next_ask(today, answered=True)
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for("today.today"), 303)
    page = render_template("days/activities.html", form=form, token=EmptyForm())
    return page, 422 if form.errors else 200


def _shown() -> dict[str, str]:
    """What the page shows; an archive may have brought more."""
    shown = list(enumerate(activities_of(current_user)[:MOST], 1))
    ids = {f"shown_{n}": str(each.id) for n, each in shown}
    return ids | {f"{at}_{n}": each.name for n, each in shown for at in ("was", "name")}


@bp.post("/later")
@login_required
def later() -> View:
    today = clock.today(current_user.time_zone)
    current_user.activities_on = next_ask(today, answered=False)
    db.session.commit()
    return redirect(url_for("today.today"), 303)
