"""What was noted of somebody's days, and a day on which it is looked at."""

from datetime import UTC, date, datetime, timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.conftest import kept
from tracker import clock
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.spots.models import TrackedSpot

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()


class Clock:
    """What time it is, until a test moves it on."""

    def __init__(self):
        self.now = NOW

    def forward(self, **more):
        self.now += timedelta(**more)


@pytest.fixture
def time(monkeypatch):
    told = Clock()
    monkeypatch.setattr(clock, "now", lambda: told.now)
    monkeypatch.setattr(clock, "today", lambda _zone: told.now.date())
    return told


@pytest.fixture
def rate(app):
    """Answer the day's question so many days ago, with so much pain."""

    def keep(person, ratings, region="buttock", side="left"):
        with app.app_context():
            db.session.add_all(
                DailyRating(
                    user_id=person.id,
                    id=uuid7(),
                    local_date=TODAY - timedelta(days=ago),
                    region=region,
                    side=side,
                    pain_24h=pain,
                    answered_at=NOW,
                    time_zone="UTC",
                )
                for ago, pain in ratings.items()
            )
            db.session.commit()

    return keep


@pytest.fixture
def note_day(app):
    def keep(person, on=TODAY, **values):
        plain = {"flare": False, "medicine_change": False, "other_treatment": "", "note": ""}
        kept(app, DayNote(user_id=person.id, local_date=on, **plain | values))

    return keep


@pytest.fixture
def can_do(app):
    """Name an activity and say how it went on some days."""

    def keep(person, name, goes: dict[date, int]):
        activity = kept(app, Activity(user_id=person.id, id=uuid7(), name=name, since=NOW))
        for day, number in goes.items():
            same = {"user_id": person.id, "activity_id": activity.id, "answered_at": NOW}
            kept(app, ActivityRating(**same, local_date=day, goes=number))

    return keep


@pytest.fixture
def works_on(app):
    def keep(person, spot="top-of-buttock", side="left", days_ago=20, **columns):
        since = NOW - timedelta(days=days_ago)
        who = {"user_id": person.id, "spot_id": spot, "side": side, "since": since}
        kept(app, TrackedSpot(**who | columns))

    return keep
