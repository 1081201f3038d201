"""What a person answered at the safety gates, and their list of what to be careful with."""

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Code, Id, Instant, UserId, db


class AnsweredGate(db.Model):
    """What a person ticked at one safety gate, and when a clinician had looked."""

    __tablename__ = "gate_answer"
    __table_args__ = (Index("ix_gate_answer_gate", "user_id", "gate", "answered_at"),)

    user_id: Mapped[UserId]
    id: Mapped[Id]
    gate: Mapped[Code]
    answered_at: Mapped[Instant]
    chosen: Mapped[list[str]] = mapped_column(JSON)
    cleared_at: Mapped[Instant | None]


class ListedCondition(db.Model):
    """One entry of a person's list of what to be careful with; blank region reaches everywhere."""

    __tablename__ = "condition"

    user_id: Mapped[UserId]
    id: Mapped[Id]
    entry: Mapped[Code]
    region: Mapped[Code | None]
    side: Mapped[str | None] = mapped_column(String(8))
    since: Mapped[Instant]
    agreed_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
