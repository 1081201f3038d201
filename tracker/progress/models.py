"""Tests that a person does of a spot and side, as drawn and planned before they began."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Code, Id, Instant, Rating, UserId, db

RUNS = text("closed_at IS NULL")


class Trial(db.Model):
    """A fair test or a quick look of one spot and side; one at a time per person.

    order is as drawn, a 1 for each pair whose block with massage comes first, blank for a quick
    look; target the level (1-4) that is held.
    stopped_on is the last day that counts where it was ended early, maybe one before its first;
    why is what the person said to that, or "told" or "protected" where something that protects
    ended it: written down once it is closed, so that it stays. closed_at: over or stopped, and
    nothing is held any more.
    """

    __table_args__ = (
        Index("uq_trial_runs", "user_id", unique=True, sqlite_where=RUNS, postgresql_where=RUNS),
        CheckConstraint("kind IN ('fair', 'quick')", "kind"),
        CheckConstraint("side IN ('left', 'right', 'middle')", "side"),
        CheckConstraint("target BETWEEN 1 AND 4", "target"),
    )

    user_id: Mapped[UserId]
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(8))
    spot_id: Mapped[str] = mapped_column(String(64))
    side: Mapped[str] = mapped_column(String(8))
    region: Mapped[Code]
    starts_on: Mapped[date]
    order: Mapped[str] = mapped_column(String(6))
    drawn_at: Mapped[Instant]
    target: Mapped[Rating]
    stopped_on: Mapped[date | None]
    why: Mapped[Code | None]
    closed_at: Mapped[Instant | None]
