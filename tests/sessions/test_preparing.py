"""A person is about to press a spot: the plan, and why it starts where it starts."""

import json
import re
from datetime import date, timedelta

import pytest

from tests.sessions.conftest import GOLDEN, guided, send
from tracker import clock
from tracker.accounts.models import GET_READY_S
from tracker.spots.catalog import catalog

NEW = "/sessions/new?spot=top-of-buttock&side=left"
GOOD = {
    "entry": "guided",
    "tool": "fingertips",
    "stayed_level": 2,
    "finished_holds": 3,
    "target_level": 2,
    "ended_by": "finished",
    "sharp_events": 0,
    "nerve_events": 0,
    "too_much_events": 0,
    "level_2_s": 40,
}


def guide_data(page):
    found = re.search(r'<script type="application/json" id="guide-data">(.*?)</script>', page, re.S)
    return json.loads(found[1])


def plan_for(client, side="left", tool="fingertips"):
    """The plan the guide would run, as it stands in the page."""
    page = client.get(f"/sessions/new?spot=top-of-buttock&side={side}").text
    for number, fits in re.findall(r'data-variant="(\d+)" data-fits="([^"]*)"', page):
        if f"{side}/{tool}" in fits.split():
            return guide_data(page)["plans"][int(number)]
    raise AssertionError("no plan fits")


def test_the_first_session_is_gentle_and_says_why(as_alice):
    plan = plan_for(as_alice)
    assert (plan["protocol"], plan["start"], plan["target"]) == ("gentle", 1, 2)
    assert "The first two sessions at a spot are gentle" in as_alice.get(NEW).text


def test_the_plan_of_a_first_session_is_the_one_in_the_golden_file(as_alice):
    plan, golden = plan_for(as_alice), GOLDEN[0]["plan"]
    assert {key: plan[key] for key in golden} == golden


def test_the_second_session_opens_as_the_first_ended_and_is_still_gentle(
    as_alice, alice, add_session
):
    add_session(alice, on=date(2026, 11, 17), **GOOD)
    plan = plan_for(as_alice)
    assert (plan["protocol"], plan["start"]) == ("gentle", 1)
    assert "still gentle" in as_alice.get(NEW).text


def test_after_two_good_ones_it_is_standard_and_opens_one_level_below_what_stayed(
    as_alice, alice, add_session
):
    for day in (14, 17):
        add_session(alice, on=date(2026, 11, day), **GOOD | {"stayed_level": 3, "target_level": 3})
    plan = plan_for(as_alice)
    assert (plan["protocol"], plan["start"], plan["target"]) == ("standard", 2, 3)
    assert "Medium stayed comfortable on" in as_alice.get(NEW).text


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ({"sharp_events": 1}, "It turned sharp last time"),
        (
            {"nerve_events": 1, "ended_by": "nerve"},
            "There was numbness, tingling or shooting pain last time",
        ),
        ({"peak_discomfort": 8}, "It was too much last time"),
    ],
)
def test_after_trouble_it_is_gentle_again(as_alice, alice, add_session, trouble, told):
    for day in (11, 14):
        add_session(alice, on=date(2026, 11, day), **GOOD)
    add_session(alice, on=date(2026, 11, 17), **GOOD | trouble)
    assert plan_for(as_alice)["protocol"] == "gentle"
    assert told in as_alice.get(NEW).text


def test_what_was_felt_on_one_side_says_nothing_of_the_other(as_alice, alice, add_session):
    for day in (14, 17):
        add_session(alice, on=date(2026, 11, day), **GOOD | {"stayed_level": 3, "target_level": 3})
    assert plan_for(as_alice, "left")["protocol"] == "standard"
    assert plan_for(as_alice, "right")["protocol"] == "gentle"


def test_a_session_sent_by_the_guide_shapes_the_next(as_alice, set_clock):
    for day in (14, 16, 18):
        at = f"2026-11-{day}T11:30:00+01:00"
        assert send(as_alice, guided(started_at=at, ended_at=None)).status_code == 201
    assert plan_for(as_alice)["protocol"] == "standard"


def test_gentle_only_is_gentle_for_ever(as_alice, alice, add_session):
    form = {"time_zone": "Europe/Berlin", "get_ready_s": "0", "gentle_only": "y"}
    as_alice.post("/you", data=form)
    for day in (14, 17):
        add_session(alice, on=date(2026, 11, day), **GOOD)
    plan = plan_for(as_alice)
    assert (plan["protocol"], plan["target"]) == ("gentle", 2)
    assert 'value="0" selected' in as_alice.get(NEW).text


