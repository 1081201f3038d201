"""Where it was felt and where it was pressed: how often, for each region and side."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STEPS = 4
Where = tuple[str, str]  # a region and its side: left, right or middle


@dataclass(frozen=True, slots=True)
class Warm:
    """One region and side, how often it was named, and how strongly it is drawn (1-4)."""

    region: str
    side: str
    times: int
    step: int


def heat(counts: Mapping[Where, int]) -> list[Warm]:
    """The most often named first; the steps share the way from 1 to the highest count."""
    most = max(counts.values(), default=0)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Warm(*where, times, step_of(times, most)) for where, times in ordered if times]


def step_of(times: int, most: int) -> int:
    """1 for the lowest quarter of the highest count, 4 for the highest."""
    return -(-STEPS * times // most)


def reaches(most: int) -> list[tuple[int, int, int]]:
    """What each step stands for: itself, the fewest times and the most; no step without any."""
    tops = {step: step * most // STEPS for step in range(1, STEPS + 1)}
    steps = ((step, tops.get(step - 1, 0) + 1, top) for step, top in tops.items())
    return [(step, low, top) for step, low, top in steps if low <= top]


def summed(places: Iterable[tuple[Iterable[Where], int]]) -> dict[Where, int]:
    """How often each region was named, from what sessions named and how many named the same."""
    found = Counter[Where]()
    for named, times in places:
        for where in set(named):
            found[where] += times
    return found
