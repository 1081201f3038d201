"""A spot went numb, then did not for many sessions, and now did again."""

from datetime import date, timedelta

import pytest

from tests.sessions.conftest import NOW
from tracker.sessions.queries import history_of

TODAY = NOW.date()
WHERE = ("top-of-buttock", "left")
GOOD = {
    "entry": "guided",
    "tool": "fingertips",
    "stayed_level": 2,
    "finished_holds": 3,
    "target_level": 2,
    "ended_by": "finished",
}
NUMB = GOOD | {"ended_by": "nerve", "nerve_events": 1}
BY_HAND = {"quality": "numb_tingle_electric"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def between(alice, add_session):
    """Alice's normal sessions, on every other day from 19 days ago to 5: more than are kept."""
    for days in range(19, 4, -2):
        add_session(alice, on=ago(days), **GOOD)


@pytest.fixture
def past(app, alice):
    def find(where=WHERE):
        with app.app_context():
            return history_of(alice, [where], NOW)[where]

    return find


@pytest.mark.parametrize("first", [NUMB, BY_HAND])
@pytest.mark.parametrize("days", [21, 30])
def test_the_second_time_in_four_weeks_pauses_it_however_many_went_well_between(
    as_alice, alice, add_session, between, first, days
):
    as_alice.post("/spots/top-of-buttock/sides/left")
    add_session(alice, on=ago(days), **first)
    add_session(alice, on=ago(3), **NUMB)
    assert "Tuesday 15 December" in as_alice.get("/").text
    paused = "numbness, tingling or shooting pain twice here"
    assert paused in as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert paused in as_alice.get("/api/kept").json["stops"][0]["refused"]["why"]
    together = "/sessions/together?stop=top-of-buttock/left&stop=foot-arch/left"
    assert paused in as_alice.get(together).text


def test_more_than_four_weeks_apart_they_are_no_second_time(as_alice, alice, add_session, between):
    as_alice.post("/spots/top-of-buttock/sides/left")
    add_session(alice, on=ago(33), **NUMB)
    add_session(alice, on=ago(3), **NUMB)
    assert "Due today" in as_alice.get("/").text


def test_the_pause_lasts_its_four_weeks_whatever_is_logged_meanwhile(
    as_alice, alice, add_session, set_clock
):
    as_alice.post("/spots/top-of-buttock/sides/left")
    for days in (30, 3):
        add_session(alice, on=ago(days), **NUMB)
    for days in range(2, -14, -2):
        add_session(alice, on=ago(days))
    set_clock(NOW + timedelta(days=20))
    assert "Tuesday 15 December" in as_alice.get("/").text


def test_numb_once_it_is_asked_about_however_much_was_done_by_hand_since(
    as_alice, alice, add_session
):
    as_alice.post("/spots/top-of-buttock/sides/left")
    add_session(alice, on=ago(25), **NUMB)
    for days in range(20, 2, -2):
        add_session(alice, on=ago(days))
    assert as_alice.get("/api/kept").json["stops"][0]["asksNormal"] is True


def test_a_bruise_nobody_said_is_gone_holds_however_much_was_done_by_hand_since(
    as_alice, alice, add_session
):
    as_alice.post("/spots/top-of-buttock/sides/left")
    bruised = add_session(alice, on=ago(25), bruise=True, next_day_at=NOW - timedelta(days=24))
    for days in range(20, 2, -2):
        add_session(alice, on=ago(days))
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert "There is a bruise here" in page
    assert f"/sessions/{bruised.id}/next-day" in page


def test_each_session_is_remembered_once(alice, add_session, past, between):
    numb = [add_session(alice, on=ago(days), **NUMB) for days in (40, 21, 3)]
    starts = [each.started_at for each in past()]
    assert starts == sorted({*starts}, reverse=True)
    assert {each.started_at for each in numb} <= {*starts}
    assert len(starts) == 10  # eight, and the two before


def test_it_is_of_that_spot_and_side_and_person_alone(alice, bob, add_session, past, between):
    add_session(alice, side="right", on=ago(21), **NUMB)
    add_session(alice, "foot-arch", on=ago(21), **NUMB)
    add_session(bob, on=ago(21), **NUMB)
    add_session(alice, on=ago(21), deleted_at=NOW, **NUMB)
    assert not any(each.nerve for each in past())
