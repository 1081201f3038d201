"""What is asked about the days after a session."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm

from tracker.sessions.forms import BlankRadio, RatingField
from tracker.sessions.models import MassageSession

YES_NO = {"yes": True, "no": False}


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
        known = {
            "soreness": massage.next_day_soreness,
            "sore": _word(massage.still_sore),
            "bruise": _word(massage.bruise),
            "later": _word(massage.still_sore_48),
            "gone": _word(massage.bruise_gone),
        }
        super().__init__(prefix=prefix, data=known, **kwargs)
        for field in (self.sore, self.bruise, self.later, self.gone):
            field.choices = yes_no()

    @property
    def answers(self) -> dict[str, Any]:
        """By column; None is blank."""
        return {
            "next_day_soreness": self.soreness.data,
            "still_sore": YES_NO.get(self.sore.data),
            "bruise": YES_NO.get(self.bruise.data),
            "still_sore_48": YES_NO.get(self.later.data),
            "bruise_gone": YES_NO.get(self.gone.data),
        }


def yes_no() -> list[tuple[str, str]]:
    return [("yes", _("Yes")), ("no", _("No"))]


def _word(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"
