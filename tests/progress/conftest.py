"""A language to speak in, where there is no app; and days that were rated."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from tests.conftest import ZONE
from tracker import clock
from tracker.database import db
from tracker.days.models import DailyRating

TODAY = date(2026, 11, 22)  # a Sunday
START = date(2026, 11, 3)  # of a test


@pytest.fixture(scope="module")
def speaking() -> Iterator[None]:
    """A request in English, with nothing of the app behind it."""
    app = Flask("words")
    Babel(app)
    with app.test_request_context():
        yield


@pytest.fixture
def rate(app):
    """Answer the day's question so many days ago, with so much pain."""

    def keep(person, ratings, region="low_back", side="left", **columns):
        moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
        same = {"region": region, "side": side, "answered_at": moment, "time_zone": "UTC"}
        rows = [
            {"user_id": person.id, "id": uuid7(), "pain_24h": pain}
            | {"local_date": TODAY - timedelta(days=ago)}
            | same
            | columns
            for ago, pain in ratings.items()
        ]
        with app.app_context():
            db.session.execute(insert(DailyRating), rows)
            db.session.commit()

    return keep


@pytest.fixture
def at(monkeypatch):
    """Let it be ten in the morning of a day, for everybody."""

    def move(day: date) -> None:
        moment = datetime.combine(day, time(10), ZoneInfo(ZONE)).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(START - timedelta(days=1))
    return move
