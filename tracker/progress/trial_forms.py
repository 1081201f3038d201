"""Beginning a test, and ending one early."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, ValidationError

from tracker.language import N_
from tracker.progress.plans import LATEST_START

WHY = {
    "flare": N_("A flare, or it hurt too much"),
    "medicine": N_("A change of medicine or treatment"),
    "life": N_("It did not fit into my days"),
    "safety": N_("Something to be careful with"),
    "own": N_("Another reason, or none"),
}


class BeginForm(FlaskForm):
    """Which test, where, and from which day: tomorrow to two weeks from now."""

    kind = RadioField(lazy("Which"), default="fair")
    place = RadioField(lazy("Where"), validate_choice=False)
    start = DateField(
        lazy("First day"),
        validators=[InputRequired(lazy("On which day does it begin? For example 2026-11-22."))],
    )

    def __init__(self, places: Sequence[tuple[str, str]], today: date, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [
            ("fair", _("Fair test, 48 days")),
            ("quick", _("Quick look, 28 days")),
        ]
        self.place.choices = list(places)
        self._today = today

    def validate_place(self, field: RadioField) -> None:
        if field.data not in {value for value, _label in field.choices}:
            raise ValidationError(_("Choose one of the places on your list."))

    def validate_start(self, field: DateField) -> None:
        if field.data is None:
            return
        if not 1 <= (field.data - self._today).days <= LATEST_START:
            raise ValidationError(
                _("It begins tomorrow at the earliest, and within %(n)d days.", n=LATEST_START)
            )

    @classmethod
    def tomorrow(cls, today: date) -> date:
        return today + timedelta(days=1)


class StopForm(FlaskForm):
    """Why a test is ended early; one of the reasons, the last of which is none."""

    why = RadioField(lazy("Why?"), validate_choice=False)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.why.choices = [(code, _(words)) for code, words in WHY.items()]

    def validate_why(self, field: RadioField) -> None:
        if field.data not in WHY:
            raise ValidationError(_("Choose a reason, or the last one."))
