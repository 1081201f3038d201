"""The fair test and the quick look in plain words, with what they cannot show."""

from collections.abc import Set
from datetime import date
from math import ceil, floor

from tracker.language import gettext as _
from tracker.language import ngettext
from tracker.progress.adherence import Done
from tracker.progress.fair_test import PAIRS, TEST_DAYS
from tracker.progress.nap import Overlap
from tracker.progress.outcome import Outcome, outcome
from tracker.progress.plans import Plan
from tracker.progress.quick_look import ENOUGH, LOOK_DAYS, PHASE_DAYS, QuickLook, quick_look
from tracker.progress.sentences import Said, number
from tracker.progress.statistics import Spread
from tracker.progress.weeks import Diary


def about_test(
    plan: Plan,
    stopped: date | None,
    diary: Diary,
    today: date,
    medicine: Set[date] = frozenset(),
) -> Said:
    """The words above a test of either kind; `stopped` is its last day where it was ended.

    medicine: the dates on which a change of medicine was noted.
    """
    if plan.kind == "fair":
        return about_fair_test(outcome(plan.test(stopped), diary, today, medicine))
    if stopped:
        days = max(0, (min(stopped, plan.last) - plan.start).days + 1)
        return Said(
            ngettext(
                "Stopped after %(num)s day: nothing is compared.",
                "Stopped after %(num)s days: nothing is compared.",
                days,
            ),
            _unfinished(),
        )
    return about_quick_look(quick_look(plan.start, diary, today))


def in_a_line(plan: Plan, stopped: date | None, diary: Diary, today: date) -> str:
    """What came of a test, for somebody else to read: the sentence, and the means of a verdict.

    Nothing of medicine: what else there was on a day is for its owner to choose.
    """
    if plan.kind == "fair":
        found = outcome(plan.test(stopped), diary, today)
        if found.kind in {"less", "unclear"}:
            return f"{_theirs(found)} {_numbers(found)[0]}"
    elif not stopped:
        look = quick_look(plan.start, diary, today)
        if look.overlap and not look.done.as_planned:
            return f"{about_quick_look(look).sentence} {_but(look.done)}"
    return about_test(plan, stopped, diary, today).sentence


def _theirs(found: Outcome) -> str:
    if not found.done.as_planned:
        return f"{_as_drawn(found)} {_but(found.done)}"
    if found.kind == "less":
        return _("The ratings were lower in the blocks with massage.")
    if found.difference and found.difference > 0:
        return _("The ratings were not lower in the blocks with massage.")
    return about_fair_test(found).sentence


def about_fair_test(found: Outcome) -> Said:
    """The words above a fair test: how far it is, or what came of it."""
    if found.kind == "running":
        return _running(found)
    if found.kind == "stopped":
        sentence = _(
            "Stopped after %(num)s of %(all)s days: there is no verdict.",
            num=found.day,
            all=TEST_DAYS,
        )
        return Said(sentence, _unfinished(), _again(), _numbers(found))
    if found.kind == "gaps":
        return _gaps(found)
    return _verdict(found)


def about_quick_look(found: QuickLook) -> Said:
    """The words above a quick look: two medians, and how it was kept."""
    caveat = _(
        "This only describes two stretches of time. It does not show cause:"
        " ratings also rise and fall on their own."
    )
    surer = _("A fair test, with an order drawn by lot, can say more.")
    kept = _kept(found.done, found.rated, LOOK_DAYS)
    if not found.overlap or not found.without or not found.with_massage:
        return Said(_looking(found), caveat, surer, (kept,) if found.over else ())
    sentence = _medians(found.without, found.with_massage, found.done)
    if not found.done.as_planned:
        caveat = f"{_but(found.done)} {caveat}"
    return Said(sentence, caveat, surer, (_pairs(found.overlap), kept))


def _medians(without: Spread, with_massage: Spread, done: Done) -> str:
    medians = {"without": number(without.median), "with_massage": number(with_massage.median)}
    rated = {"before": without.count, "after": with_massage.count}
    if not done.as_planned:
        return _(
            "The median was %(without)s in the first two weeks (%(before)s days rated)"
            " and %(with_massage)s in the last two (%(after)s).",
            **medians,
            **rated,
        )
    return _(
        "The median was %(without)s in two weeks without massage (%(before)s days rated)"
        " and %(with_massage)s in two with it (%(after)s).",
        **medians,
        **rated,
    )


def _looking(found: QuickLook) -> str:
    if not found.over:
        return _("Day %(day)s of %(all)s.", day=found.day, all=LOOK_DAYS)
    return _(
        "Too few ratings to compare: each %(days)s days need %(enough)s.",
        days=PHASE_DAYS,
        enough=ENOUGH,
    )


def _running(found: Outcome) -> Said:
    sentence = _(
        "Day %(day)s of %(all)s. Rated so far: %(rated)s.",
        day=found.day,
        all=TEST_DAYS,
        rated=found.rated,
    )
    caveat = _("Nothing is compared before the end: looking early can sway how you rate.")
    left = TEST_DAYS - found.day
    surer = ngettext("%(num)s more day to go.", "%(num)s more days to go.", left) if left else None
    return Said(sentence, caveat, surer)


