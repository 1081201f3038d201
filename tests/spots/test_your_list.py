"""A person's list: its order, what is set for each spot and side, paused and archived ones."""

import re

import pytest

from tests.conftest import kept
from tracker.clock import now
from tracker.spots.catalog import catalog
from tracker.spots.chosen import capped, moved
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import ever_tracked_of, tracked_of

SPOTS = ("top-of-buttock", "forearm-top", "foot-arch")
LIST = "/spots/yours"


def at(spot, verb, side="left"):
    return f"/spots/{spot}/sides/{side}/{verb}"


@pytest.fixture
def three(as_alice):
    for spot in SPOTS:
        as_alice.post(f"/spots/{spot}/sides/left")
    as_alice.get(LIST)
    return as_alice


def order(rows, person):
    return [one.spot_id for one in rows(tracked_of(person))]


def the_one(rows, person, spot="top-of-buttock"):
    (one,) = rows(ever_tracked_of(person).where(TrackedSpot.spot_id == spot))
    return one


def names(page):
    return re.findall(r'class="row__name" dir="auto">([^<]*)<', page)


def test_without_a_spot_the_list_says_how_to_get_one(as_alice):
    page = as_alice.get(LIST).text
    assert "No spot on your list" in page
    assert 'href="/spots/"' in page


def test_what_is_chosen_stands_in_the_order_of_choosing(three, alice, rows):
    assert order(rows, alice) == list(SPOTS)
    assert names(three.get(LIST).text) == [
        "Top of the buttock, left",
        "Top of the forearm near the elbow, left",
        "Arch of the foot, left",
    ]


def test_a_spot_moves_up_and_down_one_place_at_a_time(three, alice, rows):
    answer = three.post(at("foot-arch", "earlier"))
    assert answer.status_code == 303
    assert order(rows, alice) == ["top-of-buttock", "foot-arch", "forearm-top"]
    page = three.get(answer.location).text
    assert "Arch of the foot, left is now number 2." in page
    assert page.count(" autofocus") == 1
    three.post(at("top-of-buttock", "later"))
    three.post(at("top-of-buttock", "later"))
    assert order(rows, alice) == ["foot-arch", "forearm-top", "top-of-buttock"]


@pytest.mark.parametrize(("spot", "way"), [("top-of-buttock", "earlier"), ("foot-arch", "later")])
def test_at_an_end_there_is_nowhere_to_go(three, alice, rows, spot, way):
    assert three.post(at(spot, way)).status_code == 303
    assert order(rows, alice) == list(SPOTS)
    assert three.get(LIST).text.count(" disabled") == 2


def test_the_list_is_in_the_same_order_where_several_are_chosen(three):
    three.post(at("foot-arch", "earlier"))
    three.post(at("foot-arch", "earlier"))
    page = three.get("/sessions/several").text
    assert page.index("Arch of the foot") < page.index("Top of the buttock")


def test_what_is_set_is_kept_and_shown(three, alice, rows):
    form = {"level_cap": "2", "days_between": "3", "note": " Two fingers\r\nabove the bone. "}
    answer = three.post(at("top-of-buttock", "settings"), data=form)
    assert answer.location == LIST
    one = the_one(rows, alice)
    assert (one.level_cap, one.days_between) == (2, 3)
    assert one.note == "Two fingers\nabove the bone."
    page = three.get(LIST).text
    assert "at most Light" in page
    assert "every 3 days" in page
    assert "Two fingers" in three.get("/spots/top-of-buttock").text
    again = three.get(at("top-of-buttock", "settings")).text
    assert 'value="2" checked' in again
    assert '<option selected value="3">' in again


def test_left_blank_the_protocol_decides(three, alice, rows):
    three.post(at("top-of-buttock", "settings"), data={"level_cap": "1", "note": "Here"})
    three.post(
        at("top-of-buttock", "settings"), data={"level_cap": "", "days_between": "", "note": ""}
    )
    one = the_one(rows, alice)
    assert (one.level_cap, one.days_between, one.note) == (None, None, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"level_cap": "4"},
        {"level_cap": "0"},
        {"level_cap": "²"},
        {"level_cap": "2.0"},
        {"days_between": "0"},
        {"days_between": "15"},
        {"days_between": "-1"},
        {"days_between": "three"},
        {"note": "x" * 301},
        {"note": "a\x00b"},
    ],
    ids=str,
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(three, alice, rows, wrong):
    answer = three.post(at("top-of-buttock", "settings"), data={"note": "Kept words"} | wrong)
    assert answer.status_code == 422
    assert "Nothing was saved yet" in answer.text
    assert ("Kept words" in answer.text) != ("note" in wrong)
    assert the_one(rows, alice).note == ""


