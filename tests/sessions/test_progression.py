"""A firmer level is offered, never given."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from tests.sessions.test_plan import (
    BUTTOCK,
    NECK_SIDE,
    QUICK,
    TODAY,
    histories,
    levels,
    past,
    spots,
)
from tracker.sessions.history import NextDay
from tracker.sessions.opening import Reason
from tracker.sessions.progression import Offer, offer
from tracker.sessions.protocol import RUNGS, plan

MILD = NextDay(soreness=2, still_sore=False, bruise=False, hours=20)
WELL = {
    "peak_discomfort": 4,
    "pain_before": 4,
    "pain_after": 4,
    "tenderness_before": 5,
    "tenderness_after": 5,
    "next_day": MILD,
}


def well(days_ago: int, **changes):
    return past(days_ago, **{**WELL, **changes})


def offered(*history, limits=BUTTOCK, **options) -> Offer | None:
    return offer(limits, history, TODAY, **options)


def test_two_good_sessions_at_a_level_earn_an_offer():
    assert offered(well(2), well(4), past(6)) == Offer(3, 4)


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(
    "changes",
    [
        {"peak_discomfort": 5},
        {"peak_discomfort": None},
        {"pain_after": 5},
        {"pain_before": None},
        {"pain_after": None},
        {"tenderness_after": 6},
        {"tenderness_before": None},
        {"tenderness_after": None},
        {"next_day": None},
        {"next_day": replace(MILD, soreness=3)},
        {"next_day": replace(MILD, soreness=None)},
        {"next_day": replace(MILD, still_sore=True)},
        {"next_day": replace(MILD, bruise=True)},
        {"pain_24h_change": 2},
        {"sharp_events": 1},
        {"quality": "sharp_hot"},
        {"nerve_events": 1},
        {"quality": "numb_tingle_electric"},
        {"too_much": True},
        {"ended_by": "discomfort"},
        {"target_level": 2, "stayed_level": 2},
        {"target_level": None},
        {"stayed_level": 2},
    ],
)
def test_one_answer_that_is_missing_or_not_good_enough_and_nothing_is_offered(at, changes):
    sessions = [well(2), well(4), well(6)]
    sessions[at] = replace(sessions[at], **changes)
    assert offered(*sessions) is None


def test_the_first_two_sessions_are_not_enough_until_they_are_over():
    light = {"target_level": 2, "stayed_level": 2}
    assert offered(well(2, **light)) is None
    assert offered(well(2, **light), well(4, **light)) == Offer(2, 3)


def test_a_session_by_hand_never_earns_one_but_can_stand_in_the_way():
    by_hand = well(1, entry="manual", target_level=None, finished_holds=0, ended_by=None)
    assert offered(by_hand, well(2), past(4)) is None
    assert offered(by_hand, well(2), well(4)) == Offer(3, 4)
    unanswered = replace(by_hand, next_day=None)
    assert offered(unanswered, well(2), well(4)) is None
    sore = replace(by_hand, next_day=replace(MILD, soreness=3))
    assert offered(well(2), replace(sore, local_date=TODAY - timedelta(3)), well(4)) is None


def test_at_most_once_in_seven_days():
    raised = [well(2), well(4)]
    assert offered(*raised, past(5, target_level=2, stayed_level=2)) is None
    week_ago = [well(2), well(7)]
    assert offered(*week_ago, past(9, target_level=2, stayed_level=2)) == Offer(3, 4)
    assert offered(well(2), well(6), past(9, target_level=2, stayed_level=2)) is None


def test_never_beyond_the_spot_or_level_four():
    assert offered(well(2), well(4), limits=replace(BUTTOCK, max_level=3)) is None
    firm = {"stayed_level": 4, "target_level": 4}
    assert offered(well(2, **firm), well(4, **firm)) is None


def test_gentle_only_is_offered_light_at_most():
    touch = {"stayed_level": 1, "target_level": 1}
    light = {"stayed_level": 2, "target_level": 2}
    assert offered(well(2, **touch), well(4, **touch), gentle_only=True) == Offer(1, 2)
    assert offered(well(2, **light), well(4, **light), gentle_only=True) is None


def test_not_after_a_break_with_a_firmer_tool_or_at_the_side_of_the_neck():
    assert offered(well(15), well(17)) is None
    assert offered(well(2), well(4), tool_rung=RUNGS["knuckle"]) is None
    light = {"stayed_level": 2, "target_level": 2}
    loose = replace(NECK_SIDE, max_level=3)
    assert offered(well(2, **light), well(4, **light), limits=loose) is None


def test_taken_it_goes_one_level_further_and_opens_where_it_did():
    history = [well(2), well(4)]
    stay = plan(BUTTOCK, history, TODAY)
    taken = plan(BUTTOCK, history, TODAY, raised=True)
    assert (stay.start, stay.target, stay.reason) == (2, 3, Reason.STAYED)
    assert (taken.start, taken.target, taken.reason) == (2, 4, Reason.RAISED)
    at = levels(taken)
    assert (at["hold_1"], at["hold_2"], at["hold_3"]) == (2, 3, 4)


def test_taking_what_was_not_offered_changes_nothing():
    history = [well(2, next_day=None), well(4)]
    assert plan(BUTTOCK, history, TODAY, raised=True) == plan(BUTTOCK, history, TODAY)


@QUICK
@given(spots, histories)
def test_nothing_goes_up_without_consent_and_with_it_by_one_level_at_most(limits, history):
    stay = plan(limits, history, TODAY, opted_in=True)
    taken = plan(limits, history, TODAY, opted_in=True, raised=True)
    there = offer(limits, history, TODAY)
    assert (taken == stay) or there
    assert stay.target <= taken.target <= min(stay.target + 1, limits.max_level)
    assert taken.start == stay.start or taken.pressure_s == 0
    assert stay.reason is not Reason.RAISED
    assert all(phase.level <= limits.max_level for phase in taken.phases)
    assert taken.pressure_s <= taken.room_s


@pytest.mark.parametrize("days", range(1, 60))
def test_an_offer_is_always_one_above_the_plan(days):
    history = [well(days), well(days + 2)]
    there = offer(BUTTOCK, history, TODAY)
    if there:
        assert plan(BUTTOCK, history, TODAY).target == there.from_level == there.to_level - 1
    assert bool(there) == (days <= 14)


def test_the_days_between_two_offers_are_the_persons_own():
    history = [well(2), well(7), past(9, target_level=2, stayed_level=2)]
    assert offer(BUTTOCK, history, TODAY - timedelta(days=1)) is None
    assert offer(BUTTOCK, history, TODAY) == Offer(3, 4)
