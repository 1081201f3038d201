"""Safety questions answered without a network: kept once, and they hold as if asked here."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.conftest import new_person, sign_in
from tracker import clock
from tracker.accounts.models import User
from tracker.safety.models import AnsweredGate, ListedCondition

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
EARLIER = "2026-11-20T07:00:00.000Z"
PREPARE = "/sessions/new?spot=top-of-buttock&side=left"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def eve(app):
    return sign_in(app, new_person(app, "eve@example.org", answered=False))


def answer(client, sheet_id=None, **changes):
    body = {
        "answers": {"back_red_flags": [], "bleeding": []},
        "entries": [],
        "answered_at": EARLIER,
        **changes,
    }
    path = f"/api/answers/{sheet_id or uuid7()}"
    return client.put(path, data=json.dumps(body), content_type="application/json")


def test_what_was_asked_on_the_phone_is_not_asked_again(eve):
    assert b"None of these" in eve.get(PREPARE).data
    assert answer(eve).status_code == 201
    assert b"Begin" in eve.get(PREPARE).data


def test_a_sheet_is_kept_once_however_often_it_is_sent(eve, rows):
    sheet_id = uuid7()
    said = {"answers": {"bleeding": ["bruises_easily"]}, "entries": ["osteoporosis"]}
    first, again = (answer(eve, sheet_id, **said) for _time in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    (kept,) = rows(select(AnsweredGate).where(AnsweredGate.gate == "bleeding"))
    assert kept.chosen == ["bruises_easily"]
    assert kept.answered_at == datetime(2026, 11, 20, 7, tzinfo=UTC)
    (entry,) = rows(select(ListedCondition))
    assert (entry.entry, entry.region) == ("osteoporosis", None)


def test_a_sheet_sent_again_is_here_already_though_its_entry_was_on_the_list(eve, rows):
    answer(eve, answers={}, entries=["osteoporosis"])
    sheet_id = uuid7()
    said = {"answers": {"bleeding": []}, "entries": ["osteoporosis"]}
    assert answer(eve, sheet_id, **said).status_code == 201
    assert answer(eve, sheet_id, **said).status_code == 200
    assert len(rows(select(ListedCondition))) == 1


def test_another_sheet_with_the_same_id_is_refused(eve, rows):
    sheet_id = uuid7()
    answer(eve, sheet_id)
    refused = answer(eve, sheet_id, answers={"bleeding": ["bruises_easily"]})
    assert (refused.status_code, refused.json["key"]) == (422, "id")
    assert {row.gate for row in rows(select(AnsweredGate))} == {"back_red_flags", "bleeding"}


def test_a_warning_sign_closes_the_spot_until_a_clinician_has_looked(eve):
    answer(eve, answers={"back_red_flags": ["foot_drop"], "bleeding": []})
    assert b"Get medical advice today." in eve.get(PREPARE).data


def test_an_older_answer_that_comes_late_does_not_undo_a_newer_one(eve, monkeypatch):
    answer(eve, answers={"bleeding": ["bruises_easily"]}, answered_at="2026-11-20T09:00:00Z")
    answer(eve, answers={"back_red_flags": [], "bleeding": []})
    assert b"Nothing above Light." in eve.get(PREPARE).data


def test_a_phone_that_is_ahead_answered_by_now(eve, rows):
    answer(eve, answered_at="2031-01-01T00:00:00Z")
    assert {row.answered_at for row in rows(select(AnsweredGate))} == {NOW}
    (asked,) = rows(select(User.conditions_asked_at).where(User.email == "eve@example.org"))
    assert asked == NOW


def test_an_older_list_does_not_make_the_newer_one_older(eve, rows):
    answer(eve, answered_at="2026-11-20T11:00:00Z")
    answer(eve)
    (asked,) = rows(select(User.conditions_asked_at).where(User.email == "eve@example.org"))
    assert asked == NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"answers": None}, "answers"),
        ({"answers": []}, "answers"),
        ({"answers": {"toothache": []}}, "answers"),
        ({"answers": {"bleeding": ["foot_drop"]}}, "answers"),
        ({"answers": {"bleeding": "bruises_easily"}}, "answers"),
        ({"answers": {"bleeding": [["bruises_easily"]]}}, "answers"),
        ({"answers": {}, "entries": None}, "answers"),
        ({"entries": ["toothache"]}, "entries"),
        ({"entries": {}}, "entries"),
        ({"answered_at": "yesterday"}, "answered_at"),
        ({"answered_at": "2026-11-20T07:00:00"}, "answered_at"),
        ({"answered_at": 5}, "answered_at"),
    ],
)
def test_what_is_not_a_sheet_is_refused_and_nothing_kept(eve, rows, changes, key):
    refused = answer(eve, **changes)
    assert (refused.status_code, refused.json["key"]) == (422, key)
    assert rows(select(AnsweredGate)) == []


def test_it_is_kept_for_whoever_answered_it_only(app, eve, client, alice):
    other = answer(eve, owner=str(alice.id))
    assert (other.status_code, other.json["error"][:8]) == (403, "Somebody")
    assert answer(client).status_code == 401
