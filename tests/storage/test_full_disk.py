"""There is no room left: a page says so, nothing is half saved, and later it works again."""

import pytest
from sqlalchemy import event, func, select
from uuid_utils.compat import uuid7

from tests.conftest import new_person, sign_in
from tests.sessions.conftest import guided, send
from tracker.database import db
from tracker.sessions.models import MassageSession
from tracker.spots.models import TrackedSpot

NOTE = "Long day at the desk. " * 400
LOG = {
    "spot": "top-of-buttock",
    "side": "left",
    "day": "2026-01-10",
    "start": "18:30",
    "note": NOTE,
}


@pytest.fixture
def person(sqlite_app):
    return new_person(sqlite_app, "alice@example.org")


@pytest.fixture
def client(sqlite_app, person):
    return sign_in(sqlite_app, person)


@pytest.fixture
def full_disk(sqlite_app, client):
    """SQLite may take no page more; call it to make room again."""
    pages = [1]  # it never goes below what is used

    def limit(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count = {pages[0]}").close()

    def make_room():
        pages[0] = 100_000

    with sqlite_app.app_context():
        connection = db.engine.raw_connection()
        connection.execute("VACUUM").close()  # the migrations left room in the file
        connection.close()
        event.listen(db.engine, "checkout", limit)
    return make_room


def sessions_in(app):
    with app.app_context():
        counts = (select(func.count()).select_from(m) for m in (MassageSession, TrackedSpot))
        return [db.session.scalar(count) for count in counts]


def test_a_full_disk_is_told_and_nothing_is_half_saved(sqlite_app, client, full_disk):
    answer = client.post("/sessions/add", data=LOG | {"id": str(uuid7())})
    assert answer.status_code == 507
    assert "There is no room left to save" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert sessions_in(sqlite_app) == [0, 0]


def test_once_there_is_room_the_same_form_is_saved(sqlite_app, client, full_disk):
    form = LOG | {"id": str(uuid7())}
    assert client.post("/sessions/add", data=form).status_code == 507
    full_disk()
    assert client.post("/sessions/add", data=form).status_code == 303
    assert sessions_in(sqlite_app)[0] == 1


def test_the_phone_is_told_and_sends_the_same_session_once_there_is_room(
    sqlite_app, client, full_disk
):
    session_id, body = uuid7(), guided(note=NOTE)
    answer = send(client, body, session_id)
    assert answer.status_code == 507
    assert answer.json["error"] == "There is no room left to save"
    assert sessions_in(sqlite_app) == [0, 0]
    full_disk()
    assert send(client, body, session_id).status_code == 201
    assert send(client, body, session_id).status_code == 200
    assert sessions_in(sqlite_app) == [1, 1]


def test_the_past_can_still_be_read(client, full_disk):
    assert client.get("/").status_code == 200
    assert client.get("/sessions/").status_code == 200
