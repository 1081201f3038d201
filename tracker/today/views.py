"""Today: what is due and why, and the week as seven quiet dots. Signed out: the landing page."""

from flask import Blueprint, render_template
from flask_login import current_user

from tracker import clock
from tracker.dates import day
from tracker.language import gettext as _
from tracker.progress.plans import DAYS, PlannedDay
from tracker.sessions import words
from tracker.sessions.dose import DueState
from tracker.spots.words import place, side_word
from tracker.today.board import Board, Card, board_for

bp = Blueprint("today", __name__)
WEEK = 7  # days; further ahead, a weekday has its date beside it


@bp.get("/")
def today() -> str:
    if not current_user.is_authenticated:
        return render_template("today/landing.html")
    return render_template("today/today.html", board=board_for(current_user, clock.now()))


@bp.app_template_filter()
def card_place(card: Card) -> str:
    return place(card.spot.name, card.side)


@bp.app_template_filter()
def card_state(card: Card) -> str:
    """One short word on whether to start."""
    if card.closed:
        return _("Closed")
    if not card.spot.guided:
        return _("To log by hand")
    return {
        DueState.NEVER: _("To try"),
        DueState.DUE: _("Due today"),
        DueState.SOON: _("Resting"),
        DueState.WAIT: _("Resting"),
    }[card.due.state]


@bp.app_template_filter()
def card_line(card: Card) -> str:
    """Which side, how long ago, and where it opens or when it rests, in a sentence or two."""
    side = side_word(card.side).capitalize()
    if card.closed:
        return _("%(side)s. Closed because of what you told Sweetspot.", side=side)
    told = words.due_sentence(card.best)
    if told:
        return _("%(side)s. %(why)s", side=side, why=told)
    if not card.opens or not card.startable:
        return _("%(side)s. %(why)s.", side=side, why=card.reason)
    return _("%(side)s. %(why)s; %(opens)s.", side=side, why=card.reason, opens=card.opens)


@bp.app_template_filter()
def trial_line(board: Board) -> str:
    """What the person's test has for today, in a line that fits its spot's card."""
    assert board.trial
    test, planned = board.trial.trial, board.trial.day
    name = _("Fair test") if test.kind == "fair" else _("Quick look")
    if board.trial.over:
        return _("%(name)s: it is over. See what came of it.", name=name)
    if planned is None:
        begins = day(test.starts_on, "EEEE d MMMM")
        return _("%(name)s: begins on %(day)s.", name=name, day=begins)
    days = DAYS[test.kind]
    return _(
        "%(name)s, day %(n)d of %(all)d: %(said)s.",
        name=name,
        n=planned.number,
        all=days,
        said=_planned_words(planned, board.tested),
    )


def _planned_words(planned: PlannedDay, card: Card | None) -> str:
    if not planned.massage_due:
        return _("no massage today")
    if card and card.due.last_date == planned.on:
        return _("today's massage is done")
    if card and (card.closed or card.due.state in {DueState.WAIT, DueState.SOON}):
        return _("a massage was planned, but what protects you goes first")
    return _("massage today")


@bp.app_template_filter()
def card_short(card: Card) -> str:
    if card.closed:
        return _("closed because of what you told Sweetspot")
    if on := card.best.next_date:
        ahead = (on - clock.today(current_user.time_zone)).days
        if not ahead:
            return _("due later today")
        return _("due %(day)s", day=day(on, "EEEE" if ahead < WEEK else "EEEE d MMMM"))
    return card.reason
