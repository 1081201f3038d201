import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.finder.ranking import ReasonCode, find
from tracker.spots.catalog import catalog
from tracker.spots.content import groups


def offered(*regions, **more):
    return [match.spot.slug for match in find(regions, catalog(), **more)]


def test_low_back_offers_the_top_of_the_buttock_first():
    first, *others = find(["low_back"], catalog())
    assert first.spot.slug == "top-of-buttock"
    assert first.spot.region == "buttock"
    assert first.felt == ("low_back",)
    assert first.reason.code is ReasonCode.LISTED
    assert first.reason.listed_under == ("low back pain",)
    slugs = [match.spot.slug for match in others]
    assert slugs == ["rib-spine-corner", "low-back-pit", "side-hip"]


def test_what_was_recognised_comes_first():
    found = find(["low_back"], catalog(), recognised={"side-hip": "yes"})
    assert found[0].spot.slug == "side-hip"
    assert found[0].reason.code is ReasonCode.YOURS
    assert found[0].reason.answer == "yes"
    assert found[1].spot.slug == "top-of-buttock"


def test_yes_comes_before_partly_and_no_moves_nothing():
    answers = {"side-hip": "partly", "low-back-pit": "yes", "rib-spine-corner": "no"}
    found = find(["low_back"], catalog(), recognised=answers)
    slugs = [match.spot.slug for match in found]
    assert slugs == ["low-back-pit", "side-hip", "top-of-buttock", "rib-spine-corner"]
    assert found[3].reason.code is ReasonCode.LISTED
    assert found[3].reason.answer is None


def test_where_it_was_felt_comes_after_what_was_recognised_and_before_the_articles():
    answers, felt = {"side-hip": "partly", "foot-arch": "no"}, {"outer-shin": ["low_back"]}
    felt |= {"foot-arch": ["low_back"], "forearm-top": ["jaw"]}
    found = find(["low_back"], catalog(), recognised=answers, felt=felt)
    slugs = [match.spot.slug for match in found]
    assert slugs[:3] == ["side-hip", "outer-shin", "top-of-buttock"]
    assert not {"foot-arch", "forearm-top"} & set(slugs)
    assert (found[1].reason.code, found[1].reason.answer) == (ReasonCode.YOURS, "felt")


def test_a_recognised_spot_elsewhere_does_not_appear():
    assert "outer-shin" not in offered("low_back", recognised={"outer-shin": "yes"})


def test_a_recognised_spot_that_is_no_longer_there_is_passed_over():
    assert offered("big_toe", recognised={"gone": "yes"}) == offered("big_toe")


def test_covering_more_of_what_hurts_comes_before_the_listing():
    assert offered("low_back", "thigh_side")[0] == "side-hip"
    found = find(["thigh_side", "low_back"], catalog())
    assert found[0].felt == ("low_back", "thigh_side")


def test_being_listed_comes_before_being_felt():
    found = find(["neck"], catalog())
    assert [(match.spot.slug, match.reason.code) for match in found] == [
        ("skull-base", ReasonCode.LISTED),
        ("side-of-neck", ReasonCode.FELT),
    ]


def test_the_region_named_earlier_comes_first():
    assert offered("side_of_face")[:2] == ["chewing-muscle", "side-of-neck"]


def test_headache_listing_offers_the_jaw_though_it_is_not_felt_there():
    found = find(["head"], catalog())
    assert [match.spot.slug for match in found] == ["skull-base", "chewing-muscle"]
    assert found[1].reason.listed_under == ("headache",)


@pytest.mark.parametrize(
    ("chosen", "slug", "behind"),
    [
        ("jaw", "skull-base", ("face",)),
        ("temple", "chewing-muscle", ("head",)),
        ("face", "chewing-muscle", ("side_of_face", "jaw", "teeth")),
        ("upper_chest", "chest-front", ("chest",)),
        ("chest", "side-of-neck", ("chest",)),
        ("arm", "shoulder-blade", ("upper_arm",)),
        ("upper_arm", "forearm-top", ("arm",)),
        ("shoulder_front", "side-of-neck", ("shoulder",)),
        ("hip_side", "side-hip", ("hip",)),
        ("hip", "rib-spine-corner", ("hip_side",)),
        ("lower_buttock", "top-of-buttock", ("buttock",)),
        ("shoulder_blade_inner_edge", "upper-back", ("upper_back",)),
    ],
)
def test_a_broad_region_and_a_narrow_one_find_each_other(chosen, slug, behind):
    match = next(one for one in find([chosen], catalog()) if one.spot.slug == slug)
    assert match.felt == (chosen,)
    assert match.reason.regions[-len(behind) :] == behind
    assert (match.reason.code is ReasonCode.NEAR) == (chosen not in behind)


