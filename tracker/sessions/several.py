"""Choosing several spots for one session, to be done in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import delay_label
from tracker.accounts.models import GET_READY_S
from tracker.safety.checks import closed_sides, sheet_for, standings
from tracker.safety.pages import blank_form, help_page, sheet_page
from tracker.safety.queries import said_by
from tracker.safety.standing import State
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, due
from tracker.sessions.in_turn import area_words
from tracker.sessions.itinerary import Stop, check
from tracker.sessions.queries import done_at, history_of, worse_today
from tracker.sessions.rules import RULES
from tracker.sessions.turn import Ready, for_guide, look
from tracker.spots.chosen import rhythm
from tracker.spots.queries import AnySpot, chosen_of, find_spot, spots_by_id, tracked_at
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
    paused: bool = False
    closed: bool = False

    @property
    def stop(self) -> str:
        return f"{self.spot.id}/{self.side}"

    @property
    def name(self) -> str:
        return place(self.spot.name, self.side)

    @property
    def startable(self) -> bool:
        return self.spot.guided and not self.closed and self.due.state is not DueState.WAIT

    @property
    def told(self) -> str | None:
        if self.closed:
            return _("Closed for now, because of what you told Sweetspot.")
        return words.due_sentence(self.due) or (_("You paused this one.") if self.paused else None)


@bp.get("/sessions/several")
@login_required
def choose() -> str:
    return _choosing()


def _choosing(chosen: Sequence[str] | None = None, error: str | None = None) -> str:
    """The page to choose on; what is due is chosen unless the person said what."""
    return render_template(
        "sessions/several.html", candidates=_candidates(chosen), most=MOST, error=error
    )


def _candidates(chosen: Sequence[str] | None) -> list[Candidate]:
    local = clock.now().astimezone(ZoneInfo(current_user.time_zone))
    tracked = chosen_of(current_user)
    spots = spots_by_id(current_user, {one.spot_id for one in tracked})
    history = history_of(current_user, [(one.spot_id, one.side) for one in tracked], local)
    worse = worse_today(current_user, local)
    said = said_by(current_user)
    found: list[Candidate] = []
    free = MOST
    for one in tracked:
        if one.spot_id not in spots:
            continue
        spot, paused = spots[one.spot_id], one.paused_at is not None
        closed = one.side in closed_sides(standings(spot, said, local))
        when = due(
            spot.limits,
            history.get((one.spot_id, one.side), ()),
            local,
            local.date(),
            worse_today=worse,
            **rhythm(one),
        )
        if chosen is None:
            may = spot.guided and when.state in READY and not paused and not closed
            take = may and free > 0
        else:
            take = f"{one.spot_id}/{one.side}" in chosen
        free -= take
        found.append(Candidate(spot, one.side, when, take, paused, closed))
    return found


@bp.get("/sessions/together")
@login_required
def prepare() -> str | tuple[str, int] | Response:
    """Prepare for several: what stands in the way of one leaves that one out, and says so."""
    asked = list(dict.fromkeys(request.args.getlist("stop")))
    places = [_place_of(text) for text in asked]
    if not 0 < len(places) <= MOST:
        return _choosing(asked, _("Choose up to %(n)s, and at least one.", n=MOST)), 422
    if len(places) == 1:
        spot, side = places[0]
        return redirect(url_for("sessions.new", spot=spot.id, side=side))
    now = clock.now()
    said = said_by(current_user)
    found = [
        look(spot, side, said, now, tracked_at(current_user, spot.id)) for spot, side in places
    ]
    if any(each.state is State.EMERGENCY for each in found):
        return help_page(said, now)
    sides = [(spot.id, side) for spot, side in places]
    history = history_of(current_user, sides, now, counted=True)
    worse = worse_today(current_user, now)
    planned = [each.planned(history, current_user, now, worse) for each in found]
    spots = [each.spot for each in planned if each.plan]
    sheet = sheet_for(spots, said, done_at(current_user, [spot.id for spot in spots]), now)
    if spots and sheet:
        return sheet_page(*places[0], sheet, blank_form(sheet), asked)
    ready = [each for each in planned if each.plan]
    return _page(ready, [each for each in planned if not each.plan])


def _page(ready: list[Ready], left_out: list[Ready]) -> str:
    stops = [Stop(each.plan, each.is_new) for each in ready if each.plan]
    whole = check(stops, current_user.gap_s)
    return render_template(
        "sessions/together.html",
        ready=ready,
        left_out=left_out,
        areas=area_words(each.area for each in ready),
        notes=[words.itinerary_note(note, whole.total_s) for note in whole.notes],
        early=bool(whole.notes) or any(each.early for each in ready),
        total_s=whole.total_s,
        guide=for_guide(ready, current_user),
        delays=[(n, delay_label(n)) for n in GET_READY_S],
    )


def _place_of(text: str) -> tuple[AnySpot, str]:
    """The spot and side named like "side-hip/left"; 404 where there is none."""
    slug, _slash, side = text.partition("/")
    spot = find_spot(current_user, slug)
    if spot is None or side not in spot.sides:
        abort(404)
    return spot, side
