"""What is set on You, Reminders."""

import re
from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import BooleanField, TimeField
from wtforms.validators import StopValidation, ValidationError

from tracker.reminders.when import is_quiet

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?\Z")


class ClockField(TimeField):
    """A time of day, as a browser's own field sends it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not CLOCK.match(text):
            raise ValueError(_("At what time? For example 18:30."))
        self.data = time.fromisoformat(text)

    def pre_validate(self, form: FlaskForm) -> None:
        if not self.raw_data and not self.process_errors:
            raise StopValidation(_("At what time? For example 18:30."))


class DiscreetForm(FlaskForm):
    """How much the calendar says."""

    discreet = BooleanField(lazy("Discreet"))


class TimesForm(FlaskForm):
    """When the phones are told, and when never."""

    at = ClockField(lazy("Notify me at"))
    quiet_from = ClockField(lazy("Quiet from"))
    quiet_to = ClockField(lazy("Quiet until"))

    def validate_at(self, field: TimeField) -> None:
        quiet = self.quiet_from.data, self.quiet_to.data
        if field.data and all(each is not None for each in quiet) and is_quiet(field.data, *quiet):
            raise ValidationError(_("This lies within the quiet hours. Choose another time."))
