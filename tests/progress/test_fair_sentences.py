"""The words on a fair test and a quick look, and what they never say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.progress.in_words import DIRECTION, NEVER, texts
from tracker.progress.adherence import Done
from tracker.progress.fair_sentences import (
    about_fair_test,
    about_quick_look,
    about_test,
    in_a_line,
)
from tracker.progress.fair_test import FairTest
from tracker.progress.nap import Overlap
from tracker.progress.outcome import Outcome, Pair, outcome
from tracker.progress.plans import Plan
from tracker.progress.quick_look import quick_look
from tracker.progress.sentences import Said
from tracker.progress.weeks import Diary

pytestmark = pytest.mark.usefixtures("speaking")
MONDAY = date(2026, 9, 7)
ratings = st.dictionaries(
    st.integers(0, 60).map(lambda at: MONDAY + timedelta(days=at)), st.integers(0, 10)
)

WITH = [at + day for at in range(0, 48, 8) for day in (0, 2)]  # where massage is always first
KEPT = "Days with a session: 12 of 12 planned, others 0. Rated days: 41 of 48."
BOTH, NONE = (Pair((4,), (6,)),), (Pair((), ()),)
LOWER = Outcome(
    kind="less",
    day=48,
    rated=41,
    pairs=BOTH * 6,
    means=(Fraction(15, 4), Fraction(35, 6)),  # 3.75 and 5.83: by 2.1 and 36 percent
    overlap=Overlap(0.84, 0.71, 0.93),
    done=Done(kept=12, due=12),
)
MEANS = (
    "The mean was 3.8 in blocks drawn for massage and 5.8 in the others, their first days left out."
)
PAIRS = (
    "Put one day of the time planned with massage beside one of the time without: of ten such"
    " pairs, about 8 have the lower rating where massage was planned (7 to 10, or more widely if"
    " days resemble each other). Equal ratings count half."
)
AGAIN = "Another test, with an order drawn anew, would make it surer."


def test_a_test_that_came_out_lower():
    assert about_fair_test(LOWER) == Said(
        "Your ratings were lower in the blocks with massage.",
        "Less pain went along with massage of this spot. That does not show which tissue hurts"
        " or why, and you knew which block was which.",
        AGAIN,
        (
            MEANS,
            PAIRS,
            KEPT,
            "If massage made no difference, an order drawn by lot would seldom show as much.",
            "In groups, 2 points and 30 percent count as worth noticing; this is as much.",
        ),
    )


def test_a_small_difference_is_called_small():
    small = replace(LOWER, means=(Fraction(5), Fraction(6)))
    assert about_fair_test(small).more[-1] == (
        "In groups, 2 points and 30 percent count as worth noticing; this is less."
    )


def test_a_test_without_a_clear_difference():
    assert about_fair_test(replace(LOWER, kind="unclear")) == Said(
        "No clear difference between the blocks with massage and without.",
        "That does not show that there is none: of ten such tests, about seven miss a difference"
        " of 1 point and three or four miss one of 2 points."
        " If it does not help after six weeks, stopping is a sensible choice.",
        AGAIN,
        (
            *(MEANS, PAIRS, KEPT),
            "If massage made no difference, an order drawn by lot could well show as much.",
        ),
    )


def test_a_test_with_more_pain_says_so_without_a_verdict_on_that():
    more = replace(LOWER, kind="unclear", means=(Fraction(6), Fraction(5)))
    said = about_fair_test(more)
    assert said.sentence == "Your ratings were not lower in the blocks with massage."
    assert said.caveat == (
        "That does not show why."
        " If it does not help after six weeks, stopping is a sensible choice."
    )
    assert len(said.more) == 3


@pytest.mark.parametrize(
    ("done", "as_planned"),
    [
        (Done(12, 12, 0), True),
        (Done(6, 12, 5, 5), True),
        (Done(6, 12, 6, 6), False),  # as many in the blocks without
        (Done(12, 12, 12), True),  # more than planned, but where it was meant to be
        (Done(5, 12, 0), False),  # fewer than half
        (Done(4, 7, 3, 3), True),
        (Done(3, 7, 0), False),
        (Done(0, 12, 0), False),
        (Done(0, 12, 12, 12), False),
        (Done(12, 12, 12, 12), False),
    ],
)
def test_half_of_the_planned_sessions_and_fewer_others_are_as_planned(done, as_planned):
    assert done.as_planned is as_planned


LITTLE = (
    "But there was a session on 2 of the 12 planned days, and on 5 of those meant to be without:"
    " this says little about massage."
)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "The ratings were lower in the blocks drawn for massage."),
        (
            {"kind": "unclear"},
            "No clear difference between the blocks drawn for massage and the others.",
        ),
        (
            {"kind": "unclear", "means": (Fraction(6), Fraction(5))},
            "The ratings were not lower in the blocks drawn for massage.",
        ),
    ],
)
def test_where_little_was_done_as_planned_it_speaks_of_the_draw_alone(changes, sentence):
    said = about_fair_test(replace(LOWER, done=Done(2, 12, 5, 5), **changes))
    assert (said.sentence, said.caveat, said.surer) == (sentence, LITTLE, AGAIN)
    assert "Days with a session: 2 of 12 planned, others 5. Rated days: 41 of 48." in said.more
    for claim in ("went along with", "if massage made", "with massage and", "stopping"):
        assert claim not in texts(said).lower()


def test_the_weight_of_a_difference_is_then_that_of_the_draw():
    said = about_fair_test(replace(LOWER, done=Done(0, 12, 0)))
    assert said.more[-1] == (
        "If the draw made no difference, another order would seldom show as much."
    )


@pytest.mark.parametrize("changes", [{}, {"kind": "unclear"}, {"done": Done(2, 12, 5, 5)}])
def test_a_change_of_medicine_is_said_right_beside_the_verdict(changes):
    plain = replace(LOWER, **changes)
    said = about_fair_test(replace(plain, changed=(3, 0)))
    medicine = (
        "Of the days that count, a change of medicine was noted on 3 in blocks drawn for massage"
        " and on 0 in the others: that alone can move the ratings."
    )
    assert said.more == (medicine, *about_fair_test(plain).more)
    assert not NEVER.search(texts(said))


def test_a_test_that_was_stopped_shows_its_data():
    unfinished = "Unfinished, it cannot tell a difference from ups and downs."
    stopped = replace(LOWER, kind="stopped", day=20, rated=18, done=Done(5, 6, 1))
    kept = "Days with a session: 5 of 6 planned, others 1. Rated days: 18 of 20."
    sentence = "Stopped after 20 of 48 days: there is no verdict."
    stopped = replace(stopped, pairs=BOTH * 2 + (Pair((4,), ()), *NONE * 3))
    means = f"{MEANS} Only pairs with ratings in both blocks are counted: 2 of 6."
    assert about_fair_test(stopped) == Said(sentence, unfinished, AGAIN, (means, PAIRS, kept))
    nothing = replace(stopped, means=None, overlap=None)
    assert about_fair_test(nothing).more == (kept,)


@pytest.mark.parametrize(
    ("pairs", "blocks", "complete"),
    [
        ((Pair((4,), ()), *BOTH * 5), "1 block of the test has", 5),
        ((Pair((4,), ()), Pair((), (6,)), *BOTH * 4), "2 blocks of the test have", 4),
        ((*NONE, *BOTH * 5), "2 blocks of the test have", 5),
    ],
)
def test_a_finished_test_says_how_many_blocks_have_no_rating(pairs, blocks, complete):
    said = about_fair_test(replace(LOWER, kind="gaps", pairs=pairs))
    means = f"{MEANS} Only pairs with ratings in both blocks are counted: {complete} of 6."
    assert said == Said(
        f"No verdict: {blocks} no rating that counts.",
        "Without ratings in all 6 pairs of blocks, it cannot tell a difference from ups and downs.",
        AGAIN,
        (means, PAIRS, KEPT),
    )


def test_a_finished_test_without_any_rating_has_no_means():
    days_after = MONDAY + timedelta(days=48)
    said = about_fair_test(outcome(FairTest(MONDAY, (True,) * 6), Diary({}), days_after))
    assert said.sentence == "No verdict: 12 blocks of the test have no rating that counts."
    assert said.more == ("Days with a session: 0 of 12 planned, others 0. Rated days: 0 of 48.",)


def test_a_test_that_runs_says_how_far_it_is_and_no_number():
    running = about_fair_test(Outcome("running", day=12, rated=10, pairs=()))
    caveat = "Nothing is compared before the end: looking early can sway how you rate."
    assert running == Said("Day 12 of 48. Rated so far: 10.", caveat, "36 more days to go.")
    assert about_fair_test(Outcome("running", 47, 40, ())).surer == "1 more day to go."
    assert about_fair_test(Outcome("running", 48, 40, ())).surer is None


def looked(rated: Iterable[int], sessions: Iterable[int]) -> Diary:
    """6 in the first two weeks of a quick look, 4 in the last two; by days from 0."""
    ratings = {MONDAY + timedelta(days=at): 6 if at < 14 else 4 for at in rated}
    return Diary(ratings, frozenset(MONDAY + timedelta(days=at) for at in sessions))


def about_look(*went: Iterable[int]) -> Said:
    return about_quick_look(quick_look(MONDAY, looked(*went), MONDAY + timedelta(days=28)))


def test_a_quick_look_only_describes():
    assert about_look(range(28), range(14, 28, 2)) == Said(
        "The median was 6 in two weeks without massage (14 days rated) and 4 in two with it (14).",
        "This only describes two stretches of time. It does not show cause:"
        " ratings also rise and fall on their own.",
        "A fair test, with an order drawn by lot, can say more.",
        (
            "Put one day of the time planned with massage beside one of the time without: of ten"
            " such pairs, about 10 have the lower rating where massage was planned (8 to 10, or"
            " more widely if days resemble each other). Equal ratings count half.",
            "Days with a session: 7 of 7 planned, others 0. Rated days: 28 of 28.",
        ),
    )


def test_a_quick_look_says_over_how_many_rated_days():
    said = about_look([*range(7), *range(15, 28)], range(14, 28, 2))
    assert said.sentence == (
        "The median was 6 in two weeks without massage (7 days rated) and 4 in two with it (13)."
    )
    assert said.more[-1].endswith("Rated days: 20 of 28.")


@pytest.mark.parametrize(
    ("sessions", "kept", "extra", "against"),
    [((), 0, 0, 0), (range(0, 14, 2), 0, 7, 7), (range(28), 7, 21, 14), ((14, 16, 18), 3, 0, 0)],
)
def test_a_quick_look_done_otherwise_speaks_of_no_days_with_massage(sessions, kept, extra, against):
    said = about_look(range(28), sessions)
    assert said.sentence == (
        "The median was 6 in the first two weeks (14 days rated) and 4 in the last two (14)."
    )
    little = (
        f"But there was a session on {kept} of the 7 planned days, and on {against} of those meant"
        " to be without: this says little about massage."
    )
    assert said.caveat.startswith(little)
    assert said.more[-1].startswith(f"Days with a session: {kept} of 7 planned, others {extra}.")
    plan = Plan("quick", MONDAY)
    line = in_a_line(plan, None, looked(range(28), sessions), MONDAY + timedelta(days=28))
    assert line == f"{said.sentence} {little}"


@pytest.mark.parametrize(("stopped", "after"), [(-1, "0 days"), (0, "1 day"), (4, "5 days")])
def test_a_quick_look_that_was_ended_compares_nothing(stopped, after):
    last = MONDAY + timedelta(days=stopped)
    said = about_test(Plan("quick", MONDAY), last, Diary({}), last)
    assert said.sentence == f"Stopped after {after}: nothing is compared."


def test_a_quick_look_that_is_not_over_or_has_too_few_ratings():
    early, late = MONDAY + timedelta(days=4), MONDAY + timedelta(days=28)
    assert about_quick_look(quick_look(MONDAY, Diary({}), early)).sentence == "Day 5 of 28."
    few = about_quick_look(quick_look(MONDAY, Diary({}), late))
    assert few.sentence == "Too few ratings to compare: each 14 days need 7."
    assert few.more == ("Days with a session: 0 of 7 planned, others 0. Rated days: 0 of 28.",)


@pytest.mark.parametrize(
    ("with_massage", "on_days", "line"),
    [
        (2, (0, 2, 8), "The ratings were lower in the blocks drawn for massage. But there was"),
        (6, (), "No clear difference between the blocks drawn for massage and the others. But"),
        (9, (4, 6), "The ratings were not lower in the blocks drawn for massage. But there was"),
        (2, range(0, 48, 2), "The ratings were lower in the blocks drawn for massage. But"),
        (2, WITH, "The ratings were lower in the blocks with massage. The mean was"),
        (6, WITH, "No clear difference between the blocks with massage and without. The mean"),
        (9, WITH, "The ratings were not lower in the blocks with massage. The mean was"),
    ],
)
def test_in_a_line_it_says_the_same(with_massage, on_days, line):
    plan = Plan("fair", MONDAY, (True,) * 6)
    days = {day.on: with_massage if day.with_massage else 6 for day in plan.all_days()}
    sessions = frozenset(MONDAY + timedelta(days=at) for at in on_days)
    after = plan.last + timedelta(days=1)
    assert in_a_line(plan, None, Diary(days, sessions), after).startswith(line)


@given(st.tuples(*[st.booleans()] * 6), ratings, st.integers(0, 60), st.none() | st.integers(0, 47))
def test_no_words_on_a_test_claim_too_much(order, days, today, stopped):
    ended = None if stopped is None else MONDAY + timedelta(days=stopped)
    test = FairTest(MONDAY, order, ended)
    found = outcome(test, Diary(days), MONDAY + timedelta(days=today))
    said = about_fair_test(found)
    assert not NEVER.search(texts(said))
    if found.kind in ("running", "stopped", "gaps"):
        assert not DIRECTION.search(said.sentence)
        assert "seldom" not in texts(said)


@given(ratings, st.booleans(), st.integers(0, 60), st.none() | st.integers(0, 47))
def test_in_a_line_nobody_is_spoken_to(rated, fair, at, ended):
    plan = Plan("fair", MONDAY, (True,) * 6) if fair else Plan("quick", MONDAY)
    stopped = None if ended is None else MONDAY + timedelta(days=ended)
    line = in_a_line(plan, stopped, Diary(rated), MONDAY + timedelta(days=at))
    assert line.endswith(".")
    assert not NEVER.search(line)
    assert "you" not in line.lower()
