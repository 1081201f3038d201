"""A trace from a phone is checked before it is believed, then summed up."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.sessions.trace import summarise
from tracker.sessions.trace_check import TraceError, check_trace
from tracker.spots.catalog import Limits

QUICK = settings(
    deadline=None,
    max_examples=150,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))


def limits_of(case) -> Limits:
    lists = {key: tuple(value) for key, value in case["limits"].items() if isinstance(value, list)}
    return Limits(**{**case["limits"], **lists})


BUTTOCK = limits_of(GOLDEN[0])


def case_named(start: str):
    return next(case for case in GOLDEN if case["name"].startswith(start))


def changed(case, path: str, value):
    """A copy of a case's trace with one place changed; "phases.0.done" is a path."""
    trace = copy.deepcopy(case["trace"])
    *parents, last = path.split(".")
    place = trace
    for key in parents:
        place = place[int(key) if isinstance(place, list) else key]
    place[int(last) if isinstance(place, list) else last] = value
    return trace


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_what_the_guide_made_is_believed_and_summed_up(case):
    summary = summarise(check_trace(case["trace"], limits_of(case)))
    expected = dict(case["summary"])
    levels = {int(level): s for level, s in expected.pop("level_seconds").items()}
    assert summary.level_seconds == levels
    assert {name: getattr(summary, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("version", "2", "version"),
        ("protocol", "deep", "protocol"),
        ("protocol", ["gentle"], "protocol"),
        ("ended_by", "bored", "ended_by"),
        ("ended_by", None, "ended_by"),
        ("start", 3, "start"),
        ("target", 0, "target"),
        ("target", 5, "target"),
        ("target", True, "target"),
        ("counted_s", float("nan"), "counted_s"),
        ("counted_s", float("inf"), "counted_s"),
        ("counted_s", 10**400, "counted_s"),
        ("counted_s", 12, "counted_s"),
        ("phases", [], "phases"),
        ("phases", "settle", "phases"),
        ("phases.0", None, "phases.0"),
        ("phases.0.name", "hold_3", "phases.0.name"),
        ("phases.0.name", "sweep", "phases"),
        ("phases.0.planned_s", 21, "phases.0.planned_s"),
        ("phases.0.planned_s", 20.0, "phases.0.planned_s"),
        ("phases.0.planned_level", 5, "phases.0.planned_level"),
        ("phases.0.level", 2, "phases.0.level"),
        ("phases.0.done", 1, "phases.0.done"),
        ("phases.0.level_s", [0, 20], "phases.0.level_s"),
        ("phases.0.level_s", {"1": 20, "5": 1}, "phases.0.level_s"),
        ("phases.0.level_s", {"1": 18, "2": 2}, "phases.0.level_s"),
        ("phases.0.level_s", {"1": 3}, "phases.0.done"),
        ("phases.0.level_s.1", -1, "phases.0.level_s.1"),
        ("phases.0.level_s.1", 22, "phases.0.level_s.1"),
        ("phases.0.level_s.1", float("nan"), "phases.0.level_s.1"),
        ("phases.0.level_s.1", "20", "phases.0.level_s.1"),
        ("phases.0.level_s.0", 15, "phases.0.level_s"),
        ("events", {}, "events"),
        ("events", [7], "events.0"),
        ("events", [{"at_s": 1, "kind": "pause", "phase": 0, "level": 1}] * 601, "events"),
        ("events", [{"at_s": 1, "kind": "nap", "phase": 0, "level": 1}], "events.0.kind"),
        ("events", [{"at_s": -1, "kind": "pause", "phase": 0, "level": 1}], "events.0.at_s"),
        ("events", [{"at_s": 1, "kind": "pause", "phase": 7, "level": 1}], "events.0.phase"),
        ("events", [{"at_s": 1, "kind": "pause", "phase": 0, "level": 5}], "events.0.level"),
    ],
)
def test_a_trace_the_guide_cannot_have_made_is_refused_naming_the_key(path, value, key):
    with pytest.raises(TraceError) as refused:
        check_trace(changed(GOLDEN[0], path, value), BUTTOCK)
    assert refused.value.key == key
    assert refused.value.code


@pytest.mark.parametrize("data", [None, [], "trace", 4, {}])
def test_something_that_is_no_trace_at_all_is_refused(data):
    with pytest.raises(TraceError):
        check_trace(data, BUTTOCK)


def test_a_level_above_the_spots_cap_is_refused():
    case = case_named("a third session eased off")
    jaw = limits_of(case_named("side of the neck"))
    with pytest.raises(TraceError):
        check_trace(case["trace"], jaw)


def test_more_pressure_than_a_day_allows_is_refused():
    case = case_named("a call in the first hold")
    with pytest.raises(TraceError, match="too_much_pressure"):
        check_trace(case["trace"], limits_of(case_named("done again")))


def test_a_session_cannot_be_finished_with_a_phase_left_over():
    case = case_named("put away in a gap")
    with pytest.raises(TraceError, match="not_finished"):
        check_trace(changed(case, "ended_by", "finished"), limits_of(case))


def test_phases_out_of_order_are_refused():
    trace = copy.deepcopy(GOLDEN[0]["trace"])
    trace["phases"].reverse()
    with pytest.raises(TraceError, match="out_of_order"):
        check_trace(trace, BUTTOCK)


