"""What is asked before a session, and what the answers close, cap or leave alone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.safety.rules import SHIPPED, load
from tracker.safety.standing import (
    SAFETY,
    Condition,
    GateAnswer,
    Often,
    OpensWith,
    Place,
    SafetyError,
    State,
    conditions_due,
    gates_due,
    how_often,
    implied,
    standing,
)
from tracker.spots.catalog import OWN_LOG_ONLY_REGIONS, catalog
from tracker.spots.extract import extract_toml

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OWN = "01890a5d-ac96-774b-bcce-b302099a8057"
# gate: spot numbers of the reference that ask it first, monthly, before every session
ASKED = {
    "back_red_flags": ([], [2, 6, 11, 12, 13], []),
    "chest_pain": ([7, 11, 14], [], [4, 9]),
    "neck_vascular": ([], [1, 4], []),
    "dvt": ([], [], [3, 8]),
    "compartment": ([3], [], []),
    "bleeding": ([], [6, 12], []),
    "neuropathy_skin": ([3, 10], [], []),
}
# Answers are stored by these ids: they may be added to, never renamed or removed.
ITEMS = {
    "back_red_flags": "saddle_numbness bladder_trouble bladder_leaking bowel_leaking "
    "sexual_feeling both_legs leg_getting_worse sudden_back_belly bad_fall small_fall back_fever "
    "back_infection_risk back_cancer steadily_worse worst_at_night weight_loss foot_drop "
    "stiff_mornings six_weeks",
    "chest_pain": "chest_pressure chest_spreading chest_unwell chest_effort chest_breath "
    "chest_not_looked_at",
    "neck_vascular": "sudden_headache neck_dizzy neck_vision_speech neck_swallowing "
    "neck_one_side neck_injury artery_disease past_stroke connective_tissue new_headache_50",
    "dvt": "leg_swollen leg_swollen_breath lying_still long_travel leg_pregnancy past_clot "
    "clot_cancer oestrogen",
    "compartment": "tight_shin shin_pain",
    "bleeding": "blood_thinner bruises_easily fragile_skin",
    "neuropathy_skin": "reduced_feeling diabetes_nerves open_skin skin_infection fungus_wart",
}
CONDITIONS = (
    "fracture open_wound infection clot myositis_ossificans anticoagulant osteoporosis neuropathy "
    "pregnancy cancer inflammatory implant acute_injury widespread age_minor dizzy_bp"
)
NEVER_SAID = re.compile(
    r"\b(treat\w*|cures?|relie(f|ves?|ving)|heals?|healing|trigger points?|knots?|adhesions?|"
    r"toxins?|alignment|workouts?|releases?|proven|evidence-based|cleared|safe|improv\w+|"
    r"recommend\w*|sciatica|fasciitis|carpal|stop taking|your dose)\b",
    re.IGNORECASE,
)


def spot(slug: str) -> Place:
    return Place.of(slug)


def own(region: str) -> Place:
    return Place.of(OWN, region)


ALL = [spot(slug) for slug in catalog().spots]
OWN_SPOTS = [own(r) for r in catalog().regions if r not in OWN_LOG_ONLY_REGIONS]


def answer(gate: str, *items: str, ago: timedelta = MINUTE, cleared: timedelta | None = None):
    """What was ticked so long ago, and how long ago it was said that a clinician has looked."""
    at = NOW - cleared if cleared is not None else None
    return GateAnswer(gate, NOW - ago, frozenset(items), at)


def has(id_: str, region: str | None = None, side: str | None = None, ago=DAY, **changes):
    return Condition(id_, NOW - ago, region, side, **changes)


def due(slug: str, *answers: GateAnswer, done: int = 0) -> list[str]:
    return [d.gate for d in gates_due([spot(slug)], answers, {slug: done}, NOW)]


def stands(place: Place | str, *said: GateAnswer | Condition, side: str = "left", now=NOW):
    answers = [each for each in said if isinstance(each, GateAnswer)]
    conditions = [each for each in said if isinstance(each, Condition)]
    place = spot(place) if isinstance(place, str) else place
    return standing(place, side, answers, conditions, now)


def looks(place, said) -> bool:
    """Whether it is said there to look at the skin before and after."""
    return any(
        "Look at the skin before and after." in SAFETY.effects[reason.effect].text
        for reason in stands(place, said).reasons
    )


def closed(*said: GateAnswer | Condition, side: str = "left") -> set[str]:
    """The slugs of the spots that are closed."""
    return {p.id for p in ALL if stands(p, *said, side=side).state is not State.OPEN}


# What is asked, and when


@pytest.mark.parametrize("gate", ASKED)
def test_each_spot_asks_its_gates_as_often_as_the_reference_says(gate):
    numbers = {spot.number: slug for slug, spot in catalog().spots.items()}
    told = zip(Often, ASKED[gate], strict=True)
    expected = {numbers[n]: often.value for often, spots in told for n in spots}
    assert dict(SAFETY.gates[gate].spots) == expected


def test_before_the_first_session_every_gate_of_the_spot_is_asked():
    assert due("outer-shin") == ["dvt", "compartment", "neuropathy_skin"]
    assert due("forearm-top") == []


def test_several_spots_are_asked_once_per_gate():
    chosen = [spot("upper-back"), spot("shoulder-blade"), spot("chest-front")]
    chest = next(d for d in gates_due(chosen, [], {}, NOW) if d.gate == "chest_pain")
    assert chest.spots == ("upper-back", "shoulder-blade", "chest-front")
    assert chest.often is Often.EVERY_SESSION


def test_a_month_later_the_back_is_asked_again():
    assert due("low-back-pit", answer("back_red_flags", ago=29 * DAY), done=9) == []
    assert due("low-back-pit", answer("back_red_flags", ago=30 * DAY), done=9) == ["back_red_flags"]


def test_the_front_of_the_chest_asks_before_every_session():
    assert due("chest-front", answer("chest_pain", ago=29 * MINUTE), done=9) == []
    assert due("chest-front", answer("chest_pain", ago=30 * MINUTE), done=9) == ["chest_pain"]


def test_an_answer_at_one_spot_holds_for_the_other_spots_of_its_gate():
    assert due("shoulder-blade", answer("chest_pain", ago=20 * DAY)) == []


def test_what_is_asked_first_is_not_asked_again_at_a_spot_already_tried():
    assert due("chewing-muscle", answer("chest_pain", ago=400 * DAY), done=1) == []


def test_a_new_spot_does_not_rely_on_an_old_answer():
    assert due("chewing-muscle", answer("chest_pain", ago=30 * DAY)) == ["chest_pain"]


def test_sessions_from_before_the_question_existed_do_not_skip_it():
    assert due("chewing-muscle", done=12) == ["chest_pain"]


def test_an_answer_from_a_clock_that_ran_ahead_does_not_count():
    assert due("chest-front", answer("chest_pain", ago=-DAY)) == ["chest_pain"]


def test_a_closed_gate_is_not_asked_again_until_a_clinician_has_looked():
    stop = answer("chest_pain", "chest_not_looked_at", ago=3 * DAY)
    assert due("chest-front", stop) == []
    assert due("chest-front", replace(stop, cleared_at=NOW - DAY)) == ["chest_pain"]


def test_a_leg_looked_at_a_moment_ago_is_asked_about_anew():
    swollen = answer("dvt", "leg_swollen", ago=9 * MINUTE, cleared=MINUTE)
    assert due("outer-thigh", swollen, done=3) == ["dvt"]


def test_what_lies_in_the_past_is_not_asked_again_at_once_after_a_look():
    stroke = answer("neck_vascular", "past_stroke", ago=9 * MINUTE, cleared=MINUTE)
    assert due("skull-base", stroke) == []


def test_own_spots_are_asked_what_the_spots_of_their_body_group_are_asked():
    for slug, known in catalog().spots.items():
        group = catalog().regions[known.region].group
        for gate in SAFETY.gates.values():
            if slug in gate.spots:
                rank = list(Often).index
                assert rank(gate.groups[group]) >= rank(gate.spots[slug])


@pytest.mark.parametrize("region", ["calf", "shin"])
def test_an_own_spot_on_the_calf_asks_about_clots_every_time(region):
    asked = gates_due([own(region)], [], {}, NOW)
    assert [(d.gate, d.often) for d in asked] == [
        ("dvt", "every_session"),
        ("compartment", "first"),
        ("neuropathy_skin", "first"),
    ]


@pytest.mark.parametrize("region", ["calf", "thigh_front", "hamstrings", "foot_top"])
def test_a_clot_closes_every_part_of_its_leg_and_of_no_other(region):
    clot = has("clot", "shin", "left")
    assert stands(own(region), clot).state is State.CLOSED
    assert stands(own(region), clot, side="right").state is State.OPEN


def test_a_place_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="unknown region 'elsewhere'"):
        Place.of(OWN, "elsewhere")
    with pytest.raises(ValueError, match="unknown region None"):
        Place.of("no-such-spot")


def test_the_list_is_asked_before_the_first_session_and_every_ninety_days():
    assert conditions_due(None, NOW)
    assert not conditions_due(NOW - 89 * DAY, NOW)
    assert conditions_due(NOW - 90 * DAY, NOW)


# What the answers do


def test_none_of_these_leaves_a_spot_open():
    answers = [answer(gate) for gate in SAFETY.gates]
    assert stands("top-of-buttock", *answers).state is State.OPEN
    assert stands("top-of-buttock", *answers).cap == 4
    assert gates_due(ALL, answers, {}, NOW) == ()


def test_chest_pressure_is_an_emergency_wherever_one_was_about_to_press():
    said = answer("chest_pain", "chest_pressure")
    assert {stands(place, said).state for place in ALL} == {State.EMERGENCY}
    assert stands("foot-arch", said).reasons[0].effect == "emergency"


def test_after_an_emergency_the_spots_it_was_asked_for_stay_closed():
    said = answer("chest_pain", "chest_pressure", ago=31 * MINUTE)
    asking = set(SAFETY.gates["chest_pain"].spots)
    assert closed(said) == asking
    assert {stands(slug, said).state for slug in asking} == {State.CLOSED}


@pytest.mark.parametrize(
    "item", [i for i in SAFETY.items.values() if i.kind in ("emergency", "urgent", "stop")]
)
def test_every_warning_sign_closes_until_a_clinician_has_looked(item):
    gate = next(g for g in SAFETY.gates.values() if item in g.items)
    for slug in gate.spots:
        shut = stands(slug, answer(gate.id, item.id, ago=99 * DAY))
        assert (shut.state, shut.cap) == (State.CLOSED, 0)
        assert shut.clear_with is OpensWith.CLINICIAN
        looked = answer(gate.id, item.id, ago=99 * DAY, cleared=DAY)
        assert stands(slug, looked).cap == 4


@pytest.mark.parametrize(
    "item", [i for i in SAFETY.items.values() if i.kind in ("gentle_only", "raise_caution")]
)
def test_every_caution_keeps_its_spots_at_light_or_below(item):
    gate = next(g for g in SAFETY.gates.values() if item in g.items)
    for slug in gate.spots:
        assert stands(slug, answer(gate.id, item.id, ago=20 * DAY)).cap <= 2


def test_none_of_these_does_not_open_what_waits_for_a_clinician():
    said = answer("back_red_flags", "foot_drop", ago=40 * DAY)
    assert stands("low-back-pit", said, answer("back_red_flags")).state is State.CLOSED


def test_a_clinicians_look_before_the_answer_does_not_count():
    said = answer("back_red_flags", "foot_drop", ago=2 * DAY, cleared=3 * DAY)
    assert stands("low-back-pit", said).state is State.CLOSED


def test_a_clinicians_look_still_to_come_does_not_count():
    said = answer("back_red_flags", "foot_drop", ago=2 * DAY, cleared=-DAY)
    assert stands("low-back-pit", said).state is State.CLOSED


def test_an_emergency_a_clinician_has_looked_at_is_over():
    said = answer("back_red_flags", "bladder_leaking", ago=9 * MINUTE, cleared=MINUTE)
    assert stands("low-back-pit", said).state is State.OPEN


@pytest.mark.parametrize("sign", ["leg_swollen", "leg_swollen_breath"])
def test_a_suspected_clot_is_never_massaged_at_any_level(sign):
    said = answer("dvt", sign, ago=DAY)
    legs = {"outer-shin", "outer-thigh", "foot-arch", "side-hip", "top-of-buttock"}
    assert closed(said) == closed(said, side="right") == legs
    assert stands(own("knee"), said).cap == 0


def test_travel_keeps_the_leg_light_until_the_next_answer():
    travel = answer("dvt", "long_travel", ago=DAY)
    assert stands("outer-thigh", travel).cap == 2
    assert stands("forearm-top", travel).cap == 4
    assert stands("outer-thigh", travel, answer("dvt")).cap == 4


def test_blood_thinners_keep_every_spot_light():
    said = answer("bleeding", "blood_thinner")
    assert {stands(place, said).cap for place in ALL} == {2}


def test_reduced_feeling_leaves_touch_and_a_look_at_shin_and_foot():
    said = answer("neuropathy_skin", "reduced_feeling", ago=300 * DAY)
    for place in (spot("outer-shin"), spot("foot-arch"), own("foot_top")):
        assert (stands(place, said).cap, looks(place, said)) == (1, True)
    assert not looks("side-hip", said)


def test_pregnancy_told_at_a_gate_counts_as_on_the_list():
    said = answer("dvt", "leg_pregnancy", ago=DAY)
    assert [each.id for each in implied([said], [])] == ["pregnancy"]
    assert stands("forearm-top", said).clear_with is OpensWith.AGREE
    agreed = has("pregnancy", agreed_at=NOW - MINUTE, ago=2 * DAY)
    assert stands("forearm-top", said, agreed).state is State.OPEN
    assert stands("outer-shin", said, agreed).state is State.CLOSED


def test_a_list_newer_than_the_answer_has_the_last_word():
    said = answer("dvt", "leg_pregnancy", ago=9 * DAY)
    assert implied([said], [has("pregnancy", ago=99 * DAY, ended_at=NOW - DAY)]) == ()
    assert implied([said], [has("pregnancy", ago=99 * DAY, ended_at=NOW - 10 * DAY)]) != ()


def test_advice_is_shown_once():
    first = answer("back_red_flags", "stiff_mornings")
    assert stands("side-hip", first).advice == ("stiff_mornings",)
    assert (stands("side-hip", first).cap, stands("side-hip", first).reasons) == (4, ())
    assert stands("forearm-top", first).advice == ()
    assert stands("side-hip", first, now=NOW + DAY).advice == ()
    earlier = answer("back_red_flags", "stiff_mornings", ago=30 * DAY)
    assert stands("side-hip", earlier, first).advice == ()


def test_an_answer_must_be_one_of_its_gate():
    with pytest.raises(ValueError, match="bleeding"):
        answer("bleeding", "chest_pressure")
    with pytest.raises(ValueError, match="luck"):
        answer("luck")


# What the list does


@pytest.mark.parametrize("entry", ["fracture", "open_wound", "infection", "implant"])
def test_what_is_here_closes_what_is_pressed_here_on_this_side(entry):
    assert closed(has(entry, "knee", "left")) == {"outer-shin", "outer-thigh"}
    assert closed(has(entry, "knee", "left"), side="right") == set()
    assert closed(has(entry, "knee"), side="right") == {"outer-shin", "outer-thigh"}


def test_what_is_felt_elsewhere_does_not_close_a_spot():
    assert "hamstrings" in catalog().spots["low-back-pit"].felt_in
    assert stands("low-back-pit", has("open_wound", "hamstrings", "left")).state is State.OPEN


def test_a_broad_place_closes_the_narrow_one_inside_it():
    assert stands("chest-front", has("implant", "chest", "left")).state is State.CLOSED


def test_an_own_spot_with_no_side_is_closed_by_either():
    wound = has("open_wound", "low_back", "left")
    assert stands(own("tailbone"), wound, side="middle").state is State.CLOSED


def test_a_fever_closes_everything():
    assert closed(has("infection")) == set(catalog().spots)


def test_a_clot_closes_its_limb_and_no_agreement_opens_it():
    clot = has("clot", "shin", "left", agreed_at=NOW - MINUTE)
    legs = {"outer-shin", "outer-thigh", "foot-arch", "side-hip", "top-of-buttock"}
    assert closed(clot) == legs
    assert closed(clot, side="right") == set()
    assert stands("foot-arch", clot).clear_with is OpensWith.CLINICIAN
    assert closed(replace(clot, ended_at=NOW)) == set()


def test_a_clot_in_the_arm_closes_the_chest_beside_it():
    arm = {"forearm-top", "shoulder-blade", "chest-front"}
    assert closed(has("clot", "upper_arm", "left")) == arm


def test_a_clot_that_is_in_no_limb_closes_everything():
    assert closed(has("clot", "abdomen")) == set(catalog().spots)


def test_pregnancy_asks_first_and_then_leaves_the_legs_closed_and_the_low_back_light():
    pregnant = has("pregnancy")
    assert closed(pregnant) == set(catalog().spots)
    agreed = replace(pregnant, agreed_at=NOW)
    assert closed(agreed) == {"outer-shin", "outer-thigh"}
    assert stands("low-back-pit", agreed).cap == 2
    assert stands("forearm-top", agreed).cap == 4
    assert stands(own("hamstrings"), agreed).clear_with is OpensWith.LIST


def test_an_agreement_from_before_the_entry_does_not_count():
    assert closed(has("pregnancy", agreed_at=NOW - 2 * DAY)) == set(catalog().spots)


def test_brittle_bones_ask_first_near_ribs_spine_and_hip_and_then_stay_light():
    brittle = has("osteoporosis")
    limbs = {"outer-shin", "outer-thigh", "foot-arch", "forearm-top", "chewing-muscle"}
    assert closed(brittle) == set(catalog().spots) - limbs
    agreed = replace(brittle, agreed_at=NOW)
    assert closed(agreed) == set()
    assert stands("upper-back", agreed).cap == 2
    assert stands("foot-arch", brittle).cap == 4


def test_cancer_of_the_chest_asks_first_for_the_arm_too():
    near = closed(has("cancer", "chest", "left"))
    assert near == {"chest-front", "shoulder-blade", "forearm-top"}
    assert closed(has("cancer", "chest", "left", agreed_at=NOW)) == set()


def test_a_place_without_sides_reaches_both():
    wound = has("open_wound", "teeth", "left")
    assert closed(wound) == closed(wound, side="right") == {"chewing-muscle"}


def test_near_is_the_whole_body_group():
    assert closed(has("cancer", "forehead")) == {"chewing-muscle"}


def test_a_flaring_joint_asks_first_nearby():
    assert stands("outer-shin", has("inflammatory", "big_toe", "left")).cap == 0
    assert stands("forearm-top", has("inflammatory", "big_toe", "left")).cap == 4


def test_a_fresh_knock_waits_72_hours():
    knock = has("acute_injury", "thigh_lower", "left", ago=71 * timedelta(hours=1))
    wait = stands("outer-thigh", knock)
    assert (wait.state, wait.clear_with) == (State.CLOSED, OpensWith.TIME)
    assert wait.reasons[0].until == NOW + timedelta(hours=1)
    assert stands("outer-thigh", knock, now=NOW + timedelta(hours=1)).state is State.OPEN


@pytest.mark.parametrize("entry", ["anticoagulant", "widespread", "dizzy_bp"])
def test_what_is_about_the_person_keeps_every_spot_light(entry):
    assert {stands(place, has(entry)).cap for place in ALL} == {2}


def test_reduced_feeling_is_light_with_a_look_and_touch_on_the_leg():
    arm = stands("forearm-top", has("neuropathy", "arm", "left"))
    assert (arm.cap, looks("forearm-top", has("neuropathy", "arm", "left"))) == (2, True)
    assert stands("foot-arch", has("neuropathy", "foot_sole", "left")).cap == 1


def test_under_18_everything_is_closed_and_no_agreement_changes_it():
    assert closed(has("age_minor", agreed_at=NOW)) == set(catalog().spots)
    assert stands("foot-arch", has("age_minor")).clear_with is OpensWith.LIST


def test_what_is_over_changes_nothing():
    assert {stands(p, has("age_minor", ended_at=NOW)).cap for p in ALL} == {4}


def test_an_entry_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="unknown condition 'luck'"):
        has("luck")
    with pytest.raises(ValueError, match="unknown region 'elsewhere'"):
        has("fracture", "elsewhere")


# For any answers at all

MOMENTS = st.integers(-400, 0).map(lambda hours: NOW + timedelta(hours=hours))
SIDES = st.sampled_from([None, "left", "right"])


@st.composite
def any_answer(draw):
    gate = draw(st.sampled_from([*SAFETY.gates.values()]))
    chosen = draw(st.sets(st.sampled_from([item.id for item in gate.items]), max_size=3))
    return GateAnswer(gate.id, draw(MOMENTS), frozenset(chosen), draw(st.none() | MOMENTS))


@st.composite
def any_condition(draw):
    return Condition(
        id=draw(st.sampled_from([*SAFETY.conditions])),
        since=draw(MOMENTS),
        region=draw(st.none() | st.sampled_from([*catalog().regions])),
        side=draw(SIDES),
        agreed_at=draw(st.none() | MOMENTS),
        ended_at=draw(st.none() | MOMENTS),
    )


ANSWERS = st.lists(any_answer(), max_size=6)
LISTS = st.lists(any_condition(), max_size=4)
PLACES = st.sampled_from([*ALL, *OWN_SPOTS])
PRESSED = st.sampled_from(["left", "right", "middle"])


@given(PLACES, PRESSED, ANSWERS, LISTS, any_answer())
def test_ticking_more_never_raises_a_cap(place, side, answers, conditions, more):
    none = replace(more, chosen=frozenset())
    without = standing(place, side, [*answers, none], conditions, NOW)
    ticked = standing(place, side, [*answers, more], conditions, NOW)
    assert ticked.cap <= without.cap
    assert not (without.state is State.EMERGENCY and ticked.state is not State.EMERGENCY)


@given(PLACES, PRESSED, ANSWERS, LISTS, any_condition())
def test_one_more_entry_of_the_list_never_raises_a_cap(place, side, answers, conditions, more):
    more = replace(more, agreed_at=None, ended_at=None)
    before = standing(place, side, answers, conditions, NOW)
    assert standing(place, side, answers, [*conditions, more], NOW).cap <= before.cap


@given(PLACES, PRESSED, ANSWERS, st.integers(0, 9999))
def test_a_closed_spot_never_opens_without_a_clinicians_word(place, side, answers, hours):
    waiting = [each for each in answers if each.waits(NOW)]
    shut = standing(place, side, waiting, [], NOW)
    later = NOW + timedelta(hours=hours)
    none = [GateAnswer(each, later) for each in SAFETY.gates]
    after = standing(place, side, [*waiting, *none], [], later)
    needed = {
        reason
        for reason in shut.reasons
        if reason.opens_with is OpensWith.CLINICIAN and how_often(SAFETY.gates[reason.rule], place)
    }
    assert needed <= set(after.reasons)
    assert not needed or after.cap == 0


@given(PLACES, PRESSED, LISTS, st.integers(0, 9999))
def test_what_asks_first_never_opens_by_itself(place, side, conditions, hours):
    lasting = [replace(each, ended_at=None) for each in conditions]
    shut = standing(place, side, [], lasting, NOW)
    after = standing(place, side, [], lasting, NOW + timedelta(hours=hours))
    kept = {reason for reason in shut.reasons if reason.opens_with is not OpensWith.TIME}
    assert kept <= set(after.reasons)


@given(PLACES, PRESSED, ANSWERS, LISTS)
def test_a_standing_never_contradicts_itself(place, side, answers, conditions):
    found = standing(place, side, answers, conditions, NOW)
    assert (found.state is State.OPEN) == (found.cap > 0)
    assert (found.clear_with is None) == (found.state is State.OPEN)
    assert 0 <= found.cap <= 4
    assert found.cap == min((r.max_level for r in found.reasons), default=4)


@given(st.lists(PLACES, max_size=4), ANSWERS)
def test_none_of_these_to_all_that_is_due_leaves_nothing_due(places, answers):
    soon = NOW + MINUTE
    none = [GateAnswer(each.gate, soon) for each in gates_due(places, answers, {}, NOW)]
    assert gates_due(places, [*answers, *none], {}, soon) == ()


@given(PLACES, ANSWERS, LISTS)
def test_the_order_of_what_was_said_does_not_matter(place, answers, conditions):
    forwards = standing(place, "left", answers, conditions, NOW)
    backwards = standing(place, "left", answers[::-1], conditions[::-1], NOW)
    assert (forwards.state, forwards.cap) == (backwards.state, backwards.cap)
    assert set(forwards.reasons) == set(backwards.reasons)


# The words and the file


def texts():
    with SHIPPED.open("rb") as file:
        return [message for _, _, message, _ in extract_toml(file, (), (), {})]


def test_ids_that_answers_are_stored_by_are_kept():
    assert {g.id: " ".join(i.id for i in g.items) for g in SAFETY.gates.values()} == ITEMS
    assert " ".join(SAFETY.conditions) == CONDITIONS


def test_no_text_promises_or_diagnoses():
    assert [text for text in texts() if NEVER_SAID.search(text)] == []


def test_the_emergency_text_says_whom_to_call():
    assert SAFETY.effects["emergency"].text == "Call your local emergency number now."


def test_what_one_ticks_is_short():
    asked = (*SAFETY.items.values(), *SAFETY.conditions.values())
    assert [each.id for each in asked if len(each.text) > 95 or each.text.endswith(".")] == []
    assert len({item.text for item in SAFETY.items.values()}) == len(SAFETY.items)


def test_every_sentence_reaches_the_translators():
    asked = (*SAFETY.items.values(), *SAFETY.conditions.values(), *SAFETY.effects.values())
    asked += tuple(SAFETY.aftercare.values())
    said = {each.text for each in asked} | {gate.label for gate in SAFETY.gates.values()}
    told = (*SAFETY.effects.values(), *SAFETY.aftercare.values())
    said |= {line for each in told for line in each.what}
    said |= {SAFETY.sheet.text, SAFETY.times.note, SAFETY.places.note}
    assert said <= set(texts())
    assert [text for text in texts() if set(text) & set("%<>&{}")] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('chest-front = "every', 'chest-back = "every', "gates.chest_pain.spots: unknown spot"),
        ('{ leg = "every_session" }', '{ leg = "often" }', "gates.dvt.groups: unknown time"),
        ('{ leg = "first" }', '{ limb = "first" }', "gates.compartment.groups: unknown group"),
        (', shoulder-blade = "first"', "", "gates.chest_pain.spots: not as in the catalogue"),
        ('top-of-buttock = "monthly"', 'foot-arch = "monthly"', "not as in the catalogue for"),
        ('outer-thigh = "every_session"', 'outer-thigh = "first"', "for 'outer-thigh'"),
        ('id = "bleeding"', 'id = "blood"', "gates: unknown gate 'bleeding'"),
        ('kind = "urgent"', 'kind = "late"', "gates.back_red_flags.items.bad_fall.kind: unknown"),
        ('does = "touch_and_look", text', 'does = "soon", text', "does: is weaker than its kind"),
        ('does = "touch_and_look", text', 'does = "hope", text', "does: unknown effect 'hope'"),
        ('as = "pregnancy"', 'as = "luck"', "leg_pregnancy.counts_as: unknown condition 'luck'"),
        ('as = "pregnancy"', 'as = "clot"', "counts_as: must be about the person"),
        ('limb = "leg"', 'limb = "tail"', "gates.dvt.closes_limb: unknown limb 'tail'"),
        ('{ id = "shin_pain"', '{ id = "tight_shin"', "items: 'tight_shin' is there twice"),
        ('reach = "limb"', 'reach = "far"', "conditions.clot.rules[0].reach: unknown reach 'far'"),
        ('reach = "limb"', 'reach = "everywhere"', "reach: does not go with 'place'"),
        ('does = "block_clot"', 'does = "hope"', "conditions.clot.rules[0].does: unknown effect"),
        ('groups = ["leg"]', 'groups = ["tail"]', "rules[1].groups: unknown group 'tail'"),
        ('about = "place_or_person"', 'about = "dog"', "conditions.infection.about: unknown"),
        ('["knee", "shin"]', '["knee", "heel"]', "beside[25]: unknown region 'heel'"),
        ('["knee", "shin"]', '["knee"]', "beside[25]: must be two regions"),
        ('leg = ["hip", ', 'leg = ["tail", ', "places.limbs.leg: unknown region 'tail'"),
        ('["nhs_mi", ', '["hearsay", ', "gates.chest_pain.sources: unknown source 'hearsay'"),
        ('basis = ["source"]', 'basis = ["luck"]', "sheet.basis: unknown basis 'luck'"),
        ('basis = ["source"]', "basis = []", "sheet.basis: is empty"),
        ("month_days = 30", "month_days = 0", "times.month_days: must be 1 or more"),
        ("max_level = 1", "max_level = 5", "effects.touch_and_look.max_level: 5 is not within"),
        ("max_level = 1", "max_level = 0", "touch_and_look.opens_with: goes with what closes"),
        ('opens_with = "agree"', 'opens_with = "luck"', "effects.ask_first.opens_with: unknown"),
        ('text = "Under 18"', 'txt = "Under 18"', "txt: unknown key"),
        ('["side-hip", "top-of', '["nose", "top-of', "aftercare.deep_bleed.spots: unknown spot"),
        ("min_level = 4", "min_level = 9", "aftercare.deep_bleed.min_level: is not a level"),
        ("[sheet]", "[sheet", "not valid TOML"),
    ],
)
def test_a_mistake_is_refused_naming_the_file_and_the_key(tmp_path: Path, old, new, message):
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "safety.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SafetyError) as refused:
        load(path)
    assert str(refused.value).startswith("safety.toml: ")
    assert message in str(refused.value)
