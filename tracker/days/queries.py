"""What a person said of their days. Every one of these starts from them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, bindparam, func, select

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.days.tracked import RegionSide, asked_about
from tracker.spots.queries import chosen_or_held_of, regions_of

RATED = DailyRating.__table__.c
# For statements that are built once; they do not run without their user_id.
STANDING = select().where(RATED.user_id == bindparam("user_id"), RATED.replaced_at.is_(None))


def ratings_of(user: User) -> Select[tuple[DailyRating]]:
    """Every answer this person gave, the replaced ones too."""
    return select(DailyRating).where(DailyRating.user_id == user.id)


def ratings_between(user: User, first: date, last: date) -> Sequence[DailyRating]:
    """What stands for these days, both included, in the order in which it was answered."""
    between = DailyRating.local_date.between(first, last), DailyRating.replaced_at.is_(None)
    mine = ratings_of(user).where(*between)
    return db.session.scalars(mine.order_by(DailyRating.answered_at, DailyRating.id)).all()


def ratings_on(user: User, day: date) -> Sequence[DailyRating]:
    """What was said of one day, the replaced ones too, in the order in which it was said."""
    mine = ratings_of(user).where(DailyRating.local_date == day)
    return db.session.scalars(mine.order_by(DailyRating.answered_at, DailyRating.id)).all()


def standing(user: User, day: date, region: str, side: str) -> DailyRating | None:
    """The answer that stands for one day."""
    here = (
        DailyRating.local_date == day,
        DailyRating.region == region,
        DailyRating.side == side,
        DailyRating.replaced_at.is_(None),
    )
    return db.session.scalar(ratings_of(user).where(*here))


def moments_of(user: User, day: date, region: str, side: str) -> set[datetime]:
    """When something was said of one day: answered, corrected or taken back."""
    here = [each for each in ratings_on(user, day) if (each.region, each.side) == (region, side)]
    return {at for each in here for at in (each.answered_at, each.replaced_at) if at}


def earliest_said(user: User) -> date | None:
    """The first day this person rated, or noted something of."""
    rated = ratings_of(user).with_only_columns(func.min(DailyRating.local_date))
    noted = notes_of(user).with_only_columns(func.min(DayNote.local_date)).order_by(None)
    days = db.session.scalar(rated), db.session.scalar(noted)
    return min((day for day in days if day), default=None)


def asked_of(user: User, today: date) -> tuple[RegionSide, ...]:
    """What the day's question is about on the person's `today`."""
    chosen = chosen_or_held_of(user)
    return asked_about(chosen, regions_of(user, {one.spot_id for one in chosen}), today)


def notes_of(user: User) -> Select[tuple[DayNote]]:
    """What this person noted of their days, the newest first."""
    mine = select(DayNote).where(DayNote.user_id == user.id)
    return mine.order_by(DayNote.local_date.desc())


def notes_between(user: User, first: date, last: date) -> dict[date, DayNote]:
    """What was noted of these days, both included."""
    mine = notes_of(user).where(DayNote.local_date.between(first, last))
    return {note.local_date: note for note in db.session.scalars(mine)}


def activities_of(user: User) -> Sequence[Activity]:
    """What this person named and did not end, in the order in which they named it."""
    mine = select(Activity).where(Activity.user_id == user.id, Activity.ended_at.is_(None))
    return db.session.scalars(mine.order_by(Activity.since, Activity.id)).all()


def hold_activities(user: User) -> None:
    """Let nobody else change what this person named until the transaction ends."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())


def activity_ratings_of(user: User) -> Select[tuple[ActivityRating]]:
    """How well this person's activities went, the newest day first."""
    mine = select(ActivityRating).where(ActivityRating.user_id == user.id)
    return mine.order_by(ActivityRating.local_date.desc(), ActivityRating.activity_id)