def _gaps(found: Outcome) -> Said:
    sentence = ngettext(
        "No verdict: %(num)s block of the test has no rating that counts.",
        "No verdict: %(num)s blocks of the test have no rating that counts.",
        found.empty,
    )
    caveat = _(
        "Without ratings in all %(num)s pairs of blocks,"
        " it cannot tell a difference from ups and downs.",
        num=PAIRS,
    )
    return Said(sentence, caveat, _again(), _numbers(found))


def _verdict(found: Outcome) -> Said:
    if not found.done.as_planned:
        return _about_the_draw(found)
    if found.kind == "less":
        return _less(found)
    numbers = (*_medicine(found), *_numbers(found))
    if found.difference and found.difference > 0:
        sentence = _("Your ratings were not lower in the blocks with massage.")
        caveat = _("That does not show why.")
        return Said(sentence, f"{caveat} {_six_weeks()}", _again(), numbers)
    sentence = _("No clear difference between the blocks with massage and without.")
    weight = _("If massage made no difference, an order drawn by lot could well show as much.")
    return Said(sentence, f"{_missed()} {_six_weeks()}", _again(), (*numbers, weight))


def _less(found: Outcome) -> Said:
    sentence = _("Your ratings were lower in the blocks with massage.")
    caveat = _(
        "Less pain went along with massage of this spot. That does not show which tissue hurts"
        " or why, and you knew which block was which."
    )
    weight = _("If massage made no difference, an order drawn by lot would seldom show as much.")
    more = (*_medicine(found), *_numbers(found), weight, _size(found))
    return Said(sentence, caveat, _again(), more)


def _about_the_draw(found: Outcome) -> Said:
    """A verdict on what was drawn alone, where what was done is something else."""
    more = (*_medicine(found), *_numbers(found))
    if found.kind == "less":
        weight = _("If the draw made no difference, another order would seldom show as much.")
        more = *more, weight
    return Said(_as_drawn(found), _but(found.done), _again(), more)


def _as_drawn(found: Outcome) -> str:
    if found.kind == "less":
        return _("The ratings were lower in the blocks drawn for massage.")
    if found.difference and found.difference > 0:
        return _("The ratings were not lower in the blocks drawn for massage.")
    return _("No clear difference between the blocks drawn for massage and the others.")


def _but(done: Done) -> str:
    return _(
        "But there was a session on %(kept)s of the %(due)s planned days, and on %(against)s of"
        " those meant to be without: this says little about massage.",
        kept=done.kept,
        due=done.due,
        against=done.against,
    )


def _medicine(found: Outcome) -> tuple[str, ...]:
    with_massage, without = found.changed
    if not with_massage + without:
        return ()
    sentence = _(
        "Of the days that count, a change of medicine was noted on %(with_massage)s in blocks drawn"
        " for massage and on %(without)s in the others: that alone can move the ratings.",
        with_massage=with_massage,
        without=without,
    )
    return (sentence,)


def _missed() -> str:
    """As simulated for this design: 68 to 78 of 100 miss 1 point, 22 to 39 miss 2.

    The more, the more days resemble each other; `python -m bench.false_alarms` does it again.
    """
    return _(
        "That does not show that there is none: of ten such tests, about seven miss a difference"
        " of 1 point and three or four miss one of 2 points."
    )


def _six_weeks() -> str:
    return _("If it does not help after six weeks, stopping is a sensible choice.")


def _size(found: Outcome) -> str:
    if found.noticing:
        return _("In groups, 2 points and 30 percent count as worth noticing; this is as much.")
    return _("In groups, 2 points and 30 percent count as worth noticing; this is less.")


def _numbers(found: Outcome) -> tuple[str, ...]:
    """The means, the pairs and how the plan was kept."""
    kept = _kept(found.done, found.rated, found.day)
    if not found.means or not found.overlap:
        return (kept,)
    with_massage, without = (number(float(mean)) for mean in found.means)
    means = _(
        "The mean was %(with_massage)s in blocks drawn for massage and %(without)s in the others,"
        " their first days left out.",
        with_massage=with_massage,
        without=without,
    )
    if found.complete < PAIRS:
        counted = {"num": found.complete, "all": PAIRS}
        fewer = _(
            "Only pairs with ratings in both blocks are counted: %(num)s of %(all)s.", **counted
        )
        means = f"{means} {fewer}"
    return means, _pairs(found.overlap), kept


def _kept(done: Done, rated: int, days: int) -> str:
    return _(
        "Days with a session: %(kept)s of %(due)s planned, others %(extra)s."
        " Rated days: %(rated)s of %(days)s.",
        kept=done.kept,
        due=done.due,
        extra=done.extra,
        rated=rated,
        days=days,
    )


def _pairs(overlap: Overlap) -> str:
    return _(
        "Put one day of the time planned with massage beside one of the time without: of ten such"
        " pairs, about %(num)s have the lower rating where massage was planned (%(low)s to"
        " %(high)s, or more widely if days resemble each other). Equal ratings count half.",
        num=round(10 * overlap.nap),
        low=floor(10 * overlap.low),
        high=ceil(10 * overlap.high),
    )


def _unfinished() -> str:
    return _("Unfinished, it cannot tell a difference from ups and downs.")


def _again() -> str:
    return _("Another test, with an order drawn anew, would make it surer.")