def test_near_is_weaker_than_felt():
    codes = [match.reason.code for match in find(["lower_buttock"], catalog())]
    assert codes == [ReasonCode.FELT, ReasonCode.FELT, ReasonCode.NEAR, ReasonCode.NEAR]


def test_being_near_more_of_what_hurts_counts_too():
    found = offered("arm", "shoulder_front")
    assert found == ["shoulder-blade", "side-of-neck", "forearm-top", "chest-front"]


def test_equals_come_in_number_order():
    assert offered("foot_sole", "thigh_lower")[:2] == ["outer-thigh", "foot-arch"]


def test_near_spots_too_put_the_listed_one_first():
    assert offered("hip_side") == ["rib-spine-corner", "side-hip", "top-of-buttock"]


def test_every_region_leads_somewhere_and_every_reason_is_true():
    for region in catalog().regions:
        found = find([region], catalog())
        assert found
        for match in found:
            beside = match.reason.code is ReasonCode.BESIDE
            assert match.felt == (() if beside else (region,))
            assert match.reason.regions
            assert not beside or set(match.reason.regions) <= {*catalog().regions[region].beside}
            assert bool(match.reason.listed_under) == (match.reason.code is ReasonCode.LISTED)


def test_every_region_has_neighbours_and_is_one_of_theirs():
    for region in catalog().regions.values():
        assert region.beside
        assert all(region.id in catalog().regions[one].beside for one in region.beside)


def test_a_place_without_a_spot_offers_those_felt_next_to_it_last_of_all():
    found = find(["calf", "low_back"], catalog(), {"calf": ["left"], "low_back": ["right"]})
    codes = [match.reason.code for match in found]
    assert codes == sorted(codes, key=lambda code: code is ReasonCode.BESIDE)
    last = {match.spot.slug: match for match in found if not match.felt}
    assert last["outer-shin"].reason.regions == ("shin",)
    assert {match.side for match in last.values()} == {"left"}
    assert "top-of-buttock" not in last


def test_a_place_with_one_spot_offers_its_neighbours_after_it_on_its_side():
    found = find(["foot_sole"], catalog(), {"foot_sole": ["right"]})
    assert [(match.spot.slug, match.felt, match.side) for match in found] == [
        ("foot-arch", ("foot_sole",), "right"),
        ("outer-shin", (), "right"),
    ]
    assert found[1].reason.regions == ("foot_top", "big_toe")


def test_neighbours_are_few_the_closest_first_and_only_where_there_are_few_spots():
    assert offered("calf") == ["outer-shin", "outer-thigh", "top-of-buttock"]
    assert offered("tailbone") == [
        "rib-spine-corner",
        "side-hip",
        "top-of-buttock",
        "low-back-pit",
    ]
    assert all(match.felt for match in find(["low_back"], catalog()))


def test_a_spot_that_is_off_is_no_neighbour():
    assert "side-of-neck" not in offered("wrist")
    assert "side-of-neck" in offered("hand")


def test_nothing_chosen_offers_nothing():
    assert find([], catalog(), recognised={"side-hip": "yes"}) == ()


def test_the_order_of_choosing_and_choosing_twice_change_nothing():
    assert offered("hip", "knee") == offered("knee", "hip", "hip")


def test_the_side_asked_for_is_handed_on():
    def sides(**asked):
        return {match.side for match in find(asked, catalog(), asked)}

    assert sides(low_back=["left"]) == {"left"}
    assert sides(low_back=["left", "right"]) == sides(low_back=[]) == {None}


def test_each_spot_gets_the_side_of_the_places_it_covers():
    asked = {"low_back": ["left"], "jaw": ["right"], "tailbone": []}
    found = {match.spot.slug: match.side for match in find(asked, catalog(), asked)}
    assert found["top-of-buttock"] == "left"
    assert found["rib-spine-corner"] == "left"
    assert found["chewing-muscle"] == "right"


