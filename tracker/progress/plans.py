"""What a test plans for each day, and when something that protects ends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.progress.fair_test import TEST_DAYS, FairTest, day_of
from tracker.progress.quick_look import LOOK_DAYS, PHASE_DAYS

DAYS = {"fair": TEST_DAYS, "quick": LOOK_DAYS}
EVERY = 2  # in a quick look, massage every other day: the usual rest between two
LATEST_START = 14  # days from now
ENDS = {"nerve", "emergency", "sharp"}  # a session that ended so lowers what comes next


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a test: its number from 1, massage or none, and whether its rating counts.

    with_massage is of its block: the whole of it, also the days between two sessions.
    """

    on: date
    number: int
    with_massage: bool
    massage_due: bool
    scored: bool
    pair: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A test as it was drawn: `order` is blank for a quick look."""

    kind: str
    start: date
    order: tuple[bool, ...] = ()

    @property
    def days(self) -> int:
        return DAYS[self.kind]

    @property
    def last(self) -> date:
        return self.start + timedelta(days=self.days - 1)

    def test(self, stopped: date | None = None) -> FairTest:
        return FairTest(self.start, self.order, stopped)

    def day(self, on: date) -> PlannedDay | None:
        """What is planned for a date, None before the start and after the last day."""
        if self.kind == "quick":
            return self._look_day(on)
        each = day_of(self.test(), on)
        if each is None:
            return None
        return PlannedDay(
            on, each.number, each.with_massage, each.massage_due, each.scored, each.pair
        )

    def _look_day(self, on: date) -> PlannedDay | None:
        at = (on - self.start).days
        if not 0 <= at < LOOK_DAYS:
            return None
        second = at >= PHASE_DAYS
        due = second and (at - PHASE_DAYS) % EVERY == 0
        return PlannedDay(on, at + 1, second, due, scored=True)

    def all_days(self) -> list[PlannedDay]:
        dates = (self.start + timedelta(days=at) for at in range(self.days))
        return [day for on in dates if (day := self.day(on))]

    def free_days(self) -> list[str]:
        """The dates (ISO) that it keeps without massage."""
        return [day.on.isoformat() for day in self.all_days() if not day.massage_due]


@dataclass(frozen=True, slots=True)
class Went:
    """How a session at the spot went, as far as it can end a test."""

    on: date
    ended_by: str | None
    bruise: bool | None
    still_sore_48: bool | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The last day of a test that something that protects ended; `told`: an answer, no session."""

    on: date
    told: bool


def ended_by_safety(
    sessions: Iterable[Went], plan: Plan, lowered_on: Iterable[date] = ()
) -> Ended | None:
    """The first day on which something that protects ended it: then the target is not held.

    Numb, sharp three times or an emergency, a bruise, sore for more than two days; lowered_on are
    the days, since it was drawn, on which an answer about safety left less than the target.
    """
    went = [
        Ended(each.on, told=False)
        for each in sessions
        if plan.start <= each.on <= plan.last
        and (each.ended_by in ENDS or each.bruise or each.still_sore_48)
    ]
    said = [Ended(max(on, plan.start), told=True) for on in lowered_on if on <= plan.last]
    return min([*went, *said], key=lambda each: each.on, default=None)


@dataclass(frozen=True, slots=True)
class Covered:
    """A test by what it covers: a spot and side on its days, up to where it was stopped."""

    spot_id: str
    side: str
    plan: Plan
    stopped: date | None = None


def phase_at(tests: Iterable[Covered], spot_id: str, side: str, on: date) -> str:
    """The phase of a session as the file has it: baseline, on or off, and none outside a test."""
    for each in tests:
        here = (each.spot_id, each.side) == (spot_id, side) and each.plan.day(on)
        if here and not (each.stopped and on > each.stopped):
            without = "off" if each.plan.kind == "fair" else "baseline"
            return "on" if here.with_massage else without
    return "none"
