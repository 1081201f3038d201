"""When a spot and side may be pressed again: hard limits refuse, soft ones only say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from tracker.sessions.history import PastSession
from tracker.sessions.next_day import LONG, classify
from tracker.sessions.pauses import PauseReason, pause_of
from tracker.sessions.rules import RULES
from tracker.spots.catalog import Limits
from tracker.spots.chosen import HeldDays, Rhythm


class DueState(StrEnum):
    """never: not done yet; due: start; soon: may start anyway; wait: refused until next_at."""

    NEVER = "never"
    DUE = "due"
    SOON = "soon"
    WAIT = "wait"


class DueReason(StrEnum):
    """Why; the view makes a sentence of it."""

    NEW = "new"
    RESTED = "rested"
    ONE_A_DAY = "one_a_day"
    MIN_HOURS = "min_hours"
    DAY_PRESSURE = "day_pressure"
    WORSE_TODAY = "worse_today"
    NOT_NORMAL = "not_normal"
    PAUSED = "paused"
    BRUISE = "bruise"
    NERVE_TWICE = "nerve_twice"
    REST = "rest"
    OWN_RHYTHM = "own_rhythm"
    REST_AFTER_WORSE = "rest_after_worse"
    REST_AFTER_SORE = "rest_after_sore"
    WEEK = "week"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Due:
    """next_at is when the limit ends, in the zone of `now`.

    None when nothing is in the way, when only an answer ends it (NOT_NORMAL, BRUISE), and for a
    TEST. untold: it falls on a day of a test that is not to be named, because it is kept without
    massage or further ahead than the test shows its days.
    """

    state: DueState
    reason: DueReason
    next_at: datetime | None = None
    last_date: date | None = None
    gap_days: int | None = None
    untold: bool = False

    @property
    def next_date(self) -> date | None:
        """The person's own date of next_at, where it is one to come back on."""
        return self.next_at.date() if self.next_at and not self.untold else None

    @property
    def is_later_today(self) -> bool:
        """Whether the limit ends on the day that was asked about."""
        if self.next_at is None or self.last_date is None or self.gap_days is None:
            return False
        return self.next_at.date() == self.last_date + timedelta(days=self.gap_days)


def due(
    limits: Limits,
    history: Sequence[PastSession],
    now: datetime,
    today: date,
    *,
    worse_today: bool = False,
    days_between: int | None = None,
    test: HeldDays | None = None,
) -> Due:
    """Say whether one spot and side is due.

    history is that spot and side's, newest first, by the guide or by hand; now is aware and
    in the person's zone, today their date. worse_today is of all their spots (worse_on).
    days_between (1-14) is the person's own rhythm there, in place of the usual rest alone.
    test: while it runs, its days are the rhythm; on one that it keeps without massage a session
    may be started all the same.
    Numbers and their basis: protocol.toml, [dose].
    """
    counted = [massage for massage in history if massage.counts]
    last = counted[0] if counted else None
    state, reason, next_at = (
        _hard(limits, history, last, now, today, worse_today)
        or _soft(counted, now, days_between, tested=bool(test and test.has(today)))
        or ((DueState.SOON, DueReason.TEST, None) if test and test.keeps_free(today) else None)
        or (DueState.DUE if last else DueState.NEVER, _rested(last), None)
    )
    last_date = last.local_date if last else None
    gap_days = max(0, (today - last.local_date).days) if last else None
    untold = bool(test and next_at and not test.tells(next_at.date(), today))
    return Due(state, reason, next_at, last_date, gap_days, untold)


def come_back(
    limits: Limits,
    history: Sequence[PastSession],
    now: datetime,
    today: date,
    *,
    worse_today: bool = False,
    days_between: int | None = None,
    test: HeldDays | None = None,
) -> Due:
    """When the next session is best: past the hard limits and the rest that suits most."""
    own: Rhythm = {"days_between": days_between, "test": test}
    when = due(limits, history, now, today, worse_today=worse_today, **own)
    if when.state is not DueState.WAIT or when.next_at is None:
        return when
    at = when.next_at
    later = due(limits, history, at, at.date(), **own)
    if later.next_at is None:
        return when
    return replace(later, untold=bool(test and not test.tells(later.next_at.date(), today)))


