"""What protects a person goes before a massage that their test planned."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.accounts.models import User
from tracker.language import gettext as _
from tracker.progress.models import Trial
from tracker.safety.checks import closed_sides, standings
from tracker.safety.queries import said_by
from tracker.sessions.dose import Due, DueReason, DueState, due
from tracker.sessions.pauses import pause_of
from tracker.sessions.queries import SpotSide, history_of, worse_today
from tracker.sessions.words import due_sentence
from tracker.spots.queries import find_spot, rhythm_of


def goes_first(user: User, trial: Trial, now: datetime) -> str | None:
    """Why a massage planned for today is not to be, as Today has it; None where it may."""
    spot, side = find_spot(user, trial.spot_id), trial.side
    if spot is None:
        return None
    if side in closed_sides(standings(spot, said_by(user), now)):
        return _("Closed because of what you told Sweetspot.")
    local = now.astimezone(ZoneInfo(user.time_zone))
    where = (spot.id, side)
    past = history_of(user, [where], now).get(where, ())
    worse = worse_today(user, now)
    own = rhythm_of(user, spot.id, side)
    when = due(spot.limits, past, local, local.date(), worse_today=worse, **own)
    return due_sentence(when) if when.state in {DueState.WAIT, DueState.SOON} else None


def rests(user: User, places: Iterable[SpotSide], at: datetime) -> dict[SpotSide, str]:
    """The places that a bruise or a pause still closes at that moment, each with the reason."""
    zone = ZoneInfo(user.time_zone)
    found = {}
    for where, past in history_of(user, [*places], at).items():
        if pause := pause_of(past, at):
            until = pause.until and pause.until.astimezone(zone)
            when = Due(DueState.WAIT, DueReason(pause.reason.value), until)
            found[where] = due_sentence(when) or ""
    return found
