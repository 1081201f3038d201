"""The report's numbers in the words a therapist reads, and as short."""

from datetime import date

from tracker.checkins.words import change_words
from tracker.dates import day
from tracker.days.words import region_place
from tracker.language import N_, ngettext
from tracker.language import gettext as _
from tracker.progress.fair_sentences import in_a_line
from tracker.progress.sentences import number
from tracker.progress.statistics import Spread
from tracker.sessions.words import level_word
from tracker.sharing.report_days import Listed
from tracker.sharing.report_overall import Overall
from tracker.sharing.report_tests import Tested
from tracker.sharing.reports import Report
from tracker.sharing.summary import Afterwards, Pair, Rhythm, SpotSide
from tracker.spots.words import place

__all__ = ["number", "place", "region_place"]

LONG = "d MMM y"
STOPS = {
    "user": N_("by choice"),
    "sharp": N_("sharp or hot"),
    "nerve": N_("numb or tingling"),
    "pulse": N_("pulsing"),
    "discomfort": N_("too much"),
    "emergency": N_("unwell"),
    "away": N_("cut short"),
}


def days_between(first: date, last: date) -> str:
    return _("%(first)s to %(last)s", first=day(first, LONG), last=day(last, LONG))


def plan_words(rhythm: Rhythm | None) -> str:
    """What is planned at one spot: "every 2 days, up to Medium"."""
    if rhythm is None:
        return _("no plan")
    every = ngettext("every day", "every %(num)d days", rhythm.days_between)
    return _("%(every)s, up to %(level)s", every=every, level=level_word(rhythm.level))


def plan_line(report: Report) -> str:
    """The plan in a line: what holds for every spot, or from the closest to the widest."""
    rhythms = [each.rhythm for each, _spark in report.places if each.rhythm]
    if not rhythms:
        return _("no plan")
    days = sorted(rhythm.days_between for rhythm in rhythms)
    highest = max(rhythms, key=lambda rhythm: rhythm.level)
    if days[0] == days[-1]:
        return plan_words(highest)
    return _(
        "every %(least)s to %(most)s days at each spot, up to %(level)s",
        least=days[0],
        most=days[-1],
        level=level_word(highest.level),
    )


def done_of_planned(report: Report) -> str:
    if report.planned is None:
        return str(report.done)
    return _("%(done)s of %(planned)s planned", done=report.done, planned=report.planned)


def done_words(done: int, planned: int | None) -> str:
    if planned is None:
        return ngettext("%(num)d session", "%(num)d sessions", done)
    return _("%(done)s of %(planned)s", done=done, planned=planned)


def pair_words(pair: Pair | None) -> str:
    """The medians before and after: "6 → 4"."""
    if pair is None:
        return "–"
    return f"{number(pair.before)} → {number(pair.after)}"


def effort_words(found: SpotSide) -> str:
    """Minutes of pressure in a week, and the level most sessions went up to."""
    if found.minutes_a_week is None or found.level is None:
        return "–"
    minutes = number(found.minutes_a_week)
    return _("%(minutes)s min, %(level)s", minutes=minutes, level=level_word(found.level))


def spread_words(found: Spread | None, median: float | None) -> str:
    """The median, where there are enough ratings for one, and lowest to highest in brackets."""
    if found is None:
        return "–"
    reach = str(found.low) if found.low == found.high else f"{found.low}–{found.high}"
    return f"{number(median)} ({reach})" if median is not None else f"({reach})"


def stop_words(after: Afterwards) -> str:
    """Why sessions ended early, and how often."""
    if not after.stops:
        return _("none")
    return ", ".join(f"{_(STOPS.get(why, why))} ({count})" for why, count in after.stops)


def of_words(count: int, asked: int) -> str:
    """A count beside how often it was answered."""
    return _("%(count)s of %(asked)s answered", count=count, asked=asked)


def place_of(report: Report, spot_id: str, side: str) -> str:
    """A spot and side by name; the id of a spot that is gone."""
    spot = report.spots.get(spot_id)
    return place(spot.name, side) if spot else spot_id


def overall_words(found: Overall) -> str:
    """The steps in their words, the newest first."""
    days = tuple((on, change_words(step)) for on, step in found.steps)
    return listed_words(Listed(days, found.count))


def test_name(found: Tested) -> str:
    return _("Fair test") if found.course.plan.kind == "fair" else _("Quick look")


def kept_words(found: Tested) -> str:
    """How the plan was kept on the days that are shown, so far where it runs."""
    counts = {"kept": found.kept, "due": found.due, "others": found.others}
    if found.over:
        return _("Days with a session: %(kept)s of %(due)s planned, others %(others)s.", **counts)
    return _("Days with a session so far: %(kept)s of %(due)s, others %(others)s.", **counts)


def outcome_words(found: Tested, today: date) -> str:
    """What came of it, once it is over; how far it is until then."""
    course = found.course
    if not found.over:
        return _("Day %(day)s of %(all)s.", day=found.day, all=course.plan.days)
    if not found.inside:
        return _("Only some of its days are among these: what came of it is not shown.")
    return in_a_line(course.plan, found.stopped, course.diary, today)


def listed_words(found: Listed) -> str:
    """Days in a line, the newest first; of very many, how many more there are."""
    if not found.count:
        return _("none")
    shown = [_one(on, text) for on, text in found.days]
    if found.more:
        shown.append(ngettext("and %(num)d more day", "and %(num)d more days", found.more))
    return "; ".join(shown)


def _one(on: date, text: str) -> str:
    return f"{day(on, LONG)}: {text}" if text else day(on, LONG)
