"""The sheet before a session, and an entry for the list. Nothing is ticked to begin with."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, SubmitField, ValidationError
from wtforms.validators import Optional

from tracker.safety.content import Entry
from tracker.safety.rules import SAFETY
from tracker.safety.words import region_choices, side_choices
from tracker.spots.catalog import catalog


def _blank(value: Any) -> Any:
    return value or None


class PlaceForm(FlaskForm):
    """Where an entry of the list is: a region, and a side where there are two."""

    region = SelectField(lazy("Where"), coerce=_blank, validate_choice=False)
    side = RadioField(lazy("Side"), coerce=_blank, validators=[Optional()], validate_choice=False)

    class Meta:
        csrf = False  # part of a form that has its token

    def __init__(self, entry: Entry, **kwargs: Any) -> None:
        super().__init__(prefix=f"{entry.id}-", **kwargs)
        self.entry = entry
        self.region.choices = region_choices(anywhere=entry.about != "place")
        self.side.choices = side_choices()

    @property
    def asked(self) -> bool:
        return self.entry.about != "person"

    @property
    def side_there(self) -> str | None:
        """The side, where the region has two."""
        region = catalog().regions.get(self.region.data or "")
        return self.side.data if region and region.paired else None

    def validate_region(self, field: SelectField) -> None:
        if field.data is None and self.entry.about == "place":
            raise ValidationError(_("Where is it? Choose the place."))
        if field.data is not None and field.data not in catalog().regions:
            raise ValidationError(_("Choose a place from the list."))

    def validate_side(self, field: RadioField) -> None:
        if field.data not in {value for value, _label in self.side.choices} | {None}:
            raise ValidationError(_("Left, right or both?"))


class SafetyForm(FlaskForm):
    """Everything due on one sheet: the items of some gates, and the list when it is asked."""

    none = SubmitField(lazy("None of these"))
    some = SubmitField(lazy("Go on with what I ticked"))
    items = SelectMultipleField(validate_choice=False)
    entries = SelectMultipleField(validate_choice=False)

    def __init__(self, gates: tuple[str, ...], with_list: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gates = [SAFETY.gates[gate] for gate in gates]
        asked = SAFETY.conditions.values() if with_list else ()
        self.places = {entry.id: PlaceForm(entry) for entry in asked}

    @property
    def ticked(self) -> bool:
        return bool(self.items.data or self.entries.data)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators=extra_validators)
        for place in self._ticked_places():
            valid = place.validate() and valid
        return valid

    def _ticked_places(self) -> list[PlaceForm]:
        named = self.entries.data or ()
        return [place for id_, place in self.places.items() if id_ in named and place.asked]

    def validate_none(self, field: SubmitField) -> None:
        if field.data and self.ticked:
            raise ValidationError(_("Something is ticked. Take it back, or go on with it."))
        if not field.data and not self.ticked:
            raise ValidationError(_("Tick what fits, or choose None of these."))

    def validate_items(self, field: SelectMultipleField) -> None:
        known = {item.id for gate in self.gates for item in gate.items}
        if set(field.data or ()) - known:
            raise ValidationError(_("One of these was not asked. Please look again."))

    def validate_entries(self, field: SelectMultipleField) -> None:
        if set(field.data or ()) - self.places.keys():
            raise ValidationError(_("One of these was not asked. Please look again."))
