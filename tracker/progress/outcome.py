"""What came of a fair test: block against block, held against every order that might have been.

A difference by itself may be the weather's; one that few of the 64 orders would show as large is
unlikely to be the draw's. Neither says why, and p-values are never shown.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Literal

from tracker.progress.adherence import NOTHING_DONE, Done, done
from tracker.progress.fair_test import PAIRS, FairDay, FairTest, days_until
from tracker.progress.nap import Overlap, nap
from tracker.progress.trend import worth_noticing
from tracker.progress.weeks import Diary

RARE = Fraction(1, 20)
Kind = Literal["running", "stopped", "gaps", "less", "unclear"]


@dataclass(frozen=True, slots=True)
class Pair:
    """The scored ratings of both blocks of a pair."""

    with_massage: tuple[int, ...]
    without: tuple[int, ...]

    @property
    def complete(self) -> bool:
        return bool(self.with_massage and self.without)

    @property
    def difference(self) -> Fraction:
        """The mean with massage less the mean without, of a complete pair."""
        return _mean(self.with_massage) - _mean(self.without)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. "less" and "unclear" are verdicts, the other kinds have none.

    "gaps": over, but a block has no scored rating. `means` are of the blocks with massage and
    without, over the pairs that have both, None while it runs and where there are none. `day` and
    `rated` count days so far, `done` those with a session. `changed` are the scored days with a
    change of medicine, in blocks with massage and without.
    """

    kind: Kind
    day: int
    rated: int
    pairs: tuple[Pair, ...]
    means: tuple[Fraction, Fraction] | None = None
    overlap: Overlap | None = None
    done: Done = NOTHING_DONE
    changed: tuple[int, int] = (0, 0)

    @property
    def empty(self) -> int:
        """How many of the 12 blocks have no scored rating."""
        return sum((not pair.with_massage) + (not pair.without) for pair in self.pairs)

    @property
    def complete(self) -> int:
        """How many of the 6 pairs the means are of."""
        return sum(pair.complete for pair in self.pairs)

    @property
    def difference(self) -> Fraction | None:
        """In points, with massage less without: the mean of the differences of the pairs."""
        return self.means[0] - self.means[1] if self.means else None

    @property
    def noticing(self) -> bool:
        """Whether the difference is one of 2 points and of 30% of the mean without massage."""
        if not self.means:
            return False
        with_massage, without = self.means
        return worth_noticing(float(with_massage - without), float(without))


def outcome(
    test: FairTest, diary: Diary, today: date, medicine: Set[date] = frozenset()
) -> Outcome:
    """Score the test. Who looks in between, or stops on any of its days, gets no verdict.

    medicine: the dates on which a change of medicine was noted.
    """
    days = days_until(test, today)
    pairs = score(days, diary.ratings)
    over = today > test.last
    means = _means(pairs) if over or test.stopped else None
    due = {day for day, each in days.items() if each.massage_due}
    without = {day for day, each in days.items() if not each.with_massage}
    changed = [each.with_massage for day, each in days.items() if each.scored and day in medicine]
    return Outcome(
        kind=_kind(test, over, pairs),
        day=len(days),
        rated=len(days.keys() & diary.ratings.keys()),
        pairs=pairs,
        means=means,
        overlap=_overlap(pairs) if means else None,
        done=done(days.keys(), due, without, diary.session_days),
        changed=(changed.count(True), changed.count(False)),
    )


def score(days: Mapping[date, FairDay], ratings: Mapping[date, int]) -> tuple[Pair, ...]:
    """The ratings of the scored days, pair by pair; a missing day is left out."""
    found: list[tuple[list[int], list[int]]] = [([], []) for _ in range(PAIRS)]
    for day, each in days.items():
        if each.scored and day in ratings:
            found[each.pair - 1][not each.with_massage].append(ratings[day])
    return tuple(Pair(tuple(with_massage), tuple(without)) for with_massage, without in found)


def chance_of(differences: Sequence[Fraction]) -> Fraction:
    """In what share of all orders the mean difference would be as low as it is, or lower.

    Exact and one-sided: another order swaps the blocks of some pairs, which turns their
    differences round. Of six pairs, 1/64 to 1. Never shown.
    """
    of_one = lcm(*(size.denominator for size in differences))  # in whole numbers it is quicker
    sizes = [int(size * of_one) for size in differences]
    found = sum(sizes)
    orders = [
        sum(sign * size for sign, size in zip(signs, sizes, strict=True))
        for signs in product((1, -1), repeat=len(sizes))
    ]
    return Fraction(sum(total <= found for total in orders), len(orders))


def _kind(test: FairTest, over: bool, pairs: Iterable[Pair]) -> Kind:
    if test.stopped:
        return "stopped"
    if not over:
        return "running"
    differences = [pair.difference for pair in pairs if pair.complete]
    if len(differences) < PAIRS:
        return "gaps"
    return "less" if chance_of(differences) <= RARE else "unclear"


def _means(pairs: Iterable[Pair]) -> tuple[Fraction, Fraction] | None:
    complete = [pair for pair in pairs if pair.complete]
    if not complete:
        return None
    with_massage = _mean([_mean(pair.with_massage) for pair in complete])
    return with_massage, _mean([_mean(pair.without) for pair in complete])


def _overlap(pairs: Iterable[Pair]) -> Overlap:
    complete = [pair for pair in pairs if pair.complete]
    without = [rating for pair in complete for rating in pair.without]
    return nap(without, [rating for pair in complete for rating in pair.with_massage])


def _mean(values: Sequence[int | Fraction]) -> Fraction:
    return Fraction(sum(values), len(values))
