"""A newer Sweetspot starts on an older database: all of it is upgraded, or nothing is touched."""

import stat
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.conftest import new_person, sign_in
from tracker.database import db, engine_options, sqlite_module
from tracker.migrate import SchemaError, back_up, upgrade
from tracker.settings import ROOT

ADD_COLUMN = 'op.add_column("account", sa.Column("extra", sa.Integer()))'
PAGES = 64 * 1024  # bytes; every table alone takes more
LATER = """
import sys
from pathlib import Path
from tracker import migrate
migrate.ROOT = Path(sys.argv[1])
migrate.upgrade(sys.argv[2])
"""


def ask(url: str, statement: str) -> list[tuple]:
    engine = create_engine(url, **engine_options(url))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def revision(url: str) -> str:
    return ask(url, "SELECT version_num FROM alembic_version")[0][0]


def columns_of_account(url: str) -> set[str]:
    engine = create_engine(url, **engine_options(url))
    names = {column["name"] for column in inspect(engine).get_columns("account")}
    engine.dispose()
    return names


@pytest.fixture
def with_people(sqlite_app, sqlite_url):
    """The address of a database with two people, each signed in on one device."""
    for name in ("alice", "bob"):
        sign_in(sqlite_app, new_person(sqlite_app, f"{name}@example.org"))
    with sqlite_app.app_context():
        db.engine.dispose()
    return sqlite_url


def test_the_first_start_makes_every_table(fresh_url):
    head = upgrade(fresh_url)
    assert revision(fresh_url) == head
    engine = create_engine(fresh_url, **engine_options(fresh_url))
    assert set(inspect(engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}
    engine.dispose()


def test_the_second_start_changes_nothing(fresh_url, tmp_path):
    head = upgrade(fresh_url)
    assert upgrade(fresh_url) == head
    assert not list(tmp_path.glob("*.backup"))


def test_two_starts_at_once_end_well(fresh_url):
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        heads = set(pool.map(upgrade, [fresh_url] * 2))
    assert heads == {revision(fresh_url)}
    assert len(ask(fresh_url, "SELECT version_num FROM alembic_version")) == 1


def test_a_database_of_a_newer_sweetspot_is_refused_with_a_sentence(fresh_url):
    upgrade(fresh_url)
    engine = create_engine(fresh_url, **engine_options(fresh_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(SchemaError, match=r"newer Sweetspot \(schema 9999\)"):
        upgrade(fresh_url)
    assert revision(fresh_url) == "9999"


# SQLAlchemy cannot read that index back: a revision that rebuilds accounts makes it again.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_an_upgrade_keeps_every_row_also_where_a_table_is_rebuilt(with_people, next_version):
    next_version(
        'with op.batch_alter_table("account", recreate="always") as table:',
        '    table.add_column(sa.Column("extra", sa.Integer()))',
        'index = [sa.text("lower(email)")]',
        'op.create_index("uq_account_email_lower", "account", index, unique=True)',
    )
    assert upgrade(with_people) == "next"
    assert "extra" in columns_of_account(with_people)
    assert ask(with_people, "SELECT count(*) FROM device") == [(2,)]


def test_there_is_a_backup_from_before_the_upgrade(with_people, next_version, tmp_path):
    before = revision(with_people)
    next_version(ADD_COLUMN)
    upgrade(with_people)
    (copy,) = tmp_path.glob("*.backup")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert revision(f"sqlite:///{copy}") == before
    assert ask(f"sqlite:///{copy}", "SELECT count(*) FROM account") == [(2,)]
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_takes_what_is_only_in_the_log_yet(with_people):
    path = Path(with_people.removeprefix("sqlite:///"))
    writer = sqlite_module().connect(path)
    writer.execute("UPDATE account SET get_ready_s = 77")
    writer.commit()
    copy = back_up(path)
    writer.close()
    assert ask(f"sqlite:///{copy}", "SELECT DISTINCT get_ready_s FROM account") == [(77,)]


def test_the_backup_can_take_the_place_of_the_database(with_people, next_version, tmp_path):
    next_version(ADD_COLUMN)
    upgrade(with_people)
    (copy,) = tmp_path.glob("*.backup")
    assert upgrade(f"sqlite:///{copy}") == "next"
    assert ask(f"sqlite:///{copy}", "SELECT count(*) FROM device") == [(2,)]


@pytest.fixture
def no_room_for_a_copy(monkeypatch):
    """The system lets no file grow beyond the first pages of a copy."""

    class Cramped(sqlite_module().Connection):
        def execute(self, statement, *values):
            before = getrlimit(RLIMIT_FSIZE)
            setrlimit(RLIMIT_FSIZE, (PAGES, before[1]))
            try:
                return super().execute(statement, *values)
            finally:
                setrlimit(RLIMIT_FSIZE, before)

    driver = SimpleNamespace(**vars(sqlite_module()))
    driver.connect = partial(driver.connect, factory=Cramped)
    monkeypatch.setattr("tracker.migrate.sqlite_module", lambda: driver)


def test_without_room_for_a_backup_nothing_is_upgraded_and_a_sentence_says_why(
    with_people, next_version, tmp_path, no_room_for_a_copy
):
    before = revision(with_people)
    next_version(ADD_COLUMN)
    with pytest.raises(SchemaError, match="No backup could be made"):
        upgrade(with_people)
    assert revision(with_people) == before
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob("*.backup"))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("op.execute(\"DELETE FROM device WHERE label = 'Test'\")", "device from 2 to 0"),
        ("op.execute(\"UPDATE device SET user_id = '00'\")", "2 rows pointing nowhere"),
    ],
)
def test_an_upgrade_that_harms_rows_is_taken_back(with_people, next_version, harm, told):
    before = revision(with_people)
    next_version(ADD_COLUMN, harm)
    with pytest.raises(SchemaError, match=told):
        upgrade(with_people)
    assert revision(with_people) == before
    assert "extra" not in columns_of_account(with_people)
    assert ask(with_people, "SELECT count(*) FROM device JOIN account a ON a.id = user_id") == [
        (2,)
    ]


def start_later(folder: Path, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LATER, str(folder), url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_an_upgrade_killed_halfway_leaves_the_old_database(with_people, next_version):
    before = revision(with_people)
    folder = next_version(
        ADD_COLUMN,
        'op.execute("UPDATE account SET extra = 1")',
        'op.execute("DROP TABLE device")',
        'print("halfway", flush=True)',
        "sys.stdin.read()",
    )
    with start_later(folder, with_people) as started:
        assert started.stdout.readline() == "halfway\n"
        started.kill()
    assert revision(with_people) == before
    assert "extra" not in columns_of_account(with_people)
    assert ask(with_people, "PRAGMA integrity_check") == [("ok",)]
    next_version(ADD_COLUMN)
    assert upgrade(with_people) == "next"
    assert ask(with_people, "SELECT count(*) FROM device") == [(2,)]


def test_a_start_waits_for_another_ones_upgrade(with_people, next_version):
    folder = next_version(ADD_COLUMN, 'print("halfway", flush=True)', "sys.stdin.readline()")
    with start_later(folder, with_people) as first:
        assert first.stdout.readline() == "halfway\n"
        with start_later(folder, with_people) as second:
            assert second.poll() is None
            first.stdin.write("go on\n")
            first.stdin.close()
            assert first.wait(30) == 0
            assert second.wait(30) == 0
            assert second.stdout.read() == ""  # it found the work done
    assert revision(with_people) == "next"
