import re
import shutil
from math import hypot

import pytest
from babel.support import Translations

from tests.spots.drawn import holds, polygons
from tests.spots.drawn import mirrored as mirror
from tracker.language import TRANSLATIONS
from tracker.settings import ROOT
from tracker.spots.body import body
from tracker.spots.catalog import SHIPPED, CatalogError, catalog, load
from tracker.spots.closeup import KINDS, laid_out, mirrored

SLUGS = list(catalog().spots)
DRAWING = (ROOT / "static/img/body.svg").read_text(encoding="utf-8")
GERMAN = Translations.load(TRANSLATIONS, ["de"]).gettext
MAIN = "spots/12-top-of-buttock.toml"


def drawn(slug, side="left", translate=str):
    return laid_out(catalog().spots[slug].closeup, side, translate)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("side", ["left", "right"])
def test_every_spot_is_in_its_picture_and_the_arrow_leads_to_it(slug, side):
    shown = catalog().spots[slug].closeup
    shown = mirrored(shown) if side == "right" else shown
    mark = next(one for one in body().marks_of(slug, side) if one.view == shown.view)
    left, top, width, height = shown.box
    assert left < mark.x - mark.r < mark.x + mark.r < left + width
    assert top < mark.y - mark.r < mark.y + mark.r < top + height
    (x, y), (from_x, from_y) = shown.arrow.end, shown.arrow.start
    reach = max(mark.r, mark.ry or 0)
    assert hypot(x - mark.x, y - mark.y) < reach + 6
    assert hypot(x - mark.x, y - mark.y) < hypot(from_x - mark.x, from_y - mark.y)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_picture_is_of_the_spots_main_place(slug):
    main = next(mark for mark in body().marks if mark.spot == slug and mark.main)
    assert catalog().spots[slug].closeup.view == main.view


@pytest.mark.parametrize("slug", SLUGS)
def test_every_picture_names_landmarks(slug):
    assert len(drawn(slug).names) >= 2


def test_the_top_of_the_buttock_shows_what_its_steps_name():
    picture = drawn("top-of-buttock")
    words = " ".join((*picture.names, picture.press))
    for name in ("dimple", "bump", "thick band", "1 cm below", "push", "toward the tailbone"):
        assert name in words


def test_an_arrow_points_where_its_words_say():
    shown = catalog().spots["top-of-buttock"].closeup
    (x, y), (from_x, from_y) = shown.arrow.end, shown.arrow.start
    tailbone = next(one.at for one in shown.landmarks if one.name == "tailbone")
    along = (tailbone[0] - x) / (x - from_x)
    assert y + along * (y - from_y) == pytest.approx(tailbone[1], abs=2)
    assert from_x < x  # from the side
    toward_the_hip = catalog().spots["outer-thigh"].closeup.arrow
    assert toward_the_hip.end[1] < toward_the_hip.start[1]


def test_an_inch_or_two_is_drawn_from_the_dimple_to_the_spot():
    shown = catalog().spots["low-back-pit"].closeup
    dimple, _spine, measure = shown.landmarks
    mark = next(one for one in body().marks_of("low-back-pit", "left") if one.main)
    assert measure.at == dimple.at
    assert measure.to == (mark.x, mark.y)


def test_the_right_is_the_mirror_of_the_left():
    left, right = drawn("top-of-buttock"), drawn("top-of-buttock", "right")
    x, y, width, height = map(float, left.box.split())
    assert right.box == f"{-x - width:g} {y:g} {width:g} {height:g}"
    assert [-label.x for label in left.labels] == [label.x for label in right.labels]
    assert {"start": "end", "end": "start", "middle": "middle"}[left.labels[1].anchor] == (
        right.labels[1].anchor
    )
    shown = catalog().spots["top-of-buttock"].closeup
    assert mirrored(mirrored(shown)) == shown


