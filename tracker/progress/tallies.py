"""The ratings of a week as one number: how often each was given, which is all a spread needs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from tracker.progress.statistics import Spread

HIGHEST = 10
BITS = 3  # a week has at most seven ratings
APART = 3  # every third rating at a time, so that each has the bits of three
THIRD, MASK = 0o007007007007, (1 << BITS * APART) - 1
MOST_WEEKS = MASK // 7
Tally = int  # written in eights, the last figure is how often 0 was given, the one before it 1, …


def tally(ratings: Iterable[int]) -> Tally:
    return sum(1 << BITS * rating for rating in ratings)


def together(weeks: Sequence[Tally]) -> list[int]:
    """How often 0, 1, … 10 was given in these weeks, of which there are at most 73."""
    thirds = [sum(week >> BITS * at & THIRD for week in weeks) for at in range(APART)]
    steps = (divmod(rating, APART) for rating in range(HIGHEST + 1))
    return [thirds[at] >> BITS * APART * step & MASK for step, at in steps]


@lru_cache(4_096)  # the same few ratings come again and again, in ten years and from one to another
def spread_of(week: Tally) -> Spread | None:
    """The spread of one week's ratings, or None where there is none."""
    return spread_in(together((week,)))


def spread_in(counts: Sequence[int]) -> Spread | None:
    """The same of what was counted together."""
    upto = [*accumulate(counts)]  # how many are as low as this rating, or lower
    count = upto[-1]
    if not count:
        return None
    low, high = bisect_left(upto, (count + 1) // 2), bisect_left(upto, count // 2 + 1)
    return Spread(count, (low + high) / 2, bisect_right(upto, 0), bisect_left(upto, count))


def given(counts: Sequence[int]) -> tuple[int, ...]:
    """The ratings that were given at all, in order."""
    return tuple(rating for rating, times in enumerate(counts) if times)
