"""What is asked of a day."""

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation


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
