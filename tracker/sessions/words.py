"""The codes of a session as sentences in the reader's language."""

from collections.abc import Iterable

from tracker.dates import day, length
from tracker.language import N_
from tracker.language import gettext as _
from tracker.sessions.document import QUALITIES, YOUR_PAIN
from tracker.sessions.dose import Due, DueReason, DueState
from tracker.sessions.itinerary import Note
from tracker.sessions.opening import Reason
from tracker.sessions.protocol import LEVELS, Plan
from tracker.sessions.rules import RULES
from tracker.spots.catalog import catalog
from tracker.spots.content import groups

ENDED = {
    "user": N_("Stopped"),
    "sharp": N_("Stopped, sharp"),
    "nerve": N_("Stopped, numb or shooting"),
    "pulse": N_("Stopped, pulsing"),
    "discomfort": N_("Stopped, too much"),
    "emergency": N_("Stopped, unwell"),
    "away": N_("Cut short"),
}
NOT_NOW = {
    DueReason.ONE_A_DAY: N_("Once a day on each side is enough. Come back %(when)s."),
    DueReason.MIN_HOURS: N_("Give it at least %(hours)s hours. Come back %(when)s."),
    DueReason.DAY_PRESSURE: N_("That was all the pressure for one day here. Come back %(when)s."),
    DueReason.WORSE_TODAY: N_(
        "Pain rose over a session today, so no more spots today. Come back %(when)s."
    ),
    DueReason.PAUSED: N_(
        "It was sore for long, bruised, or hurt more on the days after, so this spot has a week"
        " of rest. Come back %(when)s."
    ),
    DueReason.NERVE_TWICE: N_(
        "There was numbness, tingling or shooting pain twice here, so this spot has four weeks "
        "of rest. "
        "Ask a clinician about it. Come back %(when)s."
    ),
    DueReason.REST_AFTER_SORE: N_(
        "It was sore for long after the last one, or hurt more the day after,"
        " so a day more of rest: %(when)s."
    ),
    DueReason.REST: N_("Two days between sessions here suit most people: %(when)s."),
    DueReason.OWN_RHYTHM: N_("By the days you set between sessions here: %(when)s."),
    DueReason.REST_AFTER_WORSE: N_(
        "Pain was higher after the last one, so a day more of rest: %(when)s."
    ),
    DueReason.WEEK: N_("Five sessions in a week are enough here: %(when)s."),
}


def level_word(level: int) -> str:
    return _(LEVELS[level])


def side_choices(sides: tuple[str, ...]) -> list[tuple[str, str]]:
    words = {"left": _("Left"), "right": _("Right"), "middle": _("Middle")}
    return [(side, words[side]) for side in sides]


def tool_choices(tools: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(tool, _(catalog().tools[tool].label)) for tool in tools]


def tool_word(tool: str | None) -> str | None:
    known = catalog().tools.get(tool or "")
    return _(known.label) if known else tool


def region_choices(regions: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(region, _(catalog().regions[region].label)) for region in regions]


