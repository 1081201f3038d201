"""A fair test or a quick look, from what it asks of a person to what came of it."""

from datetime import date, timedelta
from random import SystemRandom
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import db
from tracker.dates import day
from tracker.days.queries import notes_between
from tracker.days.tracked import asked_side, can_be_asked_at
from tracker.days.words import region_place
from tracker.progress.fair_sentences import about_test
from tracker.progress.fair_test import draw
from tracker.progress.goes_first import goes_first, rests
from tracker.progress.holding import hold_what_runs
from tracker.progress.models import Trial
from tracker.progress.plans import Plan
from tracker.progress.trial_days import days_shown, in_rows
from tracker.progress.trial_forms import WHY, BeginForm, StopForm
from tracker.progress.trials import (
    course_of,
    ended_of,
    is_left_out,
    plan_of,
    running_of,
    set_below,
    trials_of,
)
from tracker.safety.checks import closed_sides, held_to, standings
from tracker.safety.queries import said_by
from tracker.sessions.prepare import usual_tool
from tracker.sessions.protocol import RUNGS, plan
from tracker.sessions.queries import history_of
from tracker.sessions.words import level_word
from tracker.spots.chosen import capped, hurting
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import find_spot, hurting_at, spots_by_id, tracked_of
from tracker.spots.words import place

bp = Blueprint("trials", __name__, url_prefix="/progress/tests")
View = str | tuple[str, int] | Response


@bp.route("/", methods=["GET", "POST"])
@login_required
def index() -> View:
    today = clock.today(current_user.time_zone)
    running = running_of(current_user)
    if running and _is_over(running, today):
        running = None
    places, resting = _places()
    form = BeginForm(places, today, data={"start": BeginForm.tomorrow(today)})
    if not running and places and form.validate_on_submit():
        return _begin(form, today)
    page = render_template(
        "progress/tests/index.html",
        form=form,
        running=running,
        running_place=_place(running) if running else "",
        places=places,
        resting=resting,
        past=[(each, _place(each)) for each in db.session.scalars(trials_of(current_user))],
        dated=lambda on: day(on, "d MMM y"),
    )
    return page, 422 if form.errors else 200


def _begin(form: BeginForm, today: date) -> View:
    """Draw the order, keep it, and let the spot hold its target and its free days."""
    spot_id, _slash, side = form.place.data.partition("/")
    tracked = next(
        each
        for each in db.session.scalars(tracked_of(current_user))
        if (each.spot_id, each.side) == (spot_id, side)
    )
    spot = find_spot(current_user, spot_id)
    assert spot  # it is one of the places to choose from
    old = running_of(current_user)
    if old:
        _close(old)
    order = draw(SystemRandom()) if form.kind.data == "fair" else ()
    drawn = Plan(form.kind.data, form.start.data, order)
    trial = Trial(
        user_id=current_user.id,
        id=uuid7(),
        kind=form.kind.data,
        spot_id=spot_id,
        side=side,
        region=hurting_at(current_user, [(spot_id, side)])[spot_id, side],
        starts_on=form.start.data,
        order="".join("01"[first] for first in order),
        drawn_at=clock.now(),
        target=_target(tracked, drawn.first_massage),
    )
    db.session.flush()
    db.session.add(trial)
    try:
        hold_what_runs(current_user)
        db.session.commit()
    except IntegrityError:  # begun in another tab at the same moment
        db.session.rollback()
        flash(_("A test is running already."))
        return redirect(url_for("trials.index"), 303)
    return redirect(url_for("trials.show", trial_id=trial.id), 303)


def _target(tracked: TrackedSpot, first: date) -> int:
    """How far its first session would go with the usual tool: that is what is held."""
    now = clock.now()
    spot = find_spot(current_user, tracked.spot_id)
    assert spot
    spot = held_to(spot, tracked.side, standings(spot, said_by(current_user), now))
    where = (spot.id, tracked.side)
    past = history_of(current_user, [where], now).get(where, ())
    made = plan(
        capped(spot.limits, tracked.level_cap),
        past,
        first,
        RUNGS[usual_tool(spot, past)],
        gentle_only=current_user.gentle_only,
        kept_gentle=spot.gentle,
        opted_in=True,
    )
    return made.target


