"""Somebody with a bit of everything, in rows as the app keeps them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from uuid_utils.compat import uuid7

from tests.sessions.conftest import FIRST
from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import Activity, ActivityRating, DailyRating, DayNote
from tracker.safety.models import ListedCondition
from tracker.sessions.models import MassageSession
from tracker.spots.models import OwnSpot, TrackedSpot

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
