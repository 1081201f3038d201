"""How long a spot and side is left alone after what was felt there: hard, nobody starts anyway."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from tracker.sessions.history import PastSession
from tracker.sessions.next_day import NextDayRule, answered_hours, bruised, classified
from tracker.sessions.rules import RULES

PAUSE = timedelta(days=RULES.number("pause", "pause_days"))
NERVE_WITHIN = timedelta(days=RULES.number("nerve", "within_days"))
NERVE_PAUSE = timedelta(days=RULES.number("nerve", "pause_days"))
NERVE_LASTS = NERVE_WITHIN + NERVE_PAUSE  # how long a sign can still be the first of the two


class PauseReason(StrEnum):
    """Why; the view makes a sentence of it."""

    SORE = "paused"
    BRUISE = "bruise"
    NERVE_TWICE = "nerve_twice"


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when, aware; None while only an answer can end it (the bruise is gone)."""

    reason: PauseReason
    until: datetime | None


def pause_of(history: Sequence[PastSession], now: datetime) -> Pause | None:
    """The pause that ends last, of one spot and side; history is newest first, now is aware."""
    counted = [massage for massage in history if massage.counts]
    if not any(massage.says_something for massage in counted):
        return None
    bruise = bruised(history)
    found = [*_after_next_day(counted), *_after_nerve(counted)]
    running = [pause for pause in found if pause.until and pause.until > now]
    longest = max(running, default=None, key=lambda pause: pause.until or now)
    if bruise is None:
        return longest
    if longest and longest.reason is PauseReason.NERVE_TWICE:
        return longest
    return Pause(PauseReason.BRUISE, longest.until if longest else None)


def asks_normal_again(history: Sequence[PastSession]) -> bool:
    """Whether "fully normal again?" has to be answered yes before the next session there.

    True from a numb or tingling session, by the guide or by hand, until a guided one went without.
    """
    for massage in history:
        if massage.counts and massage.nerve:
            return True
        if massage.counts and massage.guided:
            return False
    return False


def _after_next_day(counted: Sequence[PastSession]) -> Iterator[Pause]:
    for massage, rule in zip(counted, classified(counted), strict=True):
        if rule is NextDayRule.PAUSE:
            answered = massage.started_at + timedelta(hours=answered_hours(massage))
            yield Pause(PauseReason.SORE, answered + PAUSE)


def _after_nerve(counted: Sequence[PastSession]) -> Iterator[Pause]:
    felt = [massage for massage in counted if massage.nerve]
    for newer, older in pairwise(felt):
        if newer.started_at - older.started_at <= NERVE_WITHIN:
            yield Pause(PauseReason.NERVE_TWICE, newer.started_at + NERVE_PAUSE)
