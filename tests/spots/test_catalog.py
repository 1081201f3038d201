import re
import shutil
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path

import pytest

from tracker.spots.catalog import (
    OWN_LOG_ONLY_REGIONS,
    OWN_SPOT_LIMITS,
    SHIPPED,
    CatalogError,
    catalog,
    load,
)
from tracker.spots.claims import said_in
from tracker.spots.extract import extract_toml

# number: slug, highest level, longest hold in s, pressure in s per side and day, first tool
EXPECTED = {
    1: ("skull-base", 3, 30, 180, "fingertips"),
    2: ("rib-spine-corner", 3, 30, 240, "fingertips"),
    3: ("outer-shin", 3, 30, 180, "fingertips"),
    4: ("side-of-neck", 2, 15, 60, "fingertips"),
    5: ("forearm-top", 4, 30, 240, "fingertips"),
    6: ("side-hip", 4, 30, 300, "fingertips"),
    7: ("chewing-muscle", 3, 20, 120, "fingertips"),
    8: ("outer-thigh", 4, 30, 300, "fingertips"),
    9: ("chest-front", 3, 20, 120, "fingertips"),
    10: ("foot-arch", 4, 30, 240, "fingertips"),
    11: ("upper-back", 4, 30, 300, "soft_ball_wall"),
    12: ("top-of-buttock", 4, 30, 300, "fingertips"),
    13: ("low-back-pit", 4, 30, 300, "fingertips"),
    14: ("shoulder-blade", 4, 30, 300, "soft_ball_wall"),
}
FELT_IN = {
    "skull-base": "head face neck side_of_head behind_ear temple forehead",
    "rib-spine-corner": "low_back tailbone lower_buttock abdomen groin hip_side",
    "outer-shin": "shin foot_top big_toe",
    "side-of-neck": "upper_back shoulder_blade_inner_edge neck side_of_face upper_chest "
    "shoulder arm hand",
    "forearm-top": "elbow arm wrist hand",
    "side-hip": "low_back hip buttock lower_buttock thigh_side hamstrings",
    "chewing-muscle": "side_of_face jaw teeth",
    "outer-thigh": "thigh_lower knee",
    "chest-front": "chest upper_arm",
    "foot-arch": "foot_sole",
    "upper-back": "upper_back between_shoulder_blades",
    "top-of-buttock": "low_back buttock hip hamstrings",
    "low-back-pit": "low_back buttock hamstrings",
    "shoulder-blade": "shoulder shoulder_front upper_arm",
}
GATES = {
    "skull-base": "neck_vascular",
    "rib-spine-corner": "back_red_flags",
    "outer-shin": "dvt compartment neuropathy_skin",
    "side-of-neck": "chest_pain neck_vascular",
    "forearm-top": "",
    "side-hip": "bleeding back_red_flags",
    "chewing-muscle": "chest_pain",
    "outer-thigh": "dvt",
    "chest-front": "chest_pain",
    "foot-arch": "neuropathy_skin",
    "upper-back": "back_red_flags chest_pain",
    "top-of-buttock": "back_red_flags bleeding",
    "low-back-pit": "back_red_flags",
    "shoulder-blade": "chest_pain",
}
NEVER_SAID = re.compile(
    r"\b(treats?|treating|treatment|cures?|relie(f|ves?|ving)|heals?|healing|trigger points?|"
    r"knots?|adhesions?|toxins?|workouts?|releases?|clinically proven|proven|cleared|"
    r"safe to massage|recommend\w*|the source|spot \d+)\b",
    re.IGNORECASE,
)
DISEASES = re.compile(
    r"sciatica|plantar fasciitis|carpal tunnel|tennis elbow|shin splints|runner's knee|"
    r"bursitis|bruxism|thoracic outlet",
    re.IGNORECASE,
)


def texts(folder=SHIPPED):
    for path in sorted(folder.rglob("*.toml")):
        with path.open("rb") as file:
            for line, _, message, _ in extract_toml(file, (), (), {}):
                yield path.name, line, message


