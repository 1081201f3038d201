"""One session at one spot and side, as it was planned and as it went."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, SmallInteger, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Code, Id, Instant, Rating, Seconds, UserId, db
from tracker.sessions.revisions import Revised

RATINGS = ("pain_before", "pain_after", "tenderness_before", "tenderness_after", "peak_discomfort")
NOT_BY_HAND = ("other_side_before", "other_side_after", "next_day_soreness")


class MassageSession(Revised, db.Model):
    """A session: scores are 0-10, levels 0-5, durations seconds; blank (None) is not zero.

    `spot_id` is a catalogue slug or the id of a spot of one's own. `local_date` is the date
    it was for the person then. `trace` keeps every phase, planned and actual, and each event.
    Where `clock_uncertain`, the phone's clock was ahead: `started_at` is the latest moment that
    can be, counted back from `received_at`. `start_as_sent` and `end_as_sent` are what the phone
    said where that cannot be, even by a second.
    """

    __table_args__ = (
        Index("ix_massage_session_spot", "user_id", "spot_id", "started_at"),
        Index("ix_massage_session_time", "user_id", "started_at", "id"),
        Index("uq_massage_session_revision", "user_id", "revision", unique=True),
        *(CheckConstraint(f"{name} BETWEEN 0 AND 10", name) for name in RATINGS + NOT_BY_HAND),
        CheckConstraint("side IN ('left', 'right', 'middle')", "side"),
        CheckConstraint("entry IN ('guided', 'manual', 'imported')", "entry"),
    )

    user_id: Mapped[UserId]
    id: Mapped[Id]  # UUIDv7, made by whoever started it: the phone, or the form
    spot_id: Mapped[str] = mapped_column(String(64))
    side: Mapped[str] = mapped_column(String(8))
    entry: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    time_zone: Mapped[Code]
    local_date: Mapped[date]
    received_at: Mapped[Instant]
    deleted_at: Mapped[Instant | None]
    clock_uncertain: Mapped[bool] = mapped_column(server_default=false())
    start_as_sent: Mapped[Code | None]
    end_as_sent: Mapped[Code | None]

    protocol: Mapped[Code | None]
    protocol_version: Mapped[Code | None]
    tool: Mapped[Code | None]
    start_level: Mapped[Rating | None]
    target_level: Mapped[Rating | None]
    peak_level: Mapped[Rating | None]
    stayed_level: Mapped[Rating | None]  # the highest level that stayed comfortable
    finished_holds: Mapped[int | None] = mapped_column(SmallInteger)
    planned_s: Mapped[Seconds | None]
    level_1_s: Mapped[Seconds | None]
    level_2_s: Mapped[Seconds | None]
    level_3_s: Mapped[Seconds | None]
    level_4_s: Mapped[Seconds | None]
    completed: Mapped[bool | None]
    ended_by: Mapped[Code | None]
    sharp_events: Mapped[int | None] = mapped_column(SmallInteger)
    nerve_events: Mapped[int | None] = mapped_column(SmallInteger)
    too_much_events: Mapped[int | None] = mapped_column(SmallInteger)
    trace: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)

    pain_before: Mapped[Rating | None]
    pain_after: Mapped[Rating | None]
    tenderness_before: Mapped[Rating | None]
    tenderness_after: Mapped[Rating | None]
    tenderness_level: Mapped[Rating | None]
    other_side_before: Mapped[Rating | None]  # tenderness at the same place across, to compare
    other_side_after: Mapped[Rating | None]
    peak_discomfort: Mapped[Rating | None]
    quality: Mapped[Code | None]
    felt_in: Mapped[list[str]] = mapped_column(JSON)
    your_pain: Mapped[Code | None]
    note: Mapped[str] = mapped_column(Text, deferred=True)

    next_day_at: Mapped[Instant | None]  # when the next three were answered
    next_day_soreness: Mapped[Rating | None]
    still_sore: Mapped[bool | None]
    bruise: Mapped[bool | None]
    still_sore_48_at: Mapped[Instant | None]
    still_sore_48: Mapped[bool | None]
    bruise_gone: Mapped[bool | None]

    @property
    def pressure_s(self) -> int | None:
        """Seconds at level 2 or more, or None where nothing was timed; Touch is counted apart."""
        levels = (self.level_2_s, self.level_3_s, self.level_4_s)
        return None if None in levels else sum(levels)  # type: ignore[arg-type]


class Tombstone(db.Model):
    """What is left of a session that was deleted for good: that it was, so it never comes back."""

    __table_args__ = (Index("uq_tombstone_revision", "user_id", "revision", unique=True),)

    user_id: Mapped[UserId]
    id: Mapped[Id]
    revision: Mapped[int] = mapped_column(BigInteger)
    deleted_at: Mapped[Instant]
