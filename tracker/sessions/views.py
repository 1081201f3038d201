"""A person's sessions: prepare one, answer after it, look back, correct, delete and undo."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm, delay_label
from tracker.accounts.models import GET_READY_S
from tracker.database import db
from tracker.safety.checks import held_to, highest_at, standings
from tracker.safety.pages import before_prepare
from tracker.safety.queries import said_by
from tracker.safety.standing import SAFETY, aftercare
from tracker.safety.words import told
from tracker.sessions import words
from tracker.sessions.correct import keep, show_as_is, to_change
from tracker.sessions.deleted import mark_deleted, tombstone_of
from tracker.sessions.document import copy_of
from tracker.sessions.dose import come_back
from tracker.sessions.filling import fill, said_in, without_other_side
from tracker.sessions.forms import AfterForm, LogForm
from tracker.sessions.in_turn import InTurn, ids
from tracker.sessions.models import MassageSession
from tracker.sessions.next_day import may_answer
from tracker.sessions.pages import History, cursor_from, history_page
from tracker.sessions.prepare import for_guide, must_wait, prepare, press_test_level
from tracker.sessions.queries import (
    deleted_of,
    ever_of,
    history_of,
    page_of,
    sessions_among,
    sessions_of,
    whole,
    worse_today,
)
from tracker.sessions.revisions import hold
from tracker.spots.queries import (
    AnySpot,
    all_spots,
    find_spot,
    hurting_at,
    rhythm_of,
    spot_ids_of,
    spots_by_id,
    tracked_at,
)
from tracker.spots.words import place

bp = Blueprint("sessions", __name__)
View = str | tuple[str, int] | Response


@bp.get("/sessions/")
@login_required
def index() -> View:
    spot_id = request.args.get("spot") or None
    before = request.args.get("before")
    cursor = cursor_from(before) if before else None
    if before and cursor is None:
        abort(404)
    if spot_id and find_spot(current_user, spot_id) is None:
        abort(404)
    rows = page_of(current_user, spot_id, cursor)
    wanted = {row.spot_id for row in rows} | spot_ids_of(current_user)
    spots = spots_by_id(current_user, {*wanted, spot_id} - {None})
    page: History = history_page(rows, spots, clock.today(current_user.time_zone))
    return render_template(
        "sessions/index.html",
        page=page,
        spots=sorted(spots.values(), key=lambda spot: (spot.number or 99, spot.name)),
        chosen=spot_id,
        continued=cursor is not None,
    )


@bp.get("/sessions/new")
@login_required
def new() -> View:
    spot = find_spot(current_user, request.args.get("spot", ""))
    if spot is None:
        abort(404)
    side = request.args.get("side") or spot.sides[0]
    if side not in spot.sides:
        abort(404)
    if not spot.guided:
        return redirect(url_for("spots.show", slug=spot.id))
    now = clock.now()
    sides = [(spot.id, each) for each in spot.sides]
    history = history_of(current_user, sides, now, counted=True)
    said = said_by(current_user)
    worse = worse_today(current_user, now)
    first = before_prepare(
        current_user,
        spot,
        side,
        said,
        sum(map(len, history.values())),
        now,
        waits=all(must_wait(spot, history, current_user, now, worse)),
    )
    if first:
        return first
    stands = standings(spot, said, now)
    spot = held_to(spot, side, stands)
    mine = tracked_at(current_user, spot.id)
    prepared = prepare(spot, side, history, current_user, now, worse_today=worse, mine=mine)
    return render_template(
        "sessions/new.html",
        prepared=prepared,
        spot=spot,
        capped=told(stands[side].reasons),
        advice=[SAFETY.items[item].text for item in stands[side].advice],
        safety=SAFETY,
        guide=for_guide(prepared, current_user),
        delays=[(n, delay_label(n)) for n in GET_READY_S],
    )


@bp.route("/sessions/add", methods=["GET", "POST"])
@login_required
def add() -> View:
    spots = {spot.id: spot for spot in all_spots(current_user)}
    now = clock.now()
    blank = {"id": str(uuid7()), "spot": request.args.get("spot", "")}
    form = LogForm(spots, now, current_user.time_zone, data=blank)
    without_other_side(form)
    if form.validate_on_submit():
        return redirect(url_for("sessions.show", session_id=_keep_by_hand(form, now)), 303)
    page = render_template("sessions/add.html", form=form)
    return page, 422 if form.errors else 200


def _keep_by_hand(form: LogForm, now: datetime) -> UUID:
    """Keep what was noted, and give its id; the same form sent again is one session."""
    session_id, said = UUID(form.id.data), said_in(form)
    massage = MassageSession(
        user_id=current_user.id,
        id=session_id,
        entry="manual",
        received_at=now,
        spot_id=form.spot.data,
        time_zone=current_user.time_zone,
    )
    fill(massage, said)
    if tombstone_of(current_user, session_id) is None:
        db.session.add(massage)
    try:
        db.session.commit()
    except IntegrityError:  # this form was sent before
        db.session.rollback()
        if same := _noted_before(form.spot.data, said):
            return same
        form.id.data = str(uuid7())  # something else on a page gone back to is new
        flash(_("Kept as another session: the one you saved before is still there."))
        return _keep_by_hand(form, now)
    return session_id


def _noted_before(spot_id: str, said: Mapping[str, Any]) -> UUID | None:
    """The session by hand that says just this; nobody adds one until the transaction ends."""
    hold(current_user.id)
    when = {name: said[name] for name in ("started_at", "ended_at")}  # the database knows zones
    mine = whole(ever_of(current_user)).filter_by(entry="manual", spot_id=spot_id, **when)
    rest = said.keys() - when.keys()
    alike = (
        each.id
        for each in db.session.scalars(mine)
        if all(getattr(each, name) == said[name] for name in rest)
    )
    return next(alike, None)


@bp.get("/sessions/<uuid:session_id>")
@login_required
def show(session_id: UUID) -> View:
    massage = _mine(session_id)
    spot = _spot_of(massage)
    local = clock.now().astimezone(ZoneInfo(current_user.time_zone))
    past = history_of(current_user, [(spot.id, massage.side)], local)[spot.id, massage.side]
    return render_template(
        "sessions/show.html",
        massage=massage,
        spot=spot,
        place=place(spot.name, massage.side),
        latest=bool(past) and past[0].started_at == massage.started_at,
        next_day=may_answer(massage.started_at, clock.now()),
        due=come_back(
            spot.limits,
            past,
            local,
            local.date(),
            **rhythm_of(current_user, spot.id, massage.side),
        ),
        also=_listed(ids(request.args.getlist("also"))),
        aftercare=aftercare(spot.id, massage.peak_level),
        words=words,
        form=EmptyForm(),
    )


@bp.route("/sessions/<uuid:session_id>/after", methods=["GET", "POST"])
@login_required
def after(session_id: UUID) -> View:
    massage = to_change(session_id)
    spot = _spot_of(massage)
    turn = InTurn.of(request.args)
    same_area = _asked_in_same_area(turn, massage)
    form = _after_form(massage, spot, same_area)
    if form.validate_on_submit():
        told = keep(massage, form, _after_form(massage, spot, same_area, formdata=None))
        if same_area:
            massage.pain_after = same_area.pain_after
        db.session.commit()
        if told:
            flash(told)
        _say_in_turn(turn, massage, spot)
        return redirect(_next_in_turn(turn, massage), 303)
    show_as_is(form)
    page = render_template(
        "sessions/after.html",
        form=form,
        massage=massage,
        spot=spot,
        turn=turn,
        place=place(spot.name, massage.side),
        advice=words.advice_after(massage.ended_by, massage.quality),
        aftercare=aftercare(spot.id, massage.peak_level),
        test_level=_test_level(massage, spot),
        words=words,
        on_phone=_on_phone(massage, same_area),
        following=_next_in_turn(turn, massage),
    )
    return page, 422 if form.errors else 200


def _after_form(
    massage: MassageSession, spot: AnySpot, same_area: MassageSession | None, **kwargs: Any
) -> AfterForm:
    form = AfterForm(spot, obj=massage, **kwargs)
    if massage.other_side_before is None:
        without_other_side(form)
    if same_area:
        del form.pain_after
    if spot.limits.opt_in_only:  # nobody is asked to press there to find out
        del form.tenderness_after
    return form


def _on_phone(massage: MassageSession, same_area: MassageSession | None) -> dict[str, Any]:
    """What a phone needs to keep the answers before it sends them; `also` is not asked again."""
    also = {"pain_after": same_area.pain_after} if same_area else {}
    return {"owner": str(massage.user_id), "session": copy_of(massage), "also": also}


def _asked_in_same_area(turn: InTurn, massage: MassageSession) -> MassageSession | None:
    """The session of this turn after which pain in the same region was asked."""
    before = sessions_among(current_user, turn.done)
    if not before:
        return None
    where = {each.id: (each.spot_id, each.side) for each in (massage, *before)}
    area = hurting_at(current_user, where.values())
    here = area[where[massage.id]]
    return next((each for each in before if area.get(where[each.id]) == here), None)


def _say_in_turn(turn: InTurn, massage: MassageSession, spot: AnySpot) -> None:
    """What an answer calls for, at once: alone it stands on the page that comes next anyway.

    What it ended by was said while it was asked about.
    """
    advice = words.advice_after(massage.ended_by, massage.quality)
    if advice and (turn.then or turn.done) and not words.ended_advice(massage.ended_by):
        where = place(spot.name, massage.side)
        flash(" ".join([f"{where}.", advice[0], *advice[1]]), "follows")


def _next_in_turn(turn: InTurn, massage: MassageSession) -> str:
    known = [each.id for each in sessions_among(current_user, turn.then)]
    following, left = turn.after(massage.id, known)
    if following:
        return url_for("sessions.after", session_id=following, **left.query)
    first, *others = left.done
    return url_for("sessions.show", session_id=first, also=others)


@bp.post("/sessions/<uuid:session_id>/delete")
@login_required
def remove(session_id: UUID) -> View:
    massage = _mine(session_id)
    mark_deleted(current_user, massage, clock.now())
    db.session.commit()
    undo = render_template("sessions/_undo.html", massage=massage, form=EmptyForm())
    flash(Markup(undo), "undo")
    return redirect(url_for("sessions.index"), 303)


@bp.post("/sessions/<uuid:session_id>/restore")
@login_required
def restore(session_id: UUID) -> View:
    massage = db.first_or_404(deleted_of(current_user).where(MassageSession.id == session_id))
    massage.deleted_at = None
    db.session.commit()
    flash(_("It is back."))
    return redirect(url_for("sessions.show", session_id=session_id), 303)


def _listed(others: Collection[UUID]) -> list[tuple[str, MassageSession]]:
    """The other sessions of the same turn, each with its place."""
    found = sessions_among(current_user, others)
    spots = spots_by_id(current_user, (each.spot_id for each in found))
    return [(place(spots[each.spot_id].name, each.side), each) for each in found]


def _mine(session_id: UUID) -> MassageSession:
    return db.first_or_404(whole(sessions_of(current_user)).where(MassageSession.id == session_id))


def _spot_of(massage: MassageSession) -> AnySpot:
    return find_spot(current_user, massage.spot_id) or abort(404)


def _test_level(massage: MassageSession, spot: AnySpot) -> int:
    """The level of the press before; where there was none, Light or the cap."""
    if massage.tenderness_level:
        return massage.tenderness_level
    highest = highest_at(spot, massage.side, said_by(current_user), clock.now())
    return min(press_test_level(tracked_at(current_user, spot.id)), highest)
