"""Where a session opens: what the sessions before it say, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise, takewhile

from tracker.sessions.history import PastSession
from tracker.sessions.next_day import LONG, NextDayRule, classified
from tracker.sessions.rules import RULES
from tracker.spots.catalog import Limits


class Reason(StrEnum):
    """Why a session opens where it does; the view makes a sentence of it."""

    FIRST = "first"
    SECOND = "second"
    LONG_BREAK = "long_break"
    BREAK = "break"
    STAYED = "stayed"
    NOTHING_STAYED = "nothing_stayed"
    TOOL_UP = "tool_up"
    SHARP = "sharp"
    NERVE = "nerve"
    DISCOMFORT = "discomfort"
    WORSE = "worse"
    PAUSED = "paused"
    LONG_SORE = "long_sore"
    GENTLE_ONLY = "gentle_only"
    KEPT_GENTLE = "kept_gentle"
    RAISED = "raised"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class ReasonValues:
    """What the sentence needs; all of it is of the last session that was guided and counts."""

    last_date: date | None = None
    stayed: int | None = None
    quality: str | None = None
    gap_days: int | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A history with its questions answered; last is the newest guided session that counts."""

    last: PastSession | None
    counted: tuple[PastSession, ...]  # newest first, by hand too
    next_days: tuple[NextDayRule, ...]  # one for each of counted
    since: tuple[PastSession, ...]  # newest first, from today back to last, by hand too
    gap_days: int  # the longest break since last: by-hand sessions bridge it
    unbroken: tuple[PastSession, ...]  # those of counted since the last long break
    pressure_today: int

    @classmethod
    def of(cls, history: Sequence[PastSession], today: date) -> "Past":
        counted = [massage for massage in history if massage.counts]
        days = [today, *(min(massage.local_date, today) for massage in counted)]
        gaps = [(newer - older).days for newer, older in pairwise(days)]
        at = next((i for i, massage in enumerate(counted) if massage.guided), None)
        unbroken = tuple(
            massage
            for _, massage in takewhile(
                lambda pair: pair[0] <= RULES.start.restart_after_days,
                zip(gaps, counted, strict=True),
            )
        )
        return cls(
            last=None if at is None else counted[at],
            counted=tuple(counted),
            next_days=classified(counted),
            since=unbroken if at is None else tuple(counted[: at + 1]),
            gap_days=max(gaps[: at + 1] if at is not None else (), default=0),
            unbroken=unbroken,
            pressure_today=sum(each.pressure_s for each in history if each.local_date >= today),
        )

    @property
    def finished(self) -> int:
        """Guided sessions with a finished hold since the last long break."""
        return sum(each.guided and each.finished_holds > 0 for each in self.unbroken)

    @property
    def fresh(self) -> bool:
        """The first two sessions, at all or after a long break."""
        return self.finished < RULES.start.first_sessions

    @property
    def said_since(self) -> tuple[NextDayRule, ...]:
        """What the next days said, for each of since."""
        return self.next_days[: len(self.since)]

    @property
    def upset(self) -> Reason | None:
        """What makes the next session gentle, the gravest first."""
        if any(each.nerve for each in self.since):
            return Reason.NERVE
        if any(each.sharp for each in self.since):
            return Reason.SHARP
        if any(each.hurt for each in self.since):
            return Reason.DISCOMFORT
        return Reason.PAUSED if NextDayRule.PAUSE in self.said_since else None

    @property
    def lowers(self) -> Reason | None:
        """A nerve sign, three sharp ones, worse pain or long soreness: one level down, once."""
        times = RULES.number("sharp_3", "times")
        if any(each.nerve or each.sharp_events >= times or each.worse_now for each in self.since):
            return Reason.WORSE
        return Reason.LONG_SORE if LONG.intersection(self.said_since) else None

    @property
    def protocol(self) -> str:
        """The protocol for it where neither the spot nor the person asks for less."""
        return "gentle" if self.fresh or self.upset else "standard"

    def values(self) -> ReasonValues:
        if self.last is None:
            return ReasonValues()
        return ReasonValues(
            last_date=self.last.local_date,
            stayed=self.last.stayed,
            quality=self.last.quality,
            gap_days=self.gap_days,
        )


def highest_target(limits: Limits, protocol: str) -> int:
    """How far any session of a protocol may go at a spot, 1-4."""
    highest = min(limits.max_level, RULES.start.highest_target)
    return highest if protocol == "standard" else min(highest, RULES.start.gentle_max_level)


def target_after(past: Past) -> tuple[int, Reason]:
    """The target before the tool and the caps; may be 0, which the caller lifts to 1."""
    target, reason = _opening(past)
    if past.lowers:
        target, reason = target - 1, weightier(reason, past.lowers)
    return target, past.upset or reason


def _opening(past: Past) -> tuple[int, Reason]:
    last, start = past.last, RULES.start
    if last is None:
        return start.first_target, Reason.FIRST
    if past.fresh:
        return min(start.first_target, _comfortable(last)), _fresh_reason(past)
    stayed = max(1, last.stayed)
    if past.gap_days > start.lower_after_days:
        return stayed - 1, Reason.BREAK
    return stayed, Reason.STAYED if last.stayed else Reason.NOTHING_STAYED


def _comfortable(last: PastSession) -> int:
    """How far a fresh start may go: cut short is not too much, but too much is remembered."""
    if last.went_badly:
        return max(1, last.stayed)
    return last.target_level or RULES.start.first_target


def _fresh_reason(past: Past) -> Reason:
    if past.gap_days > RULES.start.restart_after_days:
        return Reason.LONG_BREAK
    return Reason.SECOND if past.finished else Reason.FIRST


def weightier(reason: Reason, other: Reason) -> Reason:
    """What went wrong says more than what is merely different today."""
    grave = {Reason.NERVE, Reason.SHARP, Reason.DISCOMFORT, Reason.PAUSED}
    grave |= {Reason.WORSE, Reason.LONG_SORE}
    newcomer = {Reason.FIRST, Reason.SECOND, Reason.LONG_BREAK}
    keeps = grave if other in grave else grave | newcomer
    return reason if reason in keeps else other
