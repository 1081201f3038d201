"""A chart and its table as plain values: what the page draws first and hands to Chart.js."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from tracker.progress import drawing as draw
from tracker.progress.statistics import Spread, Week

DOTTED_WEEKS = 60  # with more, dots would hide the line
DENSITIES = ((5, "few"), (26, "some"), (DOTTED_WEEKS, "many"))
# Which ratings a line shows, and where in its week it stands.
SERIES: dict[str, tuple[Callable[[Week], Spread | None], int]] = {
    "before": (lambda week: week.before, draw.BEFORE_X),
    "after": (lambda week: week.after, draw.AFTER_X),
    "tenderness": (lambda week: week.tenderness, draw.CENTRE_X),
}


@dataclass(frozen=True, slots=True)
class Series:
    """The SVG paths of one line; range is empty for a line that shows none."""

    name: str
    line: str
    dots: str
    range: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything drawn of some weeks; widths are marks times drawing.WEEK_W.

    `span` is how many weeks one mark stands for.
    """

    weeks: Sequence[Week]
    span: int
    width: int
    series: Sequence[Series]
    minutes: Sequence[str]
    full_minutes: int
    levels: Sequence[str]
    numbered: Sequence[tuple[draw.Label, int]]
    soreness: str
    sore: Sequence[tuple[draw.Label, float]]
    gaps: Sequence[draw.Label]
    dated: Sequence[tuple[draw.Label, date]]

    @property
    def sessions(self) -> int:
        return sum(week.sessions for week in self.weeks)

    @property
    def density(self) -> str:
        """How thick a stroke may be: by how many weeks share the width."""
        return density(len(self.weeks))

    @property
    def levels_used(self) -> list[int]:
        """The levels 1-4 that were timed or stayed comfortable in these weeks."""
        timed = (week.level_s or (0, 0, 0, 0) for week in self.weeks)
        used = [any(column) for column in zip(*timed, strict=True)]
        stayed = {week.level for week in self.weeks}
        return [level for level in (1, 2, 3, 4) if used[level - 1] or level in stayed]


def density(count: int) -> str:
    """What `count` marks next to each other are called in the style sheet."""
    return next((name for most, name in DENSITIES if count <= most), "most")


def chart(weeks: Sequence[Week], span: int = 1) -> Chart:
    """Draw some weeks, `span` of them in each mark; there is at least one."""
    count = len(weeks)
    full = draw.full_minutes(weeks)
    numbers = weeks if count <= draw.NUMBERED_WEEKS else ()
    return Chart(
        weeks=weeks,
        span=span,
        width=count * draw.WEEK_W,
        series=[_series(name, weeks) for name in SERIES],
        minutes=draw.minute_bars(weeks, full),
        full_minutes=full,
        levels=draw.level_bars(weeks),
        numbered=[
            (draw.middle(at, count), week.level)
            for at, week in enumerate(numbers)
            if week.level is not None
        ],
        soreness=draw.soreness_bars(weeks),
        sore=[
            (draw.middle(at, count), median)
            for at, median in draw.numbers_with_room(_soreness(numbers), count)
        ],
        gaps=draw.worded_gaps(weeks),
        dated=[(label, weeks[at].monday) for at, label in draw.dated(count, span)],
    )


def _soreness(weeks: Sequence[Week]) -> list[tuple[int, float]]:
    return [(at, week.soreness.median) for at, week in enumerate(weeks) if week.soreness]


def _series(name: str, weeks: Sequence[Week]) -> Series:
    of, x = SERIES[name]
    points = draw.pain_points(weeks, of, x)
    spans = "" if name == "tenderness" else draw.ranges(weeks, of, x)
    dots = draw.dots(points) if len(weeks) <= DOTTED_WEEKS else ""
    return Series(name, draw.line(points), dots, spans)


def for_script(
    drawn: Chart, dated: Callable[[date], str], closer: Callable[[date], str]
) -> dict[str, Any]:
    """The same numbers for Chart.js. Empty weeks stay out.

    `dated` puts a Monday in words, and `closer` says where to look closer at its mark.
    """
    return {
        "weeks": len(drawn.weeks),
        "density": drawn.density,
        "fullMinutes": drawn.full_minutes,
        "rows": [
            {"at": at, "week": dated(week.monday), "closer": closer(week.monday)} | _numbers(week)
            for at, week in enumerate(drawn.weeks)
            if week.sessions
        ],
    }


def _numbers(week: Week) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, (of, _x) in SERIES.items():
        if found := of(week):
            row[name] = [found.median, found.low, found.high]
    if week.level_s:
        row["seconds"] = week.level_s
    return row


@dataclass(frozen=True, slots=True)
class TableRow:
    """One week with sessions, or a run of weeks without (then `until` is the last Monday)."""

    week: Week
    until: date


def table(weeks: Sequence[Week]) -> list[TableRow]:
    """The weeks newest first; weeks without a session are one row for as long as they last."""
    rows = []
    for empty, run in groupby(reversed(weeks), key=lambda week: not week.sessions):
        found = list(run)
        if empty:
            rows.append(TableRow(found[-1], found[0].monday))
        else:
            rows += [TableRow(week, week.monday) for week in found]
    return rows
