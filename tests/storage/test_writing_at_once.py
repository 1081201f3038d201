"""Many write at the same time; nothing is lost, and a moment stays the moment it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from tests.conftest import new_person
from tracker.accounts.models import User
from tracker.database import db, journal_mode, sqlite_module
from tracker.sessions.models import RATINGS, MassageSession

WRITERS, TIMES = 4, 200


@pytest.fixture
def patient(monkeypatch):
    """SQLite's queue is not fair: four that never pause may make one wait long on a busy disk."""
    monkeypatch.setattr("tracker.database.BUSY_MS", 60_000)


def test_four_writers_lose_no_update_on_sqlite(patient, sqlite_app):
    person = new_person(sqlite_app, "alice@example.org", get_ready_s=0)

    def write_often(_number):
        with sqlite_app.app_context():
            for _ in range(TIMES):
                db.session.scalar(select(User).where(User.id == person.id)).get_ready_s += 1
                db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write_often, range(WRITERS)))
    with sqlite_app.app_context():
        assert db.session.scalar(select(User.get_ready_s)) == WRITERS * TIMES


def test_a_reader_does_not_wait_for_a_writer_to_look_first(sqlite_app):
    with sqlite_app.app_context(), db.engine.connect() as writer:
        writer.execute(text("UPDATE account SET get_ready_s = 1"))
        with sqlite_app.test_request_context(), db.engine.connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM account")).scalar() == 0


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("synchronous", 2),
        ("trusted_schema", 0),
        ("secure_delete", 1),
    ],
)
def test_every_sqlite_connection_is_hardened(sqlite_app, pragma, value):
    with sqlite_app.app_context():
        one, other = db.engine.raw_connection(), db.engine.raw_connection()
    for connection in (one, other):
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
        connection.close()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_cannot_corrupt(version, mode):
    assert journal_mode(version) == mode


def test_health_tells_how_the_journal_is_kept(sqlite_app):
    told = sqlite_app.test_client().get("/healthz").json
    module = sqlite_module()
    assert told["journal_mode"].upper() == journal_mode(module.sqlite_version_info)
    assert told["sqlite"] == module.sqlite_version
    assert told["schema"]
    assert told["version"]


def test_a_moment_without_a_zone_is_refused(app, alice, add_session):
    with pytest.raises(StatementError, match="time zone"):
        add_session(alice, started_at=datetime(2026, 11, 16, 8))


def test_a_moment_with_an_offset_comes_back_as_the_same_moment_in_utc(app, alice, add_session):
    there = timezone(timedelta(hours=5, minutes=45))
    kept = add_session(alice, started_at=datetime(2026, 11, 16, 1, 30, 0, 250000, there))
    assert kept.started_at == datetime(2026, 11, 15, 19, 45, 0, 250000, UTC)
    assert kept.started_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("rating", RATINGS)
@pytest.mark.parametrize("value", [-1, 11])
def test_the_database_itself_refuses_a_rating_outside_0_to_10(alice, add_session, rating, value):
    with pytest.raises(IntegrityError):
        add_session(alice, **{rating: value})


@pytest.mark.parametrize("column", [{"side": "both"}, {"entry": "dreamt"}])
def test_the_database_itself_refuses_an_unknown_code(alice, add_session, column):
    with pytest.raises(IntegrityError):
        add_session(alice, **column)


def test_two_people_may_have_a_session_of_the_same_id(alice, bob, add_session, rows):
    one = add_session(alice)
    add_session(bob, id=one.id)
    assert len(rows(select(MassageSession.user_id).where(MassageSession.id == one.id))) == 2


def test_one_person_may_not(alice, add_session):
    one = add_session(alice)
    with pytest.raises(IntegrityError):
        add_session(alice, id=one.id)