def strings(value, key=""):
    """Every string of the data with the name of its field."""
    if isinstance(value, str):
        yield key, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name), field.name)
    elif hasattr(value, "values"):
        yield from strings(tuple(value.values()), key)
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item, key)


def test_all_fourteen_spots_are_there_in_order():
    spots = catalog().spots
    assert [(spot.number, slug) for slug, spot in spots.items()] == [
        (number, facts[0]) for number, facts in EXPECTED.items()
    ]


@pytest.mark.parametrize("number", EXPECTED)
def test_a_spot_has_the_limits_of_the_reference(number):
    slug, level, hold, pressure, tool = EXPECTED[number]
    limits = catalog().spots[slug].limits
    assert (limits.max_level, limits.max_hold_s) == (level, hold)
    assert (limits.max_pressure_s_per_day, limits.start_tool) == (pressure, tool)


@pytest.mark.parametrize("slug", FELT_IN)
def test_a_spot_is_felt_and_gated_where_the_reference_says(slug):
    spot = catalog().spots[slug]
    assert spot.felt_in == tuple(FELT_IN[slug].split())
    assert spot.limits.gates == tuple(GATES[slug].split())


def test_only_the_side_of_the_neck_waits_to_be_switched_on():
    spots = catalog().spots.values()
    assert [spot.slug for spot in spots if spot.limits.opt_in_only] == ["side-of-neck"]


def test_both_sides_at_once_only_at_the_skull_and_the_jaw():
    spots = catalog().spots.values()
    both = [spot.slug for spot in spots if spot.limits.both_sides_at_once_ok]
    assert both == ["skull-base", "chewing-muscle"]


def test_only_the_side_of_the_neck_is_off_until_it_is_switched_on():
    spots = catalog().spots.values()
    assert [spot.slug for spot in spots if not spot.guided] == ["side-of-neck"]


def test_legs_are_asked_about_clots_every_time_and_still_guided():
    spots = catalog().spots.values()
    asked = [spot for spot in spots if "dvt" in spot.limits.every_session_gates]
    assert [(spot.slug, spot.guided) for spot in asked] == [
        ("outer-shin", True),
        ("outer-thigh", True),
    ]


def test_every_spot_has_a_left_and_a_right():
    assert {spot.sides for spot in catalog().spots.values()} == {("left", "right")}


def test_tools_are_those_of_the_reference():
    tools = catalog().tools
    assert {id_: tool.rung for id_, tool in tools.items()} == {
        "fingertips": 1,
        "palm": 1,
        "knuckle": 2,
        "roller_soft": 2,
        "soft_ball_wall": 2,
        "soft_ball_table": 2,
        "soft_ball_floor": 2,
        "soft_ball_floor_pair": 2,
        "soft_ball_floor_seated": 2,
        "firm_ball_wall": 3,
        "firm_ball_table": 3,
        "firm_ball_floor_seated": 3,
        "cane": 3,
    }
    assert len({tool.label for tool in tools.values()}) == len(tools)


def test_tools_at_a_few_spots_are_those_of_the_reference():
    def allowed(slug):
        return " ".join(catalog().spots[slug].limits.tools_allowed)

    assert allowed("skull-base") == "fingertips soft_ball_floor_pair"
    assert allowed("side-of-neck") == "fingertips"
    assert allowed("top-of-buttock") == "fingertips knuckle soft_ball_wall firm_ball_wall"
    assert allowed("upper-back") == "soft_ball_wall cane firm_ball_wall"


def test_own_spots_stay_light_and_are_only_noted_at_throat_and_belly():
    assert (OWN_SPOT_LIMITS.max_level, OWN_SPOT_LIMITS.max_hold_s) == (2, 20)
    assert OWN_SPOT_LIMITS.max_pressure_s_per_day == 120
    assert OWN_SPOT_LIMITS.tools_allowed == ("fingertips", "palm")
    noted = "throat neck face side_of_face jaw teeth abdomen groin"
    assert " ".join(OWN_LOG_ONLY_REGIONS) == noted


def test_there_are_41_regions_and_every_group_has_some():
    content = catalog()
    assert len(content.regions) == 41
    assert {region.group for region in content.regions.values()} == set(content.groups)
    assert not content.regions["head"].paired
    assert content.regions["low_back"].paired


