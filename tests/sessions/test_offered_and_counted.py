"""On Prepare: a firmer level to choose, what has to be normal again, what may start, and why."""

import re
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given

from tests.sessions.conftest import NOW
from tests.sessions.test_plan import BUTTOCK, QUICK, histories
from tests.sessions.test_preparing import GOOD, NEW, guide_data
from tests.sessions.test_progression import well as well_done
from tracker.accounts.models import User
from tracker.sessions.dose import DueState
from tracker.sessions.prepare import FURTHER, prepare
from tracker.spots.catalog import catalog
from tracker.spots.queries import AnySpot

WELL = GOOD | {
    "peak_discomfort": 3,
    "pain_before": 4,
    "pain_after": 3,
    "tenderness_before": 4,
    "tenderness_after": 4,
    "next_day_soreness": 1,
    "still_sore": False,
    "bruise": False,
}


@pytest.fixture
def well(alice, add_session):
    """Two sessions up to Light that earned an offer."""

    def add(**changes):
        for day in (14, 17):
            noon = datetime(2026, 11, day + 1, 12, tzinfo=UTC)
            add_session(alice, on=date(2026, 11, day), **WELL | {"next_day_at": noon} | changes)

    return add


def plans_by_choice(page):
    """The plan for each "side/tool", and "side/tool/further" where that is offered."""
    plans = guide_data(page)["plans"]
    found = re.findall(r'data-variant="(\d+)" data-fits="([^"]*)"', page)
    return {key: plans[int(number)] for number, keys in found for key in keys.split()}


def test_after_two_good_sessions_a_firmer_level_is_offered_and_staying_is_the_default(
    as_alice, well
):
    well()
    page = as_alice.get(NEW).text
    assert re.search(r'name="further_left" value="" checked>Stay at Light', page)
    assert re.search(r'name="further_left" value="further">Up to Medium', page)
    assert "further_right" not in page
    plans = plans_by_choice(page)
    assert plans["left/fingertips"]["target"] == 2
    assert plans["left/fingertips/further"]["target"] == 3
    assert plans["left/fingertips/further"]["start"] == plans["left/fingertips"]["start"]
    assert "Your choice: one level more" in page


@pytest.mark.parametrize(
    "change",
    [
        {"next_day_at": None, "next_day_soreness": None, "still_sore": None, "bruise": None},
        {"next_day_soreness": 3},
        {"peak_discomfort": None},
        {"tenderness_after": 5},
        {"sharp_events": 1},
    ],
)
def test_without_every_answer_nothing_is_offered(as_alice, well, change):
    well(**change)
    assert "further" not in as_alice.get(NEW).text


def test_a_firmer_tool_is_offered_nothing_more(as_alice, well):
    well()
    keys = plans_by_choice(as_alice.get(NEW).text)
    assert "left/fingertips/further" in keys
    assert "left/firm_ball_wall/further" not in keys


def test_gentle_only_is_offered_nothing_above_light(as_alice, well):
    well()
    form = {"time_zone": "Europe/Berlin", "get_ready_s": "0", "gentle_only": "y"}
    as_alice.post("/you", data=form)
    assert "further" not in as_alice.get(NEW).text


def test_no_offer_goes_above_the_cap_of_its_spot(as_alice, alice, add_session):
    for spot in (one for one in catalog().spots.values() if not one.limits.opt_in_only):
        top = spot.limits.max_level
        for day in (14, 17):
            noon = datetime(2026, 11, day + 1, 12, tzinfo=UTC)
            level = {"stayed_level": top, "target_level": top, "next_day_at": noon}
            add_session(alice, spot.slug, spot.sides[0], date(2026, 11, day), **WELL | level)
        assert "further" not in as_alice.get(f"/sessions/new?spot={spot.slug}").text


def test_after_numbness_it_asks_whether_all_is_normal_again_for_that_side(
    as_alice, alice, add_session
):
    add_session(alice, on=date(2026, 11, 14), **GOOD | {"nerve_events": 1, "ended_by": "nerve"})
    page = as_alice.get(NEW).text
    assert 'name="normal_left" value="yes"' in page
    assert "normal_right" not in page
    assert "Wait until it feels fully normal again." in page
    add_session(alice, on=date(2026, 11, 17), **GOOD)
    assert "normal_left" not in as_alice.get(NEW).text


def test_before_two_days_have_passed_it_may_be_started_anyway(as_alice, alice, add_session):
    add_session(alice, on=date(2026, 11, 19), at=time(11), **GOOD)
    page = as_alice.get(NEW).text
    assert re.search(r'data-fits="left/fingertips[^>]* data-early', page)
    assert "Two days between sessions here suit most people" in page
    assert 'data-anyway="Start anyway"' in page


def test_it_keeps_count_of_the_day_and_the_week_with_touch_apart(as_alice, alice, add_session):
    seconds = {"level_1_s": 70, "level_2_s": 40, "level_3_s": 50, "level_4_s": 0}
    for day in (15, 16, 18, 20):  # a Sunday, and three days of this week
        add_session(alice, on=date(2026, 11, day), **GOOD | seconds)
    page = as_alice.get(NEW).text
    for name, value in (
        ("Pressure today", "1:30 of 5:00"),
        ("Pressure this week", "4:30 in 3 sessions"),
        ("Touch this week", "3:30"),
    ):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in page
    assert "4:30 in 3 sessions" in as_alice.get("/progress/top-of-buttock?side=left").text


def test_nothing_is_counted_where_nothing_was_done(as_alice):
    assert "Pressure today" not in as_alice.get(NEW).text


def test_the_plan_and_the_rest_say_who_says_so(as_alice, alice, add_session):
    assert "From the article: start gently and build slowly." in as_alice.get(NEW).text
    add_session(alice, on=date(2026, 11, 19), at=time(11), **GOOD)
    assert "From published work: every other day in one study" in as_alice.get(NEW).text


@QUICK
@example([well_done(2), well_done(4)])
@given(histories)
def test_each_side_and_tool_has_one_plan_and_a_firmer_one_only_where_it_was_offered(history):
    sides = ("left", "right")
    spot = AnySpot("mine", "Mine", "buttock", sides, (), BUTTOCK, guided=True, shift_hint="")
    person = User(time_zone="Europe/Berlin", gentle_only=False)
    prepared = prepare(spot, "left", {(spot.id, "left"): history}, person, NOW)
    keys = [key for variant in prepared.variants for key in variant.fits]
    tools = spot.limits.tools_allowed
    plain = {f"{side}/{tool}" for side in spot.sides for tool in tools}
    offered = {f"{key}/{FURTHER}" for one in prepared.further for key in one.fits}
    assert sorted(keys) == sorted(plain | offered)
    by_key = {key: variant for variant in prepared.variants for key in variant.fits}
    for key in offered:
        stay, further = by_key[key.removesuffix(f"/{FURTHER}")], by_key[key]
        assert further.plan.target in {stay.plan.target, stay.plan.target + 1}
        assert further.due.state is not DueState.WAIT
