"""Another site's page asks, with the person's own cookies, for something to be changed."""

import re

import pytest
from sqlalchemy import select

from tests.conftest import new_person, sign_in
from tracker.accounts.models import User

FORM = {"time_zone": "Pacific/Auckland", "get_ready_s": "60", "gentle_only": "y"}
ELSEWHERE = [
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "http://sub.localhost"},
    {"Origin": ""},
    {"Origin": "localhost"},
    {"Origin": "http://[::1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]
CHANGES = [
    ("POST", "/you"),
    ("POST", "/logout"),
    ("POST", "/login"),
    ("POST", "/register"),
    ("POST", "/sessions/add"),
    ("POST", "/next-day"),
    ("POST", "/days/2026-11-20/low_back/left"),
    ("POST", "/days/2026-11-20/note"),
    ("POST", "/days/activities/"),
    ("POST", "/days/activities/later"),
    ("POST", "/sessions/01a1b2c3-0000-7000-8000-000000000000/next-day"),
    ("POST", "/spots/top-of-buttock/sides/left"),
    ("POST", "/you/reminders/calendar"),
    ("POST", "/you/reminders/calendar/off"),
    ("POST", "/you/reminders/phones"),
    ("POST", "/you/reminders/times"),
    ("PUT", "/api/sessions/01a1b2c3-0000-7000-8000-000000000000"),
    ("DELETE", "/api/sessions/01a1b2c3-0000-7000-8000-000000000000"),
    ("PUT", "/api/ratings/01a1b2c3-0000-7000-8000-000000000000"),
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_change_asked_for_by_another_page_is_refused(as_alice, rows, headers):
    answer = as_alice.post("/you", data=FORM, headers=headers)
    assert answer.status_code == 403
    assert rows(select(User.time_zone)) == ["Europe/Berlin"]


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_that_holds_for_whatever_can_be_changed(as_alice, method, path):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert as_alice.open(path, method=method, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_a_change_asked_for_by_ones_own_page_is_made(as_alice, headers):
    assert as_alice.post("/you", data=FORM, headers=headers).status_code == 303


def test_a_link_from_elsewhere_opens_a_page(as_alice):
    assert as_alice.get("/you", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.fixture
def strict(app_with):
    """Signed in on an app that asks for the CSRF token."""
    app = app_with()
    return sign_in(app, new_person(app, "alice@example.org"))


FORMS = ["/you", "/logout", "/change", "/sessions/add", "/spots/new"]


@pytest.mark.parametrize(
    "path", [*FORMS, "/spots/top-of-buttock/sides/left", "/you/reminders/calendar"]
)
@pytest.mark.parametrize("token", [None, "", "made-up", "a.b.c"])
def test_a_form_without_its_token_is_refused(strict, path, token):
    data = {} if token is None else {"csrf_token": token}
    assert strict.post(path, data=FORM | data).status_code == 400


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_so_is_one_to_sign_in_with(app_with, path):
    assert app_with().test_client().post(path, data={"email": "x"}).status_code == 400


@pytest.mark.parametrize("path", [*FORMS, "/you/reminders"])
def test_every_form_carries_its_token(strict, path):
    page = strict.get(path).text
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.S)
    assert forms
    assert all('name="csrf_token"' in form for form in forms)


def test_the_token_of_the_page_is_taken(strict):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', strict.get("/you").text)[1]
    assert strict.post("/you", data=FORM | {"csrf_token": token}).status_code == 303


def test_a_token_of_somebody_else_is_not(app_with):
    app = app_with()
    alice, bob = (sign_in(app, new_person(app, f"{n}@example.org")) for n in ("alice", "bob"))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', bob.get("/you").text)[1]
    assert alice.post("/you", data=FORM | {"csrf_token": token}).status_code == 400
