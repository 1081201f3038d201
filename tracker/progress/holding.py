"""What a test holds follows whatever can end it, whoever changed that: no view can forget it.

Sessions, ratings, answers about safety and the list know nothing of tests; so it is looked at
while the change is kept, and only for somebody whose test runs.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.progress.trials import LOOKED_AFTER, ended_of, plan_of, running_of
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.sessions.models import MassageSession
from tracker.spots.queries import ever_tracked_of

CAN_END = (MassageSession, DailyRating, AnsweredGate, ListedCondition)
CHANGED = "whose test may have ended"


def hold_what_runs(user: User) -> None:
    """Let the spot of the running test hold its target and its days, and no other spot.

    A test that something that protects ended holds nothing any more, though it is to be looked at.
    """
    trial = running_of(user)
    drawn = plan_of(trial) if trial else None
    user.trial_until = drawn.last + LOOKED_AFTER if drawn else None
    if trial and drawn and ended_of(user, trial, drawn, db.session.connection()):
        drawn = None
    for each in db.session.scalars(ever_tracked_of(user)):
        here = trial and drawn and (each.spot_id, each.side) == (trial.spot_id, trial.side)
        each.held_target = trial.target if here else None
        each.held_from = drawn.start if here else None
        each.held_until = drawn.last if here else None
        each.free_days = drawn.free_days() if here else None


@event.listens_for(db.session, "after_flush")
def _note(session: Session, _context: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    whose = {each.user_id for each in changed if isinstance(each, CAN_END)}
    session.info.setdefault(CHANGED, set()).update(whose)


@event.listens_for(db.session, "before_commit")
def _hold(session: Session) -> None:
    session.flush()
    for user_id in session.info.pop(CHANGED, ()):
        user = session.get(User, user_id)
        if user and user.trial_until:
            hold_what_runs(user)


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(CHANGED, None)
