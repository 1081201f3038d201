"""How far back a chart looks, and around which week, as the address says it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import render_template, request
from flask_babel import lazy_gettext

from tracker.dates import day as day_words
from tracker.language import gettext as _
from tracker.progress.statistics import WEEK, week_of
from tracker.strict import EARLIEST, day_in

USUAL, USUAL_WEEKS = "12w", 12
RANGES = {"4w": 4, USUAL: USUAL_WEEKS, "1y": 52, "all": None}
RANGE_WORDS = {
    "4w": lazy_gettext("4 weeks"),
    "12w": lazy_gettext("12 weeks"),
    "1y": lazy_gettext("Year"),
    "all": lazy_gettext("All"),
}
QUARTER = 13  # weeks; a mark of so many is looked at in a year
Link = tuple[str, str, bool]
ToRange = Callable[..., str]  # the words of `only` to an address


@dataclass(frozen=True, slots=True)
class Window:
    """A range, and the Monday of its last week: this week's, or another one that was tapped."""

    key: str
    last: date
    past: bool = False

    @property
    def since(self) -> date | None:
        """The Monday it begins with; None for one that goes back to the beginning."""
        return first_week(self.last, RANGES[self.key])

    @property
    def until(self) -> date | None:
        """Its last day, where that is not today."""
        return self.last + WEEK - WEEK / 7 if self.past else None

    def closer(self, monday: date, span: int, this_week: date) -> dict[str, str]:
        """What to ask for to see less around a mark of `span` weeks; {} where there is no less."""
        key = {"all": "1y" if span >= QUARTER else USUAL, "1y": USUAL, USUAL: "4w"}.get(self.key)
        if key is None:
            return {}
        last = monday + (span + (RANGES[key] or 0)) // 2 * WEEK - WEEK
        return only(key) | {"week": str(min(last, this_week))}

    def beside(self, by: int, this_week: date) -> dict[str, str]:
        """What to ask for to see the same length before (-1) or after (1); {} where none is."""
        last = self.last + by * (RANGES[self.key] or 0) * WEEK
        if not self.past or not EARLIEST <= last <= this_week:
            return {}
        return only(self.key) | {"week": str(last)}


def asked_window(this_week: date) -> Window | None:
    """What the address asks for; None where there is no such range, or no such week in one."""
    key, week = request.args.get("range") or USUAL, request.args.get("week")
    if key not in RANGES:
        return None
    if not week:
        return Window(key, this_week)
    day = day_in(week)
    if RANGES[key] is None or day is None or not EARLIEST <= week_of(day) <= this_week:
        return None
    return Window(key, week_of(day), past=True)


def first_week(this_week: date, weeks: int | None) -> date | None:
    """The Monday a range begins with; None for one that goes back to the beginning."""
    return this_week - (weeks - 1) * WEEK if weeks else None


def only(span: str) -> dict[str, str]:
    """What an address needs to say about its range: of the usual one, nothing."""
    return {} if span == USUAL else {"range": span}


def range_links(to: ToRange, window: Window | None = None) -> list[Link]:
    """Every range with its words, its address and whether it is the one shown."""
    shown = window.key if window and not window.past else ""
    return [(str(RANGE_WORDS[key]), to(**only(key)), key == shown) for key in RANGES]


def period_of(window: Window) -> str:
    """A stretch of the past in words, "" for what ends with this week."""
    if not window.until or not window.since:
        return ""
    dated = partial(day_words, pattern="d MMM y")
    return _("%(first)s to %(last)s", first=dated(window.since), last=dated(window.until))


def beside(to: ToRange, window: Window, this_week: date) -> list[Link]:
    """The same length before and after a stretch of the past."""
    steps = ((_("Earlier"), -1), (_("Later"), 1))
    asked = ((words, window.beside(by, this_week)) for words, by in steps)
    return [(words, to(**query), False) for words, query in asked if query]


def no_such_range(name: str, to: ToRange) -> tuple[str, int]:
    """A page for an address that asks for none of them: the ranges there are."""
    return render_template("progress/range.html", name=name, ranges=range_links(to)), 422
