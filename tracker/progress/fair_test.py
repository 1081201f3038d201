"""A fair test: does regular massage of a spot go along with less pain for one person?

Six pairs of four-day blocks, one of each pair with massage. Which comes first is drawn for every
pair before the start and kept, so that a difference can be held against the 64 orders that might
have been drawn. Kratochwill & Levin 2010 (Psychol Methods 15:124-144): drawing by lot is what
turns such a comparison into an experiment. It cannot show which tissue hurts, or why.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

PAIRS = 6  # four could not reach 1 in 20: their 16 orders make 1 in 16 the least
BLOCK_DAYS = 4
TEST_DAYS = PAIRS * 2 * BLOCK_DAYS
MASSAGE_ON = (1, 3)  # days of a block; keeps 48 hours between two, also where blocks meet
FIRST_SCORED = 2  # the rating of day 1 is about the day before, in the other kind of block
Order = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class FairTest:
    """When it begins, and for each of the six pairs whether the block with massage is first.

    `stopped` is the last day that counts as part of it, where it was ended early.
    """

    start: date
    with_first: Order
    stopped: date | None = None

    def __post_init__(self) -> None:
        if len(self.with_first) != PAIRS:
            raise ValueError(f"an order is of {PAIRS} pairs")

    @property
    def last(self) -> date:
        return self.start + timedelta(days=TEST_DAYS - 1)


@dataclass(frozen=True, slots=True)
class FairDay:
    """One day: its number 1-48, its pair 1-6, its place 1-4 in a block with massage or without."""

    number: int
    pair: int
    place: int
    with_massage: bool

    @property
    def massage_due(self) -> bool:
        return self.with_massage and self.place in MASSAGE_ON

    @property
    def scored(self) -> bool:
        return self.place >= FIRST_SCORED


def draw(chance: Random) -> Order:
    """Toss for each pair; drawn once, before the start, and kept."""
    return tuple(chance.random() < 0.5 for _ in range(PAIRS))


def day_of(test: FairTest, day: date) -> FairDay | None:
    """Which day of the test it is, None before, after, and once it was stopped."""
    at = (day - test.start).days
    if not 0 <= at < TEST_DAYS or (test.stopped and day > test.stopped):
        return None
    block, place = divmod(at, BLOCK_DAYS)
    pair, second = divmod(block, 2)
    return FairDay(at + 1, pair + 1, place + 1, test.with_first[pair] != bool(second))


def days_until(test: FairTest, today: date) -> dict[date, FairDay]:
    """The days of the test up to today or to where it was stopped."""
    days = (test.start + timedelta(days=at) for at in range(TEST_DAYS))
    return {day: each for day in days if day <= today and (each := day_of(test, day))}
