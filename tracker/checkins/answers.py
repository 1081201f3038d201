"""How answers become part of a session: once on Today, and corrected later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.sessions.document import FIRST
from tracker.sessions.models import MassageSession


def add_answers(massage: MassageSession, answers: Mapping[str, Any], now: datetime) -> bool:
    """Take what was answered and leave the rest as it was: a blank takes nothing back.

    Returns whether there was an answer.
    """
    given = {name: answer for name, answer in answers.items() if answer is not None}
    _keep(massage, given, now)
    return bool(given)


def correct_answers(massage: MassageSession, answers: Mapping[str, Any], now: datetime) -> None:
    """Take all answers as they stand now, the blank ones too."""
    _keep(massage, answers, now)


def _keep(massage: MassageSession, answers: Mapping[str, Any], now: datetime) -> None:
    """The moment of the first answer stays with it: a correction is about that moment too."""
    for name, answer in answers.items():
        setattr(massage, name, answer)
    if not massage.still_sore:
        massage.still_sore_48 = None
    if not massage.bruise:
        massage.bruise_gone = None
    answered = any(getattr(massage, name) is not None for name in FIRST)
    massage.next_day_at = (massage.next_day_at or now) if answered else None
    again = massage.still_sore_48 is not None
    massage.still_sore_48_at = (massage.still_sore_48_at or now) if again else None
