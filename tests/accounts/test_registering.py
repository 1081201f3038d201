"""A person signs up."""

import pytest
from flask_security import hash_password
from sqlalchemy import select

from tests.accounts.conftest import EMAIL, OTHER_PASSWORD, PASSWORD
from tests.conftest import KEY, new_person
from tracker.accounts.models import User
from tracker.accounts.sign_in import CONFIG
from tracker.app import create_app
from tracker.sessions.models import MassageSession
from tracker.settings import Settings

FORM = {"email": EMAIL, "password": PASSWORD, "consent": "y", "time_zone": "Asia/Tokyo"}


def register(client, **changes):
    return client.post("/register", data={k: v for k, v in (FORM | changes).items() if v})


def test_signing_up_signs_in_and_keeps_the_phones_time_zone(client, rows):
    answer = register(client)
    assert answer.status_code in {302, 303}
    assert answer.location == "/"
    assert client.get("/you").status_code == 200
    (person,) = rows(select(User))
    assert (person.email, person.time_zone) == (EMAIL, "Asia/Tokyo")
    assert person.consented_at is not None


@pytest.mark.parametrize("whom", ["Anna, 0171 2345", None])
def test_whom_to_call_in_an_emergency_may_be_said_with_it(client, rows, whom):
    assert register(client, emergency_call=whom).status_code in {302, 303}
    assert rows(select(User.emergency_call)) == [whom]


def test_too_long_a_note_of_whom_to_call_is_told_and_nothing_is_made(client, rows):
    answer = register(client, emergency_call="1" * 41)
    assert 'id="emergency_call-error"' in answer.text
    assert rows(select(User)) == []


def test_the_password_is_kept_as_argon2id_only(client, rows):
    register(client)
    (person,) = rows(select(User))
    assert person.password.startswith("$argon2id$")
    assert PASSWORD not in person.password


def test_a_password_takes_64_mib_and_three_rounds_to_try(monkeypatch, tmp_path):
    """RFC 9106's second choice, where there is not much memory."""
    monkeypatch.delitem(CONFIG, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS")
    app = create_app(
        Settings(secret_key=KEY, database_url=f"sqlite:///{tmp_path}/x.db", instance=tmp_path)
    )
    with app.app_context():
        assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("password", "seven77", "8 to 128"),
        ("password", "x" * 129, "8 to 128"),
        ("password", "password123", "too easy to guess"),
        ("password", "aaaaaaaaaaaa", "too easy to guess"),
        ("password", EMAIL, "too easy to guess"),
        ("password", "", "assword"),
        ("email", "not an address", "mail"),
        ("email", "", "mail"),
        ("email", "a@", "mail"),
        ("email", f"{'a' * 250}@example.org", "mail"),
        ("email", "alice\x00@example.org", "mail"),
        ("email", "alice\u202e@example.org", "mail"),
        ("consent", "", "tick the box"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_the_rest_is_kept(
    client, rows, field, value, told
):
    answer = register(client, **{field: value})
    assert answer.status_code == 422
    assert told in answer.text
    assert f'id="{field}-error"' in answer.text
    assert f'value="{EMAIL}"' in answer.text or field == "email"
    assert PASSWORD not in answer.text
    assert rows(select(User)) == []


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple zebra xylophone " * 2
        + "and then thirty-eight letters to go on",
        "vier wörter ohne sinn",
        "совсем другие слова",
        "🌊🪨🌲🦊🌙🔥🍁🐚",
        "trailing and leading ",
    ],
    ids=["128 characters", "umlauts", "cyrillic", "emoji", "blanks"],
)
def test_any_characters_make_a_password_up_to_128(client, browser, password):
    assert register(client, password=password).status_code == 302
    answer = browser().post("/login", data={"email": EMAIL, "password": password})
    assert answer.status_code == 302


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper(), "alice@EXAMPLE.org"])
def test_an_address_has_one_account(client, browser, rows, email):
    register(client)
    answer = register(browser(), email=email, password=OTHER_PASSWORD)
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert len(rows(select(User))) == 1


def test_tapped_twice_at_once_the_second_is_told_of_the_first(client, app, rows, monkeypatch):
    def come_second(_password):
        new_person(app, EMAIL)
        return "hashed, which takes long"

    monkeypatch.setattr("flask_security.registerable.hash_password", come_second)
    answer = register(client)
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert f'value="{EMAIL}"' in answer.text
    assert len(rows(select(User))) == 1
    assert client.get("/you").status_code == 302


@pytest.mark.parametrize("zone", ["Mars/Olympus", "localtime", "../../etc/passwd", "", "x" * 500])
def test_an_odd_time_zone_is_utc_until_it_is_chosen(client, rows, zone):
    register(client, time_zone=zone)
    (person,) = rows(select(User))
    assert person.time_zone == "UTC"


def test_more_than_the_form_asks_for_is_not_taken(client, rows):
    register(client, active="", id="0", fs_uniquifier="known", gentle_only="y")
    (person,) = rows(select(User))
    assert person.active
    assert person.fs_uniquifier != "known"
    assert not person.gentle_only


def test_who_is_signed_in_already_is_sent_on(client, rows):
    register(client)
    answer = register(client, email="other@example.org")
    assert (answer.status_code, answer.location) == (302, "/")
    assert len(rows(select(User))) == 1


def test_a_new_account_is_empty(client, rows, bob, add_session):
    add_session(bob, note="bob's own")
    register(client)
    assert "No sessions here yet" in client.get("/sessions/").text
    assert len(rows(select(MassageSession))) == 1


def test_the_form_is_made_for_a_phone(client):
    page = client.get("/register").text
    for attribute in (
        'autocomplete="username"',
        'inputmode="email"',
        'autocomplete="new-password"',
        "<show-password>",
        '<time-zone field="time_zone">',
        "medical device",
        "call your local emergency number",
    ):
        assert attribute in page