def regions_without(own: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every other region, by part of the body, each part with its name."""
    known = {*own}
    return [
        (_(group.label), others)
        for group, regions in groups(catalog()).items()
        if (others := region_choices(tuple(r.id for r in regions if r.id not in known)))
    ]


def quality_choices() -> list[tuple[str, str]]:
    words = (
        _("Good ache"),
        _("Neutral"),
        _("Sharp or hot"),
        _("Numb, tingling or shooting"),
        _("Pulsing"),
    )
    return list(zip(QUALITIES, words, strict=True))


def your_pain_choices() -> list[tuple[str, str]]:
    return list(zip(YOUR_PAIN, (_("Yes"), _("Partly"), _("No")), strict=True))


def span_of(plan: Plan) -> str:
    """Where a session opens and how far it may go: "opens at Touch, up to Light"."""
    if plan.start == plan.target:
        return _("stays at %(level)s", level=level_word(plan.start))
    return _(
        "opens at %(start)s, up to %(target)s",
        start=level_word(plan.start),
        target=level_word(plan.target),
    )


def reason(plan: Plan) -> str:
    """Why the plan starts where it starts, in one sentence."""
    values = plan.reason_values
    when = day(values.last_date, "EEEE d MMMM") if values.last_date else ""
    last = level_word(values.stayed) if values.stayed else ""
    return {
        Reason.FIRST: _("The first two sessions at a spot are gentle, to get to know it."),
        Reason.SECOND: _("The second session at a spot is still gentle."),
        Reason.LONG_BREAK: _("It has been more than four weeks, so it starts afresh."),
        Reason.BREAK: _("It has been more than two weeks, so it goes one level less far."),
        Reason.STAYED: _stayed(last, when, one_below=plan.start + 1 == values.stayed),
        Reason.NOTHING_STAYED: _(
            "No hold stayed comfortable on %(day)s, so this stays at Touch.", day=when
        ),
        Reason.TOOL_UP: _("A firmer tool than last time, so it goes one level less far."),
        Reason.SHARP: _("It turned sharp last time, so this one is gentle."),
        Reason.NERVE: _(
            "There was numbness, tingling or shooting pain last time, so this one is gentle."
        ),
        Reason.DISCOMFORT: _("It was too much last time, so this one is gentle."),
        Reason.WORSE: _("Pain was higher after the last session, so this goes less far."),
        Reason.PAUSED: _(
            "Last time it was sore for long, bruised, or hurt more on the days after,"
            " so this one is gentle."
        ),
        Reason.LONG_SORE: _(
            "It was sore for long after the last session, or hurt more the day after,"
            " so this goes less far."
        ),
        Reason.RAISED: _(
            "Your choice: one level more, after two comfortable sessions. It opens where it did."
        ),
        Reason.HELD: _(
            "Your test holds the target at %(level)s, so that its days can be compared.",
            level=level_word(plan.target),
        ),
        Reason.GENTLE_ONLY: _("You chose gentle only, so it never goes above Light."),
        Reason.KEPT_GENTLE: _(
            "What you told Sweetspot keeps it gentle, so it never goes above Light."
        ),
    }[plan.reason]


def _stayed(level: str, when: str, *, one_below: bool) -> str:
    if one_below:
        return _(
            "%(level)s stayed comfortable on %(day)s; this opens one level below.",
            level=level,
            day=when,
        )
    return _("%(level)s stayed comfortable on %(day)s.", level=level, day=when)


def due_sentence(due: Due) -> str | None:
    """What stands against starting now, or None where nothing does."""
    if due.reason is DueReason.NOT_NORMAL:
        return _("Wait until it feels fully normal again. Until then, do not press here.")
    if due.reason is DueReason.BRUISE:
        return _("There is a bruise here. Do not press until it is gone.")
    if due.reason is DueReason.TEST:
        return _("Your test keeps today without massage here. A session would count as one more.")
    if due.next_at is None:
        return None
    if due.untold:
        return come_back_why(due)
    return _(NOT_NOW[due.reason], when=_moment(due), hours=RULES.dose.min_hours)


def come_back_why(due: Due) -> str:
    """Why the next session is best on that day; of a test's days, that they are told one by one."""
    why = {
        DueReason.MIN_HOURS: _("Give it at least %(hours)s hours.", hours=RULES.dose.min_hours),
        DueReason.WORSE_TODAY: _("Pain rose over a session today, so no more spots today."),
        DueReason.REST: _("Two days between sessions at this spot."),
        DueReason.OWN_RHYTHM: _("By the days you set between sessions here."),
        DueReason.REST_AFTER_WORSE: _("A day more than usual, as pain was higher afterwards."),
        DueReason.REST_AFTER_SORE: _(
            "A day more than usual, as it was sore for long, or hurt more the day after."
        ),
        DueReason.PAUSED: _(
            "A week of rest, as it was sore for long, bruised, or hurt more on the days after."
        ),
        DueReason.BRUISE: _("Not before the bruise is gone."),
        DueReason.NERVE_TWICE: _(
            "Four weeks of rest, as there was numbness, tingling or shooting pain twice."
        ),
        DueReason.WEEK: _("Five sessions a week are enough at this spot."),
    }.get(due.reason, _("Once a day on each side is enough."))
    told_daily = _("Your test says each day whether there is a massage.")
    return f"{why} {told_daily}" if due.untold else why


def _moment(due: Due) -> str:
    assert due.next_at is not None
    weeks_off = due.reason in {DueReason.PAUSED, DueReason.NERVE_TWICE}
    whole_day = weeks_off or due.next_at.hour == due.next_at.minute == 0
    time = due.next_at.strftime("%H:%M")
    if due.state is DueState.SOON:
        if due.is_later_today:
            return _("today after %(time)s", time=time)
        return day(due.next_at.date(), "EEEE d MMMM")
    if whole_day:
        return _("on %(day)s", day=day(due.next_at.date(), "EEEE d MMMM"))
    return _(
        "on %(day)s after %(time)s",
        day=day(due.next_at.date(), "EEEE"),
        time=time,
    )


def ended_word(ended_by: str | None) -> str | None:
    """What ended a session early, for a row of the history; None when it went to its end."""
    return _(ENDED[ended_by]) if ended_by in ENDED else None


def advice_after(ended_by: str | None, quality: str | None) -> tuple[str, list[str]] | None:
    """What to do now: by how it ended, else by what it felt like, said on After or by hand."""
    felt = {"numb_tingle_electric": "nerve", "pulsing": "pulse"}
    return ended_advice(ended_by) or ended_advice(felt.get(quality or ""))


def ended_advice(ended_by: str | None) -> tuple[str, list[str]] | None:
    """What to do now after a session that ended for a reason: a heading and sentences."""
    return {
        "nerve": (
            _("Numb, tingling or shooting pain: this spot is over for today."),
            [
                _("Let go and move gently. Do not press here again today."),
                _(
                    "If feeling is not back to normal in 15 minutes, or anything is weak, "
                    "get urgent medical advice."
                ),
            ],
        ),
        "sharp": (
            _("Sharp three times: enough for today."),
            [_("The next session here is gentle and goes one level less far.")],
        ),
        "pulse": (
            _("A pulse under the finger: do not press there."),
            [_("Another time, stay away from where you felt it.")],
        ),
        "discomfort": (
            _("Too much is a good reason to stop."),
            [_("The next session here is gentle.")],
        ),
        "emergency": (
            _("Call your local emergency number now."),
            [
                _(
                    "Dizzy, faint, weak, seeing double, slurred speech, a drooping face, chest "
                    "pressure or breathless: this needs help, not massage."
                ),
                _("Sit or lie down. Do not drive yourself. Tell someone near you."),
            ],
        ),
    }.get(ended_by or "")


def itinerary_note(note: Note, total_s: int) -> str:
    """What is worth a word before several spots in one go."""
    if note is Note.LONG:
        minutes = RULES.dose.session_minutes
        return _(
            "Together this takes %(time)s. %(n)s minutes in one go are enough for most people.",
            time=length(total_s),
            n=minutes,
        )
    return _(
        "More than %(n)s of these are new. One or two at a time tell you more about each.",
        n=RULES.dose.new_spots_per_session,
    )
