"""Requests no browser of a person would send: refused, never a failure."""

import pytest
from sqlalchemy import select

from tests.accounts.conftest import COOKIE
from tracker.sessions.models import MassageSession

LOG = {"spot": "top-of-buttock", "side": "left", "day": "2026-01-10", "start": "18:30"}


@pytest.mark.parametrize(
    ("hosts", "host", "status"),
    [
        ((), "anything.example", 200),
        (("sweetspot.example.org",), "sweetspot.example.org", 200),
        (("sweetspot.example.org",), "sweetspot.example.org:8000", 200),
        (("sweetspot.example.org",), "evil.example", 400),
        (("sweetspot.example.org",), "sweetspot.example.org.evil.example", 400),
        (("sweetspot.example.org",), "a.sweetspot.example.org", 400),
        ((".example.org",), "a.example.org", 200),
        ((".example.org",), "evilexample.org", 400),
    ],
)
def test_only_trusted_hosts_are_answered(app_with, hosts, host, status):
    answer = app_with(trusted_hosts=hosts).test_client().get("/spots/", headers={"Host": host})
    assert answer.status_code == status


def test_without_a_proxy_nobody_can_say_where_they_come_from(app_with):
    claims = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "e.e"}
    answer = app_with().test_client().get("/sessions/", headers=claims)
    assert "Strict-Transport-Security" not in answer.headers
    assert "e.e" not in answer.location


def test_behind_a_proxy_its_word_is_taken(app_with):
    claims = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"}
    answer = app_with(proxies=1).test_client().get("/", headers=claims)
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/sessions/%00",
        "/spots/%ff%fe",
        "/spots/..%2f..%2fetc%2fpasswd",
        "/../../etc/passwd",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/sessions/00000000-0000-0000-0000-000000000000",
        "/sessions/not-an-id",
        "/sessions/٠1a1b2c3-0000-7000-8000-000000000000",
        "/spots/" + "x" * 5000,
        "/spots/%F0%9F%90%9A",
        "/wp-login.php",
        "/.git/config",
        "/sessions/%0d%0aX-Evil:1",
    ],
)
def test_an_odd_path_is_a_page_that_is_not_there(as_alice, path):
    answer = as_alice.get(path)
    assert answer.status_code == 404
    said = ("There is nothing here", "There is no spot at this address")
    assert any(words in answer.text for words in said)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW"])
def test_a_page_cannot_be_changed(as_alice, method):
    answer = as_alice.open("/sessions/", method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/", "/sessions/", "/healthz", "/sharing/sessions.csv"])
def test_asking_for_the_head_alone_changes_and_sends_nothing(as_alice, path):
    answer = as_alice.head(path)
    assert answer.status_code == 200
    assert answer.data == b""


@pytest.mark.parametrize("body", ["[1]", "5", '{"note": 5}', '{"pain_after": [1]}', "{", "null"])
@pytest.mark.parametrize("path", ["/sessions/add", "/you", "/spots/new", "/login", "/register"])
def test_json_is_not_taken_for_a_form(as_alice, path, body):
    answer = as_alice.post(path, data=body, content_type="application/json")
    assert answer.status_code == 415


LARGE = 300 * 1024


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_that_is_too_large_is_refused(as_alice, rows, kind):
    answer = as_alice.post("/sessions/add", data=LOG | {"note": "x" * LARGE}, content_type=kind)
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert rows(select(MassageSession)) == []


def test_a_form_with_thousands_of_fields_is_refused_or_read(as_alice, rows):
    many = "&".join(f"f{number}=1" for number in range(20_000))
    answer = as_alice.post(
        "/sessions/add", data=many, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in {413, 422}


def test_a_body_that_is_no_form_is_an_empty_form(as_alice, rows):
    for kind in ("text/plain", "image/png", ""):
        assert (
            as_alice.post("/sessions/add", data=b"\xff\x00", content_type=kind).status_code == 422
        )
    assert rows(select(MassageSession)) == []


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "a.b.c",
        ".eJw.x.y",
        "%00",
        "é",
        "eyJkZXZpY2UiOiJub3QtYW4taWQifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "x" * 100_000,
    ],
    ids=lambda cookie: cookie[:20],
)
def test_a_made_up_cookie_is_nobodys(client, cookie):
    header = {"Cookie": f"{COOKIE}={cookie}"}
    assert client.get("/", headers=header).status_code == 200
    assert client.get("/you", headers=header).status_code == 302


@pytest.mark.parametrize("where", [0, 10, -5])
def test_a_cookie_changed_in_one_letter_is_nobodys(app, as_alice, where):
    value = list(as_alice.get_cookie(COOKIE).value)
    value[where] = "A" if value[where] != "A" else "B"
    stranger = app.test_client()
    stranger.set_cookie(COOKIE, "".join(value))
    assert stranger.get("/you").status_code == 302


def test_one_persons_device_does_not_open_anothers_account(app, as_alice, as_bob, alice):
    with as_bob.session_transaction() as session:
        session["_user_id"] = alice.fs_uniquifier
    assert as_bob.get("/you").status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "before=%00",
        "before=x_y",
        "spot=%00",
        "spot=%ff",
        "spot=" + "x" * 3000,
        "before=" + "9" * 99,
    ],
)
def test_an_odd_question_to_the_history_is_no_failure(as_alice, query):
    assert as_alice.get(f"/sessions/?{query}").status_code in {200, 404}


@pytest.mark.parametrize("language", ["", "xx", "de;q=9", "x" * 5000, "*", "en-GB,en;q=0.5"])
def test_an_odd_language_is_answered_in_one_there_is(client, language):
    answer = client.get("/", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
