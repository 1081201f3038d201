"""The statistics beside SciPy's, which only the tests know."""

from fractions import Fraction
from math import erfc, sqrt

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.progress.nap import nap
from tracker.progress.outcome import chance_of
from tracker.progress.slopes import mann_kendall, theil_sen
from tracker.progress.statistics import median

medians = st.integers(0, 20).map(lambda doubled: doubled / 2)
ratings = st.lists(st.integers(0, 10), min_size=1, max_size=20)
series = st.lists(medians, min_size=3, max_size=30)


@given(ratings)
def test_medians(values):
    assert median(values) == numpy.median(values)


@given(series, st.data())
def test_theil_sen_with_gaps(values, data):
    count = len(values)
    places = sorted(data.draw(st.sets(st.integers(0, 60), min_size=count, max_size=count)))
    theirs = stats.theilslopes(values, places)
    ours = theil_sen(places, values)
    assert ours.start == pytest.approx(theirs.intercept + theirs.slope * places[0], abs=1e-9)
    assert ours.end == pytest.approx(theirs.intercept + theirs.slope * places[-1], abs=1e-9)


@given(series)
def test_mann_kendall_with_ties(values):
    """SciPy leaves the correction for continuity out, so it is left out here."""
    assume(len(set(values)) > 1)
    theirs = stats.kendalltau(range(len(values)), values, method="asymptotic")
    ours = mann_kendall(values)
    assert theirs.pvalue == pytest.approx(erfc(abs(ours.s) / sqrt(2 * ours.variance)), abs=1e-9)
    assert numpy.sign(ours.s) == numpy.sign(round(theirs.statistic, 9))


@given(st.permutations(range(8)) | st.permutations(range(12)))
def test_mann_kendall_is_close_to_the_exact_test(values):
    """Without ties there is an exact one; the rule asks whether p is below .10."""
    exact = stats.kendalltau(range(len(values)), values, method="exact").pvalue
    ours = mann_kendall(values).p
    assert ours == pytest.approx(exact, abs=0.015)
    assert (ours < 0.1) == (exact < 0.1)


@given(ratings, ratings)
def test_nap_is_the_share_of_mann_whitney(without, with_massage):
    u = stats.mannwhitneyu(without, with_massage).statistic
    assert nap(without, with_massage).nap == pytest.approx(u / len(without) / len(with_massage))


@settings(max_examples=30)
@given(st.lists(st.integers(-20, 20), min_size=6, max_size=6))
def test_all_orders_of_a_fair_test(found):
    theirs = stats.permutation_test(
        (found,), numpy.sum, permutation_type="samples", alternative="less", n_resamples=numpy.inf
    )
    assert float(chance_of([Fraction(size) for size in found])) == theirs.pvalue