def test_every_spot_says_how_to_find_it_in_a_few_steps():
    assert {len(spot.find) for spot in catalog().spots.values()} <= {2, 3, 4}


def test_the_top_of_the_buttock_tells_its_whole_story():
    spot = catalog().spots["top-of-buttock"]
    assert spot.main
    assert len(spot.find) == 4
    assert spot.no_dimples == "Not everyone has dimples; then find the bump by feel."
    assert [len(other.by) for other in spot.mistaken_for] == [1, 2, 4, 2]
    assert all(other.other_way.text for other in spot.mistaken_for)
    assert spot.anatomy
    assert spot.landmark
    assert spot.reassurance
    assert spot.tolerance
    assert spot.sharp
    assert [conflict.about for conflict in spot.conflicts] == ["find", "limits", "mistaken_for"]
    assert [code.code for code in spot.snomed] == ["206007"]


def test_other_spots_claim_no_mix_ups_the_reference_does_not_know():
    spots = catalog().spots.values()
    known = ["side-hip", "chest-front", "top-of-buttock"]
    assert [spot.slug for spot in spots if spot.mistaken_for] == known


def test_both_spots_the_article_ties_to_sciatica_say_so_with_the_same_sources():
    told = [catalog().spots[slug].mistaken_for for slug in ("side-hip", "top-of-buttock")]
    here, there = (next(one for one in all_ if "sciatica" in one.what) for all_ in told)
    assert (here.what, here.by, here.other_way) == (there.what, there.by, there.other_way)
    assert "bewyer2003" in here.by


def test_spots_that_go_together_say_so_of_each_other():
    pairs = {(spot.slug, pair.spot) for spot in catalog().spots.values() for pair in spot.pairs}
    assert ("top-of-buttock", "low-back-pit") in pairs
    assert {(other, one) for one, other in pairs} == pairs


def test_every_claim_is_said_by_someone_and_every_source_says_something():
    for spot in catalog().spots.values():
        said = said_in(spot).values()
        assert all(said)
        assert set(spot.sources) <= {source for by in said for source in by}


def test_a_single_case_is_not_called_a_study():
    cases = [source for source in catalog().sources.values() if source.kind == "case"]
    assert len(cases) == 7
    assert all("case" in source.strength for source in cases)
    studies = [source for source in catalog().sources.values() if source.kind == "study"]
    assert not any("case" in source.strength for source in studies)


def test_a_spot_the_article_says_nothing_about_says_so():
    spots = catalog().spots.values()
    silent = [spot.slug for spot in spots if spot.provenance["feel"] == ("none",)]
    assert silent == ["rib-spine-corner", "side-of-neck"]
    assert all("does not say" in catalog().spots[slug].feel for slug in silent)


def test_sources_lead_to_pubmed_and_say_how_strong_they_are():
    sources = catalog().sources
    assert len(sources) == 26
    assert sources["sun2015"].url == "https://pubmed.ncbi.nlm.nih.gov/26176792/"
    assert sources["general"].url is None
    assert sum(source.url is not None for source in sources.values()) == 11
    assert all(source.strength.endswith(".") for source in sources.values())


def test_the_content_has_a_version_and_a_first_change():
    content = catalog()
    assert content.version == "2026.11.22"
    assert content.changes[-1].date.isoformat() == "2026-11-22"
    assert "No clinician has reviewed" in content.review


def test_no_text_promises_a_cure():
    said = [text for text in texts() if NEVER_SAID.search(text[2])]
    assert said == []


def test_disease_names_are_never_the_apps_own_words():
    for spot in catalog().spots.values():
        own = (spot.name, spot.location, *spot.find, spot.technique, spot.feel, spot.shift_hint)
        assert not DISEASES.search(" ".join((*own, spot.reassurance or "")))


def test_no_text_names_a_file_of_this_machine():
    for path in SHIPPED.rglob("*.toml"):
        assert not re.search(r"\.txt|/work|/tmp|file 000", path.read_text(encoding="utf-8"))


