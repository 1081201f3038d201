"""A week as a number: how often each rating was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.progress.statistics import spread
from tracker.progress.tallies import MOST_WEEKS, spread_in, spread_of, tally, together
from tracker.progress.tallies import given as given_in

weeks = st.lists(st.integers(0, 10), max_size=7)


@pytest.mark.parametrize(
    ("ratings", "number"),
    [([], 0), ([0], 1), ([0, 0, 1], 0o12), ([2] * 7, 0o700), ([10, 3], 0o10000001000)],
)
def test_a_week_is_written_in_eights(ratings, number):
    assert tally(ratings) == number


@given(weeks)
def test_the_spread_is_that_of_the_ratings_themselves(ratings):
    assert spread_of(tally(ratings)) == spread(ratings)


@given(st.lists(weeks, max_size=6))
def test_weeks_are_counted_together(several):
    every = [rating for ratings in several for rating in ratings]
    counts = together([*map(tally, several)])
    assert counts == [every.count(rating) for rating in range(11)]
    assert spread_in(counts) == spread(every)
    assert given_in(counts) == tuple(sorted(set(every)))


@pytest.mark.parametrize("rating", range(11))
def test_as_many_weeks_as_a_mark_may_stand_for_do_not_run_into_each_other(rating):
    counts = together([tally([rating] * 7)] * MOST_WEEKS)
    assert counts == [7 * MOST_WEEKS * (each == rating) for each in range(11)]
