"""What becomes of a deleted session: it waits for its undo, then only its mark is left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from tracker.accounts.models import User
from tracker.database import db
from tracker.sessions.models import MassageSession, Tombstone
from tracker.sessions.revisions import hold, next_revision

KEEP_DELETED = timedelta(days=7)
AT_ONCE = 1000  # ids in one statement


def mark_deleted(user: User, massage: MassageSession, now: datetime) -> None:
    """Delete a session of this person's, and wipe what they deleted more than a week ago."""
    massage.deleted_at = now
    db.session.flush()  # from here on nobody else changes this person's sessions
    wipe(user, now)


def mark_all_deleted(user: User, ids: Sequence[UUID], now: datetime) -> int:
    """The same for those of these sessions that are still there; how many that were."""
    hold(user.id)
    marked = sum(
        _mark(user, ids[first : first + AT_ONCE], now) for first in range(0, len(ids), AT_ONCE)
    )
    wipe(user, now)
    return marked


def _mark(user: User, ids: Sequence[UUID], now: datetime) -> int:
    """Each gets a number of its own, as if it were deleted by hand after the one before it."""
    row = MassageSession.__table__
    here = (row.c.user_id == user.id) & row.c.deleted_at.is_(None) & row.c.id.in_(ids)
    count = db.session.scalar(select(func.count()).where(here)) or 0
    before = next_revision(user.id, count) - count
    place = func.row_number().over(order_by=row.c.id)
    numbered = select(row.c.id, (place + before).label("revision")).where(here).subquery()
    values = {"deleted_at": now, "revision": numbered.c.revision}
    these = (row.c.user_id == user.id) & (row.c.id == numbered.c.id)
    db.session.execute(update(row).where(these).values(values))
    return count


def bury(user: User, session_id: UUID, now: datetime) -> None:
    """Let a session that never came stay away: it may have been sent, and be late."""
    revision = next_revision(user.id)
    db.session.add(Tombstone(user_id=user.id, id=session_id, revision=revision, deleted_at=now))


def unbury(user: User, session_id: UUID) -> None:
    """Make room for a session that its owner brings back from a file of theirs."""
    marks = Tombstone.__table__
    here = (marks.c.user_id == user.id) & (marks.c.id == session_id)
    db.session.execute(delete(marks).where(here))


def wipe(user: User, now: datetime) -> None:
    """Leave of each session deleted more than a week ago no more than that it was deleted.

    Its number stays as it is: the phones were told when it was deleted.
    """
    old = MassageSession.__table__
    gone = (old.c.user_id == user.id) & (old.c.deleted_at < now - KEEP_DELETED)
    names = ("user_id", "id", "revision", "deleted_at")
    left = select(*(old.c[name] for name in names)).where(gone)
    db.session.execute(insert(Tombstone.__table__).from_select(names, left))
    db.session.execute(delete(old).where(gone))


def tombstone_of(user: User, session_id: UUID) -> Tombstone | None:
    """What is left of a session of this person's that was wiped."""
    mine = select(Tombstone).where(Tombstone.user_id == user.id)
    return db.session.scalar(mine.where(Tombstone.id == session_id))
