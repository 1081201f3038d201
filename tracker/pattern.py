"""/pattern, in development only: every component in every state, on one page."""

from flask import Blueprint, render_template
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from tracker.sessions.words import side_choices

bp = Blueprint("pattern", __name__)
NEEDED = [InputRequired("Please fill this in.")]


class _Sample(Form):
    email = EmailField("E-mail", NEEDED)
    password = PasswordField("Password", NEEDED)
    zone = SelectField("Time zone", choices=["UTC", "Europe/Berlin"])
    note = TextAreaField("Note")
    agree = BooleanField("I have read this", NEEDED)
    side = RadioField("Side", NEEDED)
    felt = SelectMultipleField("Felt where?", choices=[("low_back", "Low back"), ("hip", "Hip")])

    def __init__(self, data: MultiDict[str, str] | None = None) -> None:
        super().__init__(data)
        self.side.choices = side_choices(("left", "right"))


@bp.get("/pattern")
def pattern() -> str:
    wrong = _Sample(MultiDict({"email": ""}))
    wrong.validate()
    return render_template("pattern.html", form=_Sample(), wrong=wrong)
