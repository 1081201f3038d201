"""Two ways to see whether a series moves that one odd value cannot upset: Theil-Sen, Mann-Kendall.

Sen PK, J Am Stat Assoc 1968;63:1379-1389; Mann HB, Econometrica 1945;13:245-259. What is computed
here decides which words may be used. A p-value and a slope are never shown to anybody.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt
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


def theil_sen(places: Sequence[float], values: Sequence[float]) -> Line:
    """The line whose slope is the median of the slopes between every two points.

    It goes through the median place at the median value. Places differ and ascend; ValueError
    with fewer than two.
    """
    if len(places) < 2:
        raise ValueError("one point has no slope")
    points = zip(places, values, strict=True)
    slope = median((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    middle_x, middle_y = median(places), median(values)
    return Line(
        middle_y + slope * (places[0] - middle_x),
        middle_y + slope * (places[-1] - middle_x),
    )


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
