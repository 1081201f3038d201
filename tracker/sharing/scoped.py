"""What is within a scope, for every query that takes something out of the house."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from tracker.accounts.models import User
from tracker.checkins.models import OverallChange
from tracker.database import db
from tracker.days.models import Activity
from tracker.sessions.models import MassageSession
from tracker.sharing.scope import Scope


def within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """What holds for the sessions that are shown."""
    spots = MassageSession.spot_id.in_(scope.spots)
    return spots, MassageSession.local_date.between(scope.first, scope.last)


def said_within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """What holds for the overall changes that are shown."""
    spots = OverallChange.spot_id.in_(scope.spots)
    return spots, OverallChange.local_date.between(scope.first, scope.last)


def activity_names(user: User) -> dict[UUID, str]:
    """What this person called their activities, the ended ones too."""
    mine = select(Activity.id, Activity.name).where(Activity.user_id == user.id)
    return dict(db.session.execute(mine).all())
