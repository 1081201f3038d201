"""A spot is worked on for a place that hurts, which is often not where one presses."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import id_in, kept
from tests.progress.conftest import START, TODAY
from tracker.days.queries import asked_of
from tracker.progress.diaries import weeks_of
from tracker.progress.models import Trial
from tracker.progress.statistics import week_of
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import ever_tracked_of, find_spot

SPOT = "/spots/top-of-buttock"
LEFT, RIGHT = f"{SPOT}/sides/left", f"{SPOT}/sides/right"
BACK = "/progress/region/low_back/left"
CHOSEN = '<option value="low_back" selected>'


@pytest.fixture
def for_the_back(at, as_alice):
    """Alice works on the top of her left buttock as her low back hurts."""
    at(TODAY)
    as_alice.post(LEFT, data={"hurts_in": "low_back"})
    return as_alice


def asks(app, person, today=TODAY):
    with app.app_context():
        return asked_of(person, today)


def test_the_finder_hands_over_where_it_hurts(as_alice):
    assert CHOSEN in as_alice.get(f"{SPOT}?at=low_back.left&at=abdomen").text
    assert CHOSEN in as_alice.get(f"{SPOT}?at=abdomen&at=low_back.right").text  # felt from there
    assert " selected>" not in as_alice.get(f"{SPOT}?at=buttock.left").text
    assert " selected>" not in as_alice.get(f"{SPOT}?at=nowhere").text


def test_the_other_side_is_taken_to_be_for_the_same(for_the_back):
    assert CHOSEN in for_the_back.get(SPOT).text


def test_today_asks_about_what_hurts(app, for_the_back, alice):
    page = for_the_back.get("/").text
    assert "Low back, left" in page
    assert "Buttock, left" not in page
    assert asks(app, alice) == (("low_back", "left"),)


def test_unless_it_was_said_it_is_where_one_presses(app, as_alice, alice):
    as_alice.post(LEFT)
    assert asks(app, alice) == (("buttock", "left"),)


def test_two_spots_for_one_place_ask_once(app, for_the_back, alice):
    for_the_back.post("/spots/side-hip/sides/left", data={"hurts_in": "low_back"})
    for_the_back.post(RIGHT, data={"hurts_in": "low_back"})
    assert asks(app, alice) == (("low_back", "left"), ("low_back", "right"))


def test_it_can_be_changed_later_and_taken_back(app, for_the_back, alice):
    for_the_back.post(f"{LEFT}/settings", data={"hurts_in": "hamstrings"})
    assert asks(app, alice) == (("hamstrings", "left"),)
    assert "for: Back of the thigh" in for_the_back.get("/spots/yours").text
    for_the_back.post(f"{LEFT}/settings", data={"hurts_in": ""})
    assert asks(app, alice) == (("buttock", "left"),)


def test_a_place_nobody_knows_is_refused(as_alice, alice, rows):
    page = as_alice.post(LEFT, data={"hurts_in": "soul"}, follow_redirects=True).text
    assert "This place is not known here." in page
    assert rows(ever_tracked_of(alice)) == []
    as_alice.post(LEFT)
    answer = as_alice.post(f"{LEFT}/settings", data={"hurts_in": "soul", "note": "Here"})
    assert answer.status_code == 422
    assert "This place is not known here." in answer.text
    assert ">Here</textarea>" in answer.text.replace("\r\n", "")


def test_on_the_midline_only_the_midline_can_be_chosen(as_alice):
    own = {"name": "Crown", "region": "forehead", "notes": ""}
    form = as_alice.get("/spots/new").text
    own["id"] = form.split('name="id" type="hidden" value="')[1].split('"')[0]
    where = as_alice.post("/spots/new", data=own).location
    page = as_alice.get(where).text
    assert '<option value="head"' in page
    assert '<option value="low_back"' not in page


def test_chosen_anew_it_is_for_what_is_said_then(app, for_the_back, alice):
    for_the_back.post(f"{LEFT}/remove")
    assert CHOSEN in for_the_back.get(SPOT).text
    for_the_back.post(LEFT, data={"hurts_in": ""})
    assert asks(app, alice) == (("buttock", "left"),)


def test_the_chart_of_a_spot_leads_to_the_days_of_what_hurts(for_the_back, alice, add_session):
    add_session(alice, on=TODAY)
    page = for_the_back.get("/progress/top-of-buttock?side=left").text
    assert f'href="{BACK}"' in page
    assert "Day by day: Low back, left" in page


def test_two_spots_for_one_place_ask_for_the_pain_there_once(for_the_back, alice, add_session):
    for_the_back.post("/spots/side-hip/sides/left", data={"hurts_in": "low_back"})
    stops = "stop=top-of-buttock/left&stop=side-hip/left&stop=top-of-buttock/right"
    page = for_the_back.get(f"/sessions/together?{stops}").text
    assert page.count('id="pain-low-back"') == 1
    assert page.count('id="pain-buttock"') == 1
    one, other = (add_session(alice, spot, on=TODAY) for spot in ("top-of-buttock", "side-hip"))
    assert 'name="pain_after"' in for_the_back.get(f"/sessions/{other.id}/after").text
    again = for_the_back.get(f"/sessions/{other.id}/after?done={one.id}").text
    assert 'name="pain_after"' not in again


def test_a_session_is_marked_on_the_chart_of_what_hurts(app, for_the_back, alice, add_session):
    add_session(alice, on=TODAY)
    add_session(alice, "side-hip", on=TODAY - timedelta(days=1))
    with app.app_context():
        back, buttock, hip = (
            weeks_of(alice, region, "left", week_of(TODAY)).marks
            for region in ("low_back", "buttock", "hip_side")
        )
    assert (back, buttock, hip) == ({TODAY}, set(), {TODAY - timedelta(days=1)})


def test_the_baseline_is_of_what_hurts(app, for_the_back, alice, add_session, rate):
    add_session(alice, on=TODAY - timedelta(days=7))
    rate(alice, dict.fromkeys(range(8, 15), 7) | dict.fromkeys(range(7), 3))
    with app.app_context():
        assert weeks_of(alice, "low_back", "left", week_of(TODAY)).baseline.median == 7


def test_a_test_is_scored_by_what_hurts_and_holds_it(app, at, for_the_back, alice, rows):
    at(START - timedelta(days=1))
    begin = {"kind": "fair", "place": "top-of-buttock/left", "start": START.isoformat()}
    id_in(for_the_back.post("/progress/tests/", data=begin).location)
    assert [each.region for each in rows(select(Trial))] == ["low_back"]
    assert 'name="hurts_in"' not in for_the_back.get(f"{LEFT}/settings").text
    for_the_back.post(f"{LEFT}/settings", data={"hurts_in": "buttock", "note": "New"})
    (one,) = rows(ever_tracked_of(alice))
    assert (one.hurts_in, one.note) == ("low_back", "New")
    for_the_back.post(f"{LEFT}/remove")
    page = for_the_back.post(LEFT, data={"hurts_in": "hamstrings"}, follow_redirects=True).text
    assert "that can be changed once the test is over" in page
    at(START + timedelta(days=48))
    assert 'name="hurts_in"' in for_the_back.get(f"{LEFT}/settings").text


@pytest.mark.parametrize("away", ["pause", "remove"])
def test_a_test_goes_on_being_asked_about_when_its_spot_is_put_away(
    app, at, for_the_back, alice, away
):
    at(START - timedelta(days=1))
    begin = {"kind": "fair", "place": "top-of-buttock/left", "start": START.isoformat()}
    for_the_back.post("/progress/tests/", data=begin)
    for_the_back.post(f"{LEFT}/{away}")
    at(START)
    assert "Low back, left" in for_the_back.get("/").text
    assert asks(app, alice, START) == (("low_back", "left"),)
    assert asks(app, alice, START + timedelta(days=48)) == ()


def test_a_spot_of_ones_own_that_is_gone_asks_nothing(app, alice):
    kept(
        app,
        TrackedSpot(
            user_id=alice.id,
            spot_id="0198c0de-0000-7000-8000-000000000000",
            side="left",
            since=alice.created_at,
            hurts_in="low_back",
        ),
    )
    with app.app_context():
        assert find_spot(alice, "0198c0de-0000-7000-8000-000000000000") is None
    assert asks(app, alice) == ()
