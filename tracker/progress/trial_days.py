"""The days of a test as its page shows them: what was planned, what was done; never the future."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.language import gettext as _
from tracker.progress.plans import PlannedDay
from tracker.progress.trials import Course

PER_ROW = {"fair": 8, "quick": 7}  # both blocks of a pair; a week


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day; `planned` is None for a day that has not come, as the order is shown day by day."""

    on: date
    number: int
    planned: PlannedDay | None
    done: bool
    pain: int | None
    today: bool
    past: bool

    @property
    def mark(self) -> str:
        """How it is drawn: done, missed, due, extra, free or ahead."""
        if self.planned is None:
            return "ahead"
        if self.done:
            return "done" if self.planned.massage_due else "extra"
        if self.planned.massage_due:
            return "missed" if self.past else "due"
        return "free"

    @property
    def words(self) -> str:
        return {
            "ahead": _("not shown yet"),
            "done": _("massage planned and done"),
            "extra": _("massage done, not planned"),
            "due": _("massage planned"),
            "missed": _("massage planned, not done"),
            "free": _("no massage"),
        }[self.mark]


def days_shown(course: Course, today: date) -> list[ShownDay]:
    """Every day of the test, up to where it was stopped."""
    last = min(course.stopped or course.plan.last, course.plan.last)
    return [
        ShownDay(
            on=each.on,
            number=each.number,
            planned=each if each.on <= today + timedelta(days=1) else None,
            done=each.on in course.done,
            pain=course.diary.ratings.get(each.on),
            today=each.on == today,
            past=each.on < today,
        )
        for each in course.plan.all_days()
        if each.on <= last
    ]


def in_rows(shown: Sequence[ShownDay], kind: str) -> list[Sequence[ShownDay]]:
    """A row for each pair of blocks, or in a quick look for each week."""
    width = PER_ROW[kind]
    return [shown[at : at + width] for at in range(0, len(shown), width)]
