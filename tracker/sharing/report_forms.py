"""What a person chooses before something leaves: spots, days and parts, checked at the edge."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import Length
from wtforms.widgets import DateInput

from tracker.sharing.scope import PARTS, USUAL_PARTS, Scope
from tracker.strict import day_in
from tracker.text import plain_line, trimmed

NAME_LENGTH = 80
USUAL_DAYS = 84
MOST_SPOTS = 40
PAPERS = {"a4": "A4", "letter": "Letter"}
PART_WORDS = {
    "days": lazy("Pain over 24 hours, with the week before the first session"),
    "sessions": lazy("Sessions and the plan"),
    "after": lazy("Soreness, bruises, stops"),
    "activities": lazy("Activities"),
    "overall": lazy("Overall change"),
    "tests": lazy("Fair test and quick look"),
    "changes": lazy("What else changed"),
    "notes": lazy("Notes"),
}


class DayField(Field):
    """A day as a date input sends it, 2026-11-22; blank is None."""

    widget = DateInput()

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else str(self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        self.data = day_in(text)
        if self.data is None:
            raise ValueError(_("Choose a day, such as 2026-11-22."))


class ScopeForm(FlaskForm):
    """Which spots, days and parts are shown. Only what is ticked leaves."""

    spots = SelectMultipleField(lazy("Spots"), validate_choice=False)
    first = DayField(lazy("From"))
    last = DayField(lazy("Until"))
    name = StringField(
        lazy("Name on it"),
        default="",
        filters=[trimmed],
        validators=[
            plain_line,
            Length(max=NAME_LENGTH, message=lazy("Use at most %(max)d characters.")),
        ],
    )
    parts = SelectMultipleField(lazy("What it shows"), validate_choice=False)

    def __init__(self, spots: Iterable[tuple[str, str]], today: date, **kwargs: Any) -> None:
        self.today = today
        choices = list(spots)
        usual = {
            "spots": [spot for spot, _name in choices],
            "first": today - timedelta(days=USUAL_DAYS - 1),
            "parts": list(USUAL_PARTS),
        }
        super().__init__(data=usual, **kwargs)
        self.spots.choices = choices
        self.parts.choices = [(part, PART_WORDS[part]) for part in PARTS]

    def validate_spots(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one spot."))
        if not set(field.data) <= dict(field.choices).keys():
            raise ValidationError(_("One of these spots is not on your list any more."))

    def validate_parts(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one part."))
        if not set(field.data) <= set(PARTS):
            raise ValidationError(_("One of these parts is not known here. Choose from the list."))

    def validate_first(self, field: DayField) -> None:
        if field.data is None:
            raise ValidationError(_("Choose a day, such as 2026-11-22."))
        if field.data > self.today:
            raise ValidationError(_("Choose a day that has come already."))

    def validate_last(self, field: DayField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("Choose a day that has come already."))
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("This is before the first day."))

    @property
    def scope(self) -> Scope:
        """What was chosen; without a last day it goes on to today."""
        chosen = dict.fromkeys(self.spots.data)
        return Scope(
            spots=tuple(chosen),
            first=self.first.data,
            last=self.last.data or self.today,
            parts=tuple(part for part in PARTS if part in self.parts.data),
            name=self.name.data or "",
        )


class ReportForm(ScopeForm):
    """What is on the report; read again from what a device keeps, where there is no token."""

    class Meta:
        csrf = False  # the app asks for the token of whatever is sent

    paper = RadioField(lazy("Paper"), default="a4", validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper.choices = list(PAPERS.items())

    def validate_spots(self, field: SelectMultipleField) -> None:
        super().validate_spots(field)
        if MOST_SPOTS < len(field.data) < len(field.choices):
            raise ValidationError(
                _("Choose at most %(num)s spots, or all of them.", num=MOST_SPOTS)
            )

    def validate_paper(self, field: RadioField) -> None:
        if field.data not in PAPERS:
            raise ValidationError(_("Choose A4 or Letter."))

    @property
    def fields(self) -> dict[str, Any]:
        """What was typed and ticked, small enough for a cookie: all spots need no names."""
        chosen = {name: self[name]._value() for name in ("first", "last", "name")}
        chosen |= {"parts": self.parts.data, "paper": self.paper.data}
        every = {*self.spots.data} == {*dict(self.spots.choices)}
        return chosen if every else chosen | {"spots": self.spots.data}
