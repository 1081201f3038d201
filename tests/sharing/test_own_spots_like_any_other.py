"""A spot of one's own from the first plan to the file: guided, charted and exported like any."""

import csv
import io
import json
import re

import pytest

from tests.conftest import id_in
from tests.sessions.conftest import FIRST, NOW, guided, send
from tracker import clock

THUMB = {"name": "Ball of the thumb", "region": "hand"}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def thumb(as_alice):
    return str(id_in(as_alice.post("/spots/new", data=THUMB).location))


def plans(client, spot):
    page = client.get(f"/sessions/new?spot={spot}&side=right").text
    found = re.search(r'id="guide-data">(.*?)</script>', page, re.S)
    return json.loads(found[1])["plans"]


def test_the_guide_plans_it_within_the_limits_of_own_spots(as_alice, thumb):
    for plan in plans(as_alice, thumb):
        assert max(phase["level"] for phase in plan["phases"]) <= 2
        holds = [phase for phase in plan["phases"] if phase["name"].startswith("hold_")]
        assert holds
        assert max(phase["seconds"] for phase in holds) <= 20


def test_what_the_guide_did_there_is_on_today_in_the_charts_and_in_the_file(as_alice, thumb):
    body = guided(FIRST, spot=thumb, side="right")
    assert send(as_alice, body).status_code == 201
    assert "Ball of the thumb" in as_alice.get("/").text
    assert "Ball of the thumb, right" in as_alice.get("/sessions/").text
    assert "Ball of the thumb" in as_alice.get("/progress/").text
    assert "<table" in as_alice.get(f"/progress/{thumb}?side=right").text
    text = as_alice.get("/sharing/sessions.csv").get_data().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["spot_name"], row["spot_slug"]) == ("Ball of the thumb", thumb)
    assert (row["side"], row["entry"], row["pain_before"]) == ("right", "guided", "6")


def test_what_is_set_for_it_holds_as_for_any_other(as_alice, thumb):
    as_alice.post(f"/spots/{thumb}/sides/right")
    as_alice.post(f"/spots/{thumb}/sides/right/settings", data={"level_cap": "1"})
    as_alice.get("/spots/yours")
    page = as_alice.get(f"/sessions/new?spot={thumb}&side=right").text
    assert "You set Touch as the most here" in page


def test_archived_it_is_still_in_the_charts_and_in_the_file(as_alice, thumb):
    send(as_alice, guided(FIRST, spot=thumb, side="right"))
    as_alice.post(f"/spots/{thumb}/sides/right/archive")
    as_alice.get("/spots/yours")
    assert "Ball of the thumb" not in as_alice.get("/").text
    assert "Ball of the thumb" in as_alice.get("/progress/").text
    assert "Ball of the thumb" in as_alice.get("/sharing/sessions.csv").text
