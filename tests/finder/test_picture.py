"""What is drawn for an offer: marks, fields and lines stay on the asked side and on the stage."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.finder.picture import HEIGHT, WIDTH, draw, said
from tracker.finder.ranking import find
from tracker.spots.body import body
from tracker.spots.catalog import catalog


def picture_of(slug, **asked):
    match = next(match for match in find(asked, catalog(), asked) if match.spot.slug == slug)
    return draw(match, body())


def test_low_back_is_a_field_the_top_of_the_buttock_a_mark_and_a_line_joins_them():
    picture = picture_of("top-of-buttock", low_back=["left"])
    (panel,) = picture.panels
    assert panel.view == "back"
    assert panel.asked == (("low_back", "left"),)
    assert ("buttock", "left") in panel.felt
    ((x, y, *_),) = picture.presses
    ((from_x, from_y, to_x, to_y),) = picture.lines
    assert (from_x, from_y) == (x, y)
    area = body().regions["back"]["low_back", "left"]
    assert (to_x, to_y) == tuple(round(n, 1) for n in panel.place(area.x, area.y))
    assert to_y < from_y


def test_on_both_sides_there_are_two_marks_with_a_line_each():
    picture = picture_of("top-of-buttock", low_back=["left", "right"])
    (left, right), (panel,) = picture.presses, picture.panels
    assert left[0] - panel.place(0, 0)[0] == -(right[0] - panel.place(0, 0)[0])
    assert len(picture.lines) == 2
    assert panel.asked == (("low_back", "left"), ("low_back", "right"))


def test_what_is_felt_in_front_of_a_spot_on_the_back_stands_beside_it():
    picture = picture_of("shoulder-blade", shoulder_front=["right"])
    assert [panel.view for panel in picture.panels] == ["back", "front"]
    assert picture.panels[1].asked == (("shoulder_front", "right"),)
    assert picture.lines[0][2] > picture.panels[1].x


def test_a_spot_inside_what_it_is_felt_in_needs_no_line():
    assert picture_of("foot-arch", foot_sole=["left"]).lines == ()


def test_a_picture_is_plain_data():
    told = said(picture_of("top-of-buttock", low_back=["left"]))
    view, box, x, width, asked, _felt = told["panels"][0]
    assert (view, x, width, asked) == ("back", 0, 120, (("low_back", "left"),))
    assert len(box.split()) == 4


@given(
    region=st.sampled_from([*catalog().regions]),
    sides=st.sampled_from([["left"], ["right"], ["left", "right"], []]),
)
def test_every_offer_can_be_drawn_on_its_side_and_on_the_stage(region, sides):
    for match in find([region], catalog(), {region: sides}):
        picture = draw(match, body())
        wanted = {match.side, "mid"} if match.side else {"left", "right", "mid"}
        shown = {side for panel in picture.panels for _, side in (*panel.asked, *panel.felt)}
        assert shown <= wanted
        assert len(picture.presses) == (1 if match.side else 2)
        points = [press[:2] for press in picture.presses]
        points += [line[2:] for line in picture.lines]
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
        drawn = {one for panel in picture.panels for one, _ in (*panel.asked, *panel.felt)}
        assert drawn & {*match.felt, *match.reason.regions}
