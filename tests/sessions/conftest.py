"""A fixed noon, sessions as the guide sends them, and the form for one done without it."""

import copy
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from tracker import clock

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday, 13:00 in Berlin
GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))
FIRST, THIRD = GOLDEN[0], GOLDEN[1]


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """It is NOW, until a test says otherwise."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(NOW)
    return set_to


def guided(case: dict[str, Any] = FIRST, **changes: Any) -> dict[str, Any]:
    """What a phone sends after the guide ran `case`."""
    sent = {
        "spot": "top-of-buttock",
        "side": "left",
        "tool": "fingertips",
        "started_at": "2026-11-20T11:30:00+01:00",
        "ended_at": "2026-11-20T11:33:00+01:00",
        "time_zone": "Europe/Berlin",
        "pain_before": 6,
        "tenderness_before": None,
        "trace": copy.deepcopy(case["trace"]),
    }
    return sent | changes


def send(
    client: FlaskClient, body: dict[str, Any] | bytes | str, session_id: UUID | str | None = None
) -> TestResponse:
    data = json.dumps(body) if isinstance(body, dict) else body
    path = f"/api/sessions/{session_id or uuid7()}"
    return client.put(path, data=data, content_type="application/json")


def by_hand(**changes: Any) -> dict[str, Any]:
    """The form for a session done without the guide; None leaves a field out."""
    form = {
        "id": str(uuid7()),
        "spot": "top-of-buttock",
        "side": "left",
        "day": "2026-11-18",
        "start": "18:30",
        **changes,
    }
    return {name: value for name, value in form.items() if value is not None}


def told(answer: TestResponse, field: str) -> bool:
    """Whether there is a message beside this field, and the summary leads to what is there."""
    beside = f'id="{field.replace("_", "-")}-error"' in answer.text.replace("_", "-")
    leads = re.findall(r'<li><a href="#([^"]+)"', answer.text)
    return beside and leads != [] and all(f' id="{place}"' in answer.text for place in leads)


WRONG_RATINGS = ["11", "-1", "3.5", "1e1", "+5", "0x5", "ten", "٣", "1_0", "010", "9" * 400, "½"]
CONTROL_NOTES = ["a\x00b", "\x07", "\x1b[31m"]
