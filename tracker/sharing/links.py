"""Giving out a link and finding it again: by its owner, or by somebody who holds its token."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select, update

from tracker.accounts.models import User
from tracker.database import db
from tracker.reminders.address import hashed
from tracker.sharing.models import LinkToken, SharedLink
from tracker.sharing.scope import PARTS, Scope

NOBODY = UUID(int=0)
LISTED = 20  # most that may be open at once, and most of the others on their page


def links_of(user: User) -> Select[tuple[SharedLink]]:
    """The links this person gave out, the newest first."""
    mine = select(SharedLink).where(SharedLink.user_id == user.id)
    return mine.order_by(SharedLink.created_at.desc(), SharedLink.id)


def open_links_of(user: User, now: datetime) -> Sequence[SharedLink]:
    """Those that still open."""
    return db.session.scalars(links_of(user).where(_opens(now))).all()


def listed_links_of(user: User, now: datetime) -> list[SharedLink]:
    """What their page lists: all that still open, then the newest of the others."""
    over = links_of(user).where(~_opens(now)).limit(LISTED)
    return [*open_links_of(user, now), *db.session.scalars(over)]


def _opens(now: datetime) -> ColumnElement[bool]:
    return and_(SharedLink.ended_at.is_(None), SharedLink.ends_at > now)


def give_out(
    user: User, link_id: UUID, token: str, scope: Scope, last: date | None, days: int, now: datetime
) -> SharedLink:
    """A new link; its token is kept as a hash only, so this is the one time it is known."""
    link = SharedLink(
        user_id=user.id,
        id=link_id,
        name=scope.name,
        spots=list(scope.spots),
        parts=list(scope.parts),
        first=scope.first,
        last=last,
        created_at=now,
        ends_at=now + timedelta(days=days),
        opened=0,
    )
    found = LinkToken(token_hash=hashed(token), user_id=user.id, link_id=link_id)
    db.session.add_all([link, found])
    return link


def behind(token: str) -> tuple[UUID, UUID]:
    """Whose link it is and which; nobody's for a token that is none, after the same work."""
    row = db.session.get(LinkToken, hashed(token))
    return (row.user_id, row.link_id) if row else (NOBODY, NOBODY)


def standing_link(user_id: UUID, link_id: UUID, now: datetime) -> SharedLink | None:
    """The link, unless it is over, was ended, or never was; the same work in each case."""
    link = db.session.get(SharedLink, (user_id, link_id))
    return link if link and link.ended_at is None and link.ends_at > now else None


def note_opened(link: SharedLink, now: datetime) -> None:
    """Count one more opening, also when two open it at once."""
    key = SharedLink.user_id == link.user_id, SharedLink.id == link.id
    counted = {"opened": SharedLink.opened + 1, "opened_at": now}
    db.session.execute(update(SharedLink).where(*key).values(counted))


def scope_of(link: SharedLink, today: date) -> Scope:
    """What the link shows on that day."""
    return Scope(
        spots=tuple(link.spots),
        first=link.first,
        last=link.last or today,
        parts=tuple(part for part in PARTS if part in link.parts),
        name=link.name,
    )
