"""A person signs in, and signs out again."""

import re

import pytest
from sqlalchemy import select

from tests.accounts.conftest import COOKIE, EMAIL, IPHONE, OTHER_PASSWORD, PASSWORD, copy_of
from tracker.accounts.models import Device
from tracker.database import db


def log_in(client, email=EMAIL, password=PASSWORD, **more):
    return client.post("/login", data={"email": email, "password": password, **more})


@pytest.mark.parametrize("email", [EMAIL, "ALICE@Example.ORG"])
def test_signing_in_opens_today(client, alice, email):
    answer = log_in(client, email)
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/you").status_code == 200


def test_signing_in_leads_back_to_the_page_that_asked(client, alice):
    asked = client.get("/sessions/add?spot=foot-arch")
    assert asked.status_code == 302
    answer = client.post(asked.location, data={"email": EMAIL, "password": PASSWORD})
    assert answer.location == "/sessions/add?spot=foot-arch"


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, alice):
    wrong = log_in(client, password=OTHER_PASSWORD)
    unknown = log_in(client, email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not go together" in wrong.text
    assert wrong.text.replace(EMAIL, "nobody@example.org") == unknown.text


def test_a_wrong_password_and_an_unknown_address_cost_a_hash_each(client, alice, monkeypatch):
    hashed = []
    monkeypatch.setattr("flask_security.forms.hash_password", hashed.append)
    log_in(client, email="nobody@example.org")
    assert hashed == [PASSWORD]


@pytest.mark.parametrize("typed", [{"email": ""}, {"password": ""}, {"email": "", "password": ""}])
def test_a_blank_form_is_told_and_the_address_is_kept(client, alice, typed):
    answer = log_in(client, **typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{typed.get("email", EMAIL)}"' in answer.text


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "x" * 100_000, "' OR 1=1 --", "<script>"])
def test_odd_input_is_a_wrong_password_and_nothing_more(client, alice, odd):
    odd = odd.encode("utf-8", "surrogatepass")
    assert client.post("/login", data={"email": odd, "password": odd}).status_code == 422
    assert log_in(client, password=odd).status_code == 422


def test_a_closed_account_cannot_be_entered(app, signed_in, alice, browser):
    client = signed_in()
    with app.app_context():
        db.session.get(type(alice), alice.id).active = False
        db.session.commit()
    assert client.get("/you").status_code == 302
    assert log_in(browser()).status_code == 422


def test_passwords_are_hashed_while_nobody_waits_for_the_database(
    client, browser, alice, monkeypatch
):
    held = []

    def watch(*_args):
        held.append(db.engine.pool.checkedout())
        return "$argon2id$made-for-this-test"

    monkeypatch.setattr("flask_security.core.verify_and_update_password", watch)
    monkeypatch.setattr("flask_security.forms.hash_password", watch)
    monkeypatch.setattr("flask_security.registerable.hash_password", watch)
    log_in(client)
    log_in(browser(), email="nobody@example.org")
    new = {"email": "new@example.org", "password": PASSWORD, "consent": "y"}
    assert browser().post("/register", data=new).status_code == 302
    assert held == [0, 0, 0]


def test_signing_out_is_a_button_not_a_link(signed_in):
    client = signed_in()
    page = client.get("/logout")
    assert page.status_code == 200
    assert re.search(r'<form[^>]*method="post"[^>]*action="/logout"', page.text)
    assert client.get("/you").status_code == 200


def test_a_copied_cookie_dies_at_sign_out(app, signed_in):
    client = signed_in()
    thief = copy_of(app, client)
    assert thief.get("/you").status_code == 200
    assert client.post("/logout").status_code == 302
    assert client.get("/you").status_code == 302
    assert thief.get("/you").status_code == 302


def test_signing_out_here_leaves_other_devices_signed_in(signed_in):
    here, there = signed_in(), signed_in(IPHONE)
    here.post("/logout")
    assert there.get("/you").status_code == 200


def test_signing_out_twice_is_no_error(signed_in):
    client = signed_in()
    client.post("/logout")
    assert client.post("/logout").status_code == 302
    assert client.get("/logout").status_code == 302


def test_there_is_no_token_that_could_outlive_a_device(signed_in, alice, app):
    with app.test_request_context():
        token = alice.get_auth_token()
    stranger = app.test_client()
    assert stranger.get("/you", headers={"Authentication-Token": token}).status_code == 302
    assert stranger.get(f"/you?auth_token={token}").status_code == 302
    json = {"email": EMAIL, "password": PASSWORD}
    answer = stranger.post("/login?include_auth_token", json=json)
    assert answer.status_code == 415
    assert "authentication_token" not in answer.text


def test_the_cookie_is_for_this_site_and_not_for_scripts(client, alice):
    cookie = log_in(client).headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_over_tls(client, alice):
    form = {"email": EMAIL, "password": PASSWORD}
    answer = client.post("/login", data=form, base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]


STAY_OUT = [
    "//e.example",
    "///e.example",
    "/\\e.example",
    "\\\\e.example",
    "/\t/e.example",
    " //e.example",
    "/ /e.example",
    "https:e.example",
    "https://e.example",
    "http:/e.example",
    "e.example",
    ".//e.example",
    "javascript:alert(1)",
    "/\r\nSet-Cookie: x=1",
    "/\x00",
]


@pytest.mark.parametrize("target", STAY_OUT)
def test_next_never_leaves_the_site(client, browser, as_alice, target):
    form = {"email": EMAIL, "password": PASSWORD}
    new = {"email": "new@example.org", "password": PASSWORD, "consent": "y"}
    asked = {"next": target}
    for answer in (
        client.get("/login", query_string=asked),
        client.post("/login", query_string=asked, data=form),
        client.post("/login", data=form | asked),
        client.get("/register", query_string=asked),
        browser().post("/register", data=new | asked),
        as_alice.get("/login", query_string=asked),
        as_alice.post("/logout", query_string=asked),
        as_alice.post("/logout", data=asked),
    ):
        assert answer.status_code == 400 or answer.location in {"/login", "/register", "/logout"}
        assert "e.example" not in (answer.location or "")
        assert "x=1" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("target", ["/sessions/?spot=foot-arch", "/you", "/a//b"])
def test_next_leads_to_a_page_of_this_site(client, alice, target):
    answer = client.post("/login", data={"email": EMAIL, "password": PASSWORD, "next": target})
    assert answer.location == target


def test_each_sign_in_is_one_device(signed_in, rows):
    signed_in()
    signed_in(IPHONE)
    assert sorted(device.label for device in rows(select(Device))) == [
        "Firefox, Linux",
        "Safari, iPhone",
    ]
