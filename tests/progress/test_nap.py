"""How often a rating of one kind of day lies below one of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.progress.nap import nap

ratings = st.lists(st.integers(0, 10), min_size=1, max_size=20)

# Where a rise is wanted, both are turned round. The values are those of the package SingleCaseES.
PUBLISHED = [
    ([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], 0.916667, (0.5973, 0.9860)),
    (
        [4, 3, 4, 3, 4, 7, 5, 2, 3, 2],
        [5, 9, 7, 9, 7, 5, 9, 11, 11, 10, 9],
        *(0.963636, (0.7500, 0.9951)),
    ),
]


@pytest.mark.parametrize(("before", "after", "share", "interval"), PUBLISHED)
def test_the_published_examples(before, after, share, interval):
    found = nap([-value for value in before], [-value for value in after])
    assert found.nap == pytest.approx(share, abs=1e-6)
    assert (found.low, found.high) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(
    ("without", "with_massage", "share"),
    [
        ([5, 6], [3, 4], 1),
        ([3, 4], [5, 6], 0),
        ([5], [5], 0.5),
        ([6, 4], [5], 0.5),  # one lower, one higher
        ([6, 5, 4], [5, 3], 0.75),  # of six pairs 1 + .5 + 0 and 1 + 1 + 1
    ],
)
def test_pairs_counted_by_hand(without, with_massage, share):
    assert nap(without, with_massage).nap == share


def test_nothing_makes_no_pairs():
    with pytest.raises(ValueError, match="no pairs"):
        nap([], [3])


@given(ratings, ratings)
def test_the_other_way_round_is_the_rest(one, other):
    there, back = nap(one, other), nap(other, one)
    assert there.nap + back.nap == pytest.approx(1)
    assert (there.low, there.high) == pytest.approx((1 - back.high, 1 - back.low), abs=1e-9)


@given(ratings, ratings)
def test_the_interval_holds_the_share_and_stays_between_none_and_all(one, other):
    found = nap(one, other)
    assert 0 <= found.low <= found.nap <= found.high <= 1
    assert found.low < found.high


@given(ratings, ratings)
def test_more_of_the_same_days_make_it_narrower(one, other):
    few, many = nap(one, other), nap(one * 3, other * 3)
    assert many.nap == pytest.approx(few.nap)
    assert many.high - many.low < few.high - few.low
