"""What the page of a spot's sessions is made of, beside what it asks for."""

from datetime import date

from tracker.accounts.models import User
from tracker.days.tracked import RegionSide
from tracker.language import gettext as _
from tracker.progress.charts import Chart, chart
from tracker.progress.diaries import before_and_since
from tracker.progress.queries import SpotSide, activities_rated
from tracker.progress.ranges import Link, ToRange
from tracker.progress.review import FUNCTION_FROM, function_of, is_due, lately_from, review
from tracker.progress.review_sentences import about_review
from tracker.progress.statistics import WEEK, Sitting, span_of, week_of, weekly, weeks_between
from tracker.progress.trend import trend
from tracker.sessions.words import level_word, tool_word


def title(span: int) -> str:
    if span == 1:
        return _("Pain before and after, by week")
    return _("Pain before and after, by %(num)s weeks", num=span)


def minutes(seconds: int) -> str:
    """Seconds as minutes and seconds: 90 is 1:30."""
    return f"{seconds // 60}:{seconds % 60:02}"


def chart_of(sittings: list[Sitting], since: date | None, this_week: date) -> Chart:
    """The weeks from `since` (else the first session's) to this one.

    A session noted while travelling may already be in next week here.
    """
    seen = [week_of(sitting.local_date) for sitting in sittings]
    first, last = since or min([this_week, *seen]), max([this_week, *seen])
    span = span_of(weeks_between(first, last))
    return chart(weekly(sittings, first, last, span), span)


def tenderness_words(level: int | None) -> str:
    """What the tenderness that is drawn is called: it is of presses at this level alone."""
    if level is None:
        return _("Tenderness before")
    return _("Tenderness before, at %(level)s", level=level_word(level))


def chart_words(tenderness: str) -> dict[str, str | list[str]]:
    """What a tapped week calls its numbers."""
    return {
        "before": _("Pain before"),
        "after": _("Pain after"),
        "tenderness": tenderness,
        "levels": [level_word(level) for level in (1, 2, 3, 4)],
    }


def tool_links(
    tools: list[str], to: ToRange, query: dict[str, str], tool: str | None
) -> list[Link]:
    """All of them, then each; none where there is nothing to choose."""
    if len(tools) < 2:
        return []
    each = ((tool_word(one) or one, to(one, **query), one == tool) for one in tools)
    return [(_("Any tool"), to(None, **query), not tool), *each]


def review_of(user: User, where: RegionSide, here: SpotSide | None, today: date) -> tuple[str, ...]:
    """What the ratings say, of what the spot is worked on for, after six weeks; () before."""
    began = here and here.began
    if not began or not is_due(began, today):
        return ()
    lately = lately_from(began, today)
    found = trend(before_and_since(user, *where, began, lately), today, lately)
    function = function_of(activities_rated(user, began - FUNCTION_FROM), lately)
    return about_review(review(found, function, weeks=(today - began) // WEEK))
