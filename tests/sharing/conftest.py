"""Somebody with a bit of everything, what was noted of their days, and a day to look at it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from uuid_utils.compat import uuid7

from tests.conftest import kept
from tests.sessions.conftest import FIRST
from tracker import clock
from tracker.accounts.models import User
from tracker.checkins.models import OverallChange
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.progress.models import Trial
from tracker.safety.models import ListedCondition
from tracker.sessions.models import MassageSession
from tracker.spots.models import OwnSpot, TrackedSpot

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


@pytest.fixture
def say_overall(app):
    """Say how an area changed overall, so many days ago: 1 (very much improved) to 7."""

    def keep(person, change, days_ago=0, spot="top-of-buttock", side="left"):
        where = {"spot_id": spot, "side": side, "local_date": TODAY - timedelta(days=days_ago)}
        kept(app, OverallChange(user_id=person.id, **where, change=change, answered_at=NOW))

    return keep


@pytest.fixture
def begin_test(app):
    """A test as it was drawn so many days ago, in a fair one with massage first in every pair."""

    def keep(person, days_ago, kind="fair", spot="top-of-buttock", side="left", **columns):
        starts_on = TODAY - timedelta(days=days_ago)
        drawn = {"kind": kind, "order": "111111" if kind == "fair" else "", "starts_on": starts_on}
        where = {"spot_id": spot, "side": side, "region": "buttock", "target": 2}
        over = {"closed_at": NOW}
        values = drawn | where | over | columns
        kept(app, Trial(user_id=person.id, id=uuid7(), drawn_at=NOW, **values))

    return keep


THEN = datetime(2026, 11, 16, 7, 0, 0, 250_000, tzinfo=UTC)
DAY = date(2026, 11, 16)


def bit_of_everything(person: User) -> list[list[Any]]:
    """Rows in the order in which they can be kept."""
    mine = {"user_id": person.id}
    own, bike = uuid7(), uuid7()
    massage = {
        **mine,
        **{"side": "left", "time_zone": "Europe/Berlin", "local_date": DAY, "received_at": THEN},
    }
    rated = {
        **mine,
        **{"local_date": DAY, "region": "low_back", "side": "left"},
        **{"answered_at": THEN, "time_zone": "Europe/Berlin"},
    }
    return [
        [
            OwnSpot(
                **{**mine, "id": own, "name": "=Daumen, groß", "region": "hand", "notes": "Öl"},
                **{"felt_in": ["hand"], "created_at": THEN, "view": "front", "x": 1.5, "y": 2.25},
            ),
            Activity(**mine, id=bike, name="Rad fahren", since=THEN),
        ],
        [
            TrackedSpot(**mine, spot_id=str(own), side="right", since=THEN, level_cap=1, note="x"),
            MassageSession(
                **massage,
                **{"id": uuid7(), "spot_id": "top-of-buttock", "entry": "guided"},
                **{"started_at": THEN, "ended_at": THEN + timedelta(minutes=3)},
                **{"trace": FIRST["trace"], "protocol": "gentle", "protocol_version": "1"},
                **{"level_1_s": 60, "level_2_s": 40, "level_3_s": 0, "level_4_s": 0},
                **{"felt_in": ["low_back", "hip"], "note": '=2+2 "ü"\nzwei', "pain_before": 6},
                **{"next_day_at": THEN + timedelta(hours=30), "still_sore": False, "bruise": True},
            ),
            MassageSession(
                **massage,
                **{"id": uuid7(), "spot_id": str(own), "entry": "manual", "felt_in": []},
                **{"started_at": THEN + timedelta(hours=1), "note": "", "pain_after": 0},
            ),
            DailyRating(**rated, id=uuid7(), pain_24h=7, replaced_at=THEN),
            DailyRating(**rated, id=uuid7(), pain_24h=5),
            DayNote(
                **{**mine, "local_date": DAY, "flare": True, "medicine_change": False},
                **{"other_treatment": "Physio", "note": "Viel gesessen"},
            ),
            DayNote(
                **{**mine, "local_date": date(2026, 11, 18), "flare": False},
                **{"medicine_change": True, "other_treatment": "", "note": ""},
            ),
            ActivityRating(**mine, activity_id=bike, local_date=DAY, goes=3, answered_at=THEN),
            ListedCondition(**mine, id=uuid7(), entry="osteoporosis", since=THEN),
            OverallChange(
                **{**mine, "spot_id": "top-of-buttock", "side": "left", "local_date": DAY},
                **{"change": 3, "answered_at": THEN},
            ),
            Trial(
                **{**mine, "id": uuid7(), "kind": "fair", "spot_id": "top-of-buttock"},
                **{"side": "left", "region": "buttock", "starts_on": DAY, "order": "101100"},
                **{"drawn_at": THEN, "target": 2, "stopped_on": DAY, "why": "flare"},
                **{"closed_at": THEN},
            ),
        ],
    ]


@pytest.fixture
def fill_in(app: Flask) -> Callable[[User], None]:
    """Give a person a bit of everything."""

    def fill(person: User) -> None:
        with app.app_context():
            for rows in bit_of_everything(person):
                db.session.add_all(rows)
                db.session.flush()
            db.session.commit()

    return fill
