import pytest

from tracker.clock import now
from tracker.database import db
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import tracked_of


def choose(client, spot="top-of-buttock", side="left", verb=""):
    return client.post(f"/spots/{spot}/sides/{side}{verb}")


def worked_on(rows, person):
    return [(one.spot_id, one.side) for one in rows(tracked_of(person))]


def test_choosing_a_side_keeps_it_and_shows_it_first(as_alice, alice, rows):
    answer = choose(as_alice)
    assert answer.status_code == 303
    assert worked_on(rows, alice) == [("top-of-buttock", "left")]
    page = as_alice.get(answer.location)
    assert "You work on Top of the buttock, left." in page.text
    listed = as_alice.get("/spots/").text
    assert listed.index("You work on") < listed.index("All 14 spots")


def test_both_sides_are_chosen_apart(as_alice, alice, rows):
    choose(as_alice, side="left")
    choose(as_alice, side="right")
    choose(as_alice, side="left", verb="/remove")
    assert worked_on(rows, alice) == [("top-of-buttock", "right")]


def test_choosing_twice_is_choosing_once(as_alice, alice, rows):
    choose(as_alice)
    assert choose(as_alice).status_code == 303
    assert len(worked_on(rows, alice)) == 1


def test_letting_go_twice_is_no_error(as_alice, alice, rows):
    choose(as_alice)
    choose(as_alice, verb="/remove")
    assert choose(as_alice, verb="/remove").status_code == 303
    assert worked_on(rows, alice) == []


def test_the_spot_shows_which_sides_are_chosen(as_alice):
    choose(as_alice)
    page = as_alice.get("/spots/top-of-buttock").text
    assert '/sides/left/remove"' in page
    assert '/sides/right"' in page
    assert page.count('aria-pressed="true"') == 1


@pytest.mark.parametrize(
    ("spot", "side"),
    [
        ("top-of-buttock", "middle"),
        ("top-of-buttock", "LEFT"),
        ("top-of-buttock", "left%00"),
        ("elbow-of-nowhere", "left"),
        ("01a203cd-12b4-7720-9f5a-7dfea4e3cd08", "left"),
    ],
)
def test_a_spot_or_side_that_is_not_there_is_not_found(as_alice, alice, rows, spot, side):
    assert choose(as_alice, spot, side).status_code == 404
    assert choose(as_alice, spot, side, "/remove").status_code == 404
    assert worked_on(rows, alice) == []


def test_one_persons_choice_is_not_anothers(as_alice, as_bob, bob, rows):
    choose(as_alice)
    assert choose(as_bob, verb="/remove").status_code == 303
    assert worked_on(rows, bob) == []
    assert "You work on" in as_alice.get("/spots/").text
    assert "You work on" not in as_bob.get("/spots/").text


def test_choosing_needs_an_account(client, alice, rows):
    assert choose(client).status_code in (302, 401)
    assert worked_on(rows, alice) == []


def test_looking_does_not_choose(as_alice):
    assert as_alice.get("/spots/top-of-buttock/sides/left").status_code == 405


def test_a_chosen_spot_that_no_longer_exists_is_passed_over(app, as_alice, alice):
    with app.app_context():
        db.session.add(TrackedSpot(user_id=alice.id, spot_id="gone", side="left", since=now()))
        db.session.commit()
    page = as_alice.get("/spots/")
    assert page.status_code == 200
    assert "gone" not in page.text
