"""A person notes whom they would call in an emergency, and finds it where help is told of."""

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tracker.accounts.models import User

YOU = {"time_zone": "Europe/Berlin", "get_ready_s": "15", "gap_s": "15"}
CALLED = select(User.emergency_call)


def note(client, said):
    return client.post("/you", data=YOU | {"emergency_call": said})


def emergency(client):
    """The page that tells what to do now, after a sign that calls for help."""
    form = {"id": str(uuid7()), "gates": "chest_pain", "chosen": "chest_effort"}
    client.post("/safety/answers?spot=chest-front&side=left", data=form)
    return client.get("/sessions/new?spot=chest-front&side=left").text


def test_it_is_kept_as_typed_and_shown_again(as_alice, rows):
    assert note(as_alice, "  Anna, next door  ").status_code == 303
    assert rows(CALLED) == ["Anna, next door"]
    assert 'value="Anna, next door"' in as_alice.get("/you").text
    note(as_alice, "")
    assert rows(CALLED) == [None]


@pytest.mark.parametrize("wrong", ["1" * 41, "one\ntwo", "bell\x07"])
def test_what_is_no_short_line_is_refused(as_alice, rows, wrong):
    answer = note(as_alice, wrong)
    assert answer.status_code == 422
    assert 'id="emergency_call-error"' in answer.text
    assert rows(CALLED) == [None]


@pytest.mark.parametrize(
    ("said", "dialled"),
    [
        ("112", "112"),
        ("+49 (0)30 / 123-456", "+49030123456"),
        ("Anna 0171 2345", None),
        ("112 or Anna", None),
        ("+", None),
    ],
)
def test_what_looks_like_a_number_can_be_called(said, dialled):
    assert User(emergency_call=said).emergency_tel == dialled


def test_it_stands_in_the_emergency(as_alice):
    note(as_alice, "0171 2345")
    page = emergency(as_alice)
    assert "Call your local emergency number now." in page
    assert '<a class="text-link" href="tel:01712345">0171 2345</a>' in page


def test_and_wherever_else_it_says_to_call(as_alice, alice, add_session):
    note(as_alice, "Anna <next door>")
    massage = add_session(alice)
    for path in ("/sessions/new?spot=foot-arch&side=left", f"/sessions/{massage.id}", "/learn/8"):
        assert "You noted whom to call: <b>Anna &lt;next door&gt;</b>" in as_alice.get(path).text


def test_who_noted_nothing_is_told_nothing_of_it(as_alice):
    assert "You noted whom" not in emergency(as_alice)


def test_nobody_else_is_shown_it(as_alice, as_bob):
    note(as_alice, "112")
    assert "You noted whom" not in emergency(as_bob)


def test_the_phone_has_it_for_when_there_is_no_network(as_alice):
    assert as_alice.get("/api/kept").json["call"] is None
    note(as_alice, "0171 2345")
    assert as_alice.get("/api/kept").json["call"] == {"text": "0171 2345", "tel": "01712345"}


def test_the_page_for_no_network_holds_nobodys(as_alice):
    note(as_alice, "0171 2345")
    assert "0171 2345" not in as_alice.get("/offline/").text
