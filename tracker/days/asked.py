"""When to ask about a person's own activities."""

from datetime import date, timedelta

MOST = 3
EVERY = timedelta(days=14)
PUT_OFF = timedelta(days=7)


def is_due(asked_on: date | None, today: date) -> bool:
    """Whether the day has come from which to ask; blank is a person who was never asked."""
    return asked_on is None or asked_on <= today


def next_ask(today: date, *, answered: bool) -> date:
    """Two weeks after an answer, one after "not now"."""
    return today + (EVERY if answered else PUT_OFF)
