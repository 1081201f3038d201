"""What a spot and side has had: seconds at each level, by day and by week."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tracker.sessions.counts import counted
from tracker.sessions.history import PastSession

THURSDAY = date(2026, 11, 19)


def done(day: int, *level_s: int, **changes) -> PastSession:
    at = datetime(2026, 11, day, 8, tzinfo=UTC)
    whole = PastSession(at, at.date(), finished_holds=3, level_s=level_s or (60, 60, 60, 0))
    return replace(whole, **changes)


def test_each_level_is_counted_apart_and_touch_is_no_pressure():
    sums = counted([done(19, 60, 50, 40, 30)], THURSDAY)
    assert sums.day == sums.week == (60, 50, 40, 30)
    assert sums.pressure_today == sums.pressure_in_week == 120


def test_the_week_runs_from_monday():
    sums = counted([done(19), done(17), done(16, 1, 2, 3, 4), done(15)], THURSDAY)
    assert sums.day == (60, 60, 60, 0)
    assert sums.week == (121, 122, 123, 4)
    assert sums.sessions_in_week == 3


def test_the_turn_of_the_year_is_in_one_week():
    new_year = datetime(2026, 12, 31, 8, tzinfo=UTC)
    session = done(19, started_at=new_year, local_date=new_year.date())
    assert counted([session], date(2027, 1, 3)).week == (60, 60, 60, 0)
    assert counted([session], date(2027, 1, 4)).week == (0, 0, 0, 0)


def test_a_session_stopped_at_once_adds_its_seconds_but_is_no_session():
    stopped = done(19, 20, 5, 0, 0, finished_holds=0, ended_by="user")
    sums = counted([stopped], THURSDAY)
    assert (sums.day, sums.sessions_in_week) == ((20, 5, 0, 0), 0)


def test_nothing_done_is_nothing():
    assert counted([], THURSDAY).week == (0, 0, 0, 0)
