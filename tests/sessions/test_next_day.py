"""The day after a session: when it is asked about, what the answer says, what follows from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from tracker.sessions.history import NextDay, PastSession
from tracker.sessions.next_day import NextDayRule, bruised, classify, questions_due
from tracker.sessions.rules import RULES, SOURCE, read_rules

START = datetime(2026, 11, 18, 8, tzinfo=UTC)
DONE = PastSession(started_at=START, local_date=START.date(), finished_holds=3, stayed_level=2)
BY_HAND = replace(DONE, entry="manual", finished_holds=0, ended_by=None)
LONG = replace(DONE, next_day=NextDay(5, False, False, 20))


def said(soreness=1, still_sore=False, bruise=False, hours=20, **more) -> NextDay:
    return NextDay(soreness, still_sore, bruise, hours, **more)


def rule(answer: NextDay | None, before: PastSession | None = None, **changes) -> NextDayRule:
    return classify(replace(DONE, next_day=answer, **changes), before)


def asked_after(hours: float, *history: PastSession):
    return questions_due(history or (DONE,), START + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (said(0), NextDayRule.MILD),
        (said(2), NextDayRule.MILD),
        (said(3), NextDayRule.MODERATE),
        (said(4), NextDayRule.MODERATE),
        (said(5), NextDayRule.LONG_OR_WORSE),
        (said(1, still_sore=True, hours=23.9), NextDayRule.MODERATE),
        (said(1, still_sore=True, hours=24.1), NextDayRule.LONG_OR_WORSE),
        (said(1, still_sore=True, hours=47.9), NextDayRule.LONG_OR_WORSE),
        (said(1, still_sore=True, hours=48.1), NextDayRule.PAUSE),
        (said(1, still_sore=True, hours=20, still_sore_48=False), NextDayRule.MODERATE),
        (said(1, still_sore=True, hours=20, still_sore_48=True), NextDayRule.PAUSE),
        (said(0, bruise=True), NextDayRule.PAUSE),
        (said(0, bruise=True, bruise_gone=True), NextDayRule.PAUSE),
    ],
)
def test_the_first_rule_that_fits_wins(answer, expected):
    assert rule(answer) is expected


@pytest.mark.parametrize(
    "answer",
    [None, NextDay(None, None, None, 20), said(None), said(0, still_sore=None), said(2, None)],
)
def test_no_answer_or_half_of_one_is_never_mild(answer):
    assert rule(answer) is NextDayRule.UNANSWERED


def test_half_an_answer_that_is_bad_enough_counts():
    assert rule(said(6, still_sore=None)) is NextDayRule.LONG_OR_WORSE
    assert rule(said(None, still_sore=True)) is NextDayRule.MODERATE
    assert rule(said(None, None, bruise=True)) is NextDayRule.PAUSE


def test_pain_over_the_day_up_by_two_speaks_without_an_answer():
    assert rule(None, pain_24h_change=2) is NextDayRule.LONG_OR_WORSE
    assert rule(said(0), pain_24h_change=2) is NextDayRule.LONG_OR_WORSE
    assert rule(None, pain_24h_change=1) is NextDayRule.UNANSWERED


def test_two_long_ones_in_a_row_are_a_pause():
    assert rule(said(5), LONG) is NextDayRule.PAUSE
    assert rule(said(5), replace(DONE, pain_24h_change=2)) is NextDayRule.PAUSE
    sore_twice = said(1, still_sore=True, still_sore_48=True)
    assert rule(said(5), replace(DONE, next_day=sore_twice)) is NextDayRule.PAUSE
    assert rule(said(5), DONE) is NextDayRule.LONG_OR_WORSE
    assert rule(said(4), LONG) is NextDayRule.MODERATE


def test_a_session_by_hand_is_judged_alike():
    assert classify(replace(BY_HAND, next_day=said(5))) is NextDayRule.LONG_OR_WORSE


@pytest.mark.parametrize("before", [None, DONE, LONG])
def test_a_worse_answer_is_never_a_milder_rule(before):
    order = list(NextDayRule)[:4]  # the gravest first; without "unanswered"

    def grade(*answer):
        return order.index(rule(NextDay(*answer), before))

    for soreness, still, bruise, hours in product(
        range(10), (False, True), (False, True), (18, 30, 60)
    ):
        here = grade(soreness, still, bruise, hours)
        assert grade(soreness + 1, still, bruise, hours) <= here
        assert grade(soreness, True, bruise, hours) <= here
        assert grade(soreness, still, True, hours) <= here


def test_it_is_asked_from_eighteen_hours_on_for_three_days():
    assert asked_after(17.9) is None
    assert asked_after(18).massage == DONE
    assert asked_after(72).again is False
    assert asked_after(72.1) is None


def test_it_is_asked_after_a_session_by_hand():
    assert asked_after(20, BY_HAND).massage == BY_HAND


def test_it_is_not_asked_after_a_session_that_was_stopped_at_once():
    stopped = replace(DONE, finished_holds=0, ended_by="user")
    assert asked_after(20, stopped) is None
    later = replace(stopped, started_at=START + timedelta(hours=10))
    assert asked_after(20, later, DONE).massage == DONE


def test_the_next_session_there_ends_the_question():
    newer = replace(DONE, started_at=START + timedelta(hours=30))
    assert asked_after(40, newer, DONE) is None
    assert asked_after(48, newer, DONE).massage == newer


def test_what_was_answered_is_not_asked_again_even_if_with_nothing():
    assert asked_after(30, replace(DONE, next_day=said(1))) is None
    assert asked_after(30, replace(DONE, next_day=NextDay(None, None, None, 20))) is None


def test_still_sore_is_asked_once_more_after_two_days():
    sore = replace(DONE, next_day=said(2, still_sore=True))
    assert asked_after(47, sore) is None
    assert asked_after(48, sore).again is True
    assert asked_after(73, sore) is None
    answered = replace(DONE, next_day=said(2, still_sore=True, still_sore_48=False, hours_48=50))
    assert asked_after(55, answered) is None
    late = replace(DONE, next_day=said(2, still_sore=True, hours=50))
    assert asked_after(60, late) is None


def test_a_bruise_is_there_until_it_was_said_to_be_gone():
    bruise = replace(DONE, next_day=said(0, bruise=True))
    assert bruised([DONE, bruise]) == bruise
    assert bruised([replace(DONE, next_day=said(0, bruise=True, bruise_gone=False))])
    assert bruised([replace(DONE, next_day=said(0, bruise=True, bruise_gone=True))]) is None
    assert bruised([DONE]) is None


def test_every_rule_of_the_next_day_has_a_name_and_a_basis_in_its_order():
    rules = RULES.next_day.rules
    assert [each.id for each in rules] == [each.value for each in NextDayRule]
    said = [*(each.basis for each in rules), RULES.next_day.basis, RULES.progression.basis]
    assert all(basis.startswith(("article", "source", "judgement")) for basis in said)
    with pytest.raises(TypeError):
        read_rules(SOURCE.read_text(encoding="utf-8").replace("ask_from_hours", "ask_form_hours"))
