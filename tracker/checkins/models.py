"""What a person says of a spot once in a while, beside the sessions' own answers."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Instant, Rating, UserId, db


class OverallChange(db.Model):
    """How the area changed overall since they began there: 1 very much improved, 7 very much worse.

    It is remembered and so coloured by the day; it stands beside ratings and is in no average.
    """

    __table_args__ = (
        CheckConstraint("change BETWEEN 1 AND 7", "change"),
        CheckConstraint("side IN ('left', 'right', 'middle')", "side"),
    )

    user_id: Mapped[UserId]
    spot_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    side: Mapped[str] = mapped_column(String(8), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    change: Mapped[Rating]
    answered_at: Mapped[Instant]
