"""A database with somebody new, somebody with 20,000 sessions, and others beside them."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, insert, select
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.sessions.models import MassageSession
from tracker.sessions.revisions import Revisions
from tracker.spots.models import TrackedSpot

SIZES = (20, 20_000)
OTHERS, OTHERS_SESSIONS = 50, 200
WORKS_ON = (
    ("top-of-buttock", "left"),
    ("top-of-buttock", "right"),
    ("forearm-top", "right"),
    ("foot-arch", "left"),
)
# Some four sessions a week lately, so that a page of history has as many weeks as people see;
# denser before, so that 20,000 of them fit into a lifetime.
REGIONS = (("buttock", "left"), ("buttock", "right"), ("arm", "right"), ("foot_sole", "left"))
RATED = timedelta(days=60)  # every day, and of today all but one: the page asks for that
LATELY, APART, BEFORE = 40, timedelta(hours=42), timedelta(hours=6)


def fill(app: Flask) -> None:
    """Add everybody, in no order."""
    chance = random.Random(2026)
    everybody = [(size, uuid7()) for size in (*SIZES, *[OTHERS_SESSIONS] * OTHERS)]
    chance.shuffle(everybody)
    with app.app_context():
        for size, user_id in everybody:
            _add(user_id, size, chance)
        db.session.commit()


def add(app: Flask, size: int) -> UUID:
    """Add one person with so many sessions."""
    user_id = uuid7()
    with app.app_context():
        _add(user_id, size, random.Random(2026))
        db.session.commit()
    return user_id


def person(app: Flask) -> UUID:
    """Add one person without anything."""
    user_id = uuid7()
    with app.app_context():
        db.session.execute(insert(User).values(_person(user_id)))
        db.session.commit()
    return user_id


def measured(app: Flask) -> dict[int, UUID]:
    """Who has how many sessions, of those who are measured."""
    of = select(MassageSession.user_id, func.count()).group_by(MassageSession.user_id)
    with app.app_context():
        found = {count: user_id for user_id, count in db.session.execute(of)}
    return {size: found[size] for size in SIZES}


def _add(user_id: UUID, size: int, chance: random.Random) -> None:
    db.session.execute(insert(User).values(_person(user_id)))
    works_on = [
        {"user_id": user_id, "spot_id": spot, "side": side, "since": datetime.now(UTC)}
        for spot, side in WORKS_ON
    ]
    db.session.execute(insert(TrackedSpot), works_on)
    db.session.execute(insert(MassageSession), list(_sessions(user_id, size, chance)))
    db.session.add(Revisions(user_id=user_id, latest=size))
    db.session.execute(insert(DailyRating), list(_ratings(user_id, chance)))


def _person(user_id: UUID) -> dict[str, Any]:
    return {
        "id": user_id,
        "email": f"{user_id.hex}@example.org",
        "password": "no password opens this",
        "active": True,
        "fs_uniquifier": user_id.hex,
        "created_at": datetime.now(UTC),
        "time_zone": "Europe/Berlin",
        "get_ready_s": 15,
        "gentle_only": False,
        "learnt_at": datetime.now(UTC),
    }


def _ratings(user_id: UUID, chance: random.Random) -> Iterator[dict[str, Any]]:
    today = clock.today("Europe/Berlin")
    for ago in range(RATED.days):
        for region, side in REGIONS[1:] if ago == 0 else REGIONS:
            yield {
                "user_id": user_id,
                "id": uuid7(),
                "local_date": today - timedelta(days=ago),
                "region": region,
                "side": side,
                "pain_24h": chance.choice([3, 4, 4, 4, 5]),
                "answered_at": clock.now() - timedelta(days=ago, hours=9),
                "time_zone": "Europe/Berlin",
            }


def _sessions(user_id: UUID, size: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    at = clock.now() - timedelta(hours=8)
    for n in range(size):
        at -= APART if n < LATELY else BEFORE
        spot, side = WORKS_ON[n % len(WORKS_ON)]
        before = chance.randint(2, 8)
        yield {
            "user_id": user_id,
            "id": uuid7(),
            "spot_id": spot,
            "side": side,
            "entry": "guided",
            "started_at": at,
            "ended_at": at + timedelta(minutes=3),
            "time_zone": "Europe/Berlin",
            "local_date": at.date(),
            "received_at": at,
            "tool": "fingertips",
            "start_level": 1,
            "target_level": 2,
            "peak_level": chance.randint(1, 3),
            "stayed_level": 2,
            "finished_holds": 3,
            "level_1_s": 60,
            "level_2_s": 60,
            "level_3_s": 0,
            "level_4_s": 0,
            "ended_by": chance.choice(["finished", "finished", "finished", "user", "sharp"]),
            "pain_before": before,
            "pain_after": chance.choice([None, before - 1, before - 2, before]),
            "felt_in": [],
            "note": "",
            "revision": size - n,
        }
