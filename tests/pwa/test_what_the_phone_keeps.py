"""GET /api/kept: all that a session needs to start without network, for its owner alone."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.conftest import new_person, nothing_ticked, sign_in
from tracker import clock

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
GOOD = {
    "entry": "guided",
    "tool": "knuckle",
    "stayed_level": 3,
    "finished_holds": 3,
    "target_level": 3,
    "ended_by": "finished",
}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def kept(as_alice):
    """What Alice's phone gets after these spots and sides were chosen."""

    def get(*places):
        for spot, side in places:
            as_alice.post(f"/spots/{spot}/sides/{side}")
        answer = as_alice.get("/api/kept")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.json

    return get


def one(made):
    (stop,) = made["stops"]
    return stop


def test_nobody_gets_it_signed_out(client):
    assert client.get("/api/kept").status_code == 401


def test_it_is_of_the_person_with_their_preferences(app, alice, kept):
    made = kept()
    assert made["format"] == 2
    assert (made["owner"], made["zone"], made["language"]) == (str(alice.id), "Europe/Berlin", "en")
    assert made["getReadySeconds"] == 15
    assert made["use"]["tones"] is True
    assert made["made_at"] == NOON.isoformat()
    assert made["stops"] == []


def test_a_new_spot_starts_gently_with_any_tool(kept):
    made = kept(("top-of-buttock", "left"))
    stop = one(made)
    assert (stop["place"], stop["new"], stop["refused"]) == ("Top of the buttock, left", True, None)
    assert stop["tools"].keys() >= {"fingertips", "soft_ball_wall"}
    assert {made["plans"][number]["protocol"] for number in stop["tools"].values()} == {"gentle"}
    assert stop["feltIn"][:1] == ["low_back"]
    assert len(made["plans"]) == 1  # each plan once


def test_a_plan_is_the_one_that_prepare_would_make(kept, alice, add_session):
    for ago in (3, 6, 9):
        add_session(alice, on=NOON.date() - timedelta(days=ago), **GOOD)
    made = kept(("top-of-buttock", "left"))
    stop = one(made)
    plan = made["plans"][stop["tools"]["knuckle"]]
    assert (plan["protocol"], plan["start"], plan["target"]) == ("standard", 2, 3)
    assert stop["tool"] == "knuckle"
    assert stop["span"] == "opens at Light, up to Medium"
    gentle = made["plans"][stop["gentle"]]
    assert (gentle["protocol"], gentle["target"]) == ("gentle", 2)


def test_a_spot_that_rests_says_until_when_and_is_planned_for_then(kept, alice, add_session):
    add_session(alice, on=NOON.date(), at=time(9, 0), **GOOD | {"level_2_s": 100})
    made = kept(("top-of-buttock", "left"))
    stop = one(made)
    assert stop["refused"]["until"] == "2026-11-21T05:00:00+01:00"
    assert "20 hours" in stop["refused"]["why"] or "Once a day" in stop["refused"]["why"]
    assert stop["soon"]["until"] == "2026-11-22T09:00:00+01:00"
    plan = made["plans"][stop["tools"]["knuckle"]]
    assert plan["room_s"] > 200  # tomorrow's, not what is left of today


def test_a_spot_rests_for_good_until_an_answer(kept, alice, add_session):
    bruise = {"next_day_at": NOON - timedelta(days=2), "bruise": True}
    add_session(alice, on=date(2026, 11, 17), **GOOD | bruise)
    stop = one(kept(("top-of-buttock", "left")))
    assert stop["refused"] == {
        "until": None,
        "why": "There is a bruise here. Do not press until it is gone.",
    }


def test_what_every_session_asks_has_no_day_and_the_rest_has(kept):
    made = kept(("outer-shin", "left"), ("foot-arch", "left"))
    asks = {stop["spot"]: stop["asks"] for stop in made["stops"]}
    assert asks["foot-arch"].keys() == {"neuropathy_skin", "list"}
    assert asks["outer-shin"]["dvt"] is None
    assert datetime.fromisoformat(asks["outer-shin"]["list"]) > NOON


