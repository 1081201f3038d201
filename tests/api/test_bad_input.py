"""What is no plain JSON, or not meant for here: a clear message, nothing saved, never a failure.

Each case goes to every place that takes JSON.
"""

import json

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from tests.sessions.conftest import guided
from tracker.days.models import DailyRating
from tracker.sessions.models import MassageSession
from tracker.sessions.revisions import Revisions
from tracker.spots.models import TrackedSpot
from tracker.strict import NotPlain, plain_object

RATING = {
    "local_date": "2026-11-20",
    "region": "buttock",
    "side": "left",
    "pain_24h": 4,
    "answered_at": "2026-11-20T07:00:00.000Z",
    "time_zone": "Europe/Berlin",
    "based_on": None,
}
PLACES = {
    "a session": ("PUT", "/api/sessions/{}", guided() | {"based_on": None}),
    "a deletion": ("DELETE", "/api/sessions/{}", {"based_on": None}),
    "an answer": ("PUT", "/api/ratings/{}", RATING),
}
# Each gets the good body as text and makes of it what is sent.
BROKEN = {
    "nothing": lambda good: b"",
    "cut off": lambda good: good[:-1].encode(),
    "a list": lambda good: f"[{good}]".encode(),
    "a text": lambda good: json.dumps(good).encode(),
    "a number": lambda good: b"5",
    "null": lambda good: b"null",
    "twice": lambda good: (good + good).encode(),
    "something after it": lambda good: (good + "x").encode(),
    "NaN": lambda good: with_value(good, "NaN"),
    "infinity": lambda good: with_value(good, "Infinity"),
    "minus infinity": lambda good: with_value(good, "-Infinity"),
    "a float too large": lambda good: with_value(good, "1e999"),
    "a number of 5000 digits": lambda good: with_value(good, "9" * 5000),
    "a number too large for a phone": lambda good: with_value(good, str(2**53 + 1)),
    "a number below them all": lambda good: with_value(good, "-1e300"),
    "hexadecimal": lambda good: with_value(good, "0x10"),
    "a leading zero": lambda good: with_value(good, "01"),
    "Arabic digits": lambda good: with_value(good, "٣"),
    "an underscore": lambda good: with_value(good, "1_0"),
    "a lone surrogate": lambda good: with_value(good, r'"\ud800"'),
    "surrogates the wrong way round": lambda good: with_value(good, r'"\udc00\ud800"'),
    "a NUL": lambda good: with_value(good, r'"\u0000"'),
    "a bare control character": lambda good: with_value(good, '"\x01"'),
    "a surrogate in a key": lambda good: (r'{"\udfff": 1, ' + good[1:]).encode(),
    "a NUL in a key": lambda good: (r'{"\u0000": 1, ' + good[1:]).encode(),
    "the same key twice": lambda good: ('{"based_on": 1, ' + good[1:]).encode(),
    "a key twice deep inside": lambda good: with_value(good, '[{"a": {"b": 1, "b": 1}}]'),
    "an unknown key": lambda good: ('{"mood": 1, ' + good[1:]).encode(),
    "a key that is almost known": lambda good: ('{"Based_on": 1, ' + good[1:]).encode(),
    "a prototype": lambda good: ('{"__proto__": {"x": 1}, ' + good[1:]).encode(),
    "17 levels": lambda good: with_value(good, "[" * 17 + "]" * 17),
    "100,000 levels": lambda good: with_value(good, "[" * 100_000 + "]" * 100_000),
    "20,000 levels of objects": lambda good: b'{"a":' * 20_000,
    "UTF-16": lambda good: good.encode("utf-16"),
    "UTF-16 without a mark": lambda good: good.encode("utf-16-le"),
    "UTF-32": lambda good: good.encode("utf-32"),
    "a byte order mark": lambda good: b"\xef\xbb\xbf" + good.encode(),
    "half a character": lambda good: with_value(good, '"\xe9"').replace(b"\xc3\xa9", b"\xc3"),
    "Latin-1": lambda good: with_value(good, '"\xe9"').replace(b"\xc3\xa9", b"\xe9"),
    "a comment": lambda good: b"/* x */" + good.encode(),
    "single quotes": lambda good: good.replace('"', "'").encode(),
    "a trailing comma": lambda good: (good[:-1] + ",}").encode(),
    "a form": lambda good: b"based_on=1&owner=x",
    "a wrong type": lambda good: with_value(good, '{"a": 1}'),
    "a list for a number": lambda good: with_value(good, "[1]"),
    "a text for a number": lambda good: with_value(good, '"1"'),
    "true for a number": lambda good: with_value(good, "true"),
}


