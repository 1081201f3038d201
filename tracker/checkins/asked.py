"""What to ask about the days after, of one person at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tracker.sessions.history import PastSession
from tracker.sessions.next_day import ASKED, asks_if_gone, bruised, questions_due

SpotSide = tuple[str, str]
LATELY = timedelta(hours=ASKED.ask_until_hours)
BRUISED_LATELY = timedelta(days=28)  # longer at a spot on Today, whose history says so


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions about one session.

    first: soreness, still sore, bruise; again: still sore, a second time; gone: the bruise.
    """

    session_id: UUID
    spot_id: str
    side: str
    on: date
    first: bool = False
    again: bool = False
    gone: bool = False


def asked_about(
    histories: Mapping[SpotSide, Sequence[PastSession]], now: datetime
) -> tuple[Asked, ...]:
    """Each session with questions, newest first within its spot and side; histories have ids."""
    return tuple(
        asked
        for (spot_id, side), history in histories.items()
        for asked in _of_one(spot_id, side, history, now)
    )


def _of_one(
    spot_id: str, side: str, history: Sequence[PastSession], now: datetime
) -> tuple[Asked, ...]:
    question, bruise = questions_due(history, now), bruised(history)
    if bruise and not asks_if_gone(bruise, now):
        bruise = None
    last = question.massage if question else None
    found = []
    for massage in history:
        if massage.id and (massage is last or massage is bruise):
            again = bool(question and question.again)
            found.append(
                Asked(
                    massage.id,
                    spot_id,
                    side,
                    massage.local_date,
                    first=massage is last and not again,
                    again=massage is last and again,
                    gone=massage is bruise,
                )
            )
    return tuple(found)
