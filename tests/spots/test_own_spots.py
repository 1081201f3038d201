import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from tracker.spots.models import OwnSpot
from tracker.spots.queries import own_spots_of

HEEL = {"name": "Inside of the heel", "region": "foot_sole", "felt_in": ["shin", "foot_sole"]}


def add(client, **changes):
    return client.post("/spots/new", data=HEEL | changes)


def mine(rows, person):
    return rows(own_spots_of(person))


def test_adding_a_spot_of_ones_own_keeps_what_was_typed(as_alice, alice, rows):
    answer = add(as_alice, name="  Inside of the heel ", notes="Sit.\r\nPress up.")
    assert answer.status_code == 303
    (own,) = mine(rows, alice)
    assert answer.location == f"/spots/{own.id}"
    assert (own.name, own.region) == ("Inside of the heel", "foot_sole")
    assert own.felt_in == ["shin", "foot_sole"]
    assert own.notes == "Sit.\nPress up."
    page = as_alice.get(answer.location).text
    assert "Inside of the heel" in page
    assert "Shin, sole of the foot" in page
    assert f"/sessions/new?spot={own.id}&amp;side=left" in page


def test_the_name_is_enough_beside_the_place(as_alice, alice, rows):
    as_alice.post("/spots/new", data={"name": "X", "region": "big_toe"})
    (own,) = mine(rows, alice)
    assert (own.felt_in, own.notes) == ([], "")


def test_sending_the_same_form_twice_makes_one_spot(as_alice, alice, rows):
    form_id = str(uuid7())
    first = add(as_alice, id=form_id)
    second = add(as_alice, id=form_id)
    assert first.location == second.location == f"/spots/{form_id}"
    assert second.status_code == 303
    assert "saved already" in as_alice.get(second.location).text
    assert len(mine(rows, alice)) == 1


def test_two_people_may_have_the_same_id(as_alice, as_bob, alice, bob, rows):
    form_id = str(uuid7())
    add(as_alice, id=form_id)
    add(as_bob, id=form_id, name="Bob's")
    assert [own.name for own in mine(rows, alice)] == ["Inside of the heel"]
    assert [own.name for own in mine(rows, bob)] == ["Bob's"]