def with_value(good: str, value: str) -> bytes:
    """The good body with this as what it is based on: a key that all of them have."""
    assert '"based_on": null' in good
    return good.replace('"based_on": null', f'"based_on": {value}').encode()


def kept(rows):
    tables = (MassageSession, TrackedSpot, DailyRating, Revisions)
    return [rows(select(func.count()).select_from(table)) for table in tables]


def ask(client, place, data, **more):
    method, path, _good = PLACES[place]
    more.setdefault("content_type", "application/json")
    return client.open(path.format(more.pop("id", uuid7())), method=method, data=data, **more)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("place", PLACES)
def test_it_is_refused_with_a_sentence_and_nothing_is_kept(as_alice, rows, place, broken):
    answer = ask(as_alice, place, broken(json.dumps(PLACES[place][2])))
    assert answer.status_code == 422
    assert answer.json["error"].endswith(".")
    assert answer.json["key"]
    assert kept(rows) == [[0]] * 4


@pytest.mark.parametrize("place", PLACES)
def test_ten_megabytes_are_refused_before_they_are_read(as_alice, rows, place):
    answer = ask(as_alice, place, b'{"note": "' + b"x" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json["error"]
    assert kept(rows) == [[0]] * 4


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "x" * 5000, "multipart/x"])
@pytest.mark.parametrize("place", PLACES)
def test_what_the_sender_calls_it_does_not_matter(as_alice, place, kind):
    answer = ask(as_alice, place, json.dumps(PLACES[place][2]), content_type=kind)
    assert answer.status_code in {200, 201}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "name",
    ["nil", "../../etc/passwd", "%00", "1", "x" * 5000, "٠1a1b2c3-0000-7000-8000-000000000000"],
)
def test_an_id_that_is_none_is_not_there(as_alice, rows, place, name):
    answer = ask(as_alice, place, json.dumps(PLACES[place][2]), id=name)
    assert answer.status_code == 404
    assert answer.json["error"]
    assert kept(rows) == [[0]] * 4


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_no_other_site_can_send_it(as_alice, rows, place, headers):
    answer = ask(as_alice, place, json.dumps(PLACES[place][2]), headers=headers)
    assert answer.status_code == 403
    assert answer.json["error"]
    assert kept(rows) == [[0]] * 4


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("cookie", ["", "x", "session=" + "x" * 8000, "session=a.b.c"])
def test_a_cookie_that_is_none_signs_nobody_in(client, rows, place, cookie):
    headers = {"Cookie": cookie}
    answer = ask(client, place, json.dumps(PLACES[place][2]), headers=headers)
    assert answer.status_code == 401
    assert kept(rows) == [[0]] * 4


@pytest.mark.parametrize("method", ["POST", "PATCH", "PROPFIND", "BREW"])
@pytest.mark.parametrize("path", ["/api/sessions/", "/api/ratings/"])
def test_another_method_is_told_what_there_is(as_alice, method, path):
    answer = as_alice.open(f"{path}{uuid7()}", method=method, data="{}")
    assert answer.status_code == 405
    assert "PUT" in answer.headers["Allow"]
    assert answer.json["error"]


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/sessions/", "/api/changes/1"])
def test_what_is_not_there_is_told_in_json(as_alice, path):
    answer = as_alice.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/json")


def test_markup_and_odd_characters_in_a_note_are_kept_as_they_are(as_alice):
    note = "<script>alert(1)</script> \u202eto the left\u202c zero\u200bwidth \U0001f41a {{ 7*7 }}"
    session_id = uuid7()
    body = json.dumps(guided(note=note))
    assert ask(as_alice, "a session", body, id=session_id).status_code == 201
    assert as_alice.get(f"/api/sessions/{session_id}").json["note"] == note
    page = as_alice.get(f"/sessions/{session_id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b'{"a": [[1e400]]}', "a"),
        (b'{"a": {"b": "\\ud83d"}}', "a"),
        (b'{"a": 9007199254740993}', "a"),
        (b"{", "body"),
        (b"\xff", "body"),
    ],
)
def test_where_it_is_wrong_is_told_as_far_as_it_is_known(data, key):
    with pytest.raises(NotPlain) as refused:
        plain_object(data)
    assert refused.value.key == key


def test_what_is_plain_is_read_as_it_is():
    said = {"a": [1, 2.5, None, True, "\U0001f41a\n", {"b": {}}], "": 2**53}
    assert plain_object(json.dumps(said).encode()) == said
    assert plain_object(json.dumps(said, ensure_ascii=False).encode()) == said
