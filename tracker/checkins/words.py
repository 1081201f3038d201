"""What an answer means now, in one calm sentence with its reason."""

from tracker.dates import day
from tracker.language import gettext as _
from tracker.sessions.dose import Due, DueReason
from tracker.sessions.next_day import NextDayRule


def meaning(
    rule: NextDayRule, due: Due, where: str, *, bruise: bool, later: bool = False
) -> str | None:
    """None where all goes on as planned, or was not answered; `where` is the spot and side.

    later: there was a session since, by which the next one goes; only a pause outlasts it.
    """
    if rule is NextDayRule.PAUSE and due.reason is DueReason.BRUISE:
        return _(
            "%(where)s: leave it alone until the bruise is gone. If you bruise easily or take "
            "blood thinners, ask a clinician about it.",
            where=where,
        )
    if rule is NextDayRule.PAUSE and due.reason is DueReason.PAUSED and due.next_at:
        sore = _("very sore, sore for long, or it hurt more on the days after")
        return _(
            "%(where)s: %(why)s, so it rests until %(day)s and then starts gently. Ask a "
            "clinician about it, above all if you take blood thinners: then put that on your list "
            "under You.",
            where=where,
            why=_("there was a bruise") if bruise else sore,
            day=day(due.next_at.date(), "EEEE d MMMM"),
        )
    if later:
        return None
    if rule is NextDayRule.LONG_OR_WORSE:
        return _(
            "%(where)s: very sore, sore for long, or it hurt more the day after, so it gets a day "
            "more of rest, and the next session goes one level less far.",
            where=where,
        )
    if rule is NextDayRule.MODERATE:
        return _("%(where)s: a little sore, so the next session goes no further.", where=where)
    return None


def change_words(step: int) -> str:
    """One of the seven steps of the overall change."""
    return {
        1: _("Very much improved"),
        2: _("Much improved"),
        3: _("Minimally improved"),
        4: _("No change"),
        5: _("Minimally worse"),
        6: _("Much worse"),
        7: _("Very much worse"),
    }[step]
