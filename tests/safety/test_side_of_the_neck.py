"""Spots 4 and 9 are guided through their gates; the side of the neck once it is switched on."""

import json
import re

import pytest
from sqlalchemy import select

from tests.safety.conftest import asks, begins, prepare, say
from tests.sessions.conftest import GOLDEN, guided, send
from tracker.sessions.models import MassageSession

NECK = "side-of-neck"
MICRO = next(case for case in GOLDEN if case["plan"]["protocol"] == "micro")
YOU = {"time_zone": "Europe/Berlin", "get_ready_s": "0"}


@pytest.fixture
def switched_on(as_alice):
    as_alice.post("/you", data=YOU | {"side_of_neck": "y"})
    return as_alice


def test_it_is_off_until_it_is_switched_on(as_alice):
    assert "Side of the neck" in as_alice.get("/you").text
    assert as_alice.get(f"/sessions/new?spot={NECK}").location == f"/spots/{NECK}"
    as_alice.post("/you", data=YOU | {"side_of_neck": "y"})
    assert begins(prepare(as_alice, NECK))
    as_alice.post("/you", data=YOU)
    assert as_alice.get(f"/sessions/new?spot={NECK}").location == f"/spots/{NECK}"


def test_switched_on_its_page_and_today_start_it(switched_on):
    assert f"/sessions/new?spot={NECK}" in switched_on.get(f"/spots/{NECK}").text
    switched_on.post(f"/spots/{NECK}/sides/left")
    assert f"/sessions/new?spot={NECK}" in switched_on.get("/").text


def test_its_plan_is_the_smallest_and_tenderness_is_never_asked(switched_on, alice, add_session):
    page = prepare(switched_on, NECK)
    data = re.search(r'id="guide-data">(.*?)</script>', page, re.S)[1]
    assert {plan["protocol"] for plan in json.loads(data)["plans"]} == {"micro"}
    assert 'name="tenderness_before"' not in page
    massage = add_session(alice, NECK)
    for path in ("after", ""):
        page = switched_on.get(f"/sessions/{massage.id}/{path}".rstrip("/")).text
        assert "Tenderness" not in page
        assert 'name="tenderness_after"' not in page


def test_what_was_felt_after_it_is_kept_all_the_same(switched_on, alice, add_session, rows):
    massage = add_session(alice, NECK)
    switched_on.post(f"/sessions/{massage.id}/after", data={"pain_after": "3"})
    assert rows(select(MassageSession.pain_after)) == [3]


def test_a_session_there_is_taken_only_from_who_switched_it_on(as_alice, rows):
    sent = guided(MICRO, spot=NECK, tenderness_before=4)
    refused = send(as_alice, sent)
    assert (refused.status_code, refused.json["key"]) == (422, "spot")
    as_alice.post("/you", data=YOU | {"side_of_neck": "y"})
    assert send(as_alice, sent).status_code == 201
    (massage,) = rows(select(MassageSession))
    assert (massage.protocol, massage.tenderness_before) == ("micro", None)


def test_the_front_of_the_chest_asks_about_the_heart_every_time(as_newcomer):
    page = prepare(as_newcomer, "chest-front")
    assert asks(page)
    assert "Heart and chest" in page
    say(as_newcomer, spot="chest-front")
    assert begins(prepare(as_newcomer, "chest-front"))
