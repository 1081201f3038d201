"""When somebody may be told: at their time or later that day, and never while it is quiet."""

from datetime import date, datetime, time, timedelta

LONGEST = timedelta(hours=12)  # a word that comes later than this says nothing about the day


def is_quiet(at: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether a time of day lies in the quiet hours, past midnight too; equal ends are none."""
    if quiet_from <= quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


def may_be_told(
    local: datetime, at: time, quiet_from: time, quiet_to: time, told_on: date | None
) -> bool:
    """Whether now is the time; local is aware and in the person's zone.

    told_on is the last day of theirs on which they were told: never twice on one day, nor again
    on an earlier one, after a journey westwards.
    """
    if told_on is not None and told_on >= local.date():
        return False
    wall = local.time()
    return wall >= at and not is_quiet(wall, quiet_from, quiet_to)


def worth_until(local: datetime, quiet_from: time, quiet_to: time) -> timedelta:
    """How long a word may wait for the phone: to the quiet hours or midnight, in real time."""
    day, ends = local.date(), [_starts(local.date() + timedelta(days=1), local)]
    if quiet_from != quiet_to:
        ends.append(datetime.combine(day, quiet_from, tzinfo=local.tzinfo))
    left = (end.timestamp() - local.timestamp() for end in ends)
    return min(LONGEST, *(timedelta(seconds=each) for each in left if each > 0))


def _starts(day: date, local: datetime) -> datetime:
    return datetime.combine(day, time.min, tzinfo=local.tzinfo)
