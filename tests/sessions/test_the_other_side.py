"""Tenderness at the same place on the other side: asked for by nobody, there to compare."""

import pytest

from tests.sessions.conftest import guided, send
from tracker.sessions.queries import sessions_of


@pytest.fixture
def compared(as_alice):
    """The address of the questions after a session that began with the other side at 2."""
    return send(as_alice, guided(other_side_before=2)).json["after"]


def test_it_can_be_rated_before_the_session(as_alice):
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert 'name="other_side_before"' in page
    assert "The same press at the same place on the other side." in page


def test_who_compared_before_is_asked_again_after(as_alice, compared, rows, alice):
    assert 'name="other_side_after"' in as_alice.get(compared).text
    answer = as_alice.post(compared, data={"other_side_after": "1"})
    (kept,) = rows(sessions_of(alice))
    assert (kept.other_side_before, kept.other_side_after) == (2, 1)
    assert "Tenderness, other side" in as_alice.get(answer.location).text


def test_who_did_not_compare_is_not_asked_and_cannot_slip_it_in(as_alice, rows, alice):
    after = send(as_alice, guided()).json["after"]
    assert 'name="other_side_after"' not in as_alice.get(after).text
    as_alice.post(after, data={"other_side_after": "1"})
    (kept,) = rows(sessions_of(alice))
    assert (kept.other_side_before, kept.other_side_after) == (None, None)


def test_it_can_be_corrected(as_alice, compared, rows, alice):
    edit = compared.replace("/after", "/edit")
    assert 'name="other_side_before"' in as_alice.get(edit).text
    as_alice.post(edit, data={"side": "left", "other_side_before": "4", "other_side_after": "3"})
    (kept,) = rows(sessions_of(alice))
    assert (kept.other_side_before, kept.other_side_after) == (4, 3)


@pytest.mark.parametrize("wrong", [11, -1, "2", True])
def test_a_number_that_is_none_is_refused(as_alice, rows, alice, wrong):
    assert send(as_alice, guided(other_side_before=wrong)).status_code == 422
    assert rows(sessions_of(alice)) == []
