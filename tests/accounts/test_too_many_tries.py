"""Somebody tries many passwords."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.accounts.conftest import EMAIL, OTHER_PASSWORD, PASSWORD
from tracker import limits
from tracker.accounts import sign_in
from tracker.sharing import uploads

MOST = sign_in.TRIES["account"]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """The tries are counted whatever a hash costs."""
    right = lambda _self, password: password == PASSWORD  # noqa: E731
    monkeypatch.setattr("tracker.accounts.models.User.verify_and_update_password", right)
    monkeypatch.setattr("flask_security.forms.hash_password", lambda _password: "")


@pytest.fixture(autouse=True)
def within_one_window(monkeypatch):
    """Tests may run where one quarter of an hour ends and the next begins."""
    monkeypatch.setattr(limits, "time", lambda: 1_800_000_000.0)


def try_(client, email=EMAIL, password=OTHER_PASSWORD, address="192.0.2.1"):
    form = {"email": email, "password": password}
    return client.post("/login", data=form, environ_base={"REMOTE_ADDR": address})


def test_an_account_takes_ten_wrong_passwords_in_a_quarter_of_an_hour(client, alice, monkeypatch):
    for number in range(MOST):
        assert try_(client, address=f"192.0.2.{number}").status_code == 422
    refused = try_(client, password=PASSWORD, address="198.51.100.7")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == sign_in.WINDOW_S
    assert "Too many tries" in refused.text
    monkeypatch.setattr(limits, "time", lambda: 1_800_000_000.0 + sign_in.WINDOW_S)
    assert try_(client, password=PASSWORD).status_code == 302


@pytest.mark.parametrize("spelling", [EMAIL.upper(), f" {EMAIL}"])
def test_another_spelling_of_the_address_is_the_same_account(client, alice, spelling):
    for _ in range(MOST):
        try_(client, spelling)
    assert try_(client, EMAIL).status_code == 429


def test_an_unknown_account_is_counted_like_a_known_one(client):
    for _ in range(MOST):
        assert try_(client, "nobody@example.org").status_code == 422
    assert try_(client, "nobody@example.org").status_code == 429


def test_one_account_being_tried_does_not_shut_out_others(client, browser, alice, hashed):
    for _ in range(MOST + 1):
        try_(client, "bob@example.org")
    assert try_(browser(), password=PASSWORD).status_code == 302


def test_the_right_password_costs_no_try(browser, alice):
    for _ in range(MOST + 1):
        assert try_(browser(), password=PASSWORD).status_code == 302


def test_an_address_trying_many_accounts_is_stopped(client, browser, monkeypatch):
    monkeypatch.setitem(sign_in.TRIES, "address", 5)
    for number in range(5):
        assert try_(client, f"person{number}@example.org").status_code == 422
    assert try_(client, "person6@example.org").status_code == 429
    assert try_(browser(), "person6@example.org", address="192.0.2.2").status_code == 422


def test_an_address_that_is_refused_leaves_nothing_of_what_it_goes_on_trying(
    client, rows, monkeypatch
):
    monkeypatch.setitem(sign_in.TRIES, "address", 1)
    try_(client, "person1@example.org")
    counted = rows(select(limits.Attempt.key))
    assert len(counted) == 2  # the account and the address
    for number in range(2, 5):
        assert try_(client, f"person{number}@example.org").status_code == 429
    assert rows(select(limits.Attempt.key)) == counted


def test_nothing_is_kept_of_a_sign_in_that_went_well(browser, alice, rows):
    assert try_(browser(), password=PASSWORD).status_code == 302
    assert rows(select(limits.Attempt.key)) == []


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [("/register", "security.register"), ("/reset", "security.forgot_password")],
)
def test_accounts_and_reset_links_are_not_made_by_the_thousand(client, monkeypatch, path, endpoint):
    monkeypatch.setitem(sign_in.LIMITS, endpoint, 2)
    for _ in range(2):
        assert client.post(path, data={"email": "x"}).status_code != 429
    refused = client.post(path, data={"email": "x"})
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]


def test_a_signed_in_thief_cannot_try_passwords_without_end(signed_in, monkeypatch):
    monkeypatch.setitem(sign_in.LIMITS, "security.change_password", 2)
    client = signed_in()
    form = {
        "password": "is it this one?",
        "new_password": OTHER_PASSWORD,
        "new_password_confirm": OTHER_PASSWORD,
    }
    assert [client.post("/change", data=form).status_code for _ in range(3)] == [422, 422, 429]


def test_pages_can_be_read_while_sign_in_is_shut(client, alice):
    for _ in range(MOST + 1):
        try_(client)
    assert client.get("/login").status_code == 200
    assert client.get("/spots/").status_code == 200


def test_a_very_long_key_is_counted_too(app):
    with app.app_context():
        assert limits.allowed("x" * 1000, 1, 60)
        assert not limits.allowed("x" * 1000, 1, 60)


def test_old_counts_do_not_pile_up(app, rows):
    with app.app_context():
        for minute in range(5):
            limits.allowed("key", 1, 60, now=minute * 60)
    assert len(rows(limits.db.select(limits.Attempt.count))) == 1


@pytest.mark.parametrize("per_s", [900, 3600])
def test_what_nobody_tried_again_is_forgotten_after_a_day(app, rows, per_s):
    then = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with app.app_context():
        limits.allowed("key", 1, per_s, now=then.timestamp())
    for hours, left in ((1, 1), (23, 1), (26, 0)):
        uploads.sweep(app, then + timedelta(hours=hours))
        assert len(rows(limits.db.select(limits.Attempt.count))) == left
