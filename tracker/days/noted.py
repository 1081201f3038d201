"""What can be noted of a day beside its ratings. Pure."""

BLANK_NOTE = {"flare": False, "medicine_change": False, "other_treatment": "", "note": ""}
NOTE_LENGTHS = {"other_treatment": 200, "note": 2000}
