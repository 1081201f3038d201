"""The database does not answer: a page says so all the same, once, and asks it for nothing more."""

from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from uuid_utils.compat import uuid7

from tests.conftest import new_person, sign_in, sql_of
from tracker.database import db, sqlite_module

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def hurried(monkeypatch):
    """Nobody waits five seconds for a lock that a test holds until its end."""
    monkeypatch.setattr("tracker.database.BUSY_MS", 1)


def refuse(*_what):
    raise OperationalError("SELECT", {}, Exception("connection refused"))


@pytest.fixture
def client(hurried, sqlite_app):
    return sign_in(sqlite_app, new_person(sqlite_app, "alice@example.org"))


@pytest.fixture
def writing(client, sqlite_url):
    """Somebody else writes, and does not come to an end."""
    writer = sqlite_module().connect(Path(sqlite_url.removeprefix("sqlite:///")))
    writer.execute("UPDATE account SET get_ready_s = get_ready_s")
    yield
    writer.close()


def test_a_database_that_stays_busy_is_told_after_one_wait(sqlite_app, client, writing):
    with sql_of(sqlite_app) as asked:
        answer = client.post("/sessions/add", headers=GERMAN)
    assert answer.status_code == 503
    assert "Hier ging etwas schief" in answer.text
    assert asked == ["BEGIN IMMEDIATE"]


def test_a_phone_is_told_that_the_database_is_busy_after_one_wait(sqlite_app, client, writing):
    with sql_of(sqlite_app) as asked:
        answer = client.put(f"/api/sessions/{uuid7()}", json={})
    assert (answer.status_code, answer.json["error"]) == (503, "Something went wrong here")
    assert asked == ["BEGIN IMMEDIATE"]


def test_a_database_that_is_away_is_told(app, as_alice, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # as outside of tests
    monkeypatch.setattr("tracker.accounts.sign_in.signed_in", refuse)
    answer = as_alice.get("/you")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text


def test_a_database_that_goes_away_once_the_person_is_known_is_told(app, as_alice, monkeypatch):
    with app.app_context():
        engine = db.engine

    def lose(_connection, _cursor, statement, *_more):
        if statement.startswith("UPDATE account"):
            event.listen(engine, "begin", refuse)
            refuse()

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    event.listen(engine, "before_cursor_execute", lose)
    try:
        answer = as_alice.post("/days/activities/later")
    finally:
        event.remove(engine, "before_cursor_execute", lose)
        event.remove(engine, "begin", refuse)
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
