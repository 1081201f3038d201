"""What an import leaves: the file that waits for a yes, and what came in, for its undo."""

from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Id, Instant, UserId, db


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