def test_the_form_carries_its_own_id(as_alice):
    first, second = as_alice.get("/spots/new").text, as_alice.get("/spots/new").text
    assert 'name="id"' in first
    assert first != second


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Please write something here."),
        ({"name": " \u200b "}, "Please write something here."),
        ({"name": "n" * 81}, "Use at most 80 characters."),
        ({"name": "a\x00b"}, "cannot be shown"),
        ({"name": "a\nb"}, "on one line"),
        ({"notes": "a\x1bb"}, "cannot be shown"),
        ({"notes": "n" * 2001}, "Use at most 2000 characters."),
        ({"region": ""}, "Choose where you press."),
        ({"region": "nowhere"}, "This place is not known here."),
        ({"felt_in": ["shin", "nowhere"]}, "One of these places is not known here."),
        ({"id": "not-an-id"}, "This form is damaged."),
        ({"id": "01A203CD-12B4-7720-9F5A-7DFEA4E3CD08"}, "This form is damaged."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_saved(
    as_alice, alice, rows, changes, message
):
    page = add(as_alice, **changes)
    assert page.status_code == 422
    assert message in page.text
    assert mine(rows, alice) == []


def test_what_was_typed_is_kept_when_something_is_wrong(as_alice):
    page = add(as_alice, region="nowhere", notes="Press <up>").text
    assert 'value="Inside of the heel"' in page
    assert "Press &lt;up&gt;" in page
    assert 'value="shin" checked' in page


@pytest.mark.parametrize("name", ["<b>x</b>", "100% %(me)s", "ألم الكتف", "\u202eabc", "🦶"])
def test_any_script_and_markup_is_shown_as_it_is(as_alice, alice, rows, name):
    page = as_alice.get(add(as_alice, name=name).location)
    assert page.status_code == 200
    assert "<b>x</b>" not in page.text
    assert mine(rows, alice)[0].name == name
    assert as_alice.get("/spots/").status_code == 200


def test_the_longest_name_and_notes_fit(as_alice, alice, rows):
    assert add(as_alice, name="ä" * 80, notes="ä\r\n" * 999 + "ää").status_code == 303
    assert len(mine(rows, alice)[0].notes) == 2000  # a line end counts once, as in the browser


def test_a_spot_can_be_corrected_but_stays_where_it_is(as_alice, alice, rows):
    location = add(as_alice).location
    changed = {"name": "Heel", "felt_in": [], "notes": "New", "region": "jaw", "id": str(uuid7())}
    answer = as_alice.post(f"{location}/edit", data=changed)
    assert (answer.status_code, answer.location) == (303, location)
    (own,) = mine(rows, alice)
    assert (own.name, own.felt_in, own.notes) == ("Heel", [], "New")
    assert own.region == "foot_sole"


def test_a_bad_correction_changes_nothing(as_alice, alice, rows):
    location = add(as_alice).location
    page = as_alice.post(f"{location}/edit", data={"name": "", "notes": "half"})
    assert page.status_code == 422
    assert "half" in page.text
    (own,) = mine(rows, alice)
    assert (own.name, own.notes) == ("Inside of the heel", "")


def test_anothers_spot_is_not_found(as_alice, as_bob, alice, rows):
    location = add(as_alice).location
    for path in (location, f"{location}/edit"):
        assert as_bob.get(path).status_code == 404
    assert as_bob.post(f"{location}/edit", data={"name": "Mine now"}).status_code == 404
    assert as_bob.post(f"{location}/sides/left").status_code == 404
    assert mine(rows, alice)[0].name == "Inside of the heel"
    assert "Inside of the heel" not in as_bob.get("/spots/").text


def test_anothers_spot_looks_like_one_that_never_was(as_alice, as_bob):
    theirs = as_alice.get(add(as_bob).location)
    never = as_alice.get(f"/spots/{uuid7()}")
    assert theirs.status_code == never.status_code == 404
    assert "There is no spot at this address" in theirs.text
    assert theirs.text == never.text


def test_ones_own_spot_needs_signing_in(client, as_alice, rows):
    location = add(as_alice).location
    assert client.get(location).status_code in (302, 401)
    assert client.get("/spots/new").status_code in (302, 401)
    assert add(client).status_code in (302, 401)
    assert rows(select(func.count(OwnSpot.id))) == [1]


def test_it_is_listed_and_can_be_worked_on(as_alice):
    location = add(as_alice).location
    assert as_alice.post(f"{location}/sides/right").status_code == 303
    page = as_alice.get("/spots/").text
    assert page.count(f'href="{location}"') == 2


def test_it_comes_up_where_it_is_felt_and_not_elsewhere(as_alice):
    location = add(as_alice).location
    assert location in as_alice.get("/spots/?region=shin").text
    assert location not in as_alice.get("/spots/?region=jaw").text


def test_an_unpaired_place_has_one_side(as_alice):
    location = add(as_alice, region="tailbone").location
    assert as_alice.post(f"{location}/sides/left").status_code == 404
    assert as_alice.post(f"{location}/sides/middle").status_code == 303


def test_its_limits_are_told_in_words(as_alice):
    page = as_alice.get(add(as_alice).location).text
    for words in ("2 Light", "at most 20 s", "at most 2 min", "Fingertips"):
        assert words in page


@pytest.mark.parametrize("region", ["throat", "neck", "jaw", "abdomen", "groin"])
def test_where_it_is_not_safe_to_guide_it_is_only_logged(as_alice, region):
    page = as_alice.get(add(as_alice, region=region).location).text
    assert "never guided" in page
    assert "/sessions/new" not in page
    assert "/sessions/add?spot=" in page
