"""How an answer is kept: the later one stands, and the earlier one stays beside it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.days.queries import activities_of, moments_of, notes_between, standing


def keep_rating(
    user: User, day: date, region: str, side: str, pain: int | None, now: datetime
) -> None:
    """Let this be the answer for that day; None takes back what there was."""
    before = standing(user, day, region, side)
    if before and before.pain_24h == pain:
        return
    if before:
        before.replaced_at = now
        db.session.flush()  # only one may stand, and an insert would go first
    if pain is not None:
        db.session.add(
            DailyRating(
                user_id=user.id,
                id=uuid7(),
                local_date=day,
                region=region,
                side=side,
                pain_24h=pain,
                answered_at=before.answered_at if before else now,
                time_zone=user.time_zone,
            )
        )


def add_rating(
    user: User, rating_id: UUID, said: Mapping[str, Any], based_on: UUID | None
) -> DailyRating:
    """Keep what a phone was told. It stands if the phone saw what stood, or was told it later.

    said is by column; based_on is the answer that stood when the phone asked.
    """
    where = said["local_date"], said["region"], said["side"]
    before, moments = standing(user, *where), moments_of(user, *where)
    rating = DailyRating(user_id=user.id, id=rating_id, **said)
    seen = before is not None and before.id == based_on
    later = [at for at in moments if at >= rating.answered_at]
    if later and not seen:
        rating.replaced_at = min(later)
    elif before:
        before.replaced_at = max(rating.answered_at, *moments)
        rating.answered_at = before.answered_at
        db.session.flush()  # only one may stand, and an insert would go first
    db.session.add(rating)
    return rating


def keep_note(user: User, day: date, values: Mapping[str, bool | str]) -> None:
    """Let this be all that is noted of a day; a note without anything in it is none."""
    known = notes_between(user, day, day).get(day)
    if known and not any(values.values()):
        db.session.delete(known)
    elif known:
        for name, value in values.items():
            setattr(known, name, value)
    elif any(values.values()):
        db.session.add(DayNote(user_id=user.id, local_date=day, **values))


def keep_activities(
    user: User,
    day: date,
    named: Mapping[str, int | None],
    now: datetime,
    *,
    shown: Iterable[Activity],
) -> None:
    """Keep these with how well each goes; what was shown and is not among them ends."""
    known = {each.name: each for each in activities_of(user)}
    for activity in shown:
        if activity.name not in named:
            activity.ended_at = now
    for name, goes in named.items():
        activity = known.get(name) or Activity(user_id=user.id, id=uuid7(), name=name, since=now)
        db.session.add(activity)
        if goes is not None:
            db.session.flush()
            key = {"user_id": user.id, "activity_id": activity.id, "local_date": day}
            db.session.merge(ActivityRating(**key, goes=goes, answered_at=now))
