"""The day after: when to ask about a session, and what the answer means for the next one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from tracker.sessions.history import NextDay, PastSession
from tracker.sessions.rules import RULES

ASKED = RULES.next_day
PAUSE_SORE_HOURS = RULES.number("pause", "sore_hours")
LONG_SORE_HOURS = RULES.number("long_or_worse", "sore_hours")
LONG_SORENESS = RULES.number("long_or_worse", "soreness")
MODERATE_SORENESS = RULES.number("moderate", "soreness")


class NextDayRule(StrEnum):
    """What the next day said, the gravest first; numbers and basis: protocol.toml."""

    PAUSE = "pause"
    LONG_OR_WORSE = "long_or_worse"
    MODERATE = "moderate"
    MILD = "mild"
    UNANSWERED = "unanswered"


LONG = frozenset({NextDayRule.PAUSE, NextDayRule.LONG_OR_WORSE})


@dataclass(frozen=True, slots=True)
class Question:
    """Ask about this session; again is the second time, when only "still sore?" is asked."""

    massage: PastSession
    again: bool


def classify(massage: PastSession, before: PastSession | None = None) -> NextDayRule:
    """The first rule that fits one session, by the guide or by hand; before is the one before it.

    A half answer is no answer unless the half that is there is enough: never mild.
    """
    if massage.next_day is None and not massage.rose:  # as most of them are
        return NextDayRule.UNANSWERED
    return next(
        NextDayRule(rule.id) for rule in RULES.next_day.rules if _FITS[rule.id](massage, before)
    )


def classified(counted: Sequence[PastSession]) -> tuple[NextDayRule, ...]:
    """The rule for each of the sessions that count, newest first."""
    return tuple(classify(each, _before(counted, at)) for at, each in enumerate(counted))


def questions_due(history: Sequence[PastSession], now: datetime) -> Question | None:
    """Which session of one spot and side to ask about now: 18-72 h after the last one there.

    history is newest first; now is aware. Once more after 48 h if it was still sore before.
    """
    last = next((massage for massage in history if massage.counts), None)
    if last is None:
        return None
    hours = hours_since(last, now)
    if not ASKED.ask_from_hours <= hours <= ASKED.ask_until_hours:
        return None
    if last.next_day is None:
        return Question(last, again=False)
    early = last.next_day.hours < ASKED.ask_again_hours
    open_still = last.next_day.still_sore and last.next_day.still_sore_48 is None
    if early and open_still and hours >= ASKED.ask_again_hours:
        return Question(last, again=True)
    return None


def may_answer(started_at: datetime, now: datetime) -> bool:
    """Whether it is late enough to say how the next day is; corrections are never too late."""
    return now.timestamp() - started_at.timestamp() >= ASKED.ask_from_hours * 3600


def asks_again(started_at: datetime, now: datetime) -> bool:
    """Whether it is late enough for the second "still sore?"."""
    return now.timestamp() - started_at.timestamp() >= ASKED.ask_again_hours * 3600


def asks_if_gone(massage: PastSession, now: datetime) -> bool:
    """Whether to ask about its bruise again: not just after it was said to be there."""
    answer = massage.next_day
    if answer is None or not bruise_stays(answer):
        return False
    return hours_since(massage, now) >= answer.hours + ASKED.ask_from_hours


def bruised(history: Sequence[PastSession]) -> PastSession | None:
    """The newest session here whose bruise was not said to be gone: ask, and do not press."""
    return next((each for each in history if each.counts and bruise_stays(each.next_day)), None)


def bruise_stays(answer: NextDay | None) -> bool:
    """A bruise is there until it was said to be gone; no answer is not "gone"."""
    return bool(answer and answer.bruise and not answer.bruise_gone)


def answered_hours(massage: PastSession) -> float:
    """Hours after the start at which a session's last answer came; the latest that it can be."""
    answer = massage.next_day
    if answer is None:  # pain over 24 h alone spoke
        return LONG_SORE_HOURS
    if not answer.still_sore_48:
        return answer.hours
    return ASKED.ask_until_hours if answer.hours_48 is None else answer.hours_48


def sore_for_long(massage: PastSession) -> bool:
    """Very sore the next day, or sore for longer than a day; whatever the daily rating says."""
    answer = massage.next_day
    return bool(
        _still_sore_at(answer, LONG_SORE_HOURS)
        or (answer and answer.still_sore_48)
        or (answer and (answer.soreness or 0) >= LONG_SORENESS)
    )


def hours_since(massage: PastSession, now: datetime) -> float:
    """Real hours since the start, also across a clock change."""
    return (now.timestamp() - massage.started_at.timestamp()) / 3600


def _before(counted: Sequence[PastSession], at: int) -> PastSession | None:
    return counted[at + 1] if at + 1 < len(counted) else None


def _pauses(massage: PastSession, before: PastSession | None) -> bool:
    answer = massage.next_day
    return bool(
        (answer and (answer.bruise or answer.still_sore_48))
        or _still_sore_at(answer, PAUSE_SORE_HOURS)
        or (_is_long(massage) and before and _is_long(before))
    )


def _is_long(massage: PastSession) -> bool:
    return sore_for_long(massage) or massage.rose


def _is_moderate(massage: PastSession) -> bool:
    answer = massage.next_day
    sore = answer and (answer.soreness or 0) >= MODERATE_SORENESS
    return bool(sore or (answer and answer.still_sore))


def _is_mild(massage: PastSession) -> bool:
    answer = massage.next_day
    return bool(answer and answer.soreness is not None and answer.still_sore is False)


def _still_sore_at(answer: NextDay | None, hours: int) -> bool:
    return bool(answer and answer.still_sore and answer.hours >= hours)


_FITS: Mapping[str, Callable[[PastSession, PastSession | None], bool]] = MappingProxyType(
    {
        NextDayRule.PAUSE: _pauses,
        NextDayRule.LONG_OR_WORSE: lambda massage, _before: _is_long(massage),
        NextDayRule.MODERATE: lambda massage, _before: _is_moderate(massage),
        NextDayRule.MILD: lambda massage, _before: _is_mild(massage),
        NextDayRule.UNANSWERED: lambda _massage, _before: True,
    }
)