def test_every_sentence_reaches_the_translators():
    untranslated = {"cite", "display", "seen_in"}
    found = {message for _, _, message in texts()}
    content = catalog()
    parts = (content.review, content.changes, content.groups, content.regions)
    parts += (content.sources, content.tools, content.spots, content.chapters)
    missed = [
        (key, text)
        for part in parts
        for key, text in strings(part)
        if key not in untranslated and text not in found and (" " in text or text[:1].isupper())
    ]
    assert missed == []
    assert content.spots["top-of-buttock"].name in found
    assert not found & {"top-of-buttock", "low_back", "back_red_flags", "26176792"}


def test_no_text_holds_what_a_template_would_take_for_a_placeholder_or_markup():
    assert [text for text in texts() if set(text[2]) & set("%<>&{}")] == []


def test_translators_are_told_the_line():
    path = SHIPPED / "spots" / "12-top-of-buttock.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    with path.open("rb") as file:
        found = list(extract_toml(file, (), (), {}))
    assert all(message in lines[line - 1] for line, _, message, _ in found)


def test_content_cannot_be_changed_while_the_app_runs():
    spot = catalog().spots["top-of-buttock"]
    with pytest.raises(FrozenInstanceError):
        spot.limits.max_level = 5
    with pytest.raises(TypeError):
        catalog().spots["mine"] = spot


@pytest.fixture
def copy(tmp_path) -> Path:
    return shutil.copytree(SHIPPED, tmp_path / "catalog")


