"""What a person recognised as their own pain, and where they felt it."""

from collections.abc import Collection

from sqlalchemy import func, select

from tracker.accounts.models import User
from tracker.database import db
from tracker.sessions.models import MassageSession
from tracker.spots.catalog import catalog

LATELY = 200  # sessions; where it was felt long ago says little of today


def recognised_by(user: User, sides: Collection[str]) -> dict[str, str]:
    """The latest answer to "is this your pain?" on these sides of each spot of the catalogue."""
    nth = func.row_number().over(
        partition_by=MassageSession.spot_id, order_by=MassageSession.started_at.desc()
    )
    answers = (
        select(MassageSession.spot_id, MassageSession.your_pain, nth.label("nth"))
        .where(MassageSession.user_id == user.id)
        .where(MassageSession.deleted_at.is_(None), MassageSession.your_pain.is_not(None))
        .where(MassageSession.side.in_(sides))
        .subquery()
    )
    latest = select(answers.c.spot_id, answers.c.your_pain).where(answers.c.nth == 1)
    return {id_: said for id_, said in db.session.execute(latest) if id_ in catalog().spots}


def felt_by(user: User, sides: Collection[str]) -> dict[str, set[str]]:
    """The regions in which each spot was felt when pressed on these sides, of the last sessions."""
    lately = (
        select(MassageSession.spot_id, MassageSession.felt_in)
        .where(MassageSession.user_id == user.id, MassageSession.deleted_at.is_(None))
        .where(MassageSession.side.in_(sides))
        .order_by(MassageSession.started_at.desc())
        .limit(LATELY)
    )
    felt: dict[str, set[str]] = {}
    for spot_id, regions in db.session.execute(lately):
        if regions and spot_id in catalog().spots:
            felt.setdefault(spot_id, set()).update(set(regions) & catalog().regions.keys())
    return felt