def test_a_cap_is_offered_only_below_the_spots_own(as_alice):
    as_alice.post("/spots/side-of-neck/sides/left")
    as_alice.post(
        "/you", data={"side_of_neck": "y", "time_zone": "UTC", "get_ready_s": "0", "gap_s": "15"}
    )
    page = as_alice.get(at("side-of-neck", "settings")).text
    assert re.findall(r'name="level_cap" value="(\d?)"', page) == ["", "1"]


def test_a_cap_that_no_longer_caps_is_none(app, as_alice, alice, rows):
    mine = {"user_id": alice.id, "spot_id": "side-hip", "side": "left", "since": now()}
    kept(app, TrackedSpot(**mine, level_cap=4))
    assert as_alice.post(at("side-hip", "settings"), data={"note": "x"}).status_code == 303
    assert the_one(rows, alice, "side-hip").level_cap is None


def test_each_side_has_its_own(three, alice, rows):
    three.post("/spots/top-of-buttock/sides/right")
    three.post(at("top-of-buttock", "settings", "right"), data={"level_cap": "1"})
    sides = {one.side: one.level_cap for one in rows(tracked_of(alice)) if one.level_cap}
    assert sides == {"right": 1}


def test_a_paused_spot_stays_in_its_place_and_says_so(three, alice, rows):
    assert three.post(at("forearm-top", "pause")).location == LIST
    assert order(rows, alice) == list(SPOTS)
    assert "Paused" in three.get(LIST).text
    three.post(at("forearm-top", "resume"))
    assert the_one(rows, alice, "forearm-top").paused_at is None


def test_an_archived_spot_is_off_the_lists_and_comes_back_as_it_was_set(three, alice, rows):
    three.post(at("top-of-buttock", "settings"), data={"note": "Here"})
    assert three.post(at("top-of-buttock", "archive")).location == LIST
    assert order(rows, alice) == ["forearm-top", "foot-arch"]
    page = three.get(LIST).text
    assert "Bring back" in page
    three.get("/spots/")
    assert "Top of the buttock, left" not in three.get("/sessions/several").text
    three.post(at("top-of-buttock", "restore"))
    assert order(rows, alice) == ["forearm-top", "foot-arch", "top-of-buttock"]
    assert the_one(rows, alice).note == "Here"


def test_the_history_of_an_archived_spot_is_kept(three, alice, add_session):
    add_session(alice)
    three.post(at("top-of-buttock", "archive"))
    assert "Top of the buttock, left" in three.get("/sessions/").text
    assert "top-of-buttock" in three.get("/sharing/sessions.csv").text


@pytest.mark.parametrize(
    "verb", ["settings", "earlier", "later", "pause", "resume", "archive", "restore"]
)
def test_nobody_sets_anothers_spot(three, as_bob, alice, rows, verb):
    before = [(one.spot_id, one.position, one.paused_at) for one in rows(tracked_of(alice))]
    answer = as_bob.post(at("top-of-buttock", verb), data={"note": "Mine now"})
    assert answer.status_code == (303 if verb in ("archive", "restore") else 404)
    assert [(o.spot_id, o.position, o.paused_at) for o in rows(tracked_of(alice))] == before
    assert the_one(rows, alice).note == ""


@pytest.mark.parametrize("verb", ["settings", "earlier", "pause", "archive", "restore"])
def test_a_side_that_is_not_there_is_not_found(three, verb):
    assert three.post(at("top-of-buttock", verb, "middle")).status_code == 404
    assert three.post(at("elbow-of-nowhere", verb)).status_code == 404


@pytest.mark.parametrize("moved_to", ["", "x", "top-of-buttock/left/sideways", "\x00"])
def test_a_strange_address_of_the_list_is_just_the_list(three, moved_to):
    page = three.get(LIST, query_string={"moved": moved_to})
    assert page.status_code == 200
    assert " autofocus" not in page.text


def test_a_cap_of_ones_own_only_ever_lowers():
    firm = catalog().spots["top-of-buttock"].limits
    assert capped(firm, 2).max_level == 2
    assert capped(capped(firm, 2), 4).max_level == 2
    assert capped(firm, None) is firm


def test_what_moves_stops_at_the_ends():
    assert moved("abc", 0, 1) == ["b", "a", "c"]
    assert moved("abc", 2, -1) == ["a", "c", "b"]
    assert moved("abc", 0, -1) == moved("abc", 2, 5) == ["a", "b", "c"]
