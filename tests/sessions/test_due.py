"""When a spot and side may be pressed again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.sessions.dose import (
    Due,
    DueReason,
    DueState,
    come_back,
    due,
    is_more_than_usual,
    worse_on,
)
from tracker.sessions.history import NextDay, PastSession
from tracker.sessions.pauses import asks_normal_again
from tracker.spots.catalog import Limits
from tracker.spots.chosen import HeldDays

BERLIN = ZoneInfo("Europe/Berlin")
BUTTOCK = Limits(
    max_level=4,
    max_hold_s=30,
    max_pressure_s_per_day=300,
    start_tool="fingertips",
    tools_allowed=("fingertips",),
    both_sides_at_once_ok=False,
    opt_in_only=False,
    gates=(),
    every_session_gates=(),
)


def done(at: str, **changes) -> PastSession:
    """A whole session at a Berlin wall time."""
    local = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    whole = PastSession(
        started_at=local.astimezone(UTC),
        local_date=local.date(),
        stayed_level=2,
        finished_holds=3,
        pressure_s=120,
    )
    return replace(whole, **changes)


def asked(at: str, *history: PastSession, **answers) -> Due:
    now = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    return due(BUTTOCK, history, now, now.date(), **answers)


def wall(answer: Due) -> str:
    return answer.next_at.isoformat(timespec="minutes")


def test_a_spot_never_done_is_not_due():
    assert asked("2026-11-20T08:00") == Due(DueState.NEVER, DueReason.NEW)


def test_two_days_later_it_is_due():
    answer = asked("2026-11-20T08:00", done("2026-11-18T08:00"))
    assert (answer.state, answer.reason) == (DueState.DUE, DueReason.RESTED)
    assert (answer.last_date, answer.gap_days) == (date(2026, 11, 18), 2)


def test_on_the_day_on_which_the_rest_ends_it_ends_later_today():
    before = asked("2026-11-21T08:00", done("2026-11-20T09:00"))
    assert (before.state, before.is_later_today) == (DueState.SOON, False)
    same_day = asked("2026-11-22T08:00", done("2026-11-20T09:00"))
    assert (same_day.state, same_day.is_later_today) == (DueState.SOON, True)


def test_before_two_days_it_may_be_started_anyway():
    answer = asked("2026-11-19T18:00", done("2026-11-18T08:00"))
    assert (answer.state, answer.reason) == (DueState.SOON, DueReason.REST)
    assert wall(answer) == "2026-11-20T08:00+01:00"


def test_twice_on_one_day_is_refused_until_twenty_hours_have_passed():
    answer = asked("2026-11-18T23:00", done("2026-11-18T08:00"))
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.MIN_HOURS)
    assert wall(answer) == "2026-11-19T04:00+01:00"


def test_twenty_hours_later_on_the_same_day_is_still_the_same_day():
    answer = asked("2026-11-18T21:00", done("2026-11-18T00:30"))
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.ONE_A_DAY)
    assert wall(answer) == "2026-11-19T00:00+01:00"
    assert answer.next_date == date(2026, 11, 19)


def test_the_next_morning_after_a_late_session_is_too_early():
    late = done("2026-11-18T22:00")
    answer = asked("2026-11-19T17:59", late)
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.MIN_HOURS)
    assert asked("2026-11-19T18:00", late).state == DueState.SOON


def test_hours_are_real_hours_when_the_clocks_change():
    answer = asked("2026-10-24T20:00", done("2026-10-24T19:00"))
    assert wall(answer) == "2026-10-25T14:00+01:00"


def test_a_session_by_hand_counts():
    by_hand = done("2026-11-18T08:00", entry="manual", finished_holds=0, ended_by=None)
    assert asked("2026-11-18T12:00", by_hand).state == DueState.WAIT


def test_a_session_stopped_in_its_first_seconds_does_not_use_up_the_day():
    stopped = done("2026-11-18T08:00", finished_holds=0, ended_by="user", pressure_s=4)
    assert asked("2026-11-18T08:05", stopped).state == DueState.NEVER


def test_a_session_that_ended_numb_uses_up_the_day():
    numb = done(
        "2026-11-18T08:00", finished_holds=0, ended_by="nerve", nerve_events=1, pressure_s=0
    )
    assert asked("2026-11-18T08:05", numb).state == DueState.WAIT


def test_the_seconds_of_the_day_can_be_used_up_by_stopped_sessions():
    stopped = done("2026-11-18T08:00", finished_holds=0, ended_by="user", pressure_s=150)
    answer = asked("2026-11-18T09:00", stopped, stopped)
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.DAY_PRESSURE)


def test_more_pain_afterwards_means_a_day_longer():
    worse = done("2026-11-18T08:00", pain_before=2, pain_after=4)
    answer = asked("2026-11-20T09:00", worse)
    assert (answer.state, answer.reason) == (DueState.SOON, DueReason.REST_AFTER_WORSE)
    assert wall(answer) == "2026-11-21T08:00+01:00"


def test_long_soreness_means_seventy_two_hours():
    sore = done("2026-11-18T08:00", next_day=NextDay(5, False, False, 20))
    answer = asked("2026-11-20T09:00", sore)
    assert (answer.state, answer.reason) == (DueState.SOON, DueReason.REST_AFTER_SORE)
    assert wall(answer) == "2026-11-21T08:00+01:00"


def test_worse_at_once_and_sore_for_long_is_a_day_on_top():
    both = {"pain_before": 2, "pain_after": 4, "next_day": NextDay(5, False, False, 20)}
    answer = asked("2026-11-20T09:00", done("2026-11-18T08:00", **both))
    assert (answer.reason, wall(answer)) == (DueReason.REST_AFTER_WORSE, "2026-11-22T08:00+01:00")


def test_still_sore_after_two_days_pauses_for_seven_from_the_answer():
    answer = NextDay(2, True, False, 20, still_sore_48=True, hours_48=50)
    sore = done("2026-11-01T08:00", next_day=answer)
    paused = asked("2026-11-10T09:59", sore)
    assert (paused.state, paused.reason) == (DueState.WAIT, DueReason.PAUSED)
    assert wall(paused) == "2026-11-10T10:00+01:00"
    assert asked("2026-11-10T10:00", sore).state == DueState.DUE


def test_two_long_ones_in_a_row_pause_too():
    long = NextDay(5, False, False, 20)
    history = [done("2026-11-04T08:00", next_day=long), done("2026-11-01T08:00", next_day=long)]
    answer = asked("2026-11-10T08:00", *history)
    assert (answer.reason, wall(answer)) == (DueReason.PAUSED, "2026-11-12T04:00+01:00")


def test_pain_over_the_day_alone_can_pause():
    history = [done(f"2026-11-0{day}T08:00", pain_24h_change=2) for day in (4, 1)]
    assert asked("2026-11-10T08:00", *history).reason == DueReason.PAUSED


def test_a_pause_is_not_ended_by_a_session_in_it():
    sore = done("2026-11-01T08:00", next_day=NextDay(2, True, False, 50))
    by_hand = done("2026-11-05T08:00", entry="manual", ended_by=None)
    assert asked("2026-11-09T08:00", by_hand, sore).reason == DueReason.PAUSED


def test_a_bruise_is_refused_until_it_is_gone_and_for_a_week_at_least():
    bruise = NextDay(0, False, True, 20)
    there = done("2026-11-01T08:00", next_day=bruise)
    early, late = asked("2026-11-03T08:00", there), asked("2026-11-20T08:00", there)
    assert (early.state, early.reason) == (late.state, late.reason)
    assert (late.state, late.reason) == (DueState.WAIT, DueReason.BRUISE)
    assert (wall(early), late.next_at) == ("2026-11-09T04:00+01:00", None)
    gone = done("2026-11-01T08:00", next_day=replace(bruise, bruise_gone=True))
    assert asked("2026-11-03T08:00", gone).reason == DueReason.PAUSED
    assert asked("2026-11-09T04:00", gone).state == DueState.DUE


def numb(at: str, **changes) -> PastSession:
    return done(at, **{"nerve_events": 1, "ended_by": "nerve", **changes})


def test_numb_twice_in_four_weeks_pauses_for_four_weeks():
    history = [numb("2026-11-01T08:00"), done("2026-10-20T08:00"), numb("2026-10-05T08:00")]
    answer = asked("2026-11-28T08:00", *history)
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.NERVE_TWICE)
    assert wall(answer) == "2026-11-29T08:00+01:00"
    assert asked("2026-11-29T08:00", *history).state == DueState.DUE
    apart = [numb("2026-11-10T08:00"), numb("2026-10-12T08:00")]
    assert asked("2026-11-20T08:00", *apart).state == DueState.DUE


def test_after_a_numb_session_it_is_asked_whether_all_is_normal_again():
    once = numb("2026-11-01T08:00")
    by_hand = done("2026-11-03T08:00", entry="manual", ended_by=None)
    afterwards = done("2026-11-05T08:00")
    assert asks_normal_again([once])
    assert asks_normal_again([by_hand, once])
    assert not asks_normal_again([afterwards, once])
    assert asks_normal_again([replace(by_hand, quality="numb_tingle_electric"), afterwards])
    assert not asks_normal_again([])


def test_a_session_that_left_more_pain_closes_the_day_for_every_spot():
    worse = done("2026-11-18T08:00", pain_before=2, pain_after=4)
    assert worse_on([done("2026-11-18T07:00"), worse], date(2026, 11, 18))
    assert not worse_on([worse], date(2026, 11, 19))
    answer = asked("2026-11-18T12:00", worse_today=True)
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.WORSE_TODAY)
    assert wall(answer) == "2026-11-19T00:00+01:00"


def test_the_hard_limit_that_ends_last_is_the_reason():
    answer = asked("2026-11-18T23:00", done("2026-11-18T22:00"), worse_today=True)
    assert answer.reason == DueReason.MIN_HOURS
    sore = done("2026-11-18T08:00", next_day=NextDay(2, True, False, 50))
    assert asked("2026-11-20T11:00", sore, worse_today=True).reason == DueReason.PAUSED


def test_when_to_come_back_is_after_the_pause():
    sore = done("2026-11-18T08:00", next_day=NextDay(2, True, False, 50))
    now = datetime(2026, 11, 20, 11, tzinfo=BERLIN)
    answer = come_back(BUTTOCK, [sore], now, now.date())
    assert (answer.reason, wall(answer)) == (DueReason.PAUSED, "2026-11-27T10:00+01:00")
    bruise = done("2026-11-01T08:00", next_day=NextDay(0, False, True, 20))
    assert come_back(BUTTOCK, [bruise], now, now.date()).reason == DueReason.BRUISE


def test_more_than_five_in_a_week_is_said():
    week = [done(f"2026-11-{day}T08:00") for day in (19, 18, 17, 16, 15)]
    answer = asked("2026-11-21T09:00", *week)
    assert (answer.state, answer.reason) == (DueState.SOON, DueReason.WEEK)
    assert wall(answer) == "2026-11-22T08:00+01:00"
    assert asked("2026-11-22T08:00", *week).state == DueState.DUE


def test_a_traveller_whose_day_began_again_still_waits():
    ahead = done("2026-11-19T01:00")
    now = datetime(2026, 11, 18, 19, tzinfo=ZoneInfo("America/New_York"))
    answer = due(BUTTOCK, [ahead], now, now.date())
    assert answer.state == DueState.WAIT
    assert answer.next_at > now


@pytest.mark.parametrize("hours", range(0, 100, 7))
def test_next_at_is_always_still_to_come(hours):
    at = datetime(2026, 11, 18, 8, tzinfo=BERLIN) + timedelta(hours=hours)
    answer = due(BUTTOCK, [done("2026-11-18T08:00")], at, at.date())
    assert (answer.next_at is None) == (answer.state == DueState.DUE)
    assert answer.next_at is None or answer.next_at > at


def test_a_rhythm_of_ones_own_stands_in_for_the_two_days():
    sooner = asked("2026-11-19T10:00", done("2026-11-18T08:00"), days_between=1)
    assert sooner.state == DueState.DUE
    later = asked("2026-11-21T08:00", done("2026-11-18T18:00"), days_between=5)
    assert (later.state, later.reason) == (DueState.SOON, DueReason.OWN_RHYTHM)
    assert wall(later) == "2026-11-23T00:00+01:00"


def test_no_rhythm_of_ones_own_goes_below_the_hard_limits():
    late = asked("2026-11-19T08:00", done("2026-11-18T22:00"), days_between=1)
    assert (late.state, late.reason) == (DueState.WAIT, DueReason.MIN_HOURS)
    same_day = asked("2026-11-18T23:00", done("2026-11-18T01:00"), days_between=1)
    assert (same_day.state, same_day.reason) == (DueState.WAIT, DueReason.ONE_A_DAY)


def test_what_went_badly_rests_as_long_as_ever_and_longer_where_one_wishes():
    worse = done("2026-11-18T08:00", pain_before=2, pain_after=6)
    soon = asked("2026-11-20T10:00", worse, days_between=1)
    assert (soon.reason, wall(soon)) == (DueReason.REST_AFTER_WORSE, "2026-11-21T08:00+01:00")
    rare = asked("2026-11-20T10:00", worse, days_between=7)
    assert (rare.reason, wall(rare)) == (DueReason.OWN_RHYTHM, "2026-11-25T00:00+01:00")


def test_five_in_a_week_are_enough_by_any_rhythm():
    daily = [done(f"2026-11-{day}T08:00") for day in (18, 17, 16, 15, 14)]
    answer = asked("2026-11-19T10:00", *daily, days_between=1)
    assert (answer.state, answer.reason) == (DueState.SOON, DueReason.WEEK)


def test_when_to_come_back_follows_the_rhythm_of_ones_own():
    now = datetime(2026, 11, 18, 9, tzinfo=BERLIN)
    here = [done("2026-11-18T08:00")]
    answer = come_back(BUTTOCK, here, now, now.date(), days_between=7)
    assert wall(answer) == "2026-11-25T00:00+01:00"


def week_of(*days: int) -> list[PastSession]:
    return [done(f"2026-11-{day}T08:00") for day in sorted(days, reverse=True)]


def at_eight(day: int) -> datetime:
    return datetime(2026, 11, day, 8, tzinfo=BERLIN)


def test_a_fourth_in_seven_days_is_said_and_holds_nothing_up():
    week = week_of(16, 18, 20)
    assert is_more_than_usual(week, at_eight(22))
    assert asked("2026-11-22T08:00", *week).state == DueState.DUE
    assert not is_more_than_usual(week, at_eight(23))
    assert not is_more_than_usual(week_of(18, 20), at_eight(22))


def test_what_does_not_count_is_no_session_of_the_week():
    week = week_of(16, 18, 20)
    stopped = done("2026-11-19T08:00", finished_holds=0, ended_by="user", pressure_s=4)
    assert not is_more_than_usual([week[0], stopped, week[1]], at_eight(22))


def test_who_set_their_own_rhythm_is_not_told_what_is_usual():
    assert not is_more_than_usual(week_of(16, 18, 20), at_eight(22), days_between=1)


TEST = HeldDays(date(2026, 11, 17), date(2026, 12, 31), ("2026-11-18", "2026-11-20"))


def test_on_the_days_of_a_test_they_are_the_rhythm():
    one = done("2026-11-18T20:00")
    for rhythm in (None, 5):
        answer = asked("2026-11-19T18:00", one, days_between=rhythm, test=TEST)
        assert (answer.state, answer.reason) == (DueState.DUE, DueReason.RESTED)
    answer = asked("2026-11-20T18:00", one, days_between=1, test=TEST)
    assert (answer.state, answer.reason) == (DueState.SOON, DueReason.TEST)


def test_before_and_after_a_test_the_rhythm_is_ones_own():
    before = asked("2026-11-16T10:00", done("2026-11-15T08:00"), days_between=5, test=TEST)
    assert before.reason is DueReason.OWN_RHYTHM
    after = asked("2027-01-01T10:00", done("2026-12-31T08:00"), test=TEST)
    assert after.reason is DueReason.REST


@pytest.mark.parametrize(
    ("went", "reason"),
    [
        ({"pain_before": 2, "pain_after": 4}, DueReason.REST_AFTER_WORSE),
        ({"next_day": NextDay(5, False, False, 20)}, DueReason.REST_AFTER_SORE),
    ],
)
def test_rest_after_soreness_wins_over_a_test_and_is_told(went, reason):
    one = done("2026-11-17T20:00", **went)
    for day in (19, 20):
        answer = asked(f"2026-11-{day}T18:00", one, test=TEST)
        assert (answer.state, answer.reason) == (DueState.SOON, reason)


def test_hard_limits_win_over_a_test():
    answer = asked("2026-11-19T12:00", done("2026-11-18T20:00"), test=TEST)
    assert (answer.state, answer.reason) == (DueState.WAIT, DueReason.MIN_HOURS)
    assert answer.next_date == date(2026, 11, 19)


def back_after(at: str, *history: PastSession) -> Due:
    now = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    return come_back(BUTTOCK, history, now, now.date(), days_between=3, test=TEST)


@pytest.mark.parametrize(
    ("today", "on"),
    [
        (17, None),  # tomorrow is kept free
        (18, date(2026, 11, 19)),  # tomorrow is one with massage
        (21, date(2026, 11, 22)),
    ],
)
def test_of_a_test_only_tomorrow_is_a_day_to_come_back_on(today, on):
    answer = back_after(f"2026-11-{today}T09:00", done(f"2026-11-{today}T08:00"))
    assert answer.next_date == on
    assert answer.untold is (on is None)


def test_of_a_test_no_day_further_ahead_is_told():
    worse = done("2026-11-20T08:00", pain_before=2, pain_after=4)
    answer = back_after("2026-11-20T09:00", worse)
    assert (answer.reason, answer.next_date) == (DueReason.REST_AFTER_WORSE, None)


def test_the_sessions_of_a_test_are_not_more_than_usual():
    assert is_more_than_usual(week_of(16, 18, 20), at_eight(22))
    assert not is_more_than_usual(week_of(16, 18, 20), at_eight(22), test=TEST)
