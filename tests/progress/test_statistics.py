"""The weekly numbers, and what they never make up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.progress.statistics import (
    MOST_MARKS,
    SPANS,
    Sitting,
    Spread,
    at_one_press,
    gaps,
    median,
    span_of,
    spread,
    week_of,
    weekly,
)

MONDAY = date(2026, 11, 16)
ratings = st.integers(0, 10)


def test_the_median_of_three_is_the_middle_one():
    assert median([9, 2, 4]) == 4


def test_the_median_of_two_lies_between_them():
    assert median([4, 5]) == 4.5


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="no median"):
        median([])


@given(st.lists(ratings, min_size=1))
def test_as_many_ratings_lie_above_a_median_as_below(values):
    middle = median(values)
    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle for value in values) <= len(values) / 2
    assert (2 * middle).is_integer()


def test_a_blank_is_left_out_and_zero_is_counted():
    assert spread([None, 0, 4, None]) == Spread(count=2, median=2, low=0, high=4)


def test_nothing_but_blanks_has_no_spread():
    assert spread([None, None]) is None


def test_a_week_runs_from_monday_to_sunday():
    assert week_of(MONDAY) == week_of(MONDAY + timedelta(days=6)) == MONDAY
    assert week_of(MONDAY + timedelta(days=7)) == MONDAY + timedelta(days=7)


def test_the_last_days_of_december_belong_to_the_iso_week_of_january():
    assert week_of(date(2024, 12, 31)) == week_of(date(2025, 1, 5)) == date(2024, 12, 30)


def test_a_week_without_sessions_stays_a_gap():
    first, last = MONDAY - timedelta(weeks=2), MONDAY
    weeks = weekly([Sitting(first, 6), Sitting(last, 4)], first, last)
    assert [week.sessions for week in weeks] == [1, 0, 1]
    assert weeks[1].before is None
    assert weeks[1].level_s is None
    assert gaps(weeks) == [(1, 1)]


def test_weeks_in_a_row_without_sessions_are_one_gap():
    weeks = weekly([Sitting(MONDAY)], MONDAY - timedelta(weeks=3), MONDAY + timedelta(weeks=1))
    assert gaps(weeks) == [(0, 2), (4, 4)]


def test_before_and_after_are_counted_apart():
    sittings = [Sitting(MONDAY, 6, 4), Sitting(MONDAY, 8, None), Sitting(MONDAY, None, 2)]
    (week,) = weekly(sittings, MONDAY, MONDAY)
    assert week.sessions == 3
    assert week.before == Spread(2, 7, 6, 8)
    assert week.after == Spread(2, 3, 2, 4)


def test_the_highest_level_that_stayed_comfortable_counts_and_none_is_not_blank():
    levels = [Sitting(MONDAY, level=1), Sitting(MONDAY, level=3), Sitting(MONDAY, level=None)]
    assert weekly(levels, MONDAY, MONDAY)[0].level == 3
    assert weekly([Sitting(MONDAY, level=0)], MONDAY, MONDAY)[0].level == 0
    assert weekly([Sitting(MONDAY)], MONDAY, MONDAY)[0].level is None


def tender(rating, level):
    return Sitting(MONDAY, tenderness_before=rating, tenderness_level=level)


def test_tenderness_is_of_presses_at_one_level():
    pressed = [tender(2, 1), tender(5, 2), tender(4, None), tender(6, 2), tender(None, 1)]
    found, level = at_one_press(pressed)
    assert level == 2
    assert [sitting.tenderness_before for sitting in found] == [None, 5, None, 6, None]


def test_tenderness_stays_where_no_level_was_noted():
    assert at_one_press([]) == ([], None)
    pressed = [tender(2, None), tender(None, 3)]
    assert at_one_press(pressed) == (pressed, None)


def test_seconds_are_added_up_level_by_level():
    sittings = [
        Sitting(MONDAY, level_s=(20, 30, 0, 0)),
        Sitting(MONDAY, level_s=(10, None, 5, None)),
        Sitting(MONDAY),
    ]
    assert weekly(sittings, MONDAY, MONDAY)[0].level_s == (30, 30, 5, 0)


@given(st.lists(st.tuples(st.integers(-40, 40), ratings | st.none()), max_size=30))
def test_no_session_of_the_weeks_shown_gets_lost(days):
    sittings = [Sitting(MONDAY + timedelta(days=day), pain) for day, pain in days]
    weeks = weekly(sittings, MONDAY - timedelta(weeks=6), MONDAY + timedelta(weeks=6))
    assert sum(week.sessions for week in weeks) == len(sittings)
    rated = sum(week.before.count for week in weeks if week.before)
    assert rated == sum(pain is not None for _day, pain in days)


def test_two_years_are_drawn_week_by_week_and_more_in_fewer_marks():
    assert [span_of(weeks) for weeks in (1, 104, 105, 416, 417)] == [1, 1, 4, 4, 13]


@given(st.integers(1, 5000))
def test_a_long_range_never_has_too_many_marks_while_a_span_allows_it(weeks):
    span = span_of(weeks)
    assert span in SPANS
    assert weeks <= span * MOST_MARKS or span == SPANS[-1]


def test_weeks_taken_together_end_with_this_one():
    first, last = MONDAY - timedelta(weeks=5), MONDAY
    sittings = [Sitting(first, 2), Sitting(last - timedelta(weeks=3), 4), Sitting(last, 8)]
    earlier, latest = weekly(sittings, first, last, 4)
    assert (earlier.monday, earlier.sessions) == (MONDAY - timedelta(weeks=7), 1)
    assert latest.monday == MONDAY - timedelta(weeks=3)
    assert latest.before == Spread(count=2, median=6, low=4, high=8)


@given(st.lists(st.integers(0, 5000), max_size=40), st.sampled_from(SPANS))
def test_no_session_is_lost_or_counted_twice(days_ago, span):
    sittings = [Sitting(MONDAY - timedelta(days=days)) for days in days_ago]
    first = min((week_of(sitting.local_date) for sitting in sittings), default=MONDAY)
    assert sum(week.sessions for week in weekly(sittings, first, MONDAY, span)) == len(days_ago)
