"""The spots a person works on, and the ones they added themselves."""

from datetime import date
from typing import Annotated

from sqlalchemy import JSON, Float, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Code, Id, Instant, Rating, UserId, db

Place = Annotated[float, mapped_column(Float)]


class OwnSpot(db.Model):
    """A spot a person added: where it is, where it is felt, and what they noted.

    x and y are where it lies in a view of the body, in its units, on the left; on the right it is
    the mirror image. Blank until it is placed.
    """

    user_id: Mapped[UserId]
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    region: Mapped[Code]
    felt_in: Mapped[list[str]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Instant]
    view: Mapped[str | None] = mapped_column(String(16))
    x: Mapped[Place | None]
    y: Mapped[Place | None]


class TrackedSpot(db.Model):
    """A spot and side a person has chosen to work on, and what they set for it.

    Their order is by position, the oldest choice first where that is the same. level_cap is 1-4,
    days_between 1-14, blank where the protocol decides; hurts_in is the region that the day's
    question is about, blank where that is the one they press; the mark is in units of the body's
    view.
    Once a test is drawn there, held_target (1-4) is held until its last day; its days are held_from
    to held_until, and free_days are the dates (ISO) that it keeps without massage.
    """

    user_id: Mapped[UserId]
    spot_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    side: Mapped[str] = mapped_column(String(8), primary_key=True)
    since: Mapped[Instant]
    position: Mapped[int] = mapped_column(server_default=text("0"))
    level_cap: Mapped[Rating | None]
    days_between: Mapped[Rating | None]
    hurts_in: Mapped[Code | None]
    note: Mapped[str] = mapped_column(Text, server_default="")
    mark_x: Mapped[Place | None]
    mark_y: Mapped[Place | None]
    paused_at: Mapped[Instant | None]
    archived_at: Mapped[Instant | None]
    held_target: Mapped[Rating | None]
    held_from: Mapped[date | None]
    held_until: Mapped[date | None]
    free_days: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
