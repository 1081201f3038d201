"""Where exactly it is: a mark on the close-up of a spot, and a spot of one's own on the body."""

import re

import pytest

from tests.conftest import id_in, kept
from tracker.clock import now
from tracker.spots.around import around_place, around_region, around_spot
from tracker.spots.body import body
from tracker.spots.catalog import catalog
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import own_spots_of, tracked_of

SETTINGS = "/spots/top-of-buttock/sides/left/settings"
WRONG = [("x", "1"), ("1", ""), ("", "1"), ("nan", "nan"), ("1e999", "1"), ("-400", "190")]


def marks(rows, person):
    return [(one.mark_x, one.mark_y) for one in rows(tracked_of(person))]


def middle_of(spot, side="left"):
    x, y = around(spot, side).middle
    return {"x": str(round(x, 1)), "y": str(round(y, 1))}


def around(spot, side="left"):
    return around_spot(body(), spot, catalog().spots[spot].closeup, side)


def own(client, region="shin", **fields):
    return id_in(
        client.post("/spots/new", data={"name": "Mine", "region": region} | fields).location
    )


def place(rows, person):
    (one,) = rows(own_spots_of(person))
    return one.view, one.x, one.y


@pytest.fixture
def worked_on(as_alice):
    as_alice.post("/spots/top-of-buttock/sides/left")
    return as_alice


def test_what_is_shown_of_a_spot_holds_its_marks_on_either_side():
    for spot in catalog().spots.values():
        for side in spot.sides:
            shown = around(spot.slug, side)
            assert shown.marks
            assert all(shown.holds(mark.x, mark.y) for mark in shown.marks)
            assert all(mark.side == side for mark in shown.marks)


def test_every_region_can_be_placed_on_in_some_view():
    for region in catalog().regions.values():
        side = "left" if region.paired else "middle"
        views = around_region(body(), region.id, side)
        assert views
        assert all(view == shown.view for view, shown in views.items())


def test_on_the_right_a_place_is_the_mirror_image():
    assert around_place("back", -20, 190, "left").middle == (-20, 190)
    assert around_place("back", -20, 190, "right").middle == (20, 190)
    assert not around_place("back", -20, 190, "left").holds(61, 190)


def test_a_mark_is_kept_and_shown_with_the_spot_and_said_on_prepare(worked_on, alice, rows):
    at = middle_of("top-of-buttock")
    worked_on.post(SETTINGS, data=at | {"note": "Here"})
    assert marks(rows, alice) == [(float(at["x"]), float(at["y"]))]
    spot = "/spots/top-of-buttock"
    assert "The ring with a cross is your mark." in worked_on.get(spot).text
    assert 'class="own-mark"' not in worked_on.get(f"{spot}?side=right").text
    prepare = worked_on.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert re.search(r"On you:</b> <span[^>]*>Here</span>", prepare)
    assert "See your mark" in prepare


def test_prepare_says_nothing_of_it_at_the_other_side(worked_on):
    worked_on.post(SETTINGS, data={"note": "Here"})
    page = worked_on.get("/sessions/new?spot=top-of-buttock&side=left").text
    sections = dict(re.findall(r'data-fits="(left|right)/.*?">(.*?)</section>', page, re.S))
    assert "On you:" in sections["left"]
    assert "On you:" not in sections["right"]


def test_a_mark_can_be_taken_away(worked_on, alice, rows):
    worked_on.post(SETTINGS, data=middle_of("top-of-buttock"))
    worked_on.post(SETTINGS, data={"x": "", "y": ""})
    assert marks(rows, alice) == [(None, None)]


@pytest.mark.parametrize(("x", "y"), WRONG)
def test_a_place_off_the_picture_is_refused_and_the_words_stay(worked_on, alice, rows, x, y):
    answer = worked_on.post(SETTINGS, data={"x": x, "y": y, "note": "My words"})
    assert answer.status_code == 422
    assert "not a place on the picture" in answer.text
    assert "My words" in answer.text
    assert marks(rows, alice) == [(None, None)]