def test_a_gate_is_asked_from_a_month_after_its_answer(app, alice, kept, monkeypatch):
    asks = one(kept(("top-of-buttock", "left")))["asks"]
    assert datetime.fromisoformat(asks["bleeding"]) > NOON
    later = NOON + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert one(kept())["asks"]["bleeding"] == later.isoformat()
    nothing_ticked(app, alice)
    assert datetime.fromisoformat(one(kept())["asks"]["bleeding"]) > later


def test_who_was_never_asked_is_asked_everything_now(app):
    asked_never = sign_in(app, new_person(app, "new@example.org", answered=False))
    asked_never.post("/spots/top-of-buttock/sides/left")
    asks = one(asked_never.get("/api/kept").json)["asks"]
    assert set(asks) == {"back_red_flags", "bleeding", "list"}
    assert {datetime.fromisoformat(when) for when in asks.values()} == {NOON}


def test_it_says_what_each_answer_would_do_there(kept):
    made = kept(("outer-shin", "left"), ("top-of-buttock", "left"))
    shin, buttock = made["ticked"]["outer-shin"], made["ticked"]["top-of-buttock"]
    assert shin["leg_swollen"] == ["urgent"]
    assert buttock["leg_swollen"] == ["urgent"]  # the whole limb
    assert buttock["bruises_easily"] == ["gentle_only"]
    assert buttock["six_weeks"] == ["soon"]
    assert "bruises_easily" not in shin
    assert buttock["chest_pressure"] == ["emergency"]  # every spot, for now
    assert "clot" in shin


def test_it_knows_what_the_day_is_asked_and_what_was_said(as_alice, kept):
    kept(("top-of-buttock", "left"), ("foot-arch", "right"))
    as_alice.post("/days/2026-11-20/buttock/left", data={"pain": "3"})
    days = kept()["days"]
    assert days["on"] == "2026-11-20"
    assert [place for *_where, place in days["asked"]] == [
        "Buttock, left",
        "Sole of the foot, right",
    ]
    assert days["rated"] == [["buttock", "left"]]


def test_a_closed_spot_has_no_plan(app, as_alice, kept):
    kept(("top-of-buttock", "left"))
    sheet = {"id": "01936f00-0000-7000-8000-000000000001", "asks_list": "y", "entries": "clot"}
    as_alice.post("/safety/list", data=sheet)
    stop = one(kept())
    assert "Closed" in stop["closed"]
    assert "tools" not in stop


def test_numbness_last_time_is_asked_about(kept, alice, add_session):
    numb = GOOD | {"ended_by": "nerve", "nerve_events": 1}
    add_session(alice, on=date(2026, 11, 14), **numb)
    assert one(kept(("top-of-buttock", "left")))["asksNormal"] is True


def test_the_level_one_set_caps_every_plan(app, as_alice, kept):
    kept(("top-of-buttock", "left"))
    as_alice.post(
        "/spots/top-of-buttock/sides/left/settings",
        data={"level_cap": "1", "days_between": "", "note": "By the seam."},
    )
    made = kept()
    stop = one(made)
    assert stop["note"] == "By the seam."
    assert {phase["level"] for plan in made["plans"] for phase in plan["phases"]} <= {0, 1}


def test_it_speaks_the_language_of_the_person(app):
    eve = sign_in(app, new_person(app, "eva@example.org", locale="de"))
    eve.post("/spots/top-of-buttock/sides/left")
    made = eve.get("/api/kept").json
    assert made["language"] == "de"
    assert "links" in one(made)["place"]


def test_it_holds_nothing_of_anybody_else(kept, as_bob, bob, add_session):
    as_bob.post("/spots/foot-arch/sides/left")
    add_session(bob, spot="foot-arch")
    made = kept(("top-of-buttock", "left"))
    assert one(made)["spot"] == "top-of-buttock"
    assert str(bob.id) not in json.dumps(made)


def test_it_knows_the_days_to_come_that_a_test_keeps_free(as_alice, kept):
    assert one(kept(("top-of-buttock", "left")))["free"] is None
    form = {"kind": "quick", "place": "top-of-buttock/left", "start": "2026-11-21"}
    assert "/progress/tests/" in as_alice.post("/progress/tests/", data=form).location
    stop = one(kept())
    assert "2026-11-22" in stop["free"]["days"]
    assert "2026-11-21" in stop["free"]["days"]
    assert "without massage" in stop["free"]["why"]
    assert stop["soon"] is None
