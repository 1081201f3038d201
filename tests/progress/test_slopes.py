"""Theil-Sen and Mann-Kendall, by hand and by what must hold for any series."""

from itertools import combinations
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.progress import slopes
from tracker.progress.slopes import Line, mann_kendall, theil_sen

as_steep = slopes._as_steep

medians = st.integers(0, 20).map(lambda doubled: doubled / 2)
series = st.lists(medians, min_size=2, max_size=20)


def line(values):
    return theil_sen(range(len(values)), values)


@pytest.mark.parametrize(
    ("places", "values", "start", "end"),
    [
        ((0, 1), (6, 4), 6, 4),
        # slopes -1, -4, -2.5: the median is -2.5, through place 1 at 5
        ((0, 1, 2), (6, 5, 1), 7.5, 2.5),
        # a week without a median: slopes 0, -1, -1.5: the median is -1, through place 1 at 4
        ((0, 1, 3), (4, 4, 1), 5, 2),
        # one very odd value: slopes 0 (three times) against -9, -4.5, -3: the median is -1.5
        ((0, 1, 2, 3), (9, 0, 0, 0), 2.25, -2.25),
        # the same with one week more, and it no longer counts: six of ten slopes are 0
        ((0, 1, 2, 3, 4), (9, 0, 0, 0, 0), 0, 0),
    ],
)
def test_the_line_worked_out_by_hand(places, values, start, end):
    assert theil_sen(places, values) == Line(start, end)


def test_one_point_has_no_slope():
    with pytest.raises(ValueError, match="no slope"):
        theil_sen([0], [5])


@pytest.mark.parametrize(
    ("values", "s", "variance", "p"),
    [
        # all six pairs rise; 4*3*13/18; (6-1)/2.944 = 1.698
        ((1, 2, 3, 4), 6, 8.667, 0.0894),
        # five of six pairs fall, two are equal: (156 - 2*1*9)/18; (5-1)/2.769 = 1.445
        ((3, 3, 2, 1), -5, 7.667, 0.1486),
        # 16 pairs fall; (8*7*21 - 2*4*3*13)/18; 15/6.928 = 2.165
        ((6, 6, 6, 6, 4, 4, 4, 4), -16, 48, 0.0304),
        # 28 pairs fall; 8*7*21/18; 27/8.083 = 3.340
        ((8, 7, 6, 5, 4, 3, 2, 1), -28, 65.333, 0.0008),
        ((5, 5, 5, 5), 0, 0, 1),
    ],
)
def test_the_order_worked_out_by_hand(values, s, variance, p):
    found = mann_kendall(values)
    assert found.s == s
    assert found.variance == pytest.approx(variance, abs=0.001)
    assert found.p == pytest.approx(p, abs=0.0001)


@given(st.sets(st.integers(0, 60), min_size=2, max_size=20), st.data())
def test_the_line_is_the_one_of_the_definition(places, data):
    x = sorted(places)
    y = data.draw(st.lists(medians, min_size=len(x), max_size=len(x)))
    points = zip(x, y, strict=True)
    middle = median((d - b) / (c - a) for (a, b), (c, d) in combinations(points, 2))
    assert theil_sen(x, y).change == pytest.approx(middle * (x[-1] - x[0]), abs=1e-9)


def test_ten_years_are_counted_and_not_looked_at_pair_by_pair(monkeypatch):
    chance, looks = Random(2026), []
    values = [chance.randint(4, 16) / 2 for _ in range(520)]
    pairs = combinations(enumerate(values), 2)
    middle = median((later - earlier) / (y - x) for (x, earlier), (y, later) in pairs)
    monkeypatch.setattr(slopes, "_as_steep", lambda *of: looks.append(of) or as_steep(*of))
    assert line(values).change == pytest.approx(middle * 519, abs=1e-9)
    assert len(looks) < 20


@given(series)
def test_backwards_the_direction_turns_round(values):
    there, back = line(values), line(values[::-1])
    assert (back.start, back.end) == pytest.approx((there.end, there.start))
    assert mann_kendall(values[::-1]).s == -mann_kendall(values).s
    assert mann_kendall(values[::-1]).p == mann_kendall(values).p


@given(series, st.integers(-10, 10))
def test_a_constant_more_changes_no_slope(values, more):
    raised = [value + more for value in values]
    assert line(raised).change == pytest.approx(line(values).change)
    assert mann_kendall(raised) == mann_kendall(values)


@given(st.lists(medians, min_size=2, max_size=20, unique=True))
def test_a_series_that_only_rises_has_every_pair(values):
    pairs = len(values) * (len(values) - 1) // 2
    assert mann_kendall(sorted(values)).s == pairs
    assert line(sorted(values)).change > 0


@given(series)
def test_a_probability_is_one(values):
    assert 0 < mann_kendall(values).p <= 1


@given(st.lists(medians, min_size=4, max_size=20))
def test_equal_values_make_the_variance_smaller_and_never_negative(values):
    found = mann_kendall(values)
    untied = mann_kendall(range(len(values)))
    assert 0 <= found.variance <= untied.variance
    assert (found.variance == untied.variance) == (len(set(values)) == len(values))


@given(st.integers(2, 30), st.floats(-2, 2), st.integers(0, 29), st.integers(-100, 100))
def test_one_odd_value_among_five_or_more_moves_no_straight_line(count, slope, where, odd):
    values = [5 + slope * at for at in range(count)]
    if count >= 5:
        values[where % count] += odd
    assert line(values).change == pytest.approx(slope * (count - 1), abs=1e-6)
