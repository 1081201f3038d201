"""How often each rating was given: all that a median, the lowest and the highest need."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from tracker.progress.statistics import Spread

HIGHEST = 10
BITS = 3  # a week has at most seven ratings
MASK, SHIFTS = (1 << BITS) - 1, tuple(range(0, BITS * (HIGHEST + 1), BITS))
Tally = Sequence[int]  # how often 0 was given, how often 1, … up to 10


def tally(ratings: Iterable[int]) -> Tally:
    counts = [0] * (HIGHEST + 1)
    for rating in ratings:
        counts[rating] += 1
    return counts


def unpacked(number: int) -> Tally:
    """A week as the database sums it up: three bits for each rating, those of 0 first."""
    return [number >> shift & MASK for shift in SHIFTS]


def together(tallies: Iterable[Tally]) -> Tally:
    """Several weeks as one."""
    return [sum(column) for column in zip(*tallies, strict=True)]


def spread_of(counts: Tally) -> Spread | None:
    """The spread of what was counted, or None where there is nothing."""
    upto = [*accumulate(counts)]  # how many are as low as this rating, or lower
    count = upto[-1] if upto else 0
    if not count:
        return None
    low, high = bisect_left(upto, (count + 1) // 2), bisect_left(upto, count // 2 + 1)
    return Spread(count, (low + high) / 2, bisect_right(upto, 0), bisect_left(upto, count))


def given(counts: Tally) -> list[int]:
    """The ratings that were given at all, in order."""
    return [rating for rating, times in enumerate(counts) if times]
