"""Every change to a person's sessions gets a number, one higher than the change before.

The numbers are given while the change is written, whoever made it: no view can forget them.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from tracker.database import UserId, db


class Revisions(db.Model):
    """The number of a person's latest change. Who changes something holds this row meanwhile,

    so that the numbers of two phones become visible in their order.
    """

    user_id: Mapped[UserId]
    latest: Mapped[int] = mapped_column(BigInteger)


class Revised:
    """What gets a new number with each change; it has a user_id."""

    revision: Mapped[int] = mapped_column(BigInteger)


def hold(user_id: UUID) -> None:
    """Let nobody else change this person's sessions until the transaction ends."""
    _advance(db.session(), user_id, 0)


def next_revision(user_id: UUID, changes: int = 1) -> int:
    """The number of the last of so many changes that no flush sees: whoever makes them gives them.

    One is that of a session that never came; many are those of sessions deleted at once.
    """
    return _advance(db.session(), user_id, changes)


def _advance(session: Session, user_id: UUID, by: int) -> int:
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    given = dialect.insert(Revisions.__table__).values(user_id=user_id, latest=by)
    latest = Revisions.__table__.c.latest
    counted = given.on_conflict_do_update(
        index_elements=["user_id"], set_={"latest": latest + by}
    ).returning(latest)
    return int(session.connection().execute(counted).scalar_one())


@event.listens_for(db.session, "before_flush")
def _number(session: Session, _context: Any, _objects: Any) -> None:
    """Give each changed row its number, in the order in which they were made."""
    by_person: defaultdict[UUID, list[Any]] = defaultdict(list)
    for each in _changed(session):
        by_person[each.user_id].append(each)
    for user_id, changed in by_person.items():
        latest = _advance(session, user_id, len(changed))
        for behind, each in enumerate(reversed(changed)):
            each.revision = latest - behind


def _changed(session: Session) -> Iterable[Any]:
    if any(isinstance(each, Revised) for each in session.deleted):
        raise TypeError("Mark it as deleted: other phones have to hear of it.")
    new = [each for each in session.new if isinstance(each, Revised)]
    old = [each for each in session.dirty if isinstance(each, Revised)]
    return sorted(new, key=lambda each: str(getattr(each, "id", ""))) + [
        each for each in old if session.is_modified(each)
    ]


@event.listens_for(db.session, "do_orm_execute")
def _refuse_in_bulk(state: ORMExecuteState) -> None:
    """An UPDATE or DELETE over many rows would pass the numbering by."""
    mapper = state.bind_mapper
    if (state.is_update or state.is_delete) and mapper and issubclass(mapper.class_, Revised):
        raise TypeError("Change them one by one, so that each change gets its number.")
