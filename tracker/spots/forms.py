"""The forms for a spot of one's own, and for what a person sets for a spot and side."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from tracker.spots.around import Around
from tracker.spots.catalog import catalog
from tracker.spots.chosen import DAYS
from tracker.spots.content import groups
from tracker.spots.hurting import Choices
from tracker.spots.queries import as_uuid
from tracker.text import plain_line, plain_text, trimmed, visible

NAME_LENGTH = 80
NOTES_LENGTH = 2000
WHERE_LENGTH = 300


class EditOwnSpotForm(FlaskForm):
    """What may change later: the region stays, as the sides of kept sessions hang on it."""

    name = StringField(
        lazy_gettext("Name"),
        filters=[trimmed],
        validators=[
            visible,
            plain_line,
            Length(max=NAME_LENGTH, message=lazy_gettext("Use at most %(max)d characters.")),
        ],
    )
    felt_in = SelectMultipleField(lazy_gettext("Felt there"), validate_choice=False)
    notes = TextAreaField(
        lazy_gettext("Notes"),
        default="",
        filters=[trimmed],
        validators=[
            plain_text,
            Length(max=NOTES_LENGTH, message=lazy_gettext("Use at most %(max)d characters.")),
        ],
    )

    def validate_felt_in(self, field: SelectMultipleField) -> None:
        if not set(field.data or ()) <= catalog().regions.keys():
            raise ValidationError(_("One of these places is not known here. Choose from the list."))


class OwnSpotForm(EditOwnSpotForm):
    """A new one. Its id is made with the form, so that sending it twice makes one spot."""

    id = HiddenField()
    region = SelectField(
        lazy_gettext("Press here"),
        validate_choice=False,
        validators=[InputRequired(lazy_gettext("Choose where you press."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region.choices = {"": [("", _("Choose a place"))]} | {
            _(group.label): [(region.id, _(region.label)) for region in regions]
            for group, regions in groups(catalog()).items()
        }

    def validate_region(self, field: SelectField) -> None:
        if field.data not in catalog().regions:
            raise ValidationError(_("This place is not known here. Choose from the list."))

    def validate_id(self, field: HiddenField) -> None:
        if not as_uuid(field.data or ""):
            raise ValidationError(_("This form is damaged. Open it anew; your text is still here."))


class PlaceForm(FlaskForm):
    """A place on a close-up of the body, as tapped there; blank for none."""

    x = HiddenField(lazy_gettext("The mark"))
    y = HiddenField()

    def __init__(self, around: Around | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = around

    @property
    def place(self) -> tuple[float, float] | None:
        """In units of the drawing, to a tenth; None where there is none on the close-up."""
        try:
            x, y = round(float(self.x.data or ""), 1), round(float(self.y.data or ""), 1)
        except ValueError:
            return None
        return (x, y) if self.around and self.around.holds(x, y) else None

    def validate_x(self, _field: HiddenField) -> None:
        if (self.x.data or self.y.data) and self.place is None:
            raise ValidationError(_("This is not a place on the picture. Tap it once more."))


class ChosenForm(PlaceForm):
    """What may be set for a spot and side; a blank leaves it to the protocol.

    Where it hurts stays, without choices, as long as a test there is scored by it.
    """

    hurts_in = SelectField(lazy_gettext("Where it hurts"), validate_choice=False)
    level_cap = RadioField(lazy_gettext("At most"), validate_choice=False)
    days_between = SelectField(lazy_gettext("Days between sessions"), validate_choice=False)
    note = TextAreaField(
        lazy_gettext("Where exactly it is on me"),
        default="",
        filters=[trimmed],
        validators=[
            plain_text,
            Length(max=WHERE_LENGTH, message=lazy_gettext("Use at most %(max)d characters.")),
        ],
    )

    def __init__(
        self, highest: int, around: Around | None, hurting: Choices | None, **kwargs: Any
    ) -> None:
        super().__init__(around, **kwargs)
        if hurting is None:
            del self.hurts_in
        else:
            self.hurts_in.choices = {name: found for name, found in hurting.items() if found}
        self.level_cap.choices = [str(level) for level in range(1, highest)]
        self.days_between.choices = [("", _("As usual: two days"))] + [
            (str(n), ngettext("%(num)d day", "%(num)d days", n)) for n in DAYS
        ]

    @property
    def values(self) -> dict[str, Any]:
        """By column; None is blank."""
        numbers = {name: self[name].data for name in ("level_cap", "days_between")}
        mark_x, mark_y = self.place or (None, None)
        hurting = {"hurts_in": self.hurts_in.data or None} if self.hurts_in else {}
        return {
            **hurting,
            "note": self.note.data,
            "mark_x": mark_x,
            "mark_y": mark_y,
            **{name: int(text) if text else None for name, text in numbers.items()},
        }

    def validate_hurts_in(self, field: SelectField) -> None:
        known = [id_ for choices in field.choices.values() for id_, _label in choices]
        if field.data and field.data not in known:
            raise ValidationError(_("This place is not known here. Choose from the list."))

    def validate_level_cap(self, field: RadioField) -> None:
        if field.data and field.data not in field.choices:
            raise ValidationError(_("Choose a level from the list, or none."))

    def validate_days_between(self, field: SelectField) -> None:
        if field.data and field.data not in dict(field.choices):
            raise ValidationError(_("Choose a number of days from the list."))
