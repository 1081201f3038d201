"""How often ratings that nothing but chance moves are called "down", and tests "less".

`python -m bench.false_alarms` sets our rule beside the naive one, and fails over a budget.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from math import sqrt
from random import Random

from tracker.progress.fair_test import TEST_DAYS, FairTest, day_of, days_until, draw
from tracker.progress.outcome import outcome
from tracker.progress.trend import Trend, trend, worth_noticing
from tracker.progress.weeks import Diary
from tracker.sessions.history import ROSE

SEED, PEOPLE, TESTS = "false alarms", 3_000, 1_000
DOWN_BUDGET = 0.10  # of people with flares and no change, at 8 weeks
TEST_BUDGET = 0.05  # of fair tests where massage makes no difference
RATED_WEEKDAYS = (0, 2, 4)
MEAN, SD = 6, 1.8
MISSING = 0.15  # of the days of a fair test
MONDAY = date(2026, 1, 5)
Days = Callable[[Random, int], Iterator[float]]


@dataclass(frozen=True, slots=True)
class Flares:
    """A share of days is in a flare, which lasts `days` on average and adds `points`."""

    share: float = 0.25
    days: float = 21
    points: float = 3

    def __call__(self, chance: Random, days: int) -> Iterator[float]:
        ends = 1 / self.days
        begins = ends * self.share / (1 - self.share)
        flaring = chance.random() < self.share
        for _ in range(days):
            yield chance.gauss(MEAN, SD) + self.points * flaring
            flaring = chance.random() >= ends if flaring else chance.random() < begins


@dataclass(frozen=True, slots=True)
class Resembling:
    """Each day resembles the one before: correlated by `of` (0 = not at all)."""

    of: float = 0

    def __call__(self, chance: Random, days: int) -> Iterator[float]:
        away = chance.gauss(0, SD)
        for _ in range(days):
            yield MEAN + away
            away = self.of * away + chance.gauss(0, SD * sqrt(1 - self.of**2))


@dataclass(frozen=True, slots=True)
class BegunBad:
    """Ratings that begin once three days together average 2 points above the mean."""

    like: Days

    def __call__(self, chance: Random, days: int) -> Iterator[float]:
        before = self.like(chance, 10_000)
        last = deque(islice(before, 3), maxlen=3)
        while sum(last) / 3 < MEAN + 2:
            last.append(next(before))
        return islice(before, days)


INDEPENDENT, FLARES = "independent", "flares"
BEGUN_BAD, DRIFTING = "flares, begun at a bad time", "day to day .9"
KINDS: dict[str, Days] = {
    INDEPENDENT: Resembling(),
    FLARES: Flares(),
    BEGUN_BAD: BegunBad(Flares()),
    DRIFTING: Resembling(0.9),
}
TEST_KINDS: dict[str, Days] = {"day to day .3": Resembling(0.3), FLARES: Flares()}


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of days, how far pain truly changes, and for how long and how often it is rated."""

    kind: str
    change: float = 0
    weeks: int = 8
    daily: bool = False

    @property
    def words(self) -> str:
        more = f", {self.weeks} weeks" * (self.weeks != 8) + ", rated daily" * self.daily
        return f"{change_words(self.change)}, {self.kind}{more}"


CASES = (
    *(Case(kind) for kind in KINDS),
    *(Case(FLARES, weeks=12), Case(FLARES, daily=True)),
    *(Case(INDEPENDENT, -2), Case(FLARES, -2)),
    *(Case(FLARES, -2, weeks=12), Case(FLARES, -2, daily=True)),
    *(Case(INDEPENDENT, -4), Case(FLARES, -4)),
)


def main() -> None:
    over = report_trends() + report_tests()
    report_ends()
    sys.exit("\n".join(["Over budget:", *over]) if over else None)


