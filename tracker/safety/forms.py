"""The one sheet before a session, the list on You, and where an entry of it is."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)

from tracker.safety.given import Given, split
from tracker.safety.standing import SAFETY
from tracker.spots.catalog import catalog
from tracker.spots.content import groups
from tracker.spots.queries import as_uuid


class SheetForm(FlaskForm):
    """What holds of what was asked. Its id is made with it, so that twice sent is once kept."""

    id = HiddenField()
    gates = SelectMultipleField(lazy("Questions"), validate_choice=False)
    asks_list = BooleanField()
    chosen = SelectMultipleField(lazy("Signs"), validate_choice=False)
    entries = SelectMultipleField(lazy("To be careful with"), validate_choice=False)
    none = BooleanField()

    def validate_id(self, field: HiddenField) -> None:
        if as_uuid(field.data or "") is None:
            raise ValidationError(_("This form is not whole. Please open it again."))

    def validate_gates(self, field: SelectMultipleField) -> None:
        if not set(field.data or ()) <= SAFETY.gates.keys() or not (
            field.data or self.asks_list.data
        ):
            raise ValidationError(_("This form is not whole. Please open it again."))

    def validate_chosen(self, field: SelectMultipleField) -> None:
        asked = {item.id for gate in self.known_gates for item in SAFETY.gates[gate].items}
        if not set(field.data or ()) <= asked:
            raise ValidationError(_("One of these is not known here. Please choose again."))
        self._validate_choice()

    def validate_entries(self, field: SelectMultipleField) -> None:
        known = SAFETY.conditions.keys() if self.asks_list.data else ()
        if not set(field.data or ()) <= {*known}:
            raise ValidationError(_("One of these is not known here. Please choose again."))

    def _validate_choice(self) -> None:
        """Blank is not "none", and "none" beside a tick is neither."""
        ticked = bool(self.chosen.data or self.entries.data)
        if self.none.data and ticked:
            raise ValidationError(
                _("Something is ticked, and you chose None of these. Which one is it?")
            )
        if not self.none.data and not ticked:
            raise ValidationError(_("Tick what holds for you, or choose None of these."))

    @property
    def known_gates(self) -> list[str]:
        return [gate for gate in SAFETY.gates if gate in (self.gates.data or ())]

    @property
    def given(self) -> Given:
        """What was said; of a form that was validated."""
        entries = frozenset(self.entries.data or ()) if self.asks_list.data else None
        chosen = split(self.known_gates, set(self.chosen.data or ()))
        return Given(UUID(self.id.data), chosen, entries)


class WhereForm(FlaskForm):
    """Where one entry of the list is; a page has one for each, and a single token beside them."""

    class Meta:
        csrf = False

    region = SelectField(lazy("Where"), validate_choice=False)
    side = RadioField(lazy("Side"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.side.choices = [("left", _("Left")), ("right", _("Right")), ("", _("Both"))]
        self.region.choices = {"": [("", _("Not sure: careful everywhere"))]} | {
            _(group.label): [(region.id, _(region.label)) for region in regions]
            for group, regions in groups(catalog()).items()
        }

    def validate_region(self, field: SelectField) -> None:
        if field.data and field.data not in catalog().regions:
            raise ValidationError(_("This place is not known here. Choose from the list."))

    def validate_side(self, field: RadioField) -> None:
        if field.data not in ("left", "right", "", None):
            raise ValidationError(_("Which side is it?"))

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Region and side as they are kept; only what comes in pairs has a side."""
        region = catalog().regions.get(self.region.data or "")
        if region is None:
            return None, None
        return region.id, (self.side.data or None) if region.paired else None
