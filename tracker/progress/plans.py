"""What a test plans for each day, and when something that protects ends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from tracker.progress.fair_test import TEST_DAYS, FairTest, day_of
from tracker.progress.quick_look import LOOK_DAYS, massage_due, phase_of
from tracker.sessions.history import PastSession
from tracker.sessions.next_day import NextDayRule, answered_hours, classify, sore_for_long
from tracker.sessions.rules import RULES

DAYS = {"fair": TEST_DAYS, "quick": LOOK_DAYS}
LATEST_START = 14  # days from now
ENDS = {"emergency", "nerve", "pulse", "sharp"}  # what ended a session
TOLD, PROTECTED = "told", "protected"  # why it ended, where it was not the person who stopped it
SHARP_ENDS_AT = RULES.number("sharp_3", "times")


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
        phase = phase_of(self.start, on)
        if phase is None:
            return None
        at = (on - self.start).days
        due = massage_due(self.start, on)
        return PlannedDay(on, at + 1, phase == "on", due, scored=True)

    def all_days(self) -> list[PlannedDay]:
        dates = (self.start + timedelta(days=at) for at in range(self.days))
        return [day for on in dates if (day := self.day(on))]

    @property
    def first_massage(self) -> date:
        return next(day.on for day in self.all_days() if day.massage_due)

    def free_days(self) -> list[str]:
        """The dates (ISO) that it keeps without massage."""
        return [day.on.isoformat() for day in self.all_days() if not day.massage_due]


@dataclass(frozen=True, slots=True)
class Ended:
    """The last day of a test that something that protects ended; `told`: an answer, no session.

    An answer may end it before its first day.
    """

    on: date
    told: bool

    @property
    def why(self) -> str:
        """What the test keeps of it."""
        return TOLD if self.told else PROTECTED


def ended_by_safety(
    history: Sequence[PastSession], plan: Plan, target: int, lowered_on: Iterable[date] = ()
) -> Ended | None:
    """The first day on which something that protects ended it: then the target is not held.

    history is of its spot and side, newest first; lowered_on are the days, since it was drawn, on
    which an answer about safety left less than the target.
    """
    counted = [each for each in history if each.counts]
    went = [
        Ended(each.local_date, told=False)
        for each, before in zip_longest(counted, counted[1:])
        if plan.start <= each.local_date <= plan.last and ends(each, before, target)
    ]
    said = [Ended(on, told=True) for on in lowered_on if on <= plan.last]
    return min([*went, *said], key=lambda each: each.on, default=None)


def as_of(last: date, massage: PastSession, zone: ZoneInfo) -> PastSession:
    """A session with what was said of it up to the end of a test's last day.

    What is answered about the day after it later is of days that the test has no more.
    """
    answer = massage.next_day
    if answer and _on(massage, answer.hours, zone) > last:
        massage = replace(massage, next_day=None)
    elif answer and answer.still_sore_48 and _on(massage, answered_hours(massage), zone) > last:
        massage = replace(massage, next_day=replace(answer, still_sore_48=None))
    return massage if massage.local_date < last else replace(massage, pain_24h_change=None)


def _on(massage: PastSession, hours: float, zone: ZoneInfo) -> date:
    return (massage.started_at + timedelta(hours=hours)).astimezone(zone).date()


def ends(massage: PastSession, before: PastSession | None, target: int) -> bool:
    """Whether a rule of protocol.toml that protects makes less of what comes after a session.

    All of them, but for one: that the daily rating rose after it. The test asks for that rating
    itself, and chance alone lets it rise by 2 after one of the twelve sessions in nine of ten
    tests, so that hardly any would see its end (`python -m bench.false_alarms`). The next session
    is a level lower all the same, and twice in a row is a pause, which ends it.
    """
    return (
        massage.ended_by in ENDS
        or massage.sharp_events >= SHARP_ENDS_AT
        or massage.nerve
        or massage.hurt
        or massage.worse_now
        or (massage.sharp and target > RULES.start.gentle_max_level)
        or sore_for_long(massage)
        or classify(massage, before) is NextDayRule.PAUSE
    )


@dataclass(frozen=True, slots=True)
class Covered:
    """A test by what it covers: a spot and side on its days, up to where it was stopped."""

    spot_id: str
    side: str
    plan: Plan
    stopped: date | None = None

    @property
    def days(self) -> list[PlannedDay]:
        return [day for day in self.plan.all_days() if not (self.stopped and day.on > self.stopped)]


def phase_at(tests: Iterable[Covered], spot_id: str, side: str, on: date) -> str:
    """The phase of a session as the file has it: baseline, on or off, and none outside a test."""
    for each in tests:
        here = (each.spot_id, each.side) == (spot_id, side) and each.plan.day(on)
        if here and not (each.stopped and on > each.stopped):
            without = "off" if each.plan.kind == "fair" else "baseline"
            return "on" if here.with_massage else without
    return "none"
