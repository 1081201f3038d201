"""What a form says becomes what a session keeps."""

from tracker.sessions.forms import AnswersForm, LogForm
from tracker.sessions.models import MassageSession


def without_other_side(form: AnswersForm) -> None:
    """Only who compared with the other side before is asked about it again."""
    for name in ("other_side_before", "other_side_after"):
        if name in form:
            del form[name]


def answer(massage: MassageSession, form: AnswersForm) -> None:
    if form.tenderness_after:
        massage.tenderness_after = form.tenderness_after.data
    if form.other_side_after:
        massage.other_side_after = form.other_side_after.data
    if form.pain_after:
        massage.pain_after = form.pain_after.data
    massage.peak_discomfort = form.peak_discomfort.data
    massage.quality = form.quality.data
    massage.felt_in = form.felt_in.data or []
    massage.your_pain = form.your_pain.data
    massage.note = form.note.data or ""


def answer_all(massage: MassageSession, form: LogForm) -> None:
    answer(massage, form)
    massage.side = form.side.data
    massage.pain_before = form.pain_before.data
    if form.tenderness_before:
        massage.tenderness_before = form.tenderness_before.data
    if form.other_side_before:
        massage.other_side_before = form.other_side_before.data


def fill(massage: MassageSession, form: LogForm, zone: str) -> None:
    answer_all(massage, form)
    massage.spot_id = form.spot.data
    massage.started_at = form.started_at
    massage.ended_at = form.ended_at
    massage.clock_uncertain = False  # the person said when it was
    massage.start_as_sent = massage.end_as_sent = None
    massage.time_zone = massage.time_zone or zone
    massage.local_date = form.day.data
    massage.tool = form.tool.data
    massage.peak_level = int(form.peak_level.data) if form.peak_level.data else None
