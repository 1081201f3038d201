"""How an answer is kept: the later one stands, and the earlier one stays beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.days.noted import BLANK_NOTE, NOTE_LENGTHS
from tracker.days.queries import activities_of, moments_of, notes_between, standing
from tracker.merging import merged
from tracker.text import trimmed


class Row(NamedTuple):
    """A row of the page: the id and name of the activity it showed, and what was said there."""

    shown: str
    was: str
    name: str
    goes: int | None


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


def keep_note(user: User, day: date, values: Mapping[str, bool | str], before: str) -> list[str]:
    """Keep what a page changed in what is noted of a day; a note without anything in it is none.

    `before` is the text of what the page showed. Answers what was changed elsewhere, too.
    """
    known = notes_between(user, day, day).get(day)
    theirs = {name: trimmed(getattr(known, name)) for name in values} if known else BLANK_NOTE
    wanted, told = merged(before, values, theirs, NOTE_LENGTHS)
    noted = {**theirs, **wanted}
    if known and not any(noted.values()):
        db.session.delete(known)
    elif known:
        for name, value in wanted.items():
            setattr(known, name, value)
    elif any(noted.values()):
        db.session.add(DayNote(user_id=user.id, local_date=day, **noted))
    return told


def keep_activities(user: User, day: date, rows: Sequence[Row], now: datetime) -> None:
    """Keep how well each goes: what a row showed is renamed by another name, and ended by none."""
    standing = activities_of(user)
    by_id = {str(each.id): each for each in standing}
    by_name = {each.name: each for each in standing}
    rows = [_as_it_stands(row, by_id.get(row.shown)) for row in rows]
    names = {row.name for row in rows}
    for shown_id, _was, name, goes in rows:
        shown = by_id.get(shown_id)
        if shown and shown.name in names:
            shown = None
        if shown and (not name or name in by_name):
            shown.ended_at = now
        if name:
            activity = by_name.get(name) or shown or _begun(user, now)
            activity.name = name
            _keep_goes(activity, day, goes, now)


def _as_it_stands(row: Row, shown: Activity | None) -> Row:
    """Where the name was left alone, with the one that another page may have given it."""
    return row._replace(name=shown.name) if shown and row.name == row.was != "" else row


def _begun(user: User, now: datetime) -> Activity:
    activity = Activity(user_id=user.id, id=uuid7(), since=now)
    db.session.add(activity)
    return activity


def _keep_goes(activity: Activity, day: date, goes: int | None, now: datetime) -> None:
    if goes is not None:
        db.session.flush()
        key = {"user_id": activity.user_id, "activity_id": activity.id, "local_date": day}
        db.session.merge(ActivityRating(**key, goes=goes, answered_at=now))
