"""Dates and lengths of time in words. Formatting is slow and repeats, so it is remembered."""

from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from tracker.language import N_, language, ngettext
from tracker.language import gettext as _

# Every pattern in use, so that each language can put the parts in its own order.
PATTERNS = (
    *(
        N_("d"),
        N_("d MMM"),
        N_("d MMM y"),
        N_("d MMMM"),
        N_("d MMMM y"),
        N_("MMM y"),
        N_("MMMM y"),
        N_("EEEE"),
    ),
    *(N_("EEE d MMM"), N_("EEE d MMM y"), N_("EEEE d MMMM"), N_("EEEE d MMMM y")),
)


def day(value: date, pattern: str = "EEE d MMM") -> str:
    """A date in the reader's language; one of PATTERNS, which are as in Unicode TR35."""
    return _formatted(value, pattern, language().code)


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: str) -> str:
    """In the language of this request, which `locale` names."""
    return format_date(value, _(pattern), locale=locale)


def week_of(value: date) -> date:
    """The Monday of the ISO week `value` is in."""
    return value - timedelta(days=value.weekday())


def span(first: date, last: date) -> str:
    """From one day to another: "23 to 29 Nov", "26 Nov to 2 Dec"."""
    start = "d" if (first.month, first.year) == (last.month, last.year) else "d MMM"
    return _("%(first)s to %(last)s", first=day(first, start), last=day(last, "d MMM"))


def length(seconds: int) -> str:
    """Seconds in words: "40 s", "2 min", "3 min 10 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(n)d s", n=rest)
    if not rest:
        return _("%(n)d min", n=minutes)
    return _("%(m)d min %(s)d s", m=minutes, s=rest)


def ago(days: int) -> str:
    """How many days back, counted in the person's own days."""
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(num)d day ago", "%(num)d days ago", days)
