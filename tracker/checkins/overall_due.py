"""When to ask how an area changed overall since a person began there."""

from collections.abc import Mapping
from datetime import date, timedelta

EVERY = timedelta(weeks=4)  # from the first session, then from the last answer
PUT_OFF = timedelta(weeks=1)
STEPS = (1, 2, 3, 4, 5, 6, 7)  # from very much improved to very much worse
SpotSide = tuple[str, str]


def may_be_due(began: date, today: date) -> bool:
    """Whether somebody who chose a spot on that day may have been at it for four weeks."""
    return began + EVERY <= today


def due_first(
    began: Mapping[SpotSide, date], answered: Mapping[SpotSide, date], today: date
) -> SpotSide | None:
    """The spot and side that waits for the question longest; None where none does."""
    where = min(began, key=lambda where: _due(where, began, answered), default=None)
    return where if where and _due(where, began, answered) <= today else None


def ask_from(
    began: Mapping[SpotSide, date], answered: Mapping[SpotSide, date], today: date
) -> date:
    """The day from which to look again, once one was answered."""
    days = [_due(where, began, answered) for where in began]
    return min(days, default=today + EVERY)


def _due(
    where: SpotSide, began: Mapping[SpotSide, date], answered: Mapping[SpotSide, date]
) -> date:
    return answered.get(where, began[where]) + EVERY
