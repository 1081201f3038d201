"""Several spots were done in turn: the questions come one after the other."""

import pytest
from uuid_utils.compat import uuid7

from tests.sessions.conftest import guided, send
from tracker.sessions.queries import sessions_of


@pytest.fixture
def three(as_alice):
    """The ids of three sessions, two in the same region."""
    places = [("top-of-buttock", "left"), ("top-of-buttock", "right"), ("forearm-top", "right")]
    ids = [uuid7() for _place in places]
    for number, (id_, (spot, side)) in enumerate(zip(ids, places, strict=True)):
        at = f"2026-11-20T11:{10 + 4 * number}:00+01:00"
        body = guided(spot=spot, side=side, started_at=at, ended_at=None)
        assert send(as_alice, body, id_).status_code == 201
    return ids


def pain_after(rows, person):
    found = sorted(rows(sessions_of(person)), key=lambda each: each.started_at)
    return [each.pain_after for each in found]


def start_of(ids):
    first, *others = ids
    return f"/sessions/{first}/after?" + "&".join(f"then={id_}" for id_ in others)


def test_each_is_asked_about_and_pain_once_in_a_region(as_alice, alice, rows, three):
    page = as_alice.get(start_of(three))
    assert "1 of 3" in page.text
    answer = as_alice.post(start_of(three), data={"pain_after": "4", "your_pain": "yes"})
    page = as_alice.get(answer.location)
    assert "2 of 3" in page.text
    assert 'name="pain_after"' not in page.text
    answer = as_alice.post(answer.location, data={"your_pain": "no"})
    page = as_alice.get(answer.location)
    assert "3 of 3" in page.text
    assert 'name="pain_after"' in page.text
    answer = as_alice.post(answer.location, data={"pain_after": "2"})
    assert answer.location.startswith(f"/sessions/{three[0]}?also=")
    assert pain_after(rows, alice) == [4, 4, 2]
    page = as_alice.get(answer.location)
    assert "In the same go" in page.text
    assert "Top of the buttock, right" in page.text


def test_pain_left_blank_stays_blank_for_the_others(as_alice, alice, rows, three):
    answer = as_alice.post(start_of(three), data={})
    as_alice.post(answer.location, data={"pain_after": "0"})
    assert pain_after(rows, alice) == [None, None, None]


OVER = "this spot is over for today"


def test_what_an_answer_calls_for_is_said_at_once_with_its_spot(as_alice, three):
    answer = as_alice.post(start_of(three), data={"quality": "numb_tingle_electric"})
    page = as_alice.get(answer.location).text
    assert "Top of the buttock, left. Numb, tingling or shooting pain: this spot is over" in page
    assert "get urgent medical advice" in page
    answer = as_alice.post(answer.location, data={"quality": "good_ache"})
    page = as_alice.get(answer.location).text
    assert OVER not in page
    answer = as_alice.post(answer.location, data={"quality": "pulsing"})
    page = as_alice.get(answer.location).text
    assert "right. A pulse under the finger: do not press there." in page


def test_done_alone_it_is_said_once(as_alice, three):
    alone = f"/sessions/{three[0]}/after"
    answer = as_alice.post(alone, data={"quality": "numb_tingle_electric"})
    assert as_alice.get(answer.location).text.count(OVER) == 1


def test_a_wrong_answer_is_shown_again_in_its_turn(as_alice, three):
    answer = as_alice.post(start_of(three), data={"pain_after": "11"})
    assert answer.status_code == 422
    assert "1 of 3" in answer.text
    assert f"then={three[1]}" in answer.text


def test_one_that_is_still_on_the_phone_is_passed_over(as_alice, three):
    answer = as_alice.post(start_of([three[0], uuid7(), three[2]]), data={})
    assert answer.location.startswith(f"/sessions/{three[2]}/after")


def test_the_ids_of_somebody_else_lead_nowhere(as_bob, bob, three):
    mine = uuid7()
    send(as_bob, guided(), mine)
    assert as_bob.get(start_of(three)).status_code == 404
    answer = as_bob.post(start_of([mine, *three]), data={})
    assert answer.location == f"/sessions/{mine}"
    assert "In the same go" not in as_bob.get(f"/sessions/{mine}?also={three[1]}").text


@pytest.mark.parametrize("odd", ["then=x", "then=&done=", "done=" + "9" * 400, "then=%00"])
def test_what_is_no_id_is_passed_over(as_alice, three, odd):
    answer = as_alice.post(f"/sessions/{three[0]}/after?{odd}", data={})
    assert answer.location == f"/sessions/{three[0]}"
