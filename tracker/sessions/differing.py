"""What a session was changed in, as words: where two changes of it met."""

from collections.abc import Iterable

from tracker.language import gettext as _


def differed_in(columns: Iterable[str]) -> str:
    """What to tell whoever changed something that was changed elsewhere meanwhile."""
    known = column_words() | {
        "started_at": _("when it was"),
        "tool": _("with what"),
        "peak_level": _("the firmest level"),
    }
    names = ", ".join(dict.fromkeys(known[name] for name in columns))
    told = _(
        "This was changed elsewhere, too, and differed in: %(fields)s. What you said here was "
        "kept.",
        fields=names,
    )
    return f"{told} {notes_joined()}" if "note" in columns else told


def notes_joined() -> str:
    return _("Of the notes both were kept, one under the other.")


def column_words() -> dict[str, str]:
    """What a person says of a session, by column."""
    return {
        "side": _("the side"),
        "pain_before": _("pain before"),
        "tenderness_before": _("tenderness before"),
        "other_side_before": _("the other side before"),
        "pain_after": _("pain afterwards"),
        "tenderness_after": _("tenderness afterwards"),
        "other_side_after": _("the other side afterwards"),
        "peak_discomfort": _("the strongest discomfort"),
        "quality": _("what it felt like"),
        "felt_in": _("where it was felt"),
        "your_pain": _("whether it was your pain"),
        "note": _("the note"),
        "next_day_at": _("the day after"),
        "next_day_soreness": _("the day after"),
        "still_sore": _("the day after"),
        "bruise": _("the day after"),
        "still_sore_48_at": _("two days after"),
        "still_sore_48": _("two days after"),
        "bruise_gone": _("two days after"),
    }
