"""Links a person gave out, and the small table in which their addresses are looked up."""

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Uuid, text
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
