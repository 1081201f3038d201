"""What a person switched on: their calendar's address, their phones, and when to be told."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, Time, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Id, Instant, UserId, db

At = Annotated[time, mapped_column(Time)]
AT, QUIET_FROM, QUIET_TO = time(9), time(21), time(8)


class CalendarFeed(db.Model):
    """The address of a person's calendar, looked up by its hash without knowing whose it is.

    id makes the token (address.token_of); discreet says nothing but "Sweetspot". locale is the
    language of the page it was made on, for those who leave theirs to the browser.
    """

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    id: Mapped[UUID] = mapped_column(Uuid)
    discreet: Mapped[bool] = mapped_column(server_default=false())
    locale: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[Instant]


class Reminder(db.Model):
    """When a person's phones are told, by the clock of their zone, and never in the quiet hours.

    reminded_on is the last day of theirs on which they were, claimed before anything is sent.
    """

    user_id: Mapped[UserId]
    at: Mapped[At]
    quiet_from: Mapped[At]
    quiet_to: Mapped[At]
    reminded_on: Mapped[date | None]


class PushSubscription(db.Model):
    """A signed-in browser that may be told; signing it out takes this along.

    endpoint, p256dh and auth are as the browser gave them; locale is its language and site the
    address of this copy as it knows it.
    """

    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "device_id"], ["device.user_id", "device.id"], ondelete="CASCADE"
        ),
    )

    user_id: Mapped[UserId]
    device_id: Mapped[Id]
    endpoint: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str] = mapped_column(String(88))
    auth: Mapped[str] = mapped_column(String(24))
    locale: Mapped[str] = mapped_column(String(8))
    site: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[Instant]
