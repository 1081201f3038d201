"""The words templates need: each turns a loaded value into a sentence or a list of pairs."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, url_for
from flask_login import current_user

from tracker.dates import day, length
from tracker.language import N_, ngettext
from tracker.language import gettext as _
from tracker.sessions import words
from tracker.sessions.basis import OF_DUE, OF_PLAN, parts
from tracker.sessions.counts import Counted
from tracker.sessions.models import MassageSession
from tracker.sessions.protocol import Plan
from tracker.spots.catalog import catalog
from tracker.spots.queries import AnySpot


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        change_words=change_words,
        clock_words=clock_words,
        come_back_why=words.come_back_why,
        day_words=day_words,
        length_words=length,
        level_choices=level_choices,
        level_word=words.level_word,
        local_day=local_day,
        basis_of_due=lambda due: basis_words(OF_DUE[due.reason]),
        basis_of_plan=lambda plan: basis_words(OF_PLAN[plan.reason]),
        counted_words=counted_words,
        plan_reason=words.reason,
        plan_span=plan_span,
        pressed=pressed,
        session_facts=session_facts,
        side_choices=words.side_choices,
        spot_links=spot_links,
        tool_choices=words.tool_choices,
        translated_all=translated_all,
    )


def basis_words(basis: str) -> list[str]:
    """Where a rule comes from, a sentence for each source."""
    alone = {
        "article": _("From the article."),
        "source": _("From published work."),
        "judgement": _("This app's own judgement."),
    }
    named = {
        "article": N_("From the article: %(what)s."),
        "source": N_("From published work: %(what)s."),
        "judgement": N_("This app's own judgement: %(what)s."),
    }
    return [_(named[kind], what=_(what)) if what else alone[kind] for kind, what in parts(basis)]


def counted_words(counted: Counted, limit_s: int) -> list[tuple[str, str]]:
    """What this spot and side had so far, name and value; Touch is no pressure."""
    today, week = clock_words(counted.pressure_today), clock_words(counted.pressure_in_week)
    times = ngettext("%(num)d session", "%(num)d sessions", counted.sessions_in_week)
    facts = [
        (_("Pressure today"), _("%(s)s of %(most)s", s=today, most=clock_words(limit_s))),
        (_("Pressure this week"), _("%(s)s in %(sessions)s", s=week, sessions=times)),
    ]
    if counted.week[0]:
        facts.append((_("Touch this week"), clock_words(counted.week[0])))
    return facts


def day_words(value: date, pattern: str = "EEEE d MMMM y") -> str:
    return day(value, pattern)


def change_words(before: int | None, after: int | None) -> str:
    """A score before and after, for those who hear it; a blank is said, never zero."""
    return _(
        "before: %(before)s, after: %(after)s",
        before=_("no answer") if before is None else before,
        after=_("no answer") if after is None else after,
    )


def clock_words(seconds: int) -> str:
    """Seconds as a clock shows them: "3:10"."""
    return f"{seconds // 60}:{seconds % 60:02}"


def level_choices(levels: Iterable[str]) -> list[tuple[str, str]]:
    """Each level with its number and its word: ("2", "2 Light")."""
    return [(level, f"{level} {words.level_word(int(level))}") for level in levels]


def pressed(massage: MassageSession) -> str:
    """How long at which level: "This time: 40 s at Light"."""
    seconds = {level: getattr(massage, f"level_{level}_s") or 0 for level in (4, 3, 2, 1)}
    level = next((level for level, s in seconds.items() if s), None)
    if level is None:
        return ""
    return _(
        "This time: %(length)s at %(level)s.",
        length=length(seconds[level]),
        level=words.level_word(level),
    )


def local_day(moment: datetime) -> str:
    """The day a moment falls on for the person reading."""
    return day(moment.astimezone(ZoneInfo(current_user.time_zone)).date(), "d MMMM y")


def plan_span(plan: Plan) -> str:
    text = words.span_of(plan)
    return text[:1].upper() + text[1:] + "."


def translated_all(texts: Iterable[str]) -> list[str]:
    return [_(text) for text in texts]


def spot_links(spots: Iterable[AnySpot], chosen: str | None) -> list[tuple[str, str, bool]]:
    """Filter pills for the history."""
    return [
        (spot.name, url_for("sessions.index", spot=spot.id), spot.id == chosen) for spot in spots
    ]


def session_facts(massage: MassageSession) -> list[tuple[str, str]]:
    """What is known of a session, name and value; what is blank is left out."""
    zone = ZoneInfo(massage.time_zone)
    start = f"{massage.started_at.astimezone(zone):%H:%M}"
    end = f"{massage.ended_at.astimezone(zone):%H:%M}" if massage.ended_at else None
    regions = catalog().regions
    facts: list[tuple[str, str | None]] = [
        (_("Time"), _("%(start)s to %(end)s", start=start, end=end) if end else start),
        (_("Firmest level"), _level(massage.peak_level)),
        (_("Stayed comfortable at"), _level(massage.stayed_level or None)),
        (_("At Touch"), length(massage.level_1_s) if massage.level_1_s else None),
        (_("Pressure"), length(massage.pressure_s) if massage.pressure_s else None),
        (_("With what"), words.tool_word(massage.tool)),
        (_("Ended"), words.ended_word(massage.ended_by)),
        (_("Tenderness, other side"), _other_side(massage)),
        (_("Strongest discomfort"), _number(massage.peak_discomfort)),
        (_("Felt like"), dict(words.quality_choices()).get(massage.quality or "")),
        (_("Felt in"), ", ".join(_(regions[r].label) for r in massage.felt_in if r in regions)),
        (_("Your pain"), dict(words.your_pain_choices()).get(massage.your_pain or "")),
        *_next_day(massage),
    ]
    return [(name, value) for name, value in facts if value]


def _other_side(massage: MassageSession) -> str | None:
    before, after = massage.other_side_before, massage.other_side_after
    return None if before is None and after is None else change_words(before, after)


def _next_day(massage: MassageSession) -> list[tuple[str, str | None]]:
    bruise = _("Yes, gone by now") if massage.bruise_gone else _yes_no(massage.bruise)
    return [
        (_("Soreness the next day"), _number(massage.next_day_soreness)),
        (_("Still sore then"), _yes_no(massage.still_sore)),
        (_("Still sore after two days"), _yes_no(massage.still_sore_48)),
        (_("Bruise"), bruise),
    ]


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else _("Yes") if answer else _("No")


def _level(level: int | None) -> str | None:
    return None if level is None else f"{level} {words.level_word(level)}"


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
