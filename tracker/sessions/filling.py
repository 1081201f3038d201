"""What a form says becomes what a session keeps."""

from collections.abc import Mapping
from typing import Any

from tracker.sessions.forms import AnswersForm, LogForm
from tracker.sessions.models import MassageSession

ASKED = (
    *("side", "tool", "pain_before", "tenderness_before", "other_side_before"),
    *("pain_after", "tenderness_after", "other_side_after", "peak_discomfort"),
    *("quality", "felt_in", "your_pain", "note"),
)


def without_other_side(form: AnswersForm) -> None:
    """Only who compared with the other side before is asked about it again."""
    for name in ("other_side_before", "other_side_after"):
        if name in form:
            del form[name]


def said_in(form: AnswersForm) -> dict[str, Any]:
    """What a form says of all it asks, by column; None is blank."""
    said = {name: form[name].data for name in ASKED if name in form}
    said |= {"felt_in": said["felt_in"] or [], "note": said["note"] or ""}
    if isinstance(form, LogForm) and "day" in form:
        said |= _by_hand(form)
    return said


def _by_hand(form: LogForm) -> dict[str, Any]:
    level = form.peak_level.data
    return {
        "started_at": form.started_at,
        "ended_at": form.ended_at,
        "local_date": form.day.data,
        "peak_level": int(level) if level else None,
    }


def fill(massage: MassageSession, said: Mapping[str, Any]) -> None:
    """Keep what was said, by column."""
    for name, value in said.items():
        setattr(massage, name, value)
    if "started_at" in said:  # the person said when it was
        massage.clock_uncertain = False
        massage.start_as_sent = massage.end_as_sent = None
