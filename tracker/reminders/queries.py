"""What a person switched on, and whether there is anything to say today. All start from them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Delete, Select, Update, delete, or_, select, update

from tracker.accounts.models import Device, User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.days.queries import asked_of, ratings_between
from tracker.reminders.models import (
    AT,
    QUIET_FROM,
    QUIET_TO,
    CalendarFeed,
    PushSubscription,
    Reminder,
)
from tracker.sessions.models import MassageSession


def feed_of(user: User) -> CalendarFeed | None:
    """The address of this person's calendar, where they have one."""
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == user.id))


def reminder_of(user: User) -> Reminder:
    """When this person is told; as it is for everybody until they say otherwise."""
    kept = db.session.get(Reminder, user.id)
    return kept or Reminder(user_id=user.id, at=AT, quiet_from=QUIET_FROM, quiet_to=QUIET_TO)


def phones_of(user: User) -> Select[tuple[PushSubscription]]:
    """The browsers that may be told, in the order in which they were switched on."""
    mine = select(PushSubscription).where(PushSubscription.user_id == user.id)
    return mine.order_by(PushSubscription.made_at, PushSubscription.device_id)


def named_phones_of(user: User) -> list[tuple[PushSubscription, str]]:
    """The same, each with what its browser is called."""
    same = (Device.user_id == PushSubscription.user_id) & (Device.id == PushSubscription.device_id)
    rows = phones_of(user).join(Device, same).add_columns(Device.label)
    return [(phone, label) for phone, label in db.session.execute(rows)]


def without(user: User, devices: Sequence[UUID]) -> Delete:
    """The statement that stops telling these browsers."""
    mine = delete(PushSubscription).where(PushSubscription.user_id == user.id)
    return mine.where(PushSubscription.device_id.in_(devices))


def claimed(user: User, day: date) -> Update:
    """The statement with which one sender takes this day; whoever comes later changes no row."""
    free = or_(Reminder.reminded_on.is_(None), Reminder.reminded_on < day)
    return update(Reminder).where(Reminder.user_id == user.id, free).values(reminded_on=day)


def was_there(user: User, day: date, since: datetime) -> bool:
    """Whether this person did anything here on their day, which began at `since`."""
    done = MassageSession.local_date == day, MassageSession.received_at >= since
    said = MassageSession.next_day_at >= since, MassageSession.still_sore_48_at >= since
    rated = DailyRating.local_date == day, DailyRating.answered_at >= since
    looked = (
        select(MassageSession.id).where(MassageSession.user_id == user.id, or_(*done, *said)),
        select(DailyRating.id).where(DailyRating.user_id == user.id, or_(*rated)),
        select(Device.id).where(Device.user_id == user.id, Device.signed_in_at >= since),
    )
    return any(db.session.scalar(each.limit(1)) for each in looked)


def question_open(user: User, day: date) -> bool:
    """Whether the day's question waits for an answer about any region."""
    rated = {(each.region, each.side) for each in ratings_between(user, day, day)}
    return any(where not in rated for where in asked_of(user, day))
