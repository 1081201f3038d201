"""Somebody who has not been asked yet, at a fixed noon, and the sheet as a phone sends it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from tests.conftest import new_person, sign_in
from tracker import clock
from tracker.accounts.models import User
from tracker.safety.models import AnsweredGate, ListedCondition
from tracker.safety.standing import SAFETY

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday, 13:00 in Berlin
BACK = "top-of-buttock"  # asks back_red_flags and bleeding


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """It is NOW, until a test says otherwise."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(NOW)
    return set_to


@pytest.fixture
def newcomer(app: Flask) -> User:
    return new_person(app, "newcomer@example.org", answered=False)


@pytest.fixture
def as_newcomer(app: Flask, newcomer: User) -> FlaskClient:
    return sign_in(app, newcomer)


def prepare(client: FlaskClient, spot: str = BACK, side: str = "left") -> str:
    return client.get(f"/sessions/new?spot={spot}&side={side}").text


def asks(page: str) -> bool:
    return "None of these" in page


def begins(page: str) -> bool:
    return 'data-part="begin"' in page


def say(
    client: FlaskClient, *chosen: str, spot: str = BACK, side: str = "left", **changes: Any
) -> TestResponse:
    """Send the sheet with these ticks, each a sign or an entry; with none, "None of these"."""
    items = [tick for tick in chosen if tick in SAFETY.items]
    form = {
        "id": str(uuid7()),
        "gates": [gate.id for gate in SAFETY.gates.values() if spot in gate.spots],
        "asks_list": "y",
        "chosen": items,
        "entries": [tick for tick in chosen if tick not in items],
        "none": "" if chosen else "y",
        **changes,
    }
    return client.post(f"/safety/answers?spot={spot}&side={side}", data=form)


@pytest.fixture
def answers(rows: Callable[..., list[Any]]) -> Callable[[], list[AnsweredGate]]:
    return lambda: rows(select(AnsweredGate).order_by(AnsweredGate.gate))


@pytest.fixture
def entries(rows: Callable[..., list[Any]]) -> Callable[[], list[ListedCondition]]:
    return lambda: rows(select(ListedCondition).order_by(ListedCondition.entry))