def report_trends() -> list[str]:
    """Print how many of so many people are told "down"; return what is over its budget."""
    print(f'Called "down"{"our rule":>34}{"first to last":>15}')
    over = []
    for case in CASES:
        ours, naive = alarms(case)
        print(f"  {case.words:39}{ours:>6.1%}{naive:>15.1%}")
        if case == Case(FLARES) and ours > DOWN_BUDGET:
            over.append(f'{case.words}: {ours:.1%} called "down"')
    return over


def alarms(case: Case) -> tuple[float, float]:
    """The share called "down" by our rule and by the first against the last week."""
    chance = Random(f"{SEED} {case.words}")
    found = [_one(chance, case) for _ in range(PEOPLE)]
    ours = sum(each.says == "down" for each in found)
    return ours / PEOPLE, sum(map(first_to_last, found)) / PEOPLE


def first_to_last(found: Trend) -> bool:
    """The naive rule: the last median is below the first by 2 points and by 30%."""
    medians = [week.ratings.median for week in found.valid_weeks if week.ratings]
    change = medians[-1] - medians[0]
    return change < 0 and worth_noticing(change, medians[0])


def _one(chance: Random, case: Case) -> Trend:
    """Somebody whose pain changes evenly from the first week to the last."""
    a_week = case.change / (case.weeks - 1)
    rated = {
        MONDAY + timedelta(days=at): rating(pain + a_week * (at // 7))
        for at, pain in enumerate(KINDS[case.kind](chance, 7 * case.weeks))
        if case.daily or at % 7 in RATED_WEEKDAYS
    }
    return trend(Diary(rated), max(rated))


def report_tests() -> list[str]:
    """Print how many fair tests say "less"; return what is over its budget."""
    print(f'Fair tests that say "less"{"":>16}{"of " + format(TESTS, ","):>10}')
    over = []
    for change in (0, -1, -2):
        for name, days in TEST_KINDS.items():
            chance = Random(f"{SEED} test {name} {change}")
            less = sum(_says_less(chance, days, change) for _ in range(TESTS)) / TESTS
            print(f"  {change_words(change) + ', ' + name:39}{less:>6.1%}")
            if not change and less > TEST_BUDGET:
                over.append(f'no difference, {name}: {less:.1%} of tests say "less"')
    return over


def report_ends() -> None:
    """Print how many fair tests would end if a daily rating that rose could end them."""
    print(
        f"Fair tests with a rating up by {ROSE} after{'':>4}{'a session':>15}{'two in a row':>15}"
    )
    for name, days in TEST_KINDS.items():
        chance = Random(f"{SEED} ends {name}")
        found = [_rises(*_test(chance, days, 0)) for _ in range(TESTS)]
        once, twice = sum(map(any, found)), sum(any(map(all, pairwise(each))) for each in found)
        print(f"  {'no change, ' + name:39}{once / TESTS:>11.1%}{twice / TESTS:>15.1%}")


def _rises(test: FairTest, rated: dict[date, int]) -> list[bool]:
    """For each session of a test: whether pain was rated higher after it, as the rule takes it."""
    due = [day for day, each in days_until(test, test.last).items() if each.massage_due]
    pairs = [(rated.get(day), rated.get(day + timedelta(days=1))) for day in due]
    return [None not in pair and pair[1] - pair[0] >= ROSE for pair in pairs]


def _says_less(chance: Random, days: Days, change: float) -> bool:
    test, rated = _test(chance, days, change)
    return outcome(test, Diary(rated), test.last + timedelta(days=1)).kind == "less"


def _test(chance: Random, days: Days, change: float) -> tuple[FairTest, dict[date, int]]:
    """One test, with `change` on all days of the blocks with massage and some days missing."""
    test = FairTest(MONDAY, draw(chance))
    rated = {}
    for at, pain in enumerate(days(chance, TEST_DAYS)):
        day = MONDAY + timedelta(days=at)
        here = day_of(test, day)
        if here and chance.random() >= MISSING:
            rated[day] = rating(pain + change * here.with_massage)
    return test, rated


def rating(pain: float) -> int:
    return min(max(round(pain), 0), 10)


def change_words(change: float) -> str:
    return f"{change} points" if change else "no change"


if __name__ == "__main__":
    main()
