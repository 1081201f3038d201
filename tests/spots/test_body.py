"""The drawing of the body: mirrored, complete, small, and large enough to hit."""

import gzip
import re

import pytest

from tests.spots.drawn import holds, mirrored, polygons, to_edge
from tracker.spots.body import DRAWING, MEASURES, body, figure, read_body, shape
from tracker.spots.catalog import CatalogError, catalog

NARROWEST = 320 - 2 * 16  # px of the drawing on the narrowest phone
THUMB = 36  # px
WHOLE_HEAD = "head"  # its overview is two heads side by side, each with an inset of its own


def outline(view, region, side):
    d, transform = shape(view, region, side)
    assert transform in ("", "scale(-1 1)")
    drawn = polygons(d)
    return (mirrored(drawn) if transform else drawn)[0]


def skin(view):
    half = polygons(re.search(rf'id="{view}-half" d="([^"]+)"', DRAWING.read_text())[1])
    return [*half, *mirrored(half)]


def every_region():
    return [(view, *place) for view, places in body().regions.items() for place in places]


def test_every_region_is_drawn_and_the_calf_and_the_thigh_have_their_own():
    drawn = {region for _view, region, _side in every_region()}
    assert drawn == catalog().regions.keys()
    assert ("calf", "left") in body().regions["back"]
    assert ("thigh_front", "right") in body().regions["front"]


def test_the_right_half_mirrors_the_left():
    for view, places in body().regions.items():
        for (region, side), area in places.items():
            if side == "left":
                other = places[region, "right"]
                assert (other.x, other.y, other.r) == (-area.x, area.y, area.r)
                assert mirrored([outline(view, region, "right")])[0] == outline(view, region, side)


def test_what_lies_on_the_midline_is_its_own_mirror_image():
    for view in ("front", "back"):
        for region, side in body().regions[view]:
            if side == "mid":
                drawn = outline(view, region, side)
                for point in mirrored([drawn])[0]:
                    assert to_edge(drawn, point) < 0.6, (view, region)


def test_the_persons_left_is_on_the_viewers_right_except_from_behind():
    def lefts(view):
        return {area.x > 0 for (_, side), area in body().regions[view].items() if side == "left"}

    assert {view: lefts(view) for view in body().views} == {
        "front": {True},
        "back": {False},
        "head": {False},
        "sole": {True},
    }


@pytest.mark.parametrize(("view", "region", "side"), every_region())
def test_a_region_is_hit_by_its_own_centre_and_by_no_other(view, region, side):
    area = body().regions[view][region, side]
    centre = complex(area.x, area.y)
    sides = [place for place in body().regions[view] if holds(outline(view, *place), centre)]
    assert (region, side) in sides
    assert {place[0] for place in sides} == {region}
    assert to_edge(outline(view, region, side), centre) == pytest.approx(area.r, abs=0.8)
    assert any(holds(part, centre) for part in skin(view))


def width_on_phone(view, area):
    """The widest it gets, in px: in the view itself or in an inset around its centre."""
    boxes = [zoom.box for zoom in body().zooms.values() if zoom.view == view]
    boxes += [body().views[view].box] if view != WHOLE_HEAD else []
    sizes = [list(map(float, box.split())) for box in boxes]
    return max(
        2 * area.r * NARROWEST / width
        for x, y, width, height in sizes
        if x <= area.x <= x + width and y <= area.y <= y + height
    )


@pytest.mark.parametrize(("view", "region", "side"), every_region())
def test_a_thumb_hits_every_region_on_the_narrowest_phone(view, region, side):
    assert width_on_phone(view, body().regions[view][region, side]) >= THUMB


def test_every_spot_has_one_main_mark_on_each_side_and_lies_on_the_skin():
    for spot in catalog().spots.values():
        for side in spot.sides:
            first, *more = body().marks_of(spot.slug, side)
            assert first.main
            assert first.measured
            assert {mark.view for mark in more}.isdisjoint({first.view})
    for mark in body().marks:
        assert any(holds(part, complex(mark.x, mark.y)) for part in skin(mark.view)), mark


def test_the_marks_of_one_side_mirror_those_of_the_other():
    def at(side, sign):
        marks = (mark for mark in body().marks if mark.side == side)
        return [(mark.spot, mark.view, sign * mark.x, mark.y, mark.r) for mark in marks]

    assert at("left", 1) == at("right", -1)


def test_an_own_spot_has_no_mark():
    assert body().marks_of("0198", "left") == ()


def test_a_figure_is_the_same_body_with_nothing_to_tap():
    for view in body().views:
        drawn = figure(view)
        assert f'id="{view}-half"' in drawn
        assert "data-region" not in drawn
        assert not any(f'id="{view}-{region}"' in drawn for region in catalog().regions)
        assert drawn.count("<g") == drawn.count("</g>")


def test_the_drawing_is_small_and_leaves_its_colours_to_the_style_sheet():
    drawn = DRAWING.read_text(encoding="utf-8")
    assert len(gzip.compress(drawn.encode(), 9)) < 9_000
    assert "style" not in re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) == {"#fff"}  # the masks'


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("body.toml", 'spot = "foot-arch"', 'spot = "elbow-grease"', "no such view or spot"),
        ("body.toml", 'spot = "foot-arch"', 'spot = "outer-shin"', "'foot-arch' has none"),
        (
            "body.toml",
            'view = "sole"\nx',
            'view = "front"\nx',
            "'foot-arch' has none in its close-up",
        ),
        ("body.toml", 'view = "sole"', 'view = "palm"', "no such view or no box"),
        ("body.toml", "x = 46.0", 'x = "46"', "expected a number with a point, got '46'"),
        ("body.svg", 'data-region="calf"', 'data-region="toe"', "not both drawn and among"),
        ("body.svg", 'data-region="hip" data-side="left"', 'x="0"', "not drawn on its sides"),
        ("body.svg", 'id="body-sole"', 'id="body-palm"', "is not both drawn and named"),
        ("body.svg", "</svg>", "", "cannot be read"),
    ],
)
def test_a_mistake_in_the_drawing_names_its_file(tmp_path, file, old, new, message):
    for source in (DRAWING, MEASURES):
        text = source.read_text(encoding="utf-8")
        assert source.name != file or old in text
        text = text.replace(old, new) if source.name == file else text
        (tmp_path / source.name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=re.escape(message)):
        read_body(tmp_path / "body.svg", tmp_path / "body.toml")
