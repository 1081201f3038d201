"""What is asked about the days after a session."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm

from tracker.sessions.forms import BlankRadio, RatingField
from tracker.sessions.models import MassageSession

YES_NO = {"yes": True, "no": False}
COLUMNS = {
    "soreness": "next_day_soreness",
    "sore": "still_sore",
    "bruise": "bruise",
    "later": "still_sore_48",
    "gone": "bruise_gone",
}


class NextDayForm(FlaskForm):
    """The answers about one session; every one may stay blank, and blank is never "no".

    Several stand on one page, each with its own prefix and one token for all.
    """

    class Meta:
        csrf = False

    soreness = RatingField(lazy("Soreness"))
    sore = BlankRadio(lazy("Still sore?"))
    bruise = BlankRadio(lazy("Any bruise?"))
    later = BlankRadio(lazy("Still sore after two days?"))
    gone = BlankRadio(lazy("Is the bruise gone?"))

    def __init__(self, massage: MassageSession, prefix: str = "", **kwargs: Any) -> None:
        known = {name: _word(getattr(massage, column)) for name, column in COLUMNS.items()}
        super().__init__(prefix=prefix, data=known, **kwargs)
        for field in (self.sore, self.bruise, self.later, self.gone):
            field.choices = yes_no()

    @property
    def answers(self) -> dict[str, Any]:
        """By column; None is blank. What was not asked is as it was."""
        return {column: _value(self[name].data) for name, column in COLUMNS.items()}

    @property
    def sent(self) -> dict[str, Any]:
        """Those of them that came with the form."""
        return {
            COLUMNS[name]: self.answers[COLUMNS[name]] for name in COLUMNS if self[name].raw_data
        }


def yes_no() -> list[tuple[str, str]]:
    return [("yes", _("Yes")), ("no", _("No"))]


def _word(value: Any) -> Any:
    """Yes and no as the form has them; numbers and blanks as they are."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _value(word: Any) -> Any:
    return YES_NO.get(word, word) if isinstance(word, str) else word