def _places() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Where a test can be done: on the list, guided, open, and asked about day by day.

    And where it could, but for a rest that lasts beyond tomorrow, each with the reason.
    """
    now = clock.now()
    said = said_by(current_user)
    listed = [each for each in db.session.scalars(tracked_of(current_user)) if not each.paused_at]
    spots = spots_by_id(current_user, {each.spot_id for each in listed})
    tomorrow = now + timedelta(days=1)
    why = rests(current_user, [(each.spot_id, each.side) for each in listed], tomorrow)
    found, resting = [], []
    for each in listed:
        spot, side = spots.get(each.spot_id), each.side
        if spot is None or not spot.guided:
            continue
        if not can_be_asked_at(hurting(each, spot.region), side):
            continue
        if side in closed_sides(standings(spot, said, now)):
            continue
        if (spot.id, side) in why:
            resting.append((place(spot.name, side), why[spot.id, side]))
        else:
            found.append((f"{spot.id}/{side}", place(spot.name, side)))
    return found, resting


@bp.get("/<uuid:trial_id>")
@login_required
def show(trial_id: UUID) -> View:
    return _page(_mine(trial_id), StopForm())


@bp.post("/<uuid:trial_id>/stop")
@login_required
def stop(trial_id: UUID) -> View:
    trial = _mine(trial_id)
    form = StopForm()
    if not form.validate_on_submit():
        page = _page(trial, form)
        return page, 422
    today = clock.today(current_user.time_zone)
    if trial.closed_at is None:
        over = _is_over(trial, today)
        if not over:
            trial.stopped_on, trial.why = today, form.why.data
        _close(trial)
        db.session.commit()
    return redirect(url_for("trials.show", trial_id=trial.id), 303)


@bp.post("/<uuid:trial_id>/delete")
@login_required
def delete(trial_id: UUID) -> View:
    trial = _mine(trial_id)
    if EmptyForm().validate_on_submit():
        if trial.closed_at is None:
            _close(trial)
        db.session.delete(trial)
        db.session.commit()
        flash(_("The test is deleted. Your sessions and ratings stay."))
    return redirect(url_for("trials.index"), 303)


def _close(trial: Trial) -> None:
    """Nothing is held any more; what Today says of it ends with it, and what ended it stays."""
    ended = ended_of(current_user, trial, plan_of(trial), db.session.connection())
    if ended and trial.stopped_on is None:
        trial.stopped_on, trial.why = ended.on, ended.why
    trial.closed_at = clock.now()
    hold_what_runs(current_user)


def _page(trial: Trial, form: StopForm) -> str:
    today = clock.today(current_user.time_zone)
    course = course_of(current_user, trial)
    drawn = course.plan
    shown = days_shown(course, today)
    over = today > drawn.last or course.stopped is not None
    last = min(course.stopped or drawn.last, drawn.last, today)
    notes = notes_between(current_user, drawn.start, last)
    medicine = {on for on, note in notes.items() if note.medicine_change}
    scored_side = asked_side(trial.region, trial.side)
    below = None if over else set_below(current_user, trial)
    planned = drawn.day(today) if not over else None
    due = planned and planned.massage_due and today not in course.done
    return render_template(
        "progress/tests/show.html",
        trial=trial,
        place=_place(trial),
        said=about_test(drawn, course.stopped, course.diary, today, medicine),
        begun=today >= drawn.start,
        over=over,
        stopped=course.stopped,
        by_safety=course.by_safety,
        told=course.told,
        why=_(WHY[trial.why]) if trial.why in WHY else None,
        today=planned,
        due=due,
        goes_first=goes_first(current_user, trial, clock.now()) if due else None,
        tomorrow=drawn.day(today + timedelta(days=1)) if not over else None,
        level=level_word(trial.target),
        scored=region_place(trial.region, scored_side),
        scored_side=scored_side,
        less_far=", ".join(day(on, "EEE d MMM") for on in course.less_far),
        left_out=not over and is_left_out(current_user, trial),
        lowered_to=level_word(below) if below else None,
        rows=in_rows(shown, trial.kind),
        days=[each for each in shown if each.planned],
        notes=sorted(notes.items()),
        form=form,
        dated=lambda on: day(on, "EEE d MMM"),
        on_day=lambda on: day(on, "EEEE d MMMM"),
        last=drawn.last,
    )


def _is_over(trial: Trial, today: date) -> bool:
    course = course_of(current_user, trial)
    return today > course.plan.last or course.stopped is not None


def _mine(trial_id: UUID) -> Trial:
    return db.first_or_404(trials_of(current_user).where(Trial.id == trial_id))


def _place(trial: Trial) -> str:
    spot = find_spot(current_user, trial.spot_id)
    return place(spot.name if spot else trial.spot_id, trial.side)
