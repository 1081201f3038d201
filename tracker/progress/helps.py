"""Sessions at one spot side by side: by side, tool, level and time of day. It describes.

Whoever presses firmer may do so on better days, so no difference between two rows says why.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from tracker.progress.statistics import Spread, spread

ENOUGH = 5  # with fewer, a median is a matter of luck
PARTS = ((5, "night"), (11, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one session was like; hour is 0-23 where it was done, None is blank."""

    side: str
    hour: int
    tool: str | None = None
    level: int | None = None
    before: int | None = None
    after: int | None = None
    soreness: int | None = None

    @property
    def part(self) -> str:
        """The part of the day it began in."""
        return next(part for until, part in PARTS if self.hour < until)


@dataclass(frozen=True, slots=True)
class Row:
    """The sessions that are alike in one thing; a median of fewer than five is None.

    Pain is of the `pairs` that have it before and after, soreness of those that `answered`.
    """

    value: Hashable
    sessions: int
    pairs: int
    answered: int
    before: Spread | None = None
    after: Spread | None = None
    soreness: Spread | None = None

    @property
    def silent(self) -> bool:
        return self.before is None and self.soreness is None


BY: dict[str, Callable[[Occasion], Hashable]] = {
    "side": lambda occasion: occasion.side,
    "tool": lambda occasion: occasion.tool,
    "level": lambda occasion: occasion.level,
    "part": lambda occasion: occasion.part,
}
ORDER = {
    "side": ("left", "right", "middle"),
    "level": (1, 2, 3, 4, 5),
    "part": ("morning", "afternoon", "evening", "night"),
}


def side_by_side(occasions: Sequence[Occasion]) -> dict[str, list[Row]]:
    """The rows of each thing in which sessions differ; where all are alike there is nothing."""
    found = {name: _rows(occasions, name) for name in BY}
    return {name: rows for name, rows in found.items() if len(rows) > 1}


def _rows(occasions: Sequence[Occasion], name: str) -> list[Row]:
    groups: dict[Hashable, list[Occasion]] = {}
    for occasion in occasions:
        if (value := BY[name](occasion)) is not None:
            groups.setdefault(value, []).append(occasion)
    known = [value for value in ORDER.get(name, ()) if value in groups]
    most = sorted(groups, key=lambda value: -len(groups[value]))
    return [_row(value, groups[value]) for value in (known or most)]


def _row(value: Hashable, alike: Sequence[Occasion]) -> Row:
    pairs = [each for each in alike if each.before is not None and each.after is not None]
    answered = [each.soreness for each in alike if each.soreness is not None]
    return Row(
        value=value,
        sessions=len(alike),
        pairs=len(pairs),
        answered=len(answered),
        before=_enough(each.before for each in pairs),
        after=_enough(each.after for each in pairs),
        soreness=_enough(answered),
    )


def _enough(ratings: Iterable[int | None]) -> Spread | None:
    found = spread(ratings)
    return found if found and found.count >= ENOUGH else None
