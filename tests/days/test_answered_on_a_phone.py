"""The day's question answered without a network: kept once, in the order in which it was said."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.days.models import DailyRating

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def at(monkeypatch):
    """Let it be so many hours past midnight."""
    return lambda hour: monkeypatch.setattr(clock, "now", lambda: NOW.replace(hour=hour))


def on_the_day(hour):
    return NOW.replace(hour=hour).isoformat()


def answer(client, rating_id=None, **changes):
    body = {
        "local_date": "2026-11-20",
        "region": "buttock",
        "side": "left",
        "pain_24h": 4,
        "answered_at": "2026-11-20T07:00:00.000Z",
        "time_zone": "Europe/Berlin",
        "based_on": None,
        **changes,
    }
    path = f"/api/ratings/{rating_id or uuid7()}"
    return client.put(path, data=json.dumps(body), content_type="application/json")


def standing(rows):
    return rows(select(DailyRating.pain_24h).where(DailyRating.replaced_at.is_(None)))


def test_an_answer_is_kept_once_however_often_it_is_sent(as_alice, rows):
    rating_id = uuid7()
    first, again = (answer(as_alice, rating_id) for _time in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json == {"id": str(rating_id), "stands": True}
    (kept,) = rows(select(DailyRating))
    assert (kept.pain_24h, kept.answered_at) == (4, datetime(2026, 11, 20, 7, tzinfo=UTC))


def test_an_answer_replaces_the_one_the_phone_had_seen(as_alice, rows):
    seen = answer(as_alice).json["id"]
    assert answer(as_alice, pain_24h=6, based_on=seen, answered_at=on_the_day(9)).json["stands"]
    assert standing(rows) == [6]
    first, second = rows(select(DailyRating).order_by(DailyRating.pain_24h))
    assert first.replaced_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert second.answered_at == first.answered_at


def test_a_phone_that_is_behind_replaces_what_it_had_seen(as_alice, rows):
    seen = answer(as_alice).json["id"]
    assert answer(as_alice, pain_24h=6, based_on=seen, answered_at=on_the_day(5)).json["stands"]
    assert standing(rows) == [6]
    first, second = rows(select(DailyRating).order_by(DailyRating.pain_24h))
    assert first.replaced_at == second.answered_at == datetime(2026, 11, 20, 7, tzinfo=UTC)


def test_an_answer_that_another_came_before_is_kept_beside_it(as_alice, rows):
    seen = answer(as_alice).json["id"]
    assert answer(as_alice, pain_24h=6, based_on=seen, answered_at=on_the_day(10)).json["stands"]
    late = answer(as_alice, pain_24h=9, based_on=seen, answered_at=on_the_day(9))
    assert (late.status_code, late.json["stands"]) == (201, False)
    assert answer(as_alice, pain_24h=8, answered_at=on_the_day(6)).json["stands"] is False
    assert standing(rows) == [6]
    kept = {each.pain_24h: each.replaced_at for each in rows(select(DailyRating))}
    until = {pain: at and at.hour for pain, at in kept.items()}
    assert until == {4: 10, 9: 10, 8: 7, 6: None}


def test_of_two_that_did_not_know_of_each_other_the_one_said_later_stands(as_alice, rows, at):
    at(8)
    as_alice.post("/days/2026-11-20/buttock/left", data={"pain": "2"})
    at(19)
    assert answer(as_alice, pain_24h=7, answered_at=on_the_day(18)).json["stands"]
    assert answer(as_alice, pain_24h=5, answered_at=on_the_day(17)).json["stands"] is False
    assert standing(rows) == [7]
    as_alice.post("/days/2026-11-20/buttock/left", data={"pain": "3"})
    assert standing(rows) == [3]


@pytest.mark.parametrize(("said", "stands"), [(6, []), (11, []), (13, [7])])
def test_an_answer_that_was_taken_back_is_undone_by_a_later_one_only(
    as_alice, rows, at, said, stands
):
    as_alice.post("/days/2026-11-20/buttock/left", data={"pain": "2"})
    as_alice.post("/days/2026-11-20/buttock/left", data={"pain": ""})
    at(19)
    sent = answer(as_alice, pain_24h=7, answered_at=on_the_day(said))
    assert sent.json["stands"] is bool(stands)
    assert standing(rows) == stands


def test_another_region_of_that_day_has_its_own_answer(as_alice, rows):
    as_alice.post("/days/2026-11-20/buttock/right", data={"pain": "2"})
    assert answer(as_alice).json["stands"]
    assert sorted(standing(rows)) == [2, 4]


def test_a_phone_and_a_page_answer_for_the_same_day(as_alice, rows):
    as_alice.post("/days/2026-11-20/buttock/left", data={"pain": "2"})
    assert answer(as_alice).json["stands"] is False
    assert standing(rows) == [2]


def test_a_phone_that_is_ahead_answered_when_it_was_heard(as_alice, rows):
    assert answer(as_alice, answered_at="2027-01-01T00:00:00Z").status_code == 201
    assert [kept.answered_at for kept in rows(select(DailyRating))] == [NOW]


def test_another_answer_with_the_same_id_is_refused(as_alice, rows):
    rating_id = uuid7()
    answer(as_alice, rating_id)
    refused = answer(as_alice, rating_id, pain_24h=5)
    assert (refused.status_code, refused.json["key"]) == (422, "id")
    assert standing(rows) == [4]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("local_date", "2026-11-21"),
        ("local_date", "2026-W47-5"),
        ("local_date", "0000-01-01"),
        ("local_date", "1899-12-31"),
        ("local_date", 20261120),
        ("local_date", None),
        ("region", "moon"),
        ("region", ["buttock"]),
        ("side", "middle"),
        ("side", None),
        ("pain_24h", 11),
        ("pain_24h", -1),
        ("pain_24h", 4.0),
        ("pain_24h", True),
        ("pain_24h", None),
        ("answered_at", "2026-11-20T07:00:00"),
        ("answered_at", "yesterday"),
        ("answered_at", "0001-01-01T00:00:00+14:00"),
        ("answered_at", None),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", 1),
        ("based_on", "1"),
        ("based_on", 1),
        ("mood", "calm"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_naming_the_key(as_alice, rows, key, value):
    refused = answer(as_alice, **{key: value})
    assert refused.status_code == 422
    assert refused.json["key"] in {key, "region"}
    assert refused.json["error"].endswith(".")
    assert rows(select(DailyRating)) == []


def test_signed_out_it_waits_and_for_somebody_else_too(client, as_alice, bob, rows):
    assert answer(client).status_code == 401
    assert answer(as_alice, owner=str(bob.id)).status_code == 403
    assert rows(select(DailyRating)) == []
