"""The fair test: an order drawn by lot, days in blocks, and a verdict only at the end."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.progress.adherence import Done
from tracker.progress.fair_test import FairTest, day_of, draw
from tracker.progress.outcome import chance_of, outcome
from tracker.progress.weeks import Diary

START = date(2026, 3, 2)
IN_TURN = (True, False, True, False, True, False)
DAYS = [START + timedelta(days=at) for at in range(48)]
AFTER = START + timedelta(days=48)
ALL_SIGNS = list(product((1, -1), repeat=6))
orders = st.tuples(*[st.booleans()] * 6)
differences = st.lists(st.fractions(-10, 10, max_denominator=6), min_size=6, max_size=6)


def fair_test(order=IN_TURN, stopped_after=None):
    stopped = DAYS[stopped_after - 1] if stopped_after else None
    return FairTest(START, order, stopped)


def rated(test, with_massage, without, leave_out=()):
    """A diary that gives one rating to the days of each kind of block."""
    kept = [day for day in DAYS if day not in leave_out]
    kind = {day: day_of(test, day).with_massage for day in kept}
    return Diary({day: with_massage if kind[day] else without for day in kept})


def after(test, *ratings, **more):
    return outcome(test, rated(test, *ratings, **more), AFTER)


def test_the_order_is_drawn_from_all_sixty_four_evenly():
    chance = Random("an even draw")
    found = [draw(chance) for _ in range(6400)]
    assert len(set(found)) == 64
    assert all(60 <= found.count(order) <= 150 for order in set(found))


def test_the_same_lot_draws_the_same_order():
    assert draw(Random(7)) == draw(Random(7))


def test_an_order_of_another_length_is_refused():
    with pytest.raises(ValueError, match="6 pairs"):
        fair_test((True, False))


@given(orders)
def test_each_pair_has_four_days_with_massage_and_four_without(order):
    for pair in range(1, 7):
        days = [each for day in DAYS if (each := day_of(fair_test(order), day)).pair == pair]
        assert [each.with_massage for each in days] in (
            [True] * 4 + [False] * 4,
            [False] * 4 + [True] * 4,
        )


@given(orders)
def test_massage_comes_twelve_times_and_never_two_days_in_a_row(order):
    due = [day for day in DAYS if day_of(fair_test(order), day).massage_due]
    assert len(due) == 12
    assert min(b - a for a, b in pairwise(due)) == timedelta(days=2)


@given(orders)
def test_the_first_day_of_each_block_is_not_scored(order):
    test = fair_test(order)
    odd = {day: 10 if at % 4 == 0 else 5 for at, day in enumerate(DAYS)}
    found = outcome(test, Diary(odd), AFTER)
    assert all(pair.with_massage == pair.without == (5, 5, 5) for pair in found.pairs)


def test_a_day_knows_its_place():
    test = fair_test()
    first, fifth, ninth = (day_of(test, DAYS[at]) for at in (0, 4, 8))
    assert (first.number, first.pair, first.place, first.with_massage) == (1, 1, 1, True)
    assert (fifth.number, fifth.pair, fifth.place, fifth.with_massage) == (5, 1, 1, False)
    assert (ninth.number, ninth.pair, ninth.place, ninth.with_massage) == (9, 2, 1, False)


def test_days_before_after_and_past_a_stop_are_outside():
    assert day_of(fair_test(), START - timedelta(days=1)) is None
    assert day_of(fair_test(), AFTER) is None
    assert day_of(fair_test(stopped_after=10), DAYS[9]).number == 10
    assert day_of(fair_test(stopped_after=10), DAYS[10]) is None


@pytest.mark.parametrize(
    ("found", "of_64"),
    [
        ((-1, -2, -1, -3, -1, -2), 1),  # only the order drawn is as low
        ((-1, -2, -1, -3, -1, 0), 2),  # a pair without a difference may be swapped
        ((-1, -2, -1, -3, 0, 0), 4),
        # a sum of -4 or lower has at most one +1 in it: 1 + 6 orders
        ((-1, -1, -1, -1, -1, 1), 7),
        ((1, 1, 1, 1, 1, 1), 64),
        ((0, 0, 0, 0, 0, 0), 64),
    ],
)
def test_orders_counted_by_hand(found, of_64):
    assert chance_of([Fraction(size) for size in found]) == Fraction(of_64, 64)


@given(differences)
def test_the_chance_is_of_sixty_four_and_never_nothing(found):
    chance = chance_of(found)
    assert (chance * 64).denominator == 1
    assert Fraction(1, 64) <= chance <= 1


@given(differences)
def test_less_and_more_pain_share_out_the_orders(found):
    """Both count the orders that come to exactly as much."""
    assert chance_of(found) + chance_of([-size for size in found]) > 1


@settings(max_examples=20)
@given(st.lists(st.integers(-30, 30), min_size=6, max_size=6))
def test_where_massage_makes_no_difference_three_orders_of_64_at_most_say_less(found):
    """Each pair's difference is then there whatever the order, which only gives it its sign."""
    drawn = [[d * s for d, s in zip(found, each, strict=True)] for each in ALL_SIGNS]
    assert sum(chance_of(each) <= Fraction(1, 20) for each in drawn) <= 3


