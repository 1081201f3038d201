"""Choosing several spots for one session, to be done in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from flask_login import current_user, login_required

from tracker import clock
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, due
from tracker.sessions.queries import history_of
from tracker.sessions.rules import RULES
from tracker.spots.queries import AnySpot, find_spot, spot_sides_of, spots_by_id
from tracker.spots.words import place

bp = Blueprint("several", __name__)
MOST = RULES.dose.spots_per_session
READY = (DueState.DUE, DueState.NEVER)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A spot and side the person works on; `stop` is what the form sends for it."""

    spot: AnySpot
    side: str
    due: Due
    chosen: bool

    @property
    def stop(self) -> str:
        return f"{self.spot.id}/{self.side}"

    @property
    def name(self) -> str:
        return place(self.spot.name, self.side)

    @property
    def startable(self) -> bool:
        return self.spot.guided and self.due.state is not DueState.WAIT

    @property
    def told(self) -> str | None:
        return words.due_sentence(self.due)


@bp.get("/sessions/several")
@login_required
def choose() -> str:
    return choosing()


def choosing(chosen: Sequence[str] | None = None, error: str | None = None) -> str:
    """The page to choose on; what is due is chosen unless the person said what."""
    return render_template(
        "sessions/several.html", candidates=_candidates(chosen), most=MOST, error=error
    )


def _candidates(chosen: Sequence[str] | None) -> list[Candidate]:
    local = clock.now().astimezone(ZoneInfo(current_user.time_zone))
    tracked = spot_sides_of(current_user)
    spots = spots_by_id(current_user, {spot_id for spot_id, _side in tracked})
    history = history_of(current_user, tracked)
    found: list[Candidate] = []
    free = MOST
    for spot_id, side in tracked:
        if spot_id not in spots:
            continue
        spot = spots[spot_id]
        when = due(spot.limits, history.get((spot_id, side), ()), local, local.date())
        if chosen is None:
            take = spot.guided and when.state in READY and free > 0
        else:
            take = f"{spot_id}/{side}" in chosen
        free -= take
        found.append(Candidate(spot, side, when, take))
    return found


def stops_of(texts: Sequence[str]) -> list[tuple[AnySpot, str]] | None:
    """The spots and sides named like "side-hip/left", or None where one does not exist."""
    found = []
    for text in texts:
        slug, _slash, side = text.partition("/")
        spot = find_spot(current_user, slug)
        if spot is None or side not in spot.sides:
            return None
        found.append((spot, side))
    return found
