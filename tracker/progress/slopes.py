"""Two ways to see whether a series moves that one odd value cannot upset: Theil-Sen, Mann-Kendall.

Sen PK, J Am Stat Assoc 1968;63:1379-1389; Mann HB, Econometrica 1945;13:245-259. What is computed
here decides which words may be used. A p-value and a slope are never shown to anybody.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import erfc, sqrt
from statistics import median

Slope = tuple[float, int, int]  # rise / run, and the two as whole numbers


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
    slope = _middle_slope(places, values)
    middle_x, middle_y = median(places), median(values)
    return Line(
        middle_y + slope * (places[0] - middle_x),
        middle_y + slope * (places[-1] - middle_x),
    )


def _middle_slope(places: Sequence[int], values: Sequence[float]) -> float:
    """The median of the slopes, exactly, without looking at the 135,000 pairs of ten years.

    It is one of the slopes that these values can make over these distances, and medians take few
    values. So only those are put in order, and the middle is found by halving; not even those
    where as many pairs rise as fall, but for some that do neither.
    """
    pairs = len(places) * (len(places) - 1) // 2
    middle = ((pairs + 1) // 2, pairs // 2 + 1)
    rising, falling = _rising_and_falling(values)
    if falling < middle[0] and middle[1] <= pairs - rising:
        return 0.0
    scale = max(value.as_integer_ratio()[1] for value in values)  # a power of two: whole numbers
    heights = [int(value * scale) for value in values]
    apart = range(1, places[-1] - places[0] + 1)
    rises = {high - low for high in {*heights} for low in {*heights}}
    if falling >= middle[1]:  # both middles fall
        rises = {rise for rise in rises if rise < 0}
    elif middle[0] > pairs - rising:
        rises = {rise for rise in rises if rise > 0}
    slopes = sorted((rise / run, rise, run) for rise in rises for run in apart)
    upto = cache(partial(_as_steep, places, heights))  # both middles are sought on the same way
    low, high = (bisect_left(slopes, at, hi=len(slopes) - 1, key=upto) for at in middle)
    return (slopes[low][0] + slopes[high][0]) / 2 / scale


def _as_steep(places: Sequence[int], heights: Sequence[int], slope: Slope) -> int:
    """How many pairs rise as steeply as `slope` or less: later, they are no higher above it."""
    _number, rise, run = slope
    count, seen = 0, list[int]()
    for place, height in zip(places, heights, strict=True):
        above = height * run - rise * place
        at = bisect_left(seen, above)
        count += len(seen) - at
        seen.insert(at, above)
    return count


def mann_kendall(values: Sequence[float]) -> Kendall:
    """Count the pairs that rise less those that fall; equal values make the variance smaller."""
    rising, falling = _rising_and_falling(values)
    ties = sum(_spread_of(count) for count in Counter(values).values())
    return Kendall(rising - falling, (_spread_of(len(values)) - ties) / 18)


def _rising_and_falling(values: Sequence[float]) -> tuple[int, int]:
    """How many pairs are higher later, and how many lower."""
    rising = falling = 0
    seen = list[float]()
    for later in values:
        at = bisect_right(seen, later)
        rising += bisect_left(seen, later)
        falling += len(seen) - at
        seen.insert(at, later)
    return rising, falling


def _spread_of(count: int) -> int:
    """Eighteen times the variance of `s` among `count` values in any order."""
    return count * (count - 1) * (2 * count + 5)