@pytest.mark.parametrize(
    ("ratings", "kind", "difference", "noticing"),
    [
        ((4, 6), "less", -2, True),  # all six pairs: 1 of 64
        ((5, 6), "less", -1, False),
        ((6, 8), "less", -2, False),  # 25%
        ((6, 6), "unclear", 0, False),
        ((7, 4), "unclear", 3, True),
    ],
)
def test_a_finished_test_has_a_verdict(ratings, kind, difference, noticing):
    found = after(fair_test(), *ratings)
    assert (found.kind, found.difference, found.noticing) == (kind, difference, noticing)


def test_the_share_of_lower_days_stands_beside_it():
    assert after(fair_test(), 4, 6).overlap.nap == 1
    assert after(fair_test(), 6, 6).overlap.nap == 0.5


def test_missing_days_are_left_out_and_a_missing_block_leaves_no_verdict():
    test = fair_test()
    assert after(test, 4, 6, leave_out=DAYS[1:3]).kind == "less"
    found = after(test, 4, 6, leave_out=DAYS[1:4])
    assert found.kind == "gaps"
    assert found.difference == -2


def test_nobody_looks_in_between():
    found = outcome(fair_test(), rated(fair_test(), 4, 6), DAYS[47])
    assert found.kind == "running"
    assert (found.day, found.rated) == (48, 48)
    assert found.difference is found.overlap is None


def test_stopping_early_gives_the_data_and_no_verdict():
    diary = rated(fair_test(), 2, 8)
    found = outcome(fair_test(stopped_after=44), diary, AFTER)
    assert (found.kind, found.day) == ("stopped", 44)
    assert found.difference == -6
    assert found.pairs[4].with_massage == (2, 2, 2)
    assert found.pairs[5].with_massage == ()


@pytest.mark.parametrize("today", [DAYS[47], AFTER])
def test_stopping_on_the_last_day_gives_no_verdict_either(today):
    found = outcome(fair_test(stopped_after=48), rated(fair_test(), 4, 6), today)
    assert (found.kind, found.day, found.difference) == ("stopped", 48, -2)


def test_stopped_before_anything_counts_there_is_no_data():
    found = outcome(fair_test(stopped_after=1), rated(fair_test(), 2, 8), AFTER)
    assert (found.kind, found.difference, found.overlap) == ("stopped", None, None)


def test_it_says_how_the_plan_was_kept():
    sessions = frozenset([DAYS[0], DAYS[1], DAYS[2], DAYS[5], START - timedelta(days=1)])
    found = outcome(fair_test(), Diary({}, sessions), DAYS[9])
    assert found.done == Done(kept=2, due=2, extra=2, against=1)


def test_changes_of_medicine_are_counted_on_the_days_that_are_scored():
    noted = {DAYS[0], DAYS[1], DAYS[2], DAYS[4], DAYS[6], DAYS[47], AFTER}
    assert outcome(fair_test(), Diary({}), AFTER, noted).changed == (3, 1)
    assert outcome(fair_test(stopped_after=6), Diary({}), AFTER, noted).changed == (2, 0)


@given(orders, st.dictionaries(st.sampled_from(DAYS), st.integers(0, 10)))
def test_the_difference_is_that_of_the_means(order, ratings):
    found = outcome(fair_test(order), Diary(ratings), AFTER)
    complete = [pair.difference for pair in found.pairs if pair.complete]
    if complete:
        assert found.difference == Fraction(sum(complete), len(complete))
    else:
        assert found.difference is None
