"""Several spots in one session."""

from dataclasses import replace
from datetime import date

from tests.sessions.test_plan import BUTTOCK, regular
from tracker.sessions.itinerary import Note, Stop, check
from tracker.sessions.protocol import plan

PLAN = plan(BUTTOCK, regular(), date(2026, 11, 20))  # 190 s


def stops(count: int, new: int = 0, seconds: int = 190) -> list[Stop]:
    longer = replace(PLAN.phases[0], seconds=PLAN.phases[0].seconds + seconds - PLAN.total_s)
    planned = replace(PLAN, phases=(longer, *PLAN.phases[1:]))
    return [Stop(planned, n < new) for n in range(count)]


def test_left_and_right_are_two_with_one_gap_between():
    made = check(stops(2), gap_s=20)
    assert (made.total_s, made.notes) == (2 * 190 + 20, ())


def test_one_spot_alone_has_no_gap():
    assert check(stops(1)).total_s == 190


def test_more_than_fifteen_minutes_with_the_gaps_is_said_and_may_start_anyway():
    assert check(stops(4, seconds=210), gap_s=20).notes == ()
    assert check(stops(4, seconds=210), gap_s=21).notes == (Note.LONG,)


def test_more_than_two_new_ones_are_said():
    assert check(stops(3, new=2)).notes == ()
    assert check(stops(3, new=3)).notes == (Note.NEW_SPOTS,)
