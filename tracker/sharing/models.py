"""Links a person gave out, and files they bring back until they said yes."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Id, Instant, UserId, db


class SharedLink(db.Model):
    """What one link shows, from when to when, and how often it was opened.

    Without a last day it goes on to the day on which it is looked at.
    """

    user_id: Mapped[UserId]
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    spots: Mapped[list[str]] = mapped_column(JSON)
    parts: Mapped[list[str]] = mapped_column(JSON)
    first: Mapped[date]
    last: Mapped[date | None]
    created_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    opened: Mapped[int] = mapped_column(server_default=text("0"))
    opened_at: Mapped[Instant | None]


OfAccount = Annotated[
    UUID, mapped_column(Uuid, ForeignKey("account.id", ondelete="CASCADE"), index=True)
]


class LinkToken(db.Model):
    """Whose link a token opens; looked up without knowing the person. Only its hash is kept."""

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[OfAccount]
    link_id: Mapped[UUID] = mapped_column(Uuid)


class Upload(db.Model):
    """A file between its preview and the yes, an hour at most; only its owner reaches it."""

    user_id: Mapped[UserId]
    id: Mapped[Id]
    made_at: Mapped[Instant]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    matched: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # columns of a foreign table


class BroughtIn(db.Model):
    """A foreign table that came in, with the ids of the sessions it added."""

    user_id: Mapped[UserId]
    id: Mapped[Id]
    made_at: Mapped[Instant]
    name: Mapped[str] = mapped_column(String(200))
    added: Mapped[list[str]] = mapped_column(JSON)
