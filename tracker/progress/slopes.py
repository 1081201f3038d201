"""Two ways to see whether a series moves that one odd value cannot upset: Theil-Sen, Mann-Kendall.

Sen PK, J Am Stat Assoc 1968;63:1379-1389; Mann HB, Econometrica 1945;13:245-259. What is computed
here decides which words may be used. A p-value and a slope are never shown to anybody.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import erfc, inf, sqrt
from operator import sub
from statistics import median


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from the first place of a series to the last."""

    start: float
    end: float

    @property
    def change(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Kendall:
    """How much more often a later value is higher than lower (`s`), and how far that varies
    where the order means nothing."""

    s: int
    variance: float

    @property
    def p(self) -> float:
        """Two-sided, by the normal approximation with the correction for continuity; 0-1."""
        if not self.s:
            return 1.0
        return erfc((abs(self.s) - 1) / sqrt(self.variance) / sqrt(2))


def theil_sen(places: Sequence[int], values: Sequence[float]) -> Line:
    """The line whose slope is the median of the slopes between every two points.

    It goes through the median place at the median value. Places differ and ascend; ValueError
    with fewer than two.
    """
    if len(places) < 2:
        raise ValueError("one point has no slope")
    slope = _middle(_slopes(places, values))
    middle_x, middle_y = median(places), median(values)
    return Line(
        middle_y + slope * (places[0] - middle_x),
        middle_y + slope * (places[-1] - middle_x),
    )


def _slopes(places: Sequence[int], values: Sequence[float]) -> Counter[float]:
    """How often each slope occurs: ten years of weeks have 135,000 pairs, and far fewer slopes.

    So the rises are counted distance by distance. Where there is no value, one is infinite.
    """
    first, length = places[0], places[-1] - places[0] + 1
    earlier, later = [-inf] * length, [inf] * length
    for place, value in zip(places, values, strict=True):
        earlier[place - first] = later[place - first] = value
    found = Counter[float]()
    for apart in range(1, length):
        for rise, times in Counter(map(sub, later[apart:], earlier)).items():
            if rise < inf:
                found[rise / apart] += times
    return found


def _middle(counted: Counter[float]) -> float:
    """The median of numbers that are counted."""
    numbers = sorted(counted)
    upto = [*accumulate(counted[number] for number in numbers)]
    low, high = (bisect_left(upto, place) for place in ((upto[-1] + 1) // 2, upto[-1] // 2 + 1))
    return (numbers[low] + numbers[high]) / 2


def mann_kendall(values: Sequence[float]) -> Kendall:
    """Count the pairs that rise less those that fall; equal values make the variance smaller."""
    s, seen = 0, Counter[float]()  # medians take few values: pair by pair, ten years take long
    for later in values:
        s += sum(n * ((later > earlier) - (later < earlier)) for earlier, n in seen.items())
        seen[later] += 1
    ties = sum(_spread_of(count) for count in seen.values())
    return Kendall(s, (_spread_of(len(values)) - ties) / 18)


def _spread_of(count: int) -> int:
    """Eighteen times the variance of `s` among `count` values in any order."""
    return count * (count - 1) * (2 * count + 5)