def test_keys_of_a_later_guide_are_left_out():
    trace = {**GOLDEN[0]["trace"], "mood": "calm"}
    assert summarise(check_trace(trace, BUTTOCK)).completed


def test_an_ease_off_taken_back_in_the_next_phase_is_taken_back():
    events = [
        {"at_s": 89, "kind": "ease_off", "phase": 4, "level": 2},
        {"at_s": 91, "kind": "undo", "phase": 5, "level": 1},
    ]
    summary = summarise(check_trace(changed(GOLDEN[0], "events", events), BUTTOCK))
    assert (summary.stayed_level, summary.too_much_events) == (2, 0)


@pytest.mark.parametrize("kind", ["ease_off", "too_much", "sharp", "numb", "radiating", "pulse"])
def test_a_level_did_not_stay_when_its_hold_had_trouble(kind):
    hold_2 = 4
    event = {"at_s": 75, "kind": kind, "phase": hold_2, "level": 2}
    trace = changed(GOLDEN[0], "events", [event])
    assert summarise(check_trace(trace, BUTTOCK)).stayed_level == 1


def checked(*events: tuple[str, int]):
    """A first session's summary with answers, each a kind and the phase it is about."""
    rows = [{"at_s": 75, "kind": kind, "phase": phase, "level": 1} for kind, phase in events]
    return summarise(check_trace(changed(GOLDEN[0], "events", rows), BUTTOCK))


@pytest.mark.parametrize("answers", [[], [("easier", 2)], [("easier", 2), ("good_ache", 4)]])
def test_whatever_is_said_of_a_hold_but_sharp_changes_no_level(answers):
    summary = checked(*answers)
    assert (summary.stayed_level, summary.too_much_events) == (2, 0)


def test_sharp_at_the_end_of_a_hold_means_it_did_not_stay():
    summary = checked(("good_ache", 2), ("sharp", 4))
    assert (summary.sharp_events, summary.stayed_level) == (1, 1)


def test_pain_that_runs_down_is_a_nerve_sign_as_numbness_is():
    assert checked(("numb", 2), ("radiating", 4)).nerve_events == 2


@pytest.mark.parametrize("rows", [[("easier", 3)], [("good_ache", 4), ("easier", 4)]])
def test_only_a_finished_hold_is_answered_for_and_once(rows):
    with pytest.raises(TraceError, match="not_asked"):
        checked(*rows)


def test_trouble_outside_a_hold_lets_its_level_stay():
    event = {"at_s": 25, "kind": "pulse", "phase": 1, "level": 2}
    summary = summarise(check_trace(changed(GOLDEN[0], "events", [event]), BUTTOCK))
    assert summary.stayed_level == 2


EASED = {"at_s": 25, "kind": "ease_off", "phase": 1, "level": 2}
TAKEN_BACK = {"at_s": 27, "kind": "undo", "phase": 1, "level": 2}


def test_nothing_goes_as_high_again_after_ease_off():
    with pytest.raises(TraceError, match="up_again"):
        check_trace(changed(GOLDEN[0], "events", [EASED]), BUTTOCK)
    assert check_trace(changed(GOLDEN[0], "events", [EASED, TAKEN_BACK]), BUTTOCK)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("phases.4.planned_level", 3, "phases.4.planned_level"),
        ("target", 3, "target"),
        ("phases.4.planned_s", 1, "phases.4.planned_s"),
        ("phases", GOLDEN[0]["trace"]["phases"][:5], "ended_by"),
    ],
)
def test_a_plan_that_the_protocol_does_not_make_is_refused(path, value, key):
    trace = changed(GOLDEN[0], path, value)
    trace["counted_s"] = sum(sum(each["level_s"].values()) for each in trace["phases"])
    with pytest.raises(TraceError) as error:
        check_trace(trace, BUTTOCK)
    assert error.value.key == key


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
trace_paths = st.sampled_from(
    [
        *GOLDEN[0]["trace"],
        *(f"phases.{i}.{key}" for i in (0, 4) for key in GOLDEN[0]["trace"]["phases"][0]),
        *(f"phases.4.level_s.{level}" for level in range(5)),
    ]
)


@QUICK
@given(trace_paths, json_values)
def test_any_wrong_value_anywhere_is_refused_or_harmless(path, value):
    try:
        summary = summarise(check_trace(changed(GOLDEN[0], path, value), BUTTOCK))
    except TraceError:
        return
    assert 0 <= summary.stayed_level <= BUTTOCK.max_level
    pressed = sum(summary.level_seconds[level] for level in (2, 3, 4))
    assert 0 <= pressed <= BUTTOCK.max_pressure_s_per_day + 1


@QUICK
@given(st.lists(st.sampled_from(["ease_off", "undo"]), max_size=12))
def test_undoing_more_than_was_eased_is_never_a_negative_count(kinds):
    events = [{"at_s": 1, "kind": kind, "phase": 0, "level": 1} for kind in kinds]
    summary = summarise(check_trace(changed(GOLDEN[0], "events", events), BUTTOCK))
    assert summary.too_much_events >= 0