def is_more_than_usual(
    history: Sequence[PastSession],
    now: datetime,
    days_between: int | None = None,
    test: HeldDays | None = None,
) -> bool:
    """Whether the usual three sessions of seven days were done there: a fourth is said to be one.

    Two days of rest alone let a fourth begin on the seventh day. Who set a rhythm of their own
    chose how many there are, and so does a test.
    """
    usual = RULES.dose.sessions_per_week_usual
    counted = [massage for massage in history if massage.counts]
    tested = test is not None and test.has(now.date())
    if tested or days_between is not None or len(counted) < usual:
        return False
    return _after(counted[usual - 1], 7 * 24, now).timestamp() > now.timestamp()


def worse_on(history: Iterable[PastSession], today: date) -> bool:
    """Whether any session of the person's day, at any spot, left more pain: no more that day."""
    return any(each.worse_now and each.local_date >= today for each in history)


_Refusal = tuple[DueState, DueReason, datetime | None]


def _rested(last: PastSession | None) -> DueReason:
    return DueReason.RESTED if last else DueReason.NEW


def _hard(
    limits: Limits,
    history: Sequence[PastSession],
    last: PastSession | None,
    now: datetime,
    today: date,
    worse_today: bool,
) -> _Refusal | None:
    """Pauses, a worse day, one a day, 20 hours, the day's seconds; the last to end is the reason.

    A bruise is the reason until it is gone, whatever else there is.
    """
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, tzinfo=now.tzinfo)
    ends: list[tuple[datetime, DueReason]] = []
    pause = pause_of(history, now)
    until = pause.until.astimezone(now.tzinfo) if pause and pause.until else None
    if pause and pause.reason is PauseReason.BRUISE:
        return DueState.WAIT, DueReason.BRUISE, until
    if pause and until:
        ends.append((until, DueReason(pause.reason.value)))
    if worse_today:
        ends.append((tomorrow, DueReason.WORSE_TODAY))
    if last:
        ends.append((_after(last, RULES.dose.min_hours, now), DueReason.MIN_HOURS))
        if last.local_date >= today:
            ends.append((tomorrow, DueReason.ONE_A_DAY))
    if _pressure_on(history, today) >= limits.max_pressure_s_per_day:
        ends.append((tomorrow, DueReason.DAY_PRESSURE))
    next_at, reason = max(ends, default=(now, None), key=lambda end: end[0].timestamp())
    if reason is None or next_at.timestamp() <= now.timestamp():
        return None
    return DueState.WAIT, reason, next_at


def _soft(
    counted: Sequence[PastSession], now: datetime, days_between: int | None, *, tested: bool
) -> _Refusal | None:
    """48 hours, 72 after long soreness, a day more after pain rose, five in seven days.

    A rhythm of one's own stands in for the 48 hours, and adds to nothing else. On the days of a
    test neither holds, as it has a rhythm itself.
    """
    if not counted:
        return None
    hours, reason = _rest_after(counted)
    ends = [(_after(counted[0], hours, now), reason)]
    if tested:
        ends = [] if reason is DueReason.REST else ends
    elif days_between is not None:
        own = (_days_after(counted[0], days_between, now), DueReason.OWN_RHYTHM)
        ends = [own] if reason is DueReason.REST else [*ends, own]
    if len(counted) >= RULES.dose.sessions_per_week:
        oldest = counted[RULES.dose.sessions_per_week - 1]
        ends.append((_after(oldest, 7 * 24, now), DueReason.WEEK))
    next_at, reason = max(ends, default=(now, reason), key=lambda end: end[0].timestamp())
    if next_at.timestamp() <= now.timestamp():
        return None
    return DueState.SOON, reason, next_at


def _rest_after(counted: Sequence[PastSession]) -> tuple[int, DueReason]:
    """Hours of rest after the newest session, and what they are for."""
    dose, hours, reason = RULES.dose, RULES.dose.rest_hours, DueReason.REST
    if classify(counted[0]) in LONG:
        hours, reason = dose.rest_hours_after_long, DueReason.REST_AFTER_SORE
    if counted[0].worse_now:
        hours, reason = hours + dose.more_hours_after_worse, DueReason.REST_AFTER_WORSE
    return hours, reason


def _pressure_on(history: Sequence[PastSession], today: date) -> int:
    return sum(massage.pressure_s for massage in history if massage.local_date >= today)


def _days_after(massage: PastSession, days: int, now: datetime) -> datetime:
    """When the person's day begins that is so many days after the session's."""
    day = massage.local_date + timedelta(days=days)
    return datetime.combine(day, time.min, tzinfo=now.tzinfo)


def _after(massage: PastSession, hours: int, now: datetime) -> datetime:
    """Real hours, also across a clock change."""
    end = massage.started_at.timestamp() + hours * 3600
    return datetime.fromtimestamp(end, tz=now.tzinfo)
