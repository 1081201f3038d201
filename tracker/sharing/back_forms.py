"""A file that comes back, and which column of a foreign table is what."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from tracker.accounts.forms import ZONES
from tracker.sharing.foreign import FORMATS, MEANINGS, Matched, fitting, guessed
from tracker.sharing.incoming import Line
from tracker.spots.queries import AnySpot
from tracker.spots.words import side_word

ONE_FOR_ALL = ("spot", "side")  # may be chosen once instead of by a column


class FileForm(FlaskForm):
    """A file of one's own."""

    file = FileField(lazy("File"), validators=[FileRequired(lazy("Choose a file first."))])


class SeenForm(FlaskForm):
    """The yes, to what was seen and to nothing else."""

    seen = HiddenField()


class ColumnsForm(FlaskForm):
    """Each column of a foreign table is chosen by its name."""

    date = SelectField(lazy("Day"))
    date_format = SelectField(lazy("Days are written as"))
    time = SelectField(lazy("Time"))
    zone = SelectField(lazy("Time zone"), choices=sorted(ZONES))
    spot = SelectField(lazy("Spot"))
    side = SelectField(lazy("Side"))
    pain_before = SelectField(lazy("Pain before"))
    pain_after = SelectField(lazy("Pain after"))
    note = SelectField(lazy("Note"))

    def __init__(self, lines: Sequence[Line], spots: Sequence[AnySpot], zone: str) -> None:
        names = list(lines[0].cells) if lines else []
        super().__init__(data={**_usual(names, lines), "zone": zone})
        columns = [(f"c{number}", name) for number, name in enumerate(names)]
        for meaning in MEANINGS:
            self[meaning].choices = [("", _("No column")), *columns]
        told = [(f"c{n}", _("Column: %(name)s", name=name)) for n, name in enumerate(names)]
        every = _("Please choose")
        self.date.choices = columns
        self.spot.choices = [("", every), *told, *((spot.id, spot.name) for spot in spots)]
        sides = [(side, side_word(side)) for side in ("left", "right", "middle")]
        self.side.choices = [("", every), *told, *sides]
        self.date_format.choices = list(FORMATS)
        self._names = names

    def validate_spot(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Choose the column with the spot, or one spot for all lines."))

    def validate_side(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Choose the column with the side, or one side for all lines."))

    @property
    def matched(self) -> Matched:
        """What was chosen, columns by their names again."""
        by_code = {f"c{number}": name for number, name in enumerate(self._names)}
        chosen = {meaning: self[meaning].data for meaning in MEANINGS}
        columns = {what: by_code[code] for what, code in chosen.items() if code in by_code}
        fixed = {what: chosen[what] for what in ONE_FOR_ALL if what not in columns}
        return Matched(columns, self.date_format.data, self.zone.data, **fixed)


def _usual(names: Sequence[str], lines: Sequence[Line]) -> dict[str, str]:
    """What the heads of the columns and the first lines suggest."""
    found = guessed(names)
    usual = {what: f"c{names.index(name)}" for what, name in found.items()}
    if "date" in found:
        ways = fitting(line.cells[found["date"]] for line in lines)
        usual |= {"date_format": ways[0]} if ways else {}
    return usual
