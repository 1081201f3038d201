"""How the CSV should be written."""

from flask_wtf import FlaskForm
from wtforms import RadioField

from tracker.sharing.csv import DELIMITERS


class CsvForm(FlaskForm):
    """Sent by GET, so that the file has an address; it changes nothing."""

    class Meta:
        csrf = False

    delimiter = RadioField(choices=list(DELIMITERS), default="comma")
    bom = RadioField(choices=["1", "0"], default="1")