def test_a_spot_of_ones_own_is_placed_and_its_page_shows_it(as_alice, alice, rows):
    spot = own(as_alice)
    assert "Place it on the body" in as_alice.get(f"/spots/{spot}").text
    assert 'name="view" value="front"' in as_alice.get(f"/spots/{spot}/place").text
    answer = as_alice.post(f"/spots/{spot}/place", data={"view": "front", "x": "28", "y": "380"})
    assert answer.location == f"/spots/{spot}"
    assert place(rows, alice) == ("front", 28.0, 380.0)
    page = as_alice.get(answer.location).text
    assert 'aria-label="Where it is: Mine, left"' in page
    assert 'viewBox="-12 340 80 80"' in page


def test_its_page_shows_the_side_one_works_on(as_alice):
    spot = own(as_alice)
    as_alice.post(f"/spots/{spot}/place", data={"view": "front", "x": "28", "y": "380"})
    as_alice.post(f"/spots/{spot}/sides/right")
    assert 'viewBox="-68 340 80 80"' in as_alice.get(f"/spots/{spot}").text


def test_it_is_seen_from_where_its_region_can_be_seen(as_alice):
    spot = own(as_alice, "knee")
    page = as_alice.get(f"/spots/{spot}/place").text
    assert re.findall(r"place\?view=(\w+)", page) == ["front", "back"]
    assert as_alice.get(f"/spots/{spot}/place?view=back").status_code == 200
    assert as_alice.get(f"/spots/{spot}/place?view=sole").status_code == 404
    assert as_alice.post(f"/spots/{spot}/place", data={"view": "moon"}).status_code == 404


@pytest.mark.parametrize(("x", "y"), WRONG)
def test_it_is_not_placed_beside_its_region(as_alice, alice, rows, x, y):
    spot = own(as_alice)
    answer = as_alice.post(f"/spots/{spot}/place", data={"view": "front", "x": x, "y": y})
    assert answer.status_code == 422
    assert place(rows, alice) == (None, None, None)


def test_placed_anew_the_marks_on_the_old_picture_go(as_alice, alice, rows):
    spot = own(as_alice)
    where = f"/spots/{spot}/place"
    as_alice.post(f"/spots/{spot}/sides/left")
    as_alice.post(where, data={"view": "front", "x": "28", "y": "380"})
    as_alice.post(f"/spots/{spot}/sides/left/settings", data={"x": "30", "y": "380"})
    as_alice.post(where, data={"view": "front", "x": "28", "y": "380"})
    assert marks(rows, alice) == [(30.0, 380.0)]
    as_alice.post(where, data={"view": "front", "x": "28", "y": "400"})
    assert marks(rows, alice) == [(None, None)]


def test_before_it_is_placed_there_is_nothing_to_mark(as_alice):
    spot = own(as_alice)
    as_alice.post(f"/spots/{spot}/sides/left")
    page = as_alice.get(f"/spots/{spot}/sides/left/settings").text
    assert "<place-mark" not in page
    assert f'href="/spots/{spot}/place"' in page
    answer = as_alice.post(f"/spots/{spot}/sides/left/settings", data={"x": "28", "y": "380"})
    assert answer.status_code == 422


def test_nobody_places_anothers_spot(as_alice, as_bob, alice, rows):
    spot = own(as_alice)
    assert as_bob.get(f"/spots/{spot}/place").status_code == 404
    form = {"view": "front", "x": "28", "y": "380"}
    assert as_bob.post(f"/spots/{spot}/place", data=form).status_code == 404
    assert place(rows, alice) == (None, None, None)


def test_a_mark_in_the_database_that_no_longer_fits_is_no_error(app, as_alice, alice):
    mine = {"user_id": alice.id, "spot_id": "top-of-buttock", "side": "left", "since": now()}
    kept(app, TrackedSpot(**mine, mark_x=900.0, mark_y=900.0))
    assert as_alice.get(SETTINGS).status_code == 200
    assert as_alice.get("/spots/top-of-buttock").status_code == 200