def test_a_spot_felt_on_both_sides_is_offered_for_neither_alone():
    asked = {"low_back": ["left"], "buttock": ["right"]}
    assert find(asked, catalog(), asked)[0].side is None


PLACES = st.dictionaries(
    st.sampled_from([*catalog().regions]),
    st.sampled_from([(), ("left",), ("right",), ("left", "right")]),
    max_size=6,
)
OTHER = {"left": "right", "right": "left", None: None}


@given(asked=PLACES)
def test_sides_never_swap(asked):
    mirrored = {region: [OTHER[side] for side in sides] for region, sides in asked.items()}
    found = find(asked, catalog(), asked)
    assert [(match.spot, OTHER[match.side]) for match in found] == [
        (match.spot, match.side) for match in find(mirrored, catalog(), mirrored)
    ]
    for match in found:
        if match.side and match.felt:
            assert all(match.side in asked[region] or not asked[region] for region in match.felt)


@given(asked=PLACES, order=st.randoms())
def test_the_order_is_stable_and_each_place_is_covered_or_said_to_be_bare(asked, order):
    shuffled = [*asked]
    order.shuffle(shuffled)
    found = find(shuffled, catalog(), asked)
    assert found == find(asked, catalog(), asked)
    assert len({match.spot.slug for match in found}) == len(found)
    covered = {region for match in found for region in match.felt}
    assert covered <= asked.keys()
    assert asked.keys() - covered <= {"calf", "thigh_front"}


@given(asked=PLACES)
def test_spots_that_cover_most_of_what_is_chosen_come_first_then_those_that_name_most(asked):
    found = find(asked, catalog(), asked)

    def named(match):
        listed = (region for one in match.spot.listed for region in one.regions)
        return {*match.spot.felt_in, *listed}

    covered = [(len(match.felt), len({*match.felt} & named(match))) for match in found]
    assert covered == sorted(covered, reverse=True)


def test_three_places_near_a_spot_come_before_two_that_another_names():
    found = find(["throat", "upper_arm", "shoulder_front"], catalog())
    assert [(match.spot.number, len(match.felt)) for match in found[:2]] == [(4, 3), (14, 2)]


@given(
    asked=PLACES,
    recognised=st.dictionaries(
        st.sampled_from([*catalog().spots]), st.sampled_from(["yes", "partly", "no"])
    ),
)
def test_what_was_recognised_comes_before_all_that_cover_more(asked, recognised):
    found = find(asked, catalog(), asked, recognised)
    answers = [recognised.get(match.spot.slug) if match.felt else None for match in found]
    order = [{"yes": 0, "partly": 1}.get(answer, 2) for answer in answers]
    assert order == sorted(order)


@given(asked=PLACES)
def test_neighbours_come_last_and_are_at_most_three(asked):
    found = find(asked, catalog(), asked)
    beside = [match for match in found if match.reason.code is ReasonCode.BESIDE]
    assert len(beside) <= 3
    assert list(found[len(found) - len(beside) :]) == beside


@given(more=st.sets(st.sampled_from(["upper_back", "neck", "shoulder"]), max_size=2))
def test_low_back_offers_the_top_of_the_buttock_before_what_is_only_in_the_back(more):
    slugs = offered("low_back", *more)
    only_back = {"upper-back", "low-back-pit", "rib-spine-corner"}
    assert all(slugs.index("top-of-buttock") < slugs.index(one) for one in only_back & {*slugs})


@pytest.mark.parametrize(
    ("regions", "more", "message"),
    [
        (["lowback"], {}, "unknown region 'lowback'"),
        (["low_back"], {"sides": {"low_back": ["both"]}}, "unknown side 'both'"),
        (["low_back"], {"recognised": {"side-hip": "maybe"}}, "unknown answer 'maybe'"),
    ],
)
def test_what_does_not_exist_is_refused(regions, more, message):
    with pytest.raises(ValueError, match=message):
        find(regions, catalog(), **more)


def test_the_list_of_regions_is_grouped_from_head_to_foot():
    listed = groups(catalog())
    assert [group.label for group in listed] == [
        "Head and face",
        "Neck and throat",
        "Back",
        "Chest and belly",
        "Shoulders and arms",
        "Hips and buttocks",
        "Legs and feet",
    ]
    assert sum(len(regions) for regions in listed.values()) == 41
    back = next(regions for group, regions in listed.items() if group.id == "back")
    assert "low_back" in [region.id for region in back]