@pytest.mark.parametrize("translate", [str, GERMAN], ids=["english", "german"])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("slug", SLUGS)
def test_labels_are_legible_on_the_narrowest_phone_and_stay_inside(slug, side, translate):
    picture = drawn(slug, side, translate)
    left, top, width, height = map(float, picture.box.split())
    assert picture.letter * 320 / width == pytest.approx(15, abs=0.1)
    for label in (*picture.labels, picture.press_label):
        for y, line in label.lines:
            wide = len(line) * picture.letter * 0.66
            start = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
            assert top + picture.letter * 0.7 <= y <= top + height - picture.letter * 0.2
            assert start >= left - 0.01
            assert start + wide <= left + width + 0.01


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_label_moves_inward_when_its_longest_word_has_no_room_beside_it(side):
    for picture in (drawn(slug, side, lambda _: "Schienbeinvorderkante") for slug in SLUGS):
        left, _top, width, _height = map(float, picture.box.split())
        wide = len("Schienbeinvorderkante") * picture.letter * 0.66
        for label in (*picture.labels, picture.press_label):
            start = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
            assert left <= start <= left + width - wide
    as_written = catalog().spots["outer-shin"].closeup.landmarks
    assert drawn("outer-shin").labels[0].x == as_written[0].label[0]


def test_a_longer_translation_is_broken_into_more_lines():
    english, german = drawn("outer-shin"), drawn("outer-shin", translate="sehr {}".format)
    assert len(german.labels[1].lines) > len(english.labels[1].lines)
    assert " ".join(line for _, line in german.labels[1].lines) == "sehr bony bump: keep off"


@pytest.mark.parametrize(
    ("asked", "said"),
    [("", "Back, left"), ("?side=right", "Back, right"), ("?side=up", "Back, left")],
)
def test_the_page_shows_the_side_asked_for_and_says_it_in_words(client, asked, said):
    page = client.get(f"/spots/top-of-buttock{asked}").text
    label = re.search(r'role="img" aria-label="([^"]*)"', page).group(1)
    assert label == (
        f"{said}, with an arrow: push from the side toward the tailbone. Landmarks: dimple, over "
        "the bump, 1 cm below the bump, thick band of muscle, and tailbone."
    )


def test_the_side_is_changed_by_a_link_that_keeps_the_way_back(client):
    page = client.get("/spots/top-of-buttock?at=low_back.left").text
    assert "/spots/top-of-buttock?side=right&amp;at=low_back.left" in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "band"', 'kind = "ribbon"', "closeup.landmarks[2].kind: unknown kind 'ribbon'"),
        ("at = [0.0, 237.0]", "at = [0.0, 900.0]", "landmarks[3]: [0.0, 900.0] is not a point"),
        ("at = [0.0, 237.0]", "at = [237.0]", "landmarks[3]: [237.0] is not a point"),
        ("start = [-38.0", "start = [-380.0", "arrow: [-380.0, 178.1] is not a point"),
        ("box = [-62.0, ", "box = [", "closeup.box: is not x, y, width and height"),
    ],
)
def test_a_mistake_in_a_close_up_is_refused(tmp_path, old, new, message):
    copy = shutil.copytree(SHIPPED, tmp_path / "catalog")
    text = (copy / MAIN).read_text(encoding="utf-8")
    assert old in text
    (copy / MAIN).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as refused:
        load(copy)
    assert message in str(refused.value)


def test_every_kind_of_landmark_is_drawn():
    kinds = {kind for slug in SLUGS for kind, _ in drawn(slug).marks}
    assert kinds == set(KINDS)


def skin(view):
    """The silhouette of a view: the half that is drawn, and its mirror."""
    d = re.search(rf'id="{view}-half" d="([^"]+)"', DRAWING).group(1)
    drawn = polygons(d)
    return [*drawn, *mirror(drawn)]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_landmark_lies_on_the_body(slug):
    shown = catalog().spots[slug].closeup
    body_skin = skin(shown.view)
    for one in shown.landmarks:
        for point in filter(None, (one.at, one.to)):
            x, y = point
            # the midline is where the two halves meet
            assert any(holds(shape, complex(x or 0.1, y)) for shape in body_skin), one.name
