"""People with a list, and where they are told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from requests import Session
from uuid_utils.compat import uuid7

from tests.conftest import kept
from tests.reminders.push_service import Browser, PushService, push_service
from tracker import clock
from tracker.accounts.models import Device, User
from tracker.database import db
from tracker.reminders.models import PushSubscription
from tracker.reminders.queries import reminder_of
from tracker.spots.models import TrackedSpot

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SPOT = "top-of-buttock"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """Let it be this moment (UTC)."""

    def let_it_be(moment: str) -> datetime:
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: now)
        return now

    return let_it_be


@pytest.fixture
def works_on(app: Flask) -> Callable[..., TrackedSpot]:
    def choose(person: User, spot: str = SPOT, side: str = "left", **columns: Any) -> TrackedSpot:
        who = {"user_id": person.id, "spot_id": spot, "side": side, "since": LONG_AGO}
        return kept(app, TrackedSpot(**who | columns))

    return choose


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def net() -> Iterator[Session]:
    """As it is not used outside of tests: it goes to this machine, too."""
    with Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def phone_of(app: Flask, service: PushService) -> Callable[..., Browser]:
    """A browser that somebody is signed in on since long ago, switched on."""

    def switch_on(person: User, name: str = "phone", answer: object = 201, **said: Any) -> Browser:
        browser, device = Browser(), uuid7()
        given = browser.subscription(service.endpoint(name, answer))
        mine = {"user_id": person.id, "device_id": device, "made_at": LONG_AGO}
        signed_in = Device(user_id=person.id, id=device, signed_in_at=LONG_AGO, label=name)
        kept(app, signed_in)
        about = {"locale": "en", "site": "https://sweetspot.example.org"}
        told = {"endpoint": given["endpoint"], **given["keys"]}
        kept(app, PushSubscription(**mine | about | told | said))
        with app.app_context():
            db.session.merge(reminder_of(person))
            db.session.commit()
        return browser

    return switch_on
