"""What a review says: the numbers, no praise, and that stopping is sensible."""

from tracker.language import gettext as _
from tracker.progress.review import AFTER, FUNCTION_POINTS, Review
from tracker.progress.sentences import number
from tracker.progress.statistics import WEEK


def about_review(found: Review) -> tuple[str, ...]:
    """Sentence by sentence; the last is always that one may stop."""
    return (*_pain(found), *_function(found), *_meaning(found), _stopping())


def _pain(found: Review) -> tuple[str, ...]:
    if found.baseline is None or found.latest is None:
        return (
            _(
                "There are too few daily ratings of the week before your first session at this"
                " spot, or of the last few weeks, to set them side by side."
            ),
        )
    return (
        _(
            "In the seven days before your first session at this spot the median was %(before)s;"
            " in the latest week with three or more ratings it was %(latest)s.",
            before=number(found.baseline.median),
            latest=number(found.latest.median),
        ),
    )


def _function(found: Review) -> tuple[str, ...]:
    if found.function is None:
        return ()
    first, last = found.function
    return (
        _(
            "How well your activities go, 0 to 10, was %(first)s on average at first and %(last)s"
            " lately.",
            first=number(first),
            last=number(last),
        ),
    )


def _meaning(found: Review) -> tuple[str, ...]:
    if found.changed_little:
        return (_changed_little(found.weeks),)
    said = [*_pain_changed(found), *_function_fell(found)]
    if found.says == "more" or found.function_fell:
        said.append(_("It is reasonable to stop, or to ask a clinician."))
    return tuple(said)


def _changed_little(weeks: int) -> str:
    if weeks == AFTER // WEEK:
        return _(
            "Six weeks in, your ratings have not changed much. It is reasonable to stop, or to"
            " ask a clinician."
        )
    return _(
        "%(num)s weeks in, your ratings have not changed much. It is reasonable to stop, or to"
        " ask a clinician.",
        num=weeks,
    )


def _pain_changed(found: Review) -> tuple[str, ...]:
    if found.says == "more":
        return (
            _(
                "The ratings are higher by 2 points and 30 percent or more. Ratings also rise on"
                " their own."
            ),
        )
    if found.says == "less":
        return (
            _(
                "The ratings are lower by 2 points and 30 percent or more. Ratings also fall on"
                " their own, most of all after a bad time; this does not show why."
            ),
        )
    return ()


def _function_fell(found: Review) -> tuple[str, ...]:
    if not found.function_fell:
        return ()
    return (
        _(
            "Your activities go less well than at first, by %(points)s points or more. That also"
            " happens on its own; this does not show why.",
            points=number(FUNCTION_POINTS),
        ),
    )


def _stopping() -> str:
    return _("If it does not help after six weeks, stopping is a sensible choice.")
