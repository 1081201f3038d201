"""A person sets their time zone, and how the guide starts, sounds and moves on."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer_group

from tracker.accounts.models import User

WHOLE = select(User).options(undefer_group("guide"))

FORM = {"time_zone": "Pacific/Auckland", "get_ready_s": "60", "gap_s": "30", "gentle_only": "y"}
CUES = ("tones", "voice", "vibration", "through_silent")


def kept(rows):
    (person,) = rows(WHOLE)
    return person.time_zone, person.get_ready_s, person.gentle_only, person.gap_s


def test_preferences_are_kept_and_shown_again(as_alice, rows):
    answer = as_alice.post("/you", data=FORM)
    assert (answer.status_code, answer.location) == (303, "/you")
    assert kept(rows) == ("Pacific/Auckland", 60, True, 30)
    page = as_alice.get("/you").text
    assert "Saved." in page
    assert '<option selected value="Pacific/Auckland">' in page


def test_what_is_switched_off_is_off(as_alice, rows):
    as_alice.post("/you", data=FORM)
    as_alice.post("/you", data=FORM | {"gentle_only": ""})
    assert kept(rows)[2] is False


@pytest.mark.parametrize("cue", CUES)
def test_each_cue_is_switched_by_itself(as_alice, rows, cue):
    as_alice.post("/you", data=FORM | {cue: "y"})
    (person,) = rows(WHOLE)
    assert [name for name in CUES if getattr(person, name)] == [cue]
    assert f'name="{cue}" value="y" checked' in as_alice.get("/you").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Mars/Olympus"},
        {"time_zone": ""},
        {"time_zone": "Europe/Berlin\x00"},
        {"time_zone": "localtime"},
        {"time_zone": "../zone.tab"},
        {"get_ready_s": "7"},
        {"gap_s": "0"},
        {"gap_s": "soon"},
        {"get_ready_s": "-5"},
        {"get_ready_s": "١٥"},
        {"get_ready_s": "1_5"},
        {"get_ready_s": "soon"},
        {"get_ready_s": "9" * 400},
    ],
)
def test_an_unknown_choice_is_told_and_nothing_is_kept(as_alice, rows, wrong):
    before = kept(rows)
    answer = as_alice.post("/you", data=FORM | wrong)
    assert answer.status_code == 422
    assert f'id="{next(iter(wrong)).replace("_", "-")}-error"' in answer.text.replace("_", "-")
    assert kept(rows) == before


def test_what_is_wrong_is_told_at_the_top_and_leads_to_it(as_alice):
    page = as_alice.post("/you", data=FORM | {"time_zone": "Mars/Olympus"}).text
    assert page.index('role="alert"') < page.index('href="#time_zone"') < page.index("<h2")
    assert 'id="time_zone"' in page


def test_one_person_does_not_change_anothers(as_alice, bob, rows):
    as_alice.post("/you", data=FORM | {"id": str(bob.id), "email": bob.email})
    (person,) = rows(WHOLE.where(User.id == bob.id))
    assert person.time_zone == "Europe/Berlin"


def test_a_stranger_is_asked_to_sign_in(client):
    assert "/login" in client.post("/you", data=FORM).location
