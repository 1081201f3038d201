from hypothesis import given
from hypothesis import strategies as st

from tracker.finder.places import Asked, read
from tracker.spots.catalog import catalog

VALUES = [
    value
    for region in catalog().regions.values()
    for value in (
        [region.id, f"{region.id}.left", f"{region.id}.right"] if region.paired else [region.id]
    )
]


def sides(*values):
    return dict(read(values, catalog()).sides)


def test_a_place_has_the_side_it_was_asked_with():
    assert sides("low_back.left") == {"low_back": ("left",)}
    assert sides("jaw.right", "forehead") == {"forehead": (), "jaw": ("right",)}


def test_without_a_side_both_are_meant():
    assert (
        sides("low_back")
        == sides("low_back.right", "low_back.left")
        == sides("low_back", "low_back.left")
    )


def test_what_is_not_known_is_left_out_and_said_to_be():
    for value in (
        "nowhere",
        "low_back.middle",
        "low_back.",
        "face.left",
        "",
        ".left",
        "LOW_BACK",
        "a.b.c",
    ):
        asked = read([value, "jaw.left"], catalog())
        assert asked == Asked({"jaw": ("left",)}, unknown=True)


def test_a_place_is_taken_back_with_both_its_sides():
    asked = read(["low_back", "jaw.left"], catalog())
    assert asked.without("low_back").values() == ["jaw.left"]


@given(values=st.lists(st.sampled_from(VALUES), max_size=8))
def test_an_address_says_the_choice_again(values):
    asked = read(values, catalog())
    assert not asked.unknown
    assert read(asked.values(), catalog()) == asked


@given(values=st.lists(st.text(max_size=12)))
def test_no_address_is_too_odd(values):
    assert read(values, catalog()).sides.keys() <= catalog().regions.keys()
