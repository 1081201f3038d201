"""What is asked after a session, and the form for one done without the guide."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from tracker.dates import day
from tracker.sessions import words
from tracker.spots.catalog import catalog
from tracker.spots.queries import AnySpot, as_uuid
from tracker.strict import EARLIEST
from tracker.text import plain_text, trimmed

NOTE_LENGTH = 10_000
AHEAD = timedelta(minutes=5)
LEVELS = range(1, 6)


class RatingField(Field):
    """A whole number from 0 to 10, or None for no answer; anything else is told apart."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= 10):
            raise ValueError(_("Choose a number from 0 to 10, or leave it blank."))
        self.data = int(text)


class BlankRadio(RadioField):
    """One of some choices, or None for no answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=_blank, validate_choice=False, choices=[], **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in {value for value, *_more in self.choices}:
            raise ValidationError(_("Choose one of these, or leave it blank."))


def _blank(value: Any) -> Any:
    return value or None


def _level(value: Any) -> str | None:
    """As the field's choices have it: a session has a number, and a form a text."""
    return str(value) if value else None


class NoteLength(Length):
    """So many characters, or as many as there were: two notes that met are one."""

    def __call__(self, form: Any, field: Field) -> None:
        if len(field.data) > len(field.object_data or ""):
            super().__call__(form, field)


class AnswersForm(FlaskForm):
    """What can be asked about a session once it is over. Every answer may stay blank."""

    tenderness_after = RatingField(lazy("Tenderness"))
    other_side_after = RatingField(lazy("The other side, to compare"))
    pain_after = RatingField(lazy("Pain now"))
    peak_discomfort = RatingField(lazy("Strongest discomfort"))
    quality = BlankRadio(lazy("What it felt like"))
    felt_in = SelectMultipleField(lazy("Felt where?"), validate_choice=False)
    your_pain = BlankRadio(lazy("Is this your pain?"))
    note = TextAreaField(
        lazy("Note"),
        filters=[trimmed],
        validators=[
            Optional(),
            plain_text,
            NoteLength(max=NOTE_LENGTH, message=lazy("A note can have up to 10,000 characters.")),
        ],
    )

    def __init__(self, spot: AnySpot | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.quality.choices = words.quality_choices()
        self.your_pain.choices = words.your_pain_choices()
        self.felt_in.choices = words.region_choices(spot.felt_in) if spot else []

    @property
    def elsewhere(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The places where the spot is not known to be felt, by part of the body."""
        return words.regions_without(value for value, _label in self.felt_in.choices)

    @property
    def elsewhere_chosen(self) -> bool:
        own = {value for value, _label in self.felt_in.choices}
        return any(value not in own for value in self.felt_in.data or ())

    def validate_felt_in(self, field: SelectMultipleField) -> None:
        if any(value not in catalog().regions for value in field.data or ()):
            raise ValidationError(_("Choose from these places."))


class LogForm(AnswersForm):
    """A session done without the guide, or a correction of one: when, where and how it was."""

    id = HiddenField()
    spot = SelectField(lazy("Spot"), validate_choice=False)
    side = RadioField(lazy("Side"), validate_choice=False)
    day = DateField(
        lazy("Day"),
        validators=[InputRequired(lazy("On which day was it? For example 2026-11-22."))],
    )
    start = TimeField(
        lazy("Start"),
        format=["%H:%M", "%H:%M:%S"],
        validators=[InputRequired(lazy("At what time, about? For example 18:30."))],
    )
    end = TimeField(lazy("End"), format=["%H:%M", "%H:%M:%S"], validators=[Optional()])
    tool = BlankRadio(lazy("With what"))
    peak_level = SelectField(lazy("Firmest level"), coerce=_level, validate_choice=False)
    pain_before = RatingField(lazy("Pain before"))
    tenderness_before = RatingField(lazy("Tenderness before"))
    other_side_before = RatingField(lazy("The other side before"))

    def __init__(self, spots: dict[str, AnySpot], now: datetime, zone: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._now, self._zone = now, ZoneInfo(zone)
        self.chosen = spot = spots.get(self.spot.data or "")
        self.spot.choices = [("", _("Choose a spot"))] + [
            (each.id, each.name) for each in spots.values()
        ]
        if spot and spot.limits.opt_in_only:  # nobody is asked to press there to find out
            for name in ("tenderness_before", "tenderness_after"):
                if self[name].data is None:
                    del self[name]
        self.side.choices = words.side_choices(spot.sides if spot else ("left", "right"))
        self.felt_in.choices = words.region_choices(spot.felt_in) if spot else []
        self.tool.choices = words.tool_choices(spot.limits.tools_allowed) if spot else []
        self.peak_level.choices = [("", _("Not sure"))] + [
            (str(level), f"{level} {words.level_word(level)}") for level in LEVELS
        ]

    @property
    def started_at(self) -> datetime:
        return self._moment(self.start.data)

    @property
    def ended_at(self) -> datetime | None:
        return self._moment(self.end.data) if self.end.data else None

    def _moment(self, at: time) -> datetime:
        return datetime.combine(self.day.data, at, self._zone)

    def validate_id(self, field: HiddenField) -> None:
        if as_uuid(field.data or "") is None:
            raise ValidationError(_("This form is not whole. Please open it again."))

    def validate_spot(self, field: SelectField) -> None:
        if self.chosen is None:
            raise ValidationError(_("Choose the spot from the list."))

    def validate_side(self, field: RadioField) -> None:
        sides = self.chosen.sides if self.chosen else ("left", "right", "middle")
        if field.data not in sides:
            raise ValidationError(_("Which side was it?"))

    def validate_day(self, field: DateField) -> None:
        if field.data is None:  # not a day at all, and told so already
            return
        if field.data < EARLIEST:
            raise ValidationError(_("That is too long ago to be right."))
        if field.data > (self._now + AHEAD).astimezone(self._zone).date():
            raise ValidationError(_("That day has not come yet."))

    def validate_start(self, field: TimeField) -> None:
        if self._has_day and field.data is not None:
            self._check_moment(self.started_at)

    def validate_end(self, field: TimeField) -> None:
        if field.data is None or not self._has_day:
            return
        if self.start.data and field.data < self.start.data:
            raise ValidationError(
                _("The end is before the start. If it went past midnight, leave the end blank.")
            )
        self._check_moment(self._moment(field.data))

    @property
    def _has_day(self) -> bool:
        return self.day.data is not None and not self.day.errors and self.day.data >= EARLIEST

    def _check_moment(self, moment: datetime) -> None:
        there_and_back = moment.astimezone(UTC).astimezone(self._zone)
        if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise ValidationError(
                _("The clocks were put forward over that time on %(day)s.", day=day(moment.date()))
            )
        if moment > self._now + AHEAD:
            raise ValidationError(_("That time has not come yet."))

    def validate_peak_level(self, field: SelectField) -> None:
        if field.data and field.data not in {str(level) for level in LEVELS}:
            raise ValidationError(_("Choose a level from 1 to 5."))


class AfterForm(AnswersForm):
    """The answers after a session; `before` is what the page showed when it was opened."""

    before = HiddenField()


class CorrectForm(LogForm):
    """A correction of a session, which keeps its id; `before` as above."""

    id = None
    before = HiddenField()
