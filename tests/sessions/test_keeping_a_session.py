"""The guide is over and the phone sends what happened."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.sessions.conftest import FIRST, GOLDEN, NOW, guided, send
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of, whole
from tracker.sessions.trace_check import TraceError, check_trace
from tracker.spots.catalog import catalog
from tracker.spots.models import OwnSpot, TrackedSpot

BUTTOCK = catalog().spots["top-of-buttock"].limits


def possible_here(case):
    try:
        check_trace(case["trace"], BUTTOCK)
    except TraceError:
        return False
    return True


@pytest.mark.parametrize("case", list(filter(possible_here, GOLDEN)), ids=lambda case: case["name"])
def test_what_the_guide_did_is_kept_phase_by_phase(as_alice, alice, rows, case):
    session_id = uuid7()
    answer = send(as_alice, guided(case), session_id)
    assert answer.status_code == 201
    after = f"/sessions/{session_id}/after"
    assert answer.json == {"id": str(session_id), "revision": 1, "after": after}
    (kept,) = rows(whole(sessions_of(alice)))
    assert kept.trace["phases"] == case["trace"]["phases"]
    assert kept.trace["events"] == case["trace"]["events"]
    sums = {
        name: getattr(kept, name) for name in case["summary"] if name in MassageSession.__dict__
    }
    levels = case["summary"]["level_seconds"]
    assert [kept.level_1_s, kept.level_2_s, kept.level_3_s, kept.level_4_s] == list(levels.values())
    assert sums == {name: case["summary"][name] for name in sums}
    assert (kept.entry, kept.protocol, kept.protocol_version) == (
        "guided",
        case["trace"]["protocol"],
        "1",
    )
    assert (kept.start_level, kept.target_level) == (
        case["trace"]["start"],
        case["trace"]["target"],
    )


def test_what_was_answered_is_kept_and_what_was_not_stays_blank(as_alice, alice, rows):
    send(as_alice, guided(pain_before=0, tenderness_before=None))
    (kept,) = rows(whole(sessions_of(alice)))
    assert kept.pain_before == 0
    assert (kept.tenderness_before, kept.tenderness_level) == (None, None)
    assert (kept.pain_after, kept.peak_discomfort, kept.your_pain) == (None, None, None)
    assert (kept.felt_in, kept.note) == ([], "")


def test_tenderness_is_kept_with_the_level_it_was_tried_at(as_alice, alice, rows):
    send(as_alice, guided(tenderness_before=7))
    (kept,) = rows(sessions_of(alice))
    assert (kept.tenderness_before, kept.tenderness_level) == (7, 2)


def test_the_moment_the_zone_and_the_local_date_are_kept(as_alice, alice, rows):
    away = guided(
        started_at="2026-11-20T00:30:00+13:00",
        ended_at="2026-11-20T00:33:00+13:00",
        time_zone="Pacific/Auckland",
    )
    send(as_alice, away)
    (kept,) = rows(sessions_of(alice))
    assert kept.started_at == datetime(2026, 11, 19, 11, 30, tzinfo=UTC)
    assert kept.ended_at == datetime(2026, 11, 19, 11, 33, tzinfo=UTC)
    assert (kept.time_zone, str(kept.local_date)) == ("Pacific/Auckland", "2026-11-20")
    assert kept.received_at == NOW


def test_sending_it_again_is_no_second_session(as_alice, alice, rows):
    session_id = uuid7()
    first = send(as_alice, guided(), session_id)
    again = send(as_alice, guided(), session_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(rows(sessions_of(alice))) == 1


def test_sending_it_again_with_something_else_changes_nothing_unseen(as_alice, alice, rows):
    session_id = uuid7()
    send(as_alice, guided(), session_id)
    again = send(as_alice, guided(pain_before=1), session_id)
    assert again.status_code == 409
    assert again.json["session"]["pain_before"] == 6
    (kept,) = rows(sessions_of(alice))
    assert kept.pain_before == 6


def test_sending_it_after_it_was_deleted_does_not_bring_it_back(as_alice, alice, rows):
    session_id = uuid7()
    send(as_alice, guided(), session_id)
    as_alice.post(f"/sessions/{session_id}/delete")
    assert send(as_alice, guided(), session_id).status_code == 410
    assert rows(sessions_of(alice)) == []


def test_the_same_id_of_two_people_is_two_sessions(as_alice, as_bob, alice, bob, rows):
    session_id = uuid7()
    assert send(as_alice, guided(), session_id).status_code == 201
    assert send(as_bob, guided(pain_before=2), session_id).status_code == 201
    assert [each.pain_before for each in rows(sessions_of(alice))] == [6]
    assert [each.pain_before for each in rows(sessions_of(bob))] == [2]


def test_who_has_a_session_at_a_spot_works_on_it(as_alice, rows):
    send(as_alice, guided())
    send(as_alice, guided())
    assert [(t.spot_id, t.side) for t in rows(select(TrackedSpot))] == [("top-of-buttock", "left")]


def test_signed_out_it_waits_on_the_phone(client, rows):
    answer = send(client, guided())
    assert answer.status_code == 401
    assert answer.json["error"]
    assert rows(select(MassageSession)) == []


def test_a_session_of_somebody_else_on_this_phone_is_not_taken(as_alice, bob, rows):
    answer = send(as_alice, guided(owner=str(bob.id)))
    assert answer.status_code == 403
    assert answer.json["error"] == "Somebody else is signed in on this phone."
    assert rows(select(MassageSession)) == []


def test_a_start_in_the_future_is_kept_and_counts_from_when_it_came_in(as_alice, alice, rows):
    ahead = (NOW + timedelta(days=2)).isoformat()
    assert send(as_alice, guided(started_at=ahead, ended_at=None)).status_code == 201
    (kept,) = rows(sessions_of(alice))
    assert (kept.clock_uncertain, kept.start_as_sent) == (True, ahead)
    assert kept.started_at == NOW - timedelta(seconds=FIRST["trace"]["counted_s"])
    assert kept.ended_at == NOW
    assert str(kept.local_date) == "2026-11-20"


def test_a_phone_that_is_seconds_ahead_is_believed(as_alice, alice, rows):
    length = timedelta(seconds=FIRST["trace"]["counted_s"])
    send(as_alice, guided(started_at=(NOW - length + timedelta(seconds=9)).isoformat()))
    (kept,) = rows(sessions_of(alice))
    assert (kept.clock_uncertain, kept.started_at) == (False, NOW - length)


@pytest.mark.parametrize(
    ("ended_at", "kept_end"),
    [
        ("2026-11-20T11:00:00+01:00", "10:32:10"),  # before the start: what was counted
        ("2026-11-20T18:00:00+01:00", "12:00:00"),  # not yet: now
        (None, "10:32:10"),
        ("2026-11-20T11:50:00+01:00", "10:50:00"),  # with pauses
    ],
)
def test_an_end_that_cannot_be_is_set_to_what_can(as_alice, alice, rows, ended_at, kept_end):
    assert send(as_alice, guided(ended_at=ended_at)).status_code == 201
    (kept,) = rows(sessions_of(alice))
    assert f"{kept.ended_at:%H:%M:%S}" == kept_end


def test_a_spot_of_ones_own_can_be_guided_but_not_anothers(app, as_alice, as_bob):
    form = {"name": "Inside of the heel", "region": "foot_sole"}
    own = as_alice.post("/spots/new", data=form).location.rsplit("/", 1)[1]
    assert send(as_alice, guided(spot=own)).status_code == 201
    refused = send(as_bob, guided(spot=own))
    assert (refused.status_code, refused.json["key"]) == (422, "spot")


MOMENT = "started_at"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("spot", "no-such-spot"),
        ("spot", "side-of-neck"),  # off until it is switched on
        ("spot", "top-of-buttock\x00"),
        ("spot", None),
        ("spot", 12),
        ("spot", ["top-of-buttock"]),
        ("spot", {}),
        ("spot", "00000000-0000-0000-0000-000000000000"),
        ("side", "middle"),
        ("side", "LEFT"),
        ("side", None),
        ("side", ["left"]),
        ("side", {}),
        ("tool", "hammer"),
        ("tool", None),
        ("tool", []),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("time_zone", None),
        ("time_zone", 1),
        ("pain_before", 11),
        ("pain_before", -1),
        ("pain_before", 5.5),
        ("pain_before", 5.0),
        ("pain_before", True),
        ("pain_before", "5"),
        ("pain_before", [5]),
        ("pain_before", 10**30),
        ("tenderness_before", 11),
        (MOMENT, None),
        (MOMENT, ""),
        (MOMENT, 1_700_000_000),
        (MOMENT, "2026-11-20T11:30:00"),
        (MOMENT, "2026-11-20"),
        (MOMENT, "yesterday"),
        (MOMENT, "2026-W47-5T11:30:00"),
        (MOMENT, "2026-02-30T11:30:00+01:00"),
        (MOMENT, "2026-11-20T24:30:00+01:00"),
        (MOMENT, "0000-11-20T11:30:00+01:00"),
        (MOMENT, "0001-01-01T00:00:00+14:00"),
        (MOMENT, "9999-12-31T23:59:59-12:00\x00"),
        (MOMENT, "1899-12-30T23:59:59+00:00"),
        (MOMENT, "٢٠٢٦-11-20T11:30:00+01:00"),
        ("ended_at", "soon"),
        ("ended_at", 5),
        ("trace", None),
        ("trace", []),
        ("trace", {}),
        ("trace", "x"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_naming_the_key(as_alice, rows, key, value):
    answer = send(as_alice, guided(**{key: value}))
    assert answer.status_code == 422
    assert answer.json["key"].split(".")[0] == key
    assert answer.json["error"].endswith((".", "?"))
    assert rows(select(MassageSession)) == []
    assert rows(select(TrackedSpot)) == []


@pytest.mark.parametrize("key", ["spot", "side", "tool", "time_zone", "started_at", "trace"])
def test_what_is_missing_is_refused(as_alice, rows, key):
    body = guided()
    del body[key]
    assert send(as_alice, body).status_code == 422
    assert rows(select(MassageSession)) == []


GOOD = json.dumps(guided())
NOT_JSON = {
    "nothing": b"",
    "a word": b"session",
    "cut off": GOOD[:-1].encode(),
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "a text": b'"x"',
    "NaN": GOOD.replace('"pain_before": 6', '"pain_before": NaN').encode(),
    "infinity": GOOD.replace('"pain_before": 6', '"pain_before": -Infinity').encode(),
    "the same key twice": GOOD.replace(
        '"side": "left"', '"side": "left", "side": "right"'
    ).encode(),
    "a key twice deep inside": GOOD.replace(
        '"done": true', '"done": true, "done": true', 1
    ).encode(),
    "deep nesting": b"[" * 100_000,
    "deep objects": b'{"a":' * 20_000,
    "a huge number": GOOD.replace('"pain_before": 6', '"pain_before": ' + "9" * 5000).encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "Latin-1": GOOD.replace("left", "löft").encode("latin-1"),
    "a bare NUL": GOOD.replace("left", "le\x00ft").encode(),
    "a comment": b"// x\n" + GOOD.encode(),
    "single quotes": GOOD.replace('"', "'").encode(),
    "two objects": (GOOD + GOOD).encode(),
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
def test_what_is_not_one_plain_json_object_is_refused(as_alice, rows, body):
    answer = send(as_alice, body)
    assert answer.status_code == 422
    assert answer.json["error"].endswith((".", "?"))
    assert rows(select(MassageSession)) == []


ODD = {
    "an unknown key": guided(mood="calm"),
    "a lone surrogate": guided(trace={**FIRST["trace"], "mood": "\ud800"}),
    "a NUL": guided(trace={**FIRST["trace"], "mood": "\x00"}),
    "a prototype": guided(__proto__={"admin": True}),
    "a column": guided(user_id="0", received_at="2026-11-20T11:30:00+01:00"),
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_what_is_not_known_or_not_plain_is_refused(as_alice, rows, body):
    answer = send(as_alice, body)
    assert answer.status_code == 422
    assert answer.json["key"] in {"mood", "trace", "__proto__", "user_id"}
    assert rows(select(MassageSession)) == []


def test_keys_of_a_later_guide_do_no_harm_to_a_trace_and_are_not_kept(as_alice, alice, rows):
    assert send(as_alice, guided(trace={**FIRST["trace"], "mood": "calm"})).status_code == 201
    (kept,) = rows(whole(sessions_of(alice)))
    assert set(kept.trace) == set(FIRST["trace"])


def test_a_number_too_large_for_a_number_does_no_harm(as_alice, alice, rows):
    sent = json.dumps(guided(trace={**FIRST["trace"], "mood": 0})).replace(
        '"mood": 0', '"mood": 1e999'
    )
    assert send(as_alice, sent).status_code < 500
    for kept in rows(whole(sessions_of(alice))):
        assert "mood" not in kept.trace


def test_a_body_that_is_too_large_is_refused_in_json(as_alice, rows):
    answer = send(as_alice, guided(mood="x" * 300_000))
    assert answer.status_code == 413
    assert answer.json["error"]
    assert rows(select(MassageSession)) == []


@pytest.mark.parametrize("session_id", ["1", "not-an-id", "٠1a1b2c3-0000-7000-8000-000000000000"])
def test_an_address_without_an_id_is_not_there(as_alice, session_id):
    assert send(as_alice, guided(), session_id).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_session_is_got_put_and_deleted_and_nothing_else(as_alice, method):
    assert as_alice.open(f"/api/sessions/{uuid7()}", method=method).status_code == 405


def test_own_spots_of_others_are_not_worked_on(as_bob, as_alice, rows):
    form = {"name": "Inside of the heel", "region": "foot_sole"}
    own = as_alice.post("/spots/new", data=form).location.rsplit("/", 1)[1]
    send(as_bob, guided(spot=own))
    assert rows(select(TrackedSpot)) == []
    assert len(rows(select(OwnSpot))) == 1


def test_a_start_at_the_end_of_time_counts_from_when_it_came_in(as_alice, alice, rows):
    answer = send(as_alice, guided(started_at="9999-12-31T23:59:59+00:00", ended_at=None))
    assert answer.status_code == 201
    (kept,) = rows(sessions_of(alice))
    assert kept.started_at < NOW
