"""Text that people type: kept as it is, refused when a database or a reader would choke on it."""

import unicodedata
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import StopValidation, ValidationError

from tracker.strict import BREAKS, unprintable


def trimmed(text: Any) -> Any:
    """A WTForms filter: without blanks around it, and with one kind of line break."""
    return text.replace("\r\n", "\n").strip() if isinstance(text, str) else text


def plain_text(_form: Form, field: Field) -> None:
    """Refuse control characters and halves of characters; line breaks and tabs may stay."""
    if unprintable(field.data or ""):
        raise ValidationError(
            _("There is a character in here that cannot be shown. Please take it out.")
        )


def plain_line(form: Form, field: Field) -> None:
    """As plain_text, and on one line."""
    plain_text(form, field)
    if any(mark in (field.data or "") for mark in BREAKS):
        raise ValidationError(_("Please write this on one line."))


def visible(_form: Form, field: Field) -> None:
    """Require something to read: blanks and zero-width characters alone are nothing."""
    if not any(unicodedata.category(c)[0] in "LNPS" for c in field.data or ""):
        raise StopValidation(_("Please write something here."))
