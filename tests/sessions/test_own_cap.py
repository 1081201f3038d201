"""The firmest level a person wants at a spot: no plan, no offer and no press goes beyond it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sessions.conftest import FIRST, guided, send
from tests.sessions.test_offered_and_counted import well
from tests.sessions.test_plan import BUTTOCK, QUICK, TODAY, past, regular
from tests.sessions.test_preparing import GOOD, NEW, plan_for
from tests.sessions.test_progression import well as well_done
from tests.sessions.test_together import stops
from tracker.sessions.progression import Offer, offer
from tracker.sessions.protocol import plan
from tracker.sessions.trace_check import check_trace
from tracker.spots.chosen import capped

__all__ = ["well"]


def cap(client, level, side="left"):
    client.post(f"/spots/top-of-buttock/sides/{side}")
    client.post(f"/spots/top-of-buttock/sides/{side}/settings", data={"level_cap": level})
    client.get("/spots/yours")


@given(
    st.integers(1, 4),
    st.lists(st.builds(past, st.integers(0, 40), stayed_level=st.integers(0, 4)), max_size=4),
    st.booleans(),
)
@QUICK
def test_no_plan_goes_beyond_it(level, history, raised):
    made = plan(capped(BUTTOCK, level), history, TODAY, raised=raised)
    assert max(phase.level for phase in made.phases) <= level
    assert 1 <= made.start <= made.target <= level


def test_a_plan_under_it_is_as_ever():
    assert plan(capped(BUTTOCK, 3), regular(stayed_level=2), TODAY) == plan(
        BUTTOCK, regular(stayed_level=2), TODAY
    )


def test_prepare_goes_no_further_and_says_why(as_alice, alice, add_session):
    for day in (12, 14, 17):
        add_session(alice, on=date(2026, 11, day), **GOOD | {"stayed_level": 3, "target_level": 3})
    assert plan_for(as_alice)["target"] == 3
    cap(as_alice, "2")
    planned = plan_for(as_alice)
    assert planned["target"] == 2
    assert max(phase["level"] for phase in planned["phases"]) == 2
    assert "You set Light as the most here, so it goes no further." in as_alice.get(NEW).text


def test_the_other_side_is_planned_as_ever(as_alice):
    cap(as_alice, "1")
    assert plan_for(as_alice, "left")["target"] == 1
    assert plan_for(as_alice, "right")["target"] == 2


def test_the_press_for_tenderness_is_no_firmer_and_alike_on_both_sides(as_alice):
    cap(as_alice, "1", "right")
    assert "for 3 seconds, at Touch." in as_alice.get(NEW).text


def test_nothing_beyond_it_is_offered(as_alice, well):
    well()
    assert 'name="further_left"' in as_alice.get(NEW).text
    cap(as_alice, "2")
    assert 'name="further_left"' not in as_alice.get(NEW).text
    cap(as_alice, "3")
    assert "Up to Medium" in as_alice.get(NEW).text


def test_an_offer_is_never_beyond_it():
    history = [well_done(2), well_done(4), past(6)]
    assert offer(BUTTOCK, history, TODAY) == Offer(3, 4)
    assert offer(capped(BUTTOCK, 3), history, TODAY) is None


def test_several_in_one_go_hold_to_it_and_say_so(as_alice):
    cap(as_alice, "1")
    page = as_alice.get("/sessions/together?stop=top-of-buttock/left&stop=forearm-top/right")
    assert [each["plan"]["target"] for each in stops(page)] == [1, 2]
    assert "You set Touch as the most here" in page.text


def test_what_was_done_before_it_was_set_is_still_kept(as_alice):
    cap(as_alice, "1")
    assert send(as_alice, guided(FIRST)).status_code == 201


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_guide_is_believed_with_every_capped_plan(level):
    made = plan(capped(BUTTOCK, level), regular(stayed_level=4), TODAY)
    phases = [
        {
            "name": phase.name,
            "planned_level": phase.level,
            "planned_s": phase.seconds,
            "level_s": {str(phase.level): phase.seconds},
            "level": phase.level,
            "done": True,
        }
        for phase in made.phases
    ]
    trace = {
        **{"protocol": made.protocol, "version": made.version, "start": made.start},
        **{"target": made.target, "phases": phases, "events": [], "ended_by": "finished"},
        "counted_s": made.total_s,
    }
    assert check_trace(trace, BUTTOCK).target == min(level, 4)
