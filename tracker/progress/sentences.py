"""What the numbers say in plain words, each with its caveat and what would make it surer.

Wording as everywhere: what the ratings did, never what did it, and no p-value or slope.
"""

from dataclasses import dataclass

from babel.numbers import parse_pattern
from flask_babel import format_decimal

from tracker.language import gettext as _
from tracker.language import ngettext
from tracker.progress.fair_test import TEST_DAYS
from tracker.progress.statistics import weeks_between
from tracker.progress.trend import LINE_WEEKS, MEDIAN_WEEKS, RatedWeek, Trend

ONE_PLACE = parse_pattern("0.#")  # read once: a chart has many numbers


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, what to add to it in the same breath, and what would make it surer."""

    sentence: str
    caveat: str
    surer: str | None = None
    more: tuple[str, ...] = ()


def about_trend(trend: Trend) -> Said:
    """The words above a chart of daily ratings."""
    caveat = " ".join((*_missing(trend), _caveat(trend)))
    return Said(SENTENCES[trend.says](trend), caveat, _surer(trend), _beside(trend))


def number(value: float) -> str:
    """A rating or a mean, to one place after the point."""
    return format_decimal(round(value, 1) + 0.0, ONE_PLACE)  # no minus before nothing


def _early(trend: Trend) -> str:
    if trend.cut:
        return _early_of_more(trend)
    if not any(week.ratings for week in trend.weeks):
        return _("Too early to say: no ratings yet.")
    valid = len(trend.valid_weeks)
    if not valid:
        return _("Too early to say: no week with three or more ratings yet.")
    return ngettext(
        "Too early to say: %(num)s week with three or more ratings so far.",
        "Too early to say: %(num)s weeks with three or more ratings so far.",
        valid,
    )


def _early_of_more(trend: Trend) -> str:
    """The same of a range that leaves out older ratings: what it lacks may be there."""
    if not any(week.ratings for week in trend.weeks):
        return _("Too early to say: no ratings in these weeks.")
    valid = len(trend.valid_weeks)
    if not valid:
        return _("Too early to say: none of these weeks has three or more ratings.")
    return ngettext(
        "Too early to say: %(num)s of these weeks has three or more ratings.",
        "Too early to say: %(num)s of these weeks have three or more ratings.",
        valid,
    )


def _medians(trend: Trend) -> str:
    low, high = _reach(trend.valid_weeks)
    if low == high:
        return _(
            "In %(num)s weeks with three or more ratings, the weekly median was always %(median)s.",
            num=len(trend.valid_weeks),
            median=low,
        )
    return _(
        "In %(num)s weeks with three or more ratings,"
        " the weekly median was between %(low)s and %(high)s.",
        num=len(trend.valid_weeks),
        low=low,
        high=high,
    )


def _down(trend: Trend) -> str:
    return _(
        "Your ratings went down over %(num)s weeks with three or more ratings:"
        " a line through the weekly medians goes from %(start)s to %(end)s.",
        **_ends(trend),
    )


def _up(trend: Trend) -> str:
    return _(
        "Your ratings went up over %(num)s weeks with three or more ratings:"
        " a line through the weekly medians goes from %(start)s to %(end)s.",
        **_ends(trend),
    )


def _unclear(trend: Trend) -> str:
    low, high = _reach(trend.valid_weeks)
    values = {"num": len(trend.valid_weeks), "low": low, "high": high}
    if low == high:
        return _(
            "No clear change over %(num)s weeks with three or more ratings:"
            " the weekly median was always %(low)s.",
            **values,
        )
    if trend.noticing:
        return _(
            "No clear change over %(num)s weeks with three or more ratings:"
            " the weekly medians, between %(low)s and %(high)s, do not move steadily one way.",
            **values,
        )
    return _(
        "No clear change over %(num)s weeks with three or more ratings: a line through the"
        " weekly medians, between %(low)s and %(high)s, stays within normal ups and downs.",
        **values,
    )


SENTENCES = {
    "early": _early,
    "medians": _medians,
    "down": _down,
    "up": _up,
    "unclear": _unclear,
}


def _missing(trend: Trend) -> tuple[str, ...]:
    """How many weeks a line goes through, of those from its beginning to its end."""
    valid = trend.valid_weeks
    span = weeks_between(valid[0].monday, valid[-1].monday) if trend.line else len(valid)
    if span == len(valid):
        return ()
    return (
        _(
            "These are %(num)s of %(span)s weeks; of the others the line says nothing.",
            num=len(valid),
            span=span,
        ),
    )


def _caveat(trend: Trend) -> str:
    if trend.says == "down":
        return _(
            "Ratings also fall on their own, most of all after a bad time, and a few good weeks"
            " in a row can look like a change. This does not show why."
        )
    if trend.says == "up":
        return _(
            "Ratings also rise on their own, and a few bad weeks in a row can look like a change."
            " This does not show why. If you are worried, see a health professional."
        )
    if trend.says == "medians":
        return _("These are too few weeks to tell a change from ups and downs.")
    return _("Ratings also rise and fall on their own; this does not show why.")


def _surer(trend: Trend) -> str:
    """How many more days with a rating until more can be said.

    None are promised where older ratings are left out: as weeks come, others leave such a range.
    More weeks find more changes that are there, but call as many "down" that are not
    (`python -m bench.false_alarms`), so they are not offered to make a direction surer.
    """
    days = trend.days_needed
    rated_enough = trend.surer_at is None and trend.rated_daily
    if trend.line and (trend.says != "unclear" or rated_enough):
        return _(
            "A fair test of %(days)s days can say more than further weeks like these.",
            days=TEST_DAYS,
        )
    if trend.surer_at is None:
        return _("With a rating on every day, a change would be easier to see.")
    if trend.cut:
        return _("A longer range can say more.")
    if trend.surer_at == MEDIAN_WEEKS:
        return ngettext(
            "With %(num)s more day rated, three or more in a week, weekly medians can be shown.",
            "With %(num)s more days rated, three or more in a week, weekly medians can be shown.",
            days,
        )
    if trend.surer_at == LINE_WEEKS:
        return ngettext(
            "With %(num)s more day rated, three or more in a week,"
            " a clear change could be told from ups and downs.",
            "With %(num)s more days rated, three or more in a week,"
            " a clear change could be told from ups and downs.",
            days,
        )
    return ngettext(
        "With %(num)s more day rated, three or more in a week, a change would be easier to see.",
        "With %(num)s more days rated, three or more in a week, a change would be easier to see.",
        days,
    )


def _beside(trend: Trend) -> tuple[str, ...]:
    """The week before the first session and the latest one, as numbers side by side."""
    if trend.says == "early" or not trend.baseline or not trend.latest or not trend.latest.ratings:
        return ()
    return (
        _(
            "In the seven days before your first session the median was %(before)s;"
            " in the latest week with three or more ratings it was %(latest)s.",
            before=number(trend.baseline.median),
            latest=number(trend.latest.ratings.median),
        ),
        _("People often begin at a bad time, and bad times also pass on their own."),
    )


def _reach(weeks: list[RatedWeek]) -> tuple[str, str]:
    medians = [week.ratings.median for week in weeks if week.ratings]
    return number(min(medians)), number(max(medians))


def _ends(trend: Trend) -> dict[str, str | int]:
    """Where the line begins and ends, on the scale of the ratings."""
    start, end = (trend.line.start, trend.line.end) if trend.line else (0.0, 0.0)
    places = {"start": min(max(start, 0), 10), "end": min(max(end, 0), 10)}
    return {"num": len(trend.valid_weeks)} | {name: number(at) for name, at in places.items()}
