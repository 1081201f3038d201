"""When somebody may be told, by the clock on their wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracker.reminders.when import is_quiet, may_be_told, worth_until

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = (time(21), time(8))


def local(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        ("20:59", False),
        ("21:00", True),
        ("23:59", True),
        ("00:00", True),
        ("07:59", True),
        ("08:00", False),
    ],
)
def test_quiet_hours_go_past_midnight(at, quiet):
    assert is_quiet(time.fromisoformat(at), *NIGHT) is quiet


def test_quiet_hours_may_lie_within_a_day_or_be_none():
    siesta = (time(13), time(15))
    assert [is_quiet(time(hour), *siesta) for hour in (12, 13, 14, 15)] == [
        False,
        True,
        True,
        False,
    ]
    assert not any(is_quiet(time(hour), time(9), time(9)) for hour in range(24))


def test_told_at_the_time_or_later_and_once_a_day():
    nine = (time(9), *NIGHT)
    assert not may_be_told(local("2026-11-20T08:59"), *nine, None)
    assert may_be_told(local("2026-11-20T09:00"), *nine, None)
    assert may_be_told(local("2026-11-20T20:59"), *nine, date(2026, 11, 19))
    assert not may_be_told(local("2026-11-20T21:00"), *nine, None)
    assert not may_be_told(local("2026-11-20T12:00"), *nine, date(2026, 11, 20))


def test_after_a_journey_westwards_the_same_day_is_not_told_again():
    assert not may_be_told(local("2026-11-19T12:00"), time(9), *NIGHT, date(2026, 11, 20))


def test_a_time_that_a_clock_change_skips_is_told_when_it_would_have_been_over():
    at = (time(2, 30), time(21), time(2))
    before = local("2026-03-29T01:59")
    after = (before.astimezone(UTC) + timedelta(minutes=1)).astimezone(BERLIN)
    assert after.time() == time(3)
    assert not may_be_told(before, *at, None)
    assert may_be_told(after, *at, None)


def test_an_hour_that_comes_twice_is_told_once_and_quiet_twice():
    at = (time(2, 30), time(21), time(2))
    first, second = local("2026-10-25T02:30"), local("2026-10-25T02:30", fold=1)
    assert may_be_told(first, *at, None)
    assert not may_be_told(second, *at, first.date())
    for moment in (first, second):
        assert not may_be_told(moment, time(1), time(21), time(8), None)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ("2026-11-20T09:00", 12),
        ("2026-11-20T20:00", 1),
        ("2026-10-25T01:00", 12),
        ("2026-10-25T20:30", 0.5),
    ],
)
def test_a_word_waits_for_the_phone_no_longer_than_until_it_is_quiet(now, hours):
    assert worth_until(local(now), *NIGHT) == timedelta(hours=hours)


def test_without_quiet_hours_it_waits_until_midnight_in_real_hours():
    assert worth_until(local("2026-10-24T18:00"), time(9), time(9)) == timedelta(hours=6)
    assert worth_until(local("2026-10-25T00:30"), time(3), time(9)) == timedelta(hours=3.5)


clocks = some.times()
moments = some.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=some.just(BERLIN))


@given(moments, clocks, clocks, clocks)
def test_never_in_the_quiet_hours_and_never_twice(now, at, quiet_from, quiet_to):
    if may_be_told(now, at, quiet_from, quiet_to, None):
        assert not is_quiet(now.time(), quiet_from, quiet_to)
        assert now.time() >= at
    assert not may_be_told(now, at, quiet_from, quiet_to, now.date())
    assert worth_until(now, quiet_from, quiet_to) >= timedelta(0)
