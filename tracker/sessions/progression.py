"""When a firmer target may be offered. It is never raised by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tracker.sessions.history import PastSession
from tracker.sessions.next_day import NextDayRule
from tracker.sessions.opening import Past, highest_target, target_after
from tracker.sessions.rules import RULES
from tracker.spots.catalog import Limits


@dataclass(frozen=True, slots=True)
class Offer:
    """One level more, if the person says so; levels 1-4."""

    from_level: int
    to_level: int


def offer(
    limits: Limits,
    history: Sequence[PastSession],
    today: date,
    tool_rung: int = 1,
    rungs: Mapping[str, int] = RULES.rungs,
    *,
    gentle_only: bool = False,
) -> Offer | None:
    """The offer for one spot and side, or None; history is newest first, today the person's date.

    Everything since the older of the two sessions has to have gone well, by hand too, with a
    mild next day. A firmer tool than last time is enough of a change. The side of the neck is
    never tested for tenderness, so nothing is offered there. Numbers: protocol.toml.
    """
    past = Past.of(history, today)
    protocol = "gentle" if gentle_only else past.protocol
    target = min(target_after(past)[0], highest_target(limits, protocol))
    if past.last is None or past.fresh or past.upset or limits.opt_in_only:
        return None
    if tool_rung > rungs.get(past.last.tool or "", tool_rung):
        return None
    to_level = target + RULES.progression.raise_by
    if to_level > highest_target(limits, protocol) or not _earned(past, target):
        return None
    return None if _just_raised(past, today) else Offer(target, to_level)


def _earned(past: Past, target: int) -> bool:
    """Whether the last sessions at this target, and all since, went well in every answer."""
    guided = [at for at, each in enumerate(past.counted) if each.guided]
    last = guided[: RULES.progression.sessions]
    if len(last) < RULES.progression.sessions:
        return False
    recent = slice(0, last[-1] + 1)
    return (
        all(_well_done(past.counted[at], target) for at in last)
        and all(rule is NextDayRule.MILD for rule in past.next_days[recent])
        and not any(each.went_badly for each in past.counted[recent])
    )


def _well_done(massage: PastSession, target: int) -> bool:
    peak = massage.peak_discomfort
    return (
        massage.target_level == target <= massage.stayed
        and peak is not None
        and peak <= RULES.progression.max_discomfort
        and _no_more(massage.pain_before, massage.pain_after)
        and _no_more(massage.tenderness_before, massage.tenderness_after)
    )


def _no_more(before: int | None, after: int | None) -> bool:
    return before is not None and after is not None and after <= before


def _just_raised(past: Past, today: date) -> bool:
    """Whether the target rose from one session to the next within the last days."""
    guided = [each for each in past.counted if each.guided and each.target_level is not None]
    raises = (
        newer.local_date
        for newer, older in pairwise(guided)
        if (newer.target_level or 0) > (older.target_level or 0)
    )
    last = next(raises, None)
    return last is not None and today - last < timedelta(days=RULES.progression.days_between)
