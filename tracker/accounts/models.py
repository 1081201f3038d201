"""Who a person is, and the devices they are signed in on."""

import re
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Index, String, Uuid, false, func, text, true
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Id, Instant, Seconds, UserId, db

GET_READY_S = (0, 5, 15, 30, 60, 120, 300)
GAP_S = (5, 10, 15, 30, 60)  # to move from one spot to the next
CALL_LENGTH = 40
NUMBER = re.compile(r"[+(]?[0-9][0-9 ()/.-]+")


def _of_the_guide(default: Any) -> Any:
    """A column that only Prepare and You read, together: every page loads the person."""
    return mapped_column(server_default=default, deferred=True, deferred_group="guide")


class Role(RoleMixin):
    """Flask-Security asks for roles; Sweetspot has none."""

    name: ClassVar[str] = ""


class User(UserMixin, db.Model):
    """A person: their sign-in and their preferences."""

    __tablename__ = "account"
    roles: ClassVar[Any] = ()

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    email: Mapped[str] = mapped_column(String(255))
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Instant]
    consented_at: Mapped[Instant | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str | None] = mapped_column(String(8))  # none: as the browser says
    get_ready_s: Mapped[Seconds]
    gentle_only: Mapped[bool]
    gap_s: Mapped[Seconds] = _of_the_guide(text("15"))
    tones: Mapped[bool] = _of_the_guide(true())
    voice: Mapped[bool] = _of_the_guide(true())
    vibration: Mapped[bool] = _of_the_guide(true())
    through_silent: Mapped[bool] = _of_the_guide(false())
    side_of_neck: Mapped[bool] = _of_the_guide(false())
    # Whom to call in an emergency, as they wrote it: a number or a few words; none: not said.
    emergency_call: Mapped[str | None] = mapped_column(
        String(CALL_LENGTH), deferred=True, deferred_group="guide"
    )
    learnt_at: Mapped[Instant | None]  # the feel was learnt, or skipped: Today offers it until then
    # Something is on their list or was ticked at a gate, so a spot may be closed or capped.
    careful: Mapped[bool] = mapped_column(server_default=false())
    activities_on: Mapped[date | None]  # from when their activities are asked about; blank: now
    trial_until: Mapped[date | None]  # until when Today looks for a test of theirs; blank: none
    overall_on: Mapped[date | None]  # from when the overall change is asked about; blank: now
    conditions_asked_at: Mapped[Instant | None] = mapped_column(
        deferred=True, deferred_group="safety"
    )

    @property
    def emergency_tel(self) -> str | None:
        """The number to dial, where what they wrote looks like one."""
        said = self.emergency_call or ""
        return re.sub(r"[^0-9+]", "", said) if NUMBER.fullmatch(said) else None


Index("uq_account_email_lower", func.lower(User.email), unique=True)


class Device(db.Model):
    """One signed-in browser. Its row going is what ends a copied cookie."""

    user_id: Mapped[UserId]
    id: Mapped[Id]
    signed_in_at: Mapped[Instant]
    label: Mapped[str] = mapped_column(String(80))
