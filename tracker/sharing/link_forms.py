"""The form for a new link, and what a therapist's browser sends to open one."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from wtforms import HiddenField, RadioField, ValidationError

from tracker.sharing.report_forms import ScopeForm
from tracker.spots.queries import as_uuid

LASTS = {"7": lazy("7 days"), "30": lazy("30 days"), "90": lazy("90 days")}


class LinkForm(ScopeForm):
    """What it shows and for how long. Its id comes with the form: sending it twice makes one."""

    id = HiddenField()
    days = RadioField(lazy("It ends after"), default="30", validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = list(LASTS.items())

    def validate_days(self, field: RadioField) -> None:
        if field.data not in LASTS:
            raise ValidationError(_("Choose 7, 30 or 90 days."))

    def validate_id(self, field: HiddenField) -> None:
        if not as_uuid(field.data or ""):
            raise ValidationError(_("This form is damaged. Open it anew; your text is still here."))
