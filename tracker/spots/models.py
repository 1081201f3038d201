"""The spots a person works on, and the ones they added themselves."""

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Code, Id, Instant, UserId, db


class OwnSpot(db.Model):
    """A spot a person added: where it is, where it is felt, and what they noted."""

    user_id: Mapped[UserId]
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    region: Mapped[Code]
    felt_in: Mapped[list[str]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Instant]


class TrackedSpot(db.Model):
    """A spot and side a person has chosen to work on."""

    user_id: Mapped[UserId]
    spot_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    side: Mapped[str] = mapped_column(String(8), primary_key=True)
    since: Mapped[Instant]
