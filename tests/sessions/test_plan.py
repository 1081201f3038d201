"""Where a session opens, how far it goes, and why."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.sessions.history import NextDay, PastSession
from tracker.sessions.opening import Reason
from tracker.sessions.protocol import LEVELS, RUNGS, NotSwitchedOn, as_json, plan
from tracker.sessions.rules import RULES, SOURCE, ProtocolError, read_rules
from tracker.spots.catalog import Limits
from tracker.spots.chosen import capped

TODAY = date(2026, 11, 20)
QUICK = settings(
    deadline=None,
    max_examples=60,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))
BUTTOCK = Limits(
    max_level=4,
    max_hold_s=30,
    max_pressure_s_per_day=300,
    start_tool="fingertips",
    tools_allowed=("fingertips", "knuckle"),
    both_sides_at_once_ok=False,
    opt_in_only=False,
    gates=(),
    every_session_gates=(),
)
NECK_SIDE = replace(
    BUTTOCK, max_level=2, max_hold_s=15, max_pressure_s_per_day=60, opt_in_only=True
)


def past(days_ago: int = 2, **changes) -> PastSession:
    day = TODAY - timedelta(days=days_ago)
    whole = PastSession(
        started_at=datetime.combine(day, time(8), UTC),
        local_date=day,
        tool="fingertips",
        stayed_level=3,
        finished_holds=3,
        target_level=3,
        pressure_s=120,
    )
    return replace(whole, **changes)


def regular(**last) -> list[PastSession]:
    """Three sessions, the last one two days ago and as told."""
    return [past(2, **last), past(4), past(6)]


def levels(made) -> dict[str, int]:
    return {phase.name: phase.level for phase in made.phases}


def opens(history, **options) -> tuple[str, int, int, Reason]:
    made = plan(BUTTOCK, history, TODAY, **options)
    return made.protocol, made.start, made.target, made.reason


def test_the_first_session_is_gentle_and_opens_at_touch():
    made = plan(BUTTOCK, [], TODAY)
    assert (made.protocol, made.start, made.target) == ("gentle", 1, 2)
    assert made.reason == Reason.FIRST
    assert (made.total_s, made.pressure_s) == (130, 40)


def test_the_second_session_is_gentle_too():
    assert opens([past(stayed_level=2, target_level=2)]) == ("gentle", 1, 2, Reason.SECOND)


def test_the_third_session_is_standard_and_opens_one_level_below_what_stayed():
    made = plan(BUTTOCK, [past(2, stayed_level=2, quality="good_ache"), past(4)], TODAY)
    assert (made.protocol, made.start, made.target) == ("standard", 1, 2)
    assert made.reason == Reason.STAYED
    values = made.reason_values
    assert (values.last_date, values.stayed, values.quality) == (date(2026, 11, 18), 2, "good_ache")
    assert (values.gap_days, made.total_s, made.pressure_s) == (2, 190, 90)


def test_a_standard_session_climbs_one_level_in_its_second_hold():
    made = plan(BUTTOCK, regular(), TODAY)
    at = levels(made)
    assert (made.start, made.target) == (2, 3)
    assert (at["find"], at["hold_1"], at["hold_2"], at["hold_3"]) == (2, 2, 3, 3)
    assert at["ease_1"] == at["ease_2"] == at["sweep"] == 1
    assert at["recheck"] == 0


def test_a_session_stopped_in_its_first_seconds_changes_nothing():
    stopped = past(
        1, finished_holds=0, stayed_level=0, ended_by="user", target_level=3, pressure_s=5
    )
    assert opens([stopped, *regular()]) == opens(regular())


def test_a_first_session_without_a_finished_hold_does_not_count():
    stopped = past(1, finished_holds=0, stayed_level=0, ended_by="user")
    assert opens([stopped, past(3)])[0] == "gentle"
    assert opens([past(1), past(3)])[0] == "standard"


def test_nothing_stayed_so_it_opens_at_touch():
    assert opens(regular(stayed_level=0, too_much=True)) == (
        "standard",
        1,
        1,
        Reason.NOTHING_STAYED,
    )


def test_discomfort_above_five_means_nothing_stayed():
    assert opens(regular(peak_discomfort=5))[2] == 3
    assert opens(regular(peak_discomfort=6))[2] == 1


def test_a_blank_discomfort_passes():
    assert opens(regular(peak_discomfort=None))[2] == 3


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (14, ("standard", 2, 3, Reason.STAYED)),
        (15, ("standard", 1, 2, Reason.BREAK)),
        (28, ("standard", 1, 2, Reason.BREAK)),
        (29, ("gentle", 1, 2, Reason.LONG_BREAK)),
    ],
)
def test_a_break_lowers_and_a_long_one_starts_again(days, expected):
    history = [past(days), past(days + 2), past(days + 4)]
    assert opens(history) == expected


def test_after_a_long_break_two_sessions_are_gentle_again():
    long_ago = [past(60), past(62), past(64)]
    back = past(4, stayed_level=2, target_level=2)
    assert opens([back, *long_ago])[:3] == ("gentle", 1, 2)
    again = past(2, stayed_level=2, target_level=2)
    assert opens([again, back, *long_ago])[0] == "standard"


def test_a_session_by_hand_bridges_a_gap_but_never_raises():
    by_hand = past(
        10, entry="manual", stayed_level=4, target_level=4, finished_holds=0, ended_by=None
    )
    assert opens([by_hand, past(20), past(22)]) == ("standard", 2, 3, Reason.STAYED)
    assert opens([past(20), past(22)]) == ("standard", 1, 2, Reason.BREAK)
    assert opens([by_hand] * 3)[:3] == ("gentle", 1, 2)


def test_the_longest_break_since_the_last_guided_session_is_the_gap():
    by_hand = past(2, entry="manual", ended_by=None)
    assert opens([by_hand, past(20), past(22)])[3] == Reason.BREAK
    assert opens([by_hand, past(40), past(42)])[3] == Reason.LONG_BREAK


@pytest.mark.parametrize(
    ("last", "target", "reason"),
    [
        ({"sharp_events": 1, "stayed_level": 2}, 2, Reason.SHARP),
        ({"sharp_events": 3, "stayed_level": 2, "ended_by": "sharp"}, 1, Reason.SHARP),
        ({"nerve_events": 1, "stayed_level": 2, "ended_by": "nerve"}, 1, Reason.NERVE),
        ({"peak_discomfort": 7}, 1, Reason.DISCOMFORT),
        ({"ended_by": "discomfort", "stayed_level": 2}, 2, Reason.DISCOMFORT),
    ],
)
def test_after_a_session_that_hurt_the_next_is_gentle(last, target, reason):
    assert opens(regular(**last)) == ("gentle", 1, target, reason)


def test_a_sharp_session_still_counts_after_one_by_hand():
    by_hand = past(1, entry="manual", ended_by=None)
    assert opens([by_hand, *regular(sharp_events=1)])[3] == Reason.SHARP


def test_a_session_numb_before_any_hold_ended_is_remembered():
    numb = past(2, finished_holds=0, stayed_level=0, nerve_events=1, ended_by="nerve", pressure_s=0)
    assert opens([numb, *regular()]) == ("gentle", 1, 1, Reason.NERVE)


def test_more_pain_afterwards_lowers_the_next_target():
    assert opens(regular(pain_before=3, pain_after=5)) == ("standard", 1, 2, Reason.WORSE)
    assert opens(regular(pain_before=3, pain_after=4))[2] == 3
    assert opens(regular(pain_before=None, pain_after=9))[2] == 3


def test_a_first_session_that_was_too_much_is_not_planned_higher_the_second_time():
    assert opens([past(stayed_level=1, target_level=2, too_much=True)])[2] == 1
    assert opens([past(stayed_level=1, target_level=2, ended_by="user")])[2] == 2


def sore(soreness=5, still_sore=False, bruise=False, hours=20, **more) -> NextDay:
    return NextDay(soreness, still_sore, bruise, hours, **more)


def test_long_soreness_the_next_day_lowers_the_next_target_once():
    assert opens(regular(next_day=sore())) == ("standard", 1, 2, Reason.LONG_SORE)
    assert opens(regular(pain_24h_change=2)) == ("standard", 1, 2, Reason.LONG_SORE)
    assert opens(regular(next_day=sore(), stayed_level=1))[2] == 1
    worse = regular(next_day=sore(), pain_before=3, pain_after=5)
    assert opens(worse) == ("standard", 1, 2, Reason.WORSE)


@pytest.mark.parametrize("answer", [None, sore(0), sore(4), sore(1, still_sore=True)])
def test_a_moderate_day_or_none_at_all_holds_the_target(answer):
    assert opens(regular(next_day=answer)) == ("standard", 2, 3, Reason.STAYED)


@pytest.mark.parametrize(
    "answer", [sore(0, bruise=True, bruise_gone=True), sore(1, still_sore=True, hours=50)]
)
def test_after_a_pause_the_next_session_is_gentle_and_less_far(answer):
    assert opens(regular(next_day=answer)) == ("gentle", 1, 2, Reason.PAUSED)
    assert opens(regular(next_day=answer, stayed_level=2))[:3] == ("gentle", 1, 1)


def test_two_long_ones_in_a_row_make_the_next_gentle():
    history = [past(2, next_day=sore()), past(4, next_day=sore()), past(6)]
    assert opens(history)[0] == "gentle"
    assert opens([past(2), *history]) == ("standard", 2, 3, Reason.STAYED)


def test_the_day_after_a_session_by_hand_counts_too():
    by_hand = past(1, entry="manual", ended_by=None, next_day=sore())
    assert opens([by_hand, *regular()]) == ("standard", 1, 2, Reason.LONG_SORE)


def test_numb_or_sharp_said_afterwards_is_remembered_like_in_the_session():
    assert opens(regular(quality="numb_tingle_electric")) == ("gentle", 1, 2, Reason.NERVE)
    assert opens(regular(quality="sharp_hot"))[0] == "gentle"
    by_hand = past(1, entry="manual", ended_by=None, quality="numb_tingle_electric")
    assert opens([by_hand, *regular()])[3] == Reason.NERVE


def test_a_firmer_tool_lowers_the_target_once():
    assert opens(regular(), tool_rung=RUNGS["knuckle"]) == ("standard", 1, 2, Reason.TOOL_UP)
    assert opens(regular(tool="knuckle"), tool_rung=2)[2] == 3
    assert opens(regular(tool="knuckle"), tool_rung=1)[2] == 3
    assert opens(regular(tool=None), tool_rung=3)[2] == 3


def test_gentle_only_never_goes_above_light():
    made = plan(BUTTOCK, regular(stayed_level=4), TODAY, gentle_only=True)
    assert (made.protocol, made.target, made.reason) == ("gentle", 2, Reason.GENTLE_ONLY)
    assert max(levels(made).values()) == 2


def test_nor_does_what_safety_keeps_gentle_and_it_says_so():
    made = plan(BUTTOCK, regular(stayed_level=4), TODAY, kept_gentle=True)
    assert (made.protocol, made.target, made.reason) == ("gentle", 2, Reason.KEPT_GENTLE)


def test_the_side_of_the_neck_is_refused_until_switched_on():
    with pytest.raises(NotSwitchedOn):
        plan(NECK_SIDE, [], TODAY)


@pytest.mark.parametrize("history", [[], regular(), regular(sharp_events=1)])
def test_the_side_of_the_neck_is_always_micro(history):
    made = plan(NECK_SIDE, history, TODAY, opted_in=True)
    assert (made.protocol, made.total_s, made.pressure_s) == ("micro", 60, 15)


def test_a_spot_with_a_lower_cap_shortens_holds_only():
    jaw = replace(BUTTOCK, max_level=3, max_hold_s=20)
    made = plan(jaw, regular(stayed_level=4), TODAY)
    seconds = {phase.name: phase.seconds for phase in made.phases}
    assert made.target == 3
    assert (seconds["find"], seconds["hold_1"], seconds["hold_3"]) == (30, 20, 20)
    assert made.total_s == 160


def test_a_spot_for_touch_alone_has_no_pressure():
    made = plan(replace(BUTTOCK, max_level=1), regular(), TODAY)
    assert (made.start, made.target, made.pressure_s) == (1, 1, 0)


def test_the_pressure_of_today_shortens_the_plan():
    stopped = past(0, finished_holds=0, stayed_level=0, ended_by="user", pressure_s=20)
    tight = replace(BUTTOCK, max_pressure_s_per_day=120)
    made = plan(tight, [stopped, *regular()], TODAY)
    assert (made.pressure_s, made.room_s) == (100, 100)
    assert {phase.name: phase.seconds for phase in made.phases}["hold_3"] == 10
    used_up = plan(replace(tight, max_pressure_s_per_day=20), [stopped, *regular()], TODAY)
    assert (used_up.pressure_s, used_up.target) == (0, 1)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_the_plan_is_the_one_the_guide_was_tested_with(case):
    limits = Limits(
        **{
            key: tuple(value) if isinstance(value, list) else value
            for key, value in case["limits"].items()
        }
    )
    history = [golden_session(each) for each in case["history"]]
    held = capped(limits, case.get("level_cap"))
    made = plan(held, history, date.fromisoformat(case["today"]), **case["options"])
    assert as_json(made) == case["plan"]


def golden_session(data) -> PastSession:
    day = date.fromisoformat(data["local_date"])
    started_at = datetime.combine(day, time(8), UTC)
    next_day = NextDay(**data["next_day"]) if "next_day" in data else None
    dated = {"local_date": day, "started_at": started_at, "next_day": next_day}
    return PastSession(**{**data, **dated})


def test_every_level_has_a_word():
    assert LEVELS == ("Let go", "Touch", "Light", "Medium", "Firm", "Too firm")


def test_every_rule_says_what_it_rests_on():
    said = [rule.basis for rule in RULES.in_session]
    said += [each.basis for each in RULES.protocols.values()]
    said += [RULES.start.basis, RULES.dose.basis]
    assert all(basis.startswith(("article", "source", "judgement")) for basis in said)


@pytest.mark.parametrize(
    ("typo", "key"),
    [
        (('level = "start"', 'level = "star"'), "protocols.standard.hold_1.level"),
        (('name = "find", seconds = 30', 'name = "find", seconds = 0'), "standard.find.seconds"),
        (("level = 3\nlabel", "level = 7\nlabel"), "levels"),
        (('name = "hold_3"', 'name = "hold_2"'), "protocols.standard"),
    ],
)
def test_a_typo_in_the_protocol_stops_the_start_with_its_key(typo, key):
    with pytest.raises(ProtocolError, match=key):
        read_rules(SOURCE.read_text(encoding="utf-8").replace(*typo, 1))


answers = st.builds(
    NextDay,
    soreness=st.none() | st.integers(0, 10),
    still_sore=st.none() | st.booleans(),
    bruise=st.none() | st.booleans(),
    hours=st.floats(18, 72),
    still_sore_48=st.none() | st.booleans(),
    bruise_gone=st.none() | st.booleans(),
)
sessions = st.builds(
    past,
    days_ago=st.integers(0, 80),
    entry=st.sampled_from(["guided", "guided", "manual", "imported"]),
    tool=st.sampled_from([None, *RUNGS]),
    stayed_level=st.integers(0, 4),
    finished_holds=st.integers(0, 3),
    target_level=st.integers(1, 4),
    peak_discomfort=st.none() | st.integers(0, 10),
    sharp_events=st.integers(0, 3),
    nerve_events=st.integers(0, 1),
    too_much=st.booleans(),
    ended_by=st.sampled_from(["finished", "user", "sharp", "nerve", "discomfort", "away"]),
    pain_before=st.none() | st.integers(0, 10),
    pain_after=st.none() | st.integers(0, 10),
    pressure_s=st.integers(0, 200),
    quality=st.sampled_from([None, "good_ache", "neutral", "sharp_hot", "numb_tingle_electric"]),
    tenderness_before=st.none() | st.integers(0, 10),
    tenderness_after=st.none() | st.integers(0, 10),
    next_day=st.none() | answers,
    pain_24h_change=st.none() | st.integers(-10, 10),
)
histories = st.lists(sessions, max_size=5).map(
    lambda some: sorted(some, key=lambda each: each.started_at, reverse=True)
)
spots = st.builds(
    lambda level, hold, pressure, opt_in: replace(
        BUTTOCK,
        max_level=level,
        max_hold_s=hold,
        max_pressure_s_per_day=pressure,
        opt_in_only=opt_in,
    ),
    st.integers(1, 4),
    st.integers(5, 60),
    st.integers(0, 300),
    st.booleans(),
)


@QUICK
@given(spots, histories, st.integers(1, 3), st.booleans())
def test_no_plan_passes_the_limits_of_its_spot(limits, history, rung, gentle_only):
    made = plan(limits, history, TODAY, rung, gentle_only=gentle_only, opted_in=True)
    today_s = sum(each.pressure_s for each in history if each.local_date == TODAY)
    assert 1 <= made.start <= made.target <= limits.max_level
    assert all(0 <= phase.level <= made.target for phase in made.phases)
    assert all(phase.seconds > 0 for phase in made.phases)
    assert made.pressure_s <= max(0, limits.max_pressure_s_per_day - today_s)
    holds = [phase.seconds for phase in made.phases if phase.name.startswith("hold")]
    assert max(holds) <= limits.max_hold_s


@QUICK
@given(spots, histories, st.integers(1, 3))
def test_no_plan_goes_above_what_was_comfortable_last_time(limits, history, rung):
    made = plan(limits, history, TODAY, rung, opted_in=True)
    last = next((each for each in history if each.guided and each.counts), None)
    if last and made.protocol == "standard":
        assert made.target <= max(1, last.stayed)
    if last and (last.went_badly or made.protocol == "standard"):
        assert made.start <= max(1, last.stayed - 1)
    if last and last.went_badly:
        assert made.target <= max(1, last.stayed)


@QUICK
@given(histories, sessions)
def test_a_session_by_hand_never_raises_what_is_planned_today(history, massage):
    by_hand = replace(massage, entry="manual", local_date=TODAY, pressure_s=0)
    without = plan(BUTTOCK, history, TODAY)
    assert plan(BUTTOCK, [by_hand, *history], TODAY).target <= without.target


@QUICK
@given(histories, sessions, answers)
def test_an_answer_the_next_day_never_raises_what_is_planned(history, massage, answer):
    last = replace(massage, local_date=TODAY - timedelta(days=1), next_day=None)
    unanswered = plan(BUTTOCK, [last, *history], TODAY)
    answered = plan(BUTTOCK, [replace(last, next_day=answer), *history], TODAY)
    assert answered.target <= unanswered.target
    assert answered.start <= unanswered.start


@pytest.mark.parametrize("stayed", [1, 2, 3, 4])
def test_up_to_four_weeks_a_longer_break_never_opens_higher(stayed):
    targets = [
        plan(BUTTOCK, [past(days, stayed_level=stayed), past(days + 2)], TODAY).target
        for days in range(1, 29)
    ]
    assert targets == sorted(targets, reverse=True)
    assert targets[0] == stayed
