"""What is asked of a day."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, StopValidation

from tracker.days.noted import NOTE_LENGTHS
from tracker.text import plain_line, plain_text, trimmed

TOO_LONG = lazy("Use at most %(max)d characters.")


class PainField(Field):
    """A tap on one of eleven numbers; "" takes the answer back, and nothing at all is refused."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else None
        self.data = None
        if text == "":
            return
        if not (text and text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= 10):
            raise ValueError(_("Choose a number from 0 to 10."))
        self.data = int(text)

    def pre_validate(self, form: FlaskForm) -> None:
        if not self.raw_data and not self.process_errors:
            raise StopValidation(_("Choose a number from 0 to 10."))


class PainForm(FlaskForm):
    """Average pain over 24 hours, in one tap."""

    pain = PainField()


class DayNoteForm(FlaskForm):
    """What else there was on a day; all of it may stay blank.

    `before` is what the page showed when it was opened.
    """

    before = HiddenField()
    flare = BooleanField(lazy("A flare"))
    medicine_change = BooleanField(lazy("A change of medicine"))
    other_treatment = StringField(
        lazy("Other treatment"),
        default="",
        filters=[trimmed],
        validators=[plain_line, Length(max=NOTE_LENGTHS["other_treatment"], message=TOO_LONG)],
    )
    note = TextAreaField(
        lazy("Note"),
        default="",
        filters=[trimmed],
        validators=[plain_text, Length(max=NOTE_LENGTHS["note"], message=TOO_LONG)],
    )

    @property
    def values(self) -> dict[str, bool | str]:
        """By column."""
        ticked = {name: bool(self[name].data) for name in ("flare", "medicine_change")}
        return ticked | {name: self[name].data or "" for name in ("other_treatment", "note")}
