"""A week as a number: how often each rating was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.progress.statistics import spread
from tracker.progress.tallies import BITS, spread_of, tally, together, unpacked

weeks = st.lists(st.integers(0, 10), max_size=7)


@pytest.mark.parametrize(
    ("ratings", "number"),
    [([], 0), ([0], 1), ([0, 0, 1], 0o12), ([2] * 7, 0o700), ([10, 3], 0o10000001000)],
)
def test_a_week_is_written_in_eights(ratings, number):
    assert unpacked(number) == tally(ratings)


@given(weeks)
def test_what_is_packed_comes_back(ratings):
    assert unpacked(sum(1 << BITS * rating for rating in ratings)) == tally(ratings)


@given(weeks, weeks)
def test_the_spread_is_that_of_the_ratings_themselves(one, other):
    assert spread_of(tally(one)) == spread(one)
    assert spread_of(together([tally(one), tally(other)])) == spread([*one, *other])
