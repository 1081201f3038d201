"""A quick look: two weeks without massage, then two with it. It describes and shows no cause."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.progress.adherence import NOTHING_DONE, Done, done
from tracker.progress.nap import Overlap, nap
from tracker.progress.statistics import Spread, spread
from tracker.progress.weeks import Diary

PHASE_DAYS = 14
LOOK_DAYS = 2 * PHASE_DAYS
EVERY = 2  # massage every other day: the usual rest between two
ENOUGH = PHASE_DAYS // 2  # ratings in each phase; with fewer, its median says little
Phase = Literal["baseline", "on"]


@dataclass(frozen=True, slots=True)
class QuickLook:
    """The ratings without and with; the rest is None until it is over and both have 7 ratings.

    difference is that of the medians, with massage less without; `done` counts days so far.
    """

    day: int
    without: Spread | None
    with_massage: Spread | None
    difference: float | None = None
    overlap: Overlap | None = None
    over: bool = False
    done: Done = NOTHING_DONE

    @property
    def rated(self) -> int:
        """How many of its days have a rating."""
        return sum(phase.count for phase in (self.without, self.with_massage) if phase)


def phase_of(start: date, day: date) -> Phase | None:
    """Which of the two phases a day is in, None before and after."""
    at = (day - start).days
    if not 0 <= at < LOOK_DAYS:
        return None
    return "baseline" if at < PHASE_DAYS else "on"


def massage_due(start: date, day: date) -> bool:
    """Every other day of the second phase, from its first on."""
    return phase_of(start, day) == "on" and ((day - start).days - PHASE_DAYS) % EVERY == 0


def quick_look(start: date, diary: Diary, today: date) -> QuickLook:
    without, with_massage = (_ratings(start, phase, diary, today) for phase in ("baseline", "on"))
    day = min(max((today - start).days + 1, 0), LOOK_DAYS)
    before, after = spread(without), spread(with_massage)
    over = today >= start + timedelta(days=LOOK_DAYS)
    went = _done(start, day, diary)
    if not over or not before or not after or min(before.count, after.count) < ENOUGH:
        return QuickLook(day, before, after, over=over, done=went)
    difference = after.median - before.median
    return QuickLook(day, before, after, difference, nap(without, with_massage), over, went)


def _done(start: date, so_far: int, diary: Diary) -> Done:
    days = {start + timedelta(days=at) for at in range(so_far)}
    due = {day for day in days if massage_due(start, day)}
    without = {day for day in days if phase_of(start, day) == "baseline"}
    return done(days, due, without, diary.session_days)


def _ratings(start: date, phase: str, diary: Diary, today: date) -> list[int]:
    return [
        rating
        for day, rating in sorted(diary.ratings.items())
        if day <= today and phase_of(start, day) == phase
    ]