NECK, MAIN = "spots/04-side-of-neck.toml", "spots/12-top-of-buttock.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (NECK, "max_level = 2", "max_level = 9", "limits.max_level: 9 is not within 1 to 4"),
        (NECK, "max_level = 2", "max_level = 0", "limits.max_level: 0 is not within 1 to 4"),
        (NECK, "max_level = 2", "max_level = true", "limits.max_level: expected a whole number"),
        (NECK, "max_level = 2", "max_level = 2.0", "limits.max_level: expected a whole number"),
        (NECK, "max_level = 2", "", "limits.max_level: missing"),
        (NECK, "max_level = 2", "max_level = 2\nmin = 1", "limits.min: unknown key"),
        (NECK, "max_hold_s = 15", "max_hold_s = 31", "limits.max_hold_s: 31 is not"),
        (NECK, "day = 60", "day = 0", "limits.max_pressure_s_per_day: 0 is not"),
        (NECK, 'd = ["fingertips"]', 'd = ["elbow"]', "tools_allowed: unknown tool 'elbow'"),
        (NECK, 'l = "fingertips"', 'l = "palm"', "limits.start_tool: unknown tool 'palm'"),
        (NECK, '"neck_vascular"]', '"luck"]', "limits.gates: unknown gate 'luck'"),
        (NECK, 's = ["chest_pain"]', 's = ["dvt"]', "every_session_gates: unknown gate 'dvt'"),
        (NECK, 'region = "neck"', 'region = "nek"', "region: unknown region 'nek'"),
        (NECK, '"upper_chest"', '"uper_chest"', "felt_in: unknown region 'uper_chest'"),
        (NECK, '["throat"]', '["gullet"]', "listed[1].regions: unknown region 'gullet'"),
        (NECK, '"article", "grant_wang"', '"grant"', "sources: unknown source 'grant'"),
        (NECK, "paired = true", 'paired = "yes"', "paired: expected true or false, got 'yes'"),
        (NECK, "paired = true", "paired = true\npared = 1", "pared: unknown key"),
        (NECK, "number = 4", "", "number: missing"),
        (NECK, "number = 4", "number = 5", "slug: 05-side-of-neck is not the file name"),
        (NECK, 'name = "Side of the neck"', 'name = ""', "name: is empty"),
        (NECK, 'name = "Side of the neck"', "name = [1]", "name: expected text, got [1]"),
        (NECK, '"fingertips only"', "7", "tools[0]: expected text, got 7"),
        (NECK, '["fingertips only"]', "[]", "tools: is empty"),
        (NECK, '["none"]', '["hearsay"]', "provenance.feel: unknown source 'hearsay'"),
        (NECK, 'feel = ["none"]', "", "provenance.feel: missing"),
        (NECK, 'feel = ["none"]', "feel = []", "provenance.feel: is empty"),
        (NECK, "[provenance]", '[provenance]\nmood = ["none"]', "provenance.mood: unknown key"),
        (NECK, "[limits]", "[limits", "not valid TOML"),
        (MAIN, '"aota2016"]', '"hou2002"]', "mistaken_for[3].by: unknown source 'hou2002'"),
        (
            MAIN,
            '"szadek2009", "judgement"]',
            '"hou2002"]',
            "other_way.by: unknown source 'hou2002'",
        ),
        (MAIN, 'by = ["sun2015"]', "by = []", "cautions[1].by: is empty"),
        (MAIN, 'about = "find"', 'about = "mood"', "conflicts[0].about: unknown part 'mood'"),
        (MAIN, 'spot = "low-back-pit"', 'spot = "pit"', "pairs[0].spot: unknown spot 'pit'"),
        (MAIN, '"general",\n]', '"general",\n  "yin2014",\n]', "sources: 'yin2014' says nothing"),
        ("about.toml", '"moraska2015"', '"gossip"', "chapters[0].claims[3].by: unknown source"),
        (MAIN, "what = ", "wat = ", "mistaken_for[0].wat: unknown key"),
        ("regions.toml", 'group = "head"', 'group = "hat"', "regions[0].group: unknown group"),
        ("regions.toml", '"forehead", ', '"brow", ', "regions[0].includes: unknown region 'brow'"),
        ("regions.toml", 'id = "jaw"', 'id = "teeth"', "regions[8].id: 'teeth' is there twice"),
        ("sources.toml", 'kind = "article"', 'kind = "blog"', "sources[0].kind: unknown kind"),
        ("sources.toml", 'kind = "silent"', 'kind = "case"', "sources[3].cite: does not fit"),
        ("sources.toml", 'pmid = "14575251"', 'pmid = "x"', "sources[4].pmid: 'x' is not"),
        ("sources.toml", 'pmid = "14575251"', "pmid = 1", "sources[4].pmid: expected text"),
        ("tools.toml", "rung = 1", 'rung = "low"', "tools[0].rung: expected a whole number"),
        ("catalog.toml", '"2026.11.22"', '"two"', "version: 'two' is not like"),
        ("catalog.toml", "date = 2026-11-22", 'date = "today"', "changes[0].date: expected a date"),
        ("catalog.toml", '"throat"', '"gullet"', "log_only_regions: unknown region 'gullet'"),
        ("catalog.toml", "max_level = 2", "max_level = 5", "own_spots.limits.max_level: 5 is not"),
    ],
)
def test_a_mistake_is_refused_naming_the_file_and_the_key(copy, file, old, new, message):
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as refused:
        load(copy)
    assert str(refused.value).startswith(f"{path.name}: ")
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('slug = "side-of-neck"', 'slug = "skull-base"', "slug: 'skull-base' is taken by 01"),
        ("number = 4", "number = 1", "number: 1 is taken by 01-skull-base.toml"),
    ],
)
def test_two_spots_cannot_share_a_number_or_a_slug(copy, old, new, message):
    path = copy / NECK
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogError, match=f"04-side-of-neck.toml: {message}"):
        load(copy)


def test_a_missing_file_is_named(copy):
    (copy / "tools.toml").unlink()
    with pytest.raises(CatalogError, match=r"tools\.toml: cannot be read"):
        load(copy)


def test_a_catalogue_without_spots_is_refused(copy):
    shutil.rmtree(copy / "spots")
    with pytest.raises(CatalogError, match="spots: holds no spot"):
        load(copy)


def test_a_file_that_is_not_utf_8_is_refused(copy):
    (copy / NECK).write_bytes("name = 'Genick über'".encode("latin-1"))
    with pytest.raises(CatalogError, match=r"04-side-of-neck\.toml: not valid TOML"):
        load(copy)


def test_a_copy_of_the_catalogue_loads(copy):
    assert load(copy).spots == catalog().spots
