"""What may be said about weeks of daily ratings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.progress.statistics import Spread
from tracker.progress.trend import trend, worth_noticing
from tracker.progress.weeks import Diary, baseline_of

MONDAY = date(2026, 9, 7)
SUNDAY = timedelta(days=6)
ratings = st.integers(0, 10)


def diary_of(*medians, each=3, session_days=()):
    """Weeks whose first days are rated the same; None is a week without a rating."""
    days = {
        MONDAY + timedelta(weeks=week, days=day): median
        for week, median in enumerate(medians)
        if median is not None
        for day in range(each)
    }
    return Diary(days, frozenset(session_days))


def trend_of(*medians, **more):
    return trend(diary_of(*medians, **more), MONDAY + timedelta(weeks=len(medians) - 1) + SUNDAY)


def mirrored(diary):
    return Diary({day: 10 - rating for day, rating in diary.ratings.items()})


FALL = (6, 6, 6, 6, 4, 4, 4, 4)  # the line: -1/3 a week, so from 6.17 to 3.83; p = .030
# The baseline is the seven days before, here a week of 8: 30% of it is 2.4.
BEFORE_MONDAY = {MONDAY - timedelta(days=back): 8 for back in (1, 2, 3)}


@pytest.mark.parametrize(
    ("medians", "says", "noticing"),
    [
        ((), "early", False),
        ((9, 5, 1), "early", False),
        ((9, 6, 4, 1), "medians", False),
        ((9, 8, 7, 5, 4, 2, 1), "medians", False),
        ((5,) * 8, "unclear", False),
        (FALL, "down", True),
        (FALL[::-1], "up", True),
        # first to last it falls by 5, and only one week did
        ((9, 4, 4, 4, 4, 4, 4, 4), "unclear", False),
        # p = .030 as above, but by 1.17 points
        ((5, 5, 5, 5, 4, 4, 4, 4), "unclear", False),
        # a line by 2.33 from 10.17: less than 30%
        ((10, 10, 10, 10, 8, 8, 8, 8), "unclear", False),
        # gaps do not count as weeks, and keep their time
        ((*FALL[:4], None, None, *FALL[4:]), "down", True),
        ((*FALL[:4], None, *FALL[5:]), "medians", False),
        # by 2.17 from 6.08, but up and down on the way: 9 of 28 pairs more fall than rise, p = .311
        ((7, 4, 7, 5, 3, 6, 3, 5), "unclear", True),
    ],
)
def test_what_may_be_said(medians, says, noticing):
    found = trend_of(*medians)
    assert (found.says, found.noticing) == (says, noticing)


def test_a_week_needs_three_ratings():
    assert trend_of(*FALL, each=2).says == "early"
    assert trend_of(*FALL, each=3).says == "down"


def test_a_week_shows_its_median_its_range_and_how_many():
    diary = Diary({MONDAY: 3, MONDAY + timedelta(days=1): 8, MONDAY + timedelta(days=6): 4})
    (week,) = trend(diary, MONDAY).weeks
    assert week.ratings == Spread(count=3, median=4, low=3, high=8)
    assert week.valid


def test_thirty_percent_is_of_the_baseline_where_there_is_one():
    diary = diary_of(*FALL, session_days=[MONDAY])
    today = MONDAY + timedelta(weeks=8)
    assert trend(diary, today).says == "down"
    higher = Diary(diary.ratings | BEFORE_MONDAY, diary.session_days)
    assert trend(higher, today, since=MONDAY).says == "unclear"


def test_the_baseline_is_of_the_seven_days_before_the_first_session():
    first = MONDAY + timedelta(days=10)
    days = {first - timedelta(days=back): back for back in range(9)}
    found = baseline_of(days, first)
    assert found == Spread(count=7, median=4, low=1, high=7)


def test_two_days_are_no_baseline_nor_is_any_without_a_session():
    days = {MONDAY: 5, MONDAY + timedelta(days=1): 6}
    assert baseline_of(days, MONDAY + timedelta(days=2)) is None
    assert baseline_of(diary_of(5).ratings, None) is None


def test_the_latest_week_is_put_beside_the_baseline_only_after_the_first_session():
    first = MONDAY + timedelta(weeks=2)
    assert trend_of(5, 6, session_days=[first]).latest is None
    assert trend_of(5, 6, 4, None, session_days=[first]).latest.ratings.median == 4


@pytest.mark.parametrize(
    ("change", "reference", "worth"),
    [
        (-2, 6, True),  # 33%
        (-2, 7, False),  # 29%
        (-1.5, 3, False),  # 50%, but less than 2 points
        (-3, 10, True),  # just 30%
        (2, 6, True),
        (0.1 * 3 * 7, 7, True),  # 2.1 of 7, whatever the binary digits
        (0, 0, False),
        (2, 0, True),
    ],
)
def test_worth_noticing_is_two_points_and_thirty_percent(change, reference, worth):
    assert worth_noticing(change, reference) is worth


@pytest.mark.parametrize(
    ("medians", "this_week", "weekday", "surer_at", "days"),
    [
        ((), 0, 0, 4, 12),  # four weeks of three
        ((5, 5), 0, 0, 4, 6),
        ((5, 5), 2, 2, 4, 4),  # two of this week's three are there
        ((5, 5), 1, 6, 4, 6),  # on Sunday with one there, this week can have two at most
        ((5, 5), 2, 6, 4, 4),  # today still counts
        ((5,) * 4, 0, 0, 8, 12),
        ((5,) * 7, 3, 3, 12, 12),  # this week is the eighth already
        ((5,) * 12, 0, 0, None, 0),
    ],
)
def test_how_many_more_days_would_make_it_surer(medians, this_week, weekday, surer_at, days):
    monday = MONDAY + timedelta(weeks=len(medians))
    rated = {monday + timedelta(days=day): 5 for day in range(this_week)}
    diary = Diary(diary_of(*medians).ratings | rated)
    found = trend(diary, monday + timedelta(days=weekday))
    assert (found.surer_at, found.days_needed) == (surer_at, days)


def test_rating_as_many_days_as_asked_gets_there():
    days = {MONDAY + timedelta(weeks=week, days=day): 5 for week in range(4) for day in range(3)}
    assert trend(Diary(days), max(days)).surer_at == 8


def test_a_range_knows_that_there_is_more():
    diary = diary_of(*FALL)
    today = MONDAY + timedelta(weeks=7)
    assert not trend(diary, today).cut
    short = trend(diary, today, since=today - timedelta(weeks=3))
    assert short.cut
    assert len(short.weeks) == 4
    assert short.says == "medians"


daily = st.dictionaries(st.integers(0, 120).map(lambda at: MONDAY + timedelta(at)), ratings)


@given(daily)
def test_no_direction_without_eight_valid_weeks(days):
    found = trend(Diary(days), MONDAY)
    if found.says in ("down", "up"):
        assert len(found.valid_weeks) >= 8
        assert found.noticing


@given(daily)
def test_the_mirror_image_says_the_opposite_unless_thirty_percent_of_less_decide(days):
    opposite = {"down": "up", "up": "down"}
    there, back = trend(Diary(days), MONDAY), trend(mirrored(Diary(days)), MONDAY)
    if there.noticing and back.noticing:
        assert back.says == opposite.get(there.says, there.says)


@given(daily)
def test_no_rating_is_lost(days):
    found = trend(Diary(days), MONDAY)
    assert sum(week.ratings.count for week in found.weeks if week.ratings) == len(days)


@given(st.lists(ratings, min_size=8, max_size=16))
def test_weeks_that_only_fall_never_say_up(medians):
    assert trend_of(*sorted(medians, reverse=True)).says in ("down", "unclear")
    assert trend_of(*sorted(medians)).says in ("up", "unclear")