def test_no_plan_is_above_the_cap_of_its_spot(as_alice):
    for spot in (one for one in catalog().spots.values() if not one.limits.opt_in_only):
        page = as_alice.get(f"/sessions/new?spot={spot.slug}")
        assert page.status_code == 200
        for plan in guide_data(page.text)["plans"]:
            assert max(phase["level"] for phase in plan["phases"]) <= spot.limits.max_level
            pressure = sum(p["seconds"] for p in plan["phases"] if p["level"] >= 2)
            assert pressure <= spot.limits.max_pressure_s_per_day


def test_cautions_stand_above_begin_and_begin_is_never_held_back(as_alice):
    page = as_alice.get("/sessions/new?spot=skull-base").text
    caution = catalog().spots["skull-base"].cautions[0].text[:30]
    assert page.index("Take care") < page.index(caution) < page.index("Begin")
    assert " disabled" not in page
    assert " required" not in page


def test_nothing_is_chosen_beforehand_but_side_tool_and_delay(as_alice):
    page = as_alice.get(NEW).text
    form = page[page.index("<form") : page.index("</form>")]
    assert re.findall(r'name="(\w+)" value="[^"]*"[^>]* checked', form) == ["side", "tool"]
    assert len(re.findall(r"<option", form)) == len(GET_READY_S)


def test_the_side_of_the_neck_leads_to_its_page_until_it_is_switched_on(as_alice):
    answer = as_alice.get("/sessions/new?spot=side-of-neck&side=left")
    assert (answer.status_code, answer.location) == (302, "/spots/side-of-neck")
    assert "/sessions/add?spot=side-of-neck" in as_alice.get(answer.location).text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "spot=no-such-spot",
        "spot=top-of-buttock&side=middle",
        "spot=top-of-buttock&side=both",
        "spot=top-of-buttock%00",
        "spot=00000000-0000-0000-0000-000000000000",
        "side=left",
    ],
)
def test_an_unknown_spot_or_side_is_not_there(as_alice, query):
    assert as_alice.get(f"/sessions/new?{query}").status_code == 404


def test_anothers_own_spot_is_not_there(as_alice, as_bob):
    form = {"name": "Inside of the heel", "region": "foot_sole"}
    own = as_alice.post("/spots/new", data=form).location.rsplit("/", 1)[1]
    assert as_alice.get(f"/sessions/new?spot={own}").status_code == 200
    assert as_bob.get(f"/sessions/new?spot={own}").status_code == 404


def test_a_name_of_ones_own_cannot_break_out_of_the_data(as_alice):
    name = "</script><script>alert(1)</script>"
    own = as_alice.post("/spots/new", data={"name": name, "region": "foot_sole"}).location
    page = as_alice.get(f"/sessions/new?spot={own.rsplit('/', 1)[1]}").text
    assert "<script>alert" not in page
    assert name in guide_data(page)["places"]["left"]


def test_twice_in_a_day_waits_until_tomorrow(as_alice):
    send(as_alice, guided())
    page = as_alice.get(NEW).text
    assert re.search(r'data-fits="left/fingertips[^>]* data-refused', page)
    assert "Come back" in page


def test_without_javascript_the_page_leads_to_logging_by_hand(as_alice):
    page = as_alice.get(NEW).text
    noscript = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "/sessions/add?spot=top-of-buttock" in noscript


def test_a_stranger_is_asked_to_sign_in(client):
    assert "/login" in client.get(NEW).location


FOURTH = "There were three sessions here in the last seven days"


def test_before_a_fourth_session_in_a_week_it_is_said_and_begin_is_begin(
    as_alice, alice, add_session
):
    now = clock.now()
    for days in (2.1, 4.1, 6.1):
        started = now - timedelta(days=days)
        when = {"started_at": started, "local_date": started.date(), "on": started.date()}
        add_session(alice, **when, **GOOD)
    page = as_alice.get(NEW).text
    assert FOURTH in page
    assert "data-early" not in page
    right = as_alice.get(NEW.replace("left", "right")).text
    assert right.count(FOURTH) == page.count(FOURTH) > 0  # it stands with the plans of the left
    assert "Gulick" in page


def test_before_a_third_nothing_is_said_of_the_week(as_alice, alice, add_session):
    for days in (2.1, 4.1):
        started = clock.now() - timedelta(days=days)
        when = {"started_at": started, "local_date": started.date(), "on": started.date()}
        add_session(alice, **when, **GOOD)
    assert FOURTH not in as_alice.get(NEW).text
