"""What a person says of a day, whether they massaged or not."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Code, Id, Instant, Rating, UserId, db


class DailyRating(db.Model):
    """Average pain over 24 hours (0-10) in one region and side, for one day of the person's own.

    answered_at is the moment of the first answer for that day and stays with it: a correction is
    about that moment too. A row that was corrected is kept, with the moment at which the person
    said what replaced it: on a phone, that is before it was sent.
    """

    __table_args__ = (
        Index(
            "uq_daily_rating_stands",
            *("user_id", "local_date", "region", "side"),
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index(
            "ix_daily_rating_region",
            *("user_id", "region", "side", "local_date", "pain_24h"),
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        CheckConstraint("pain_24h BETWEEN 0 AND 10", "pain_24h"),
        CheckConstraint("side IN ('left', 'right', 'middle')", "side"),
    )

    user_id: Mapped[UserId]
    id: Mapped[Id]
    local_date: Mapped[date]
    region: Mapped[Code]
    side: Mapped[str] = mapped_column(String(8))
    pain_24h: Mapped[Rating]
    answered_at: Mapped[Instant]
    time_zone: Mapped[Code]
    replaced_at: Mapped[Instant | None]


class DayNote(db.Model):
    """What else there was on a day; a day without a row had nothing noted."""

    user_id: Mapped[UserId]
    local_date: Mapped[date] = mapped_column(primary_key=True)
    flare: Mapped[bool]
    medicine_change: Mapped[bool]
    other_treatment: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text)


class Activity(db.Model):
    """Something that is hard for a person because of their pain, until they ended it."""

    user_id: Mapped[UserId]
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    since: Mapped[Instant]
    ended_at: Mapped[Instant | None]


class ActivityRating(db.Model):
    """How well it goes, 0 (unable) to 10 (as well as before), on one day of the person's own."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "activity_id"], ["activity.user_id", "activity.id"], ondelete="CASCADE"
        ),
        CheckConstraint("goes BETWEEN 0 AND 10", "goes"),
    )

    user_id: Mapped[UserId]
    activity_id: Mapped[Id]
    local_date: Mapped[date] = mapped_column(primary_key=True)
    goes: Mapped[Rating]
    answered_at: Mapped[Instant]
