"""What should be in the files, and how they should be written."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, RadioField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from tracker.sharing.csv import DELIMITERS
from tracker.sharing.queries import Chosen

USUAL = {"delimiter": "comma", "bom": "1", "notes": "1"}


class CsvForm(FlaskForm):
    """Sent by GET, so that the file has an address; it changes nothing."""

    class Meta:
        csrf = False

    spots = SelectMultipleField(lazy("Only these spots"))
    first = DateField(lazy("First day"), name="from", validators=[Optional()])
    last = DateField(lazy("Last day"), name="to", validators=[Optional()])
    notes = RadioField(lazy("Your notes"), choices=["1", "0"])
    delimiter = RadioField(choices=list(DELIMITERS))
    bom = RadioField(choices=["1", "0"])

    def __init__(self, asked: Mapping[str, Any], spots: list[tuple[str, str]]) -> None:
        values = MultiDict(asked)
        for name, usual in USUAL.items():
            values.setdefault(name, usual)
        super().__init__(values)
        self.spots.choices = spots

    def validate_last(self, field: DateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day is before the first."))

    @property
    def chosen(self) -> Chosen:
        return Chosen(
            tuple(self.spots.data or ()), self.first.data, self.last.data, self.notes.data == "1"
        )

    @property
    def style(self) -> dict[str, Any]:
        return {"bom": self.bom.data == "1", "delimiter": DELIMITERS[self.delimiter.data]}
