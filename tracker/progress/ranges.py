"""How far back a chart looks, as the address says it."""

from collections.abc import Callable
from datetime import date

from flask import render_template, request
from flask_babel import lazy_gettext

from tracker.progress.statistics import WEEK

USUAL, USUAL_WEEKS = "12w", 12
RANGES = {"4w": 4, USUAL: USUAL_WEEKS, "1y": 52, "all": None}
RANGE_WORDS = {
    "4w": lazy_gettext("4 weeks"),
    "12w": lazy_gettext("12 weeks"),
    "1y": lazy_gettext("Year"),
    "all": lazy_gettext("All"),
}
Link = tuple[str, str, bool]
ToRange = Callable[[str], str]


def asked_range() -> str:
    """What the address asks for, which may be no range at all."""
    return request.args.get("range") or USUAL


def first_week(this_week: date, weeks: int | None) -> date | None:
    """The Monday a range begins with; None for one that goes back to the beginning."""
    return this_week - (weeks - 1) * WEEK if weeks else None


def only(span: str) -> dict[str, str]:
    """What an address needs to say about its range: of the usual one, nothing."""
    return {} if span == USUAL else {"range": span}


def range_links(to: ToRange, current: str = "") -> list[Link]:
    """Every range with its words, its address and whether it is the one shown."""
    return [(str(RANGE_WORDS[key]), to(key), key == current) for key in RANGES]


def no_such_range(name: str, to: ToRange) -> tuple[str, int]:
    """A page for an address that asks for none of them: the ranges there are."""
    return render_template("progress/range.html", name=name, ranges=range_links(to)), 422
