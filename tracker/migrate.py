"""Brings the database to this version's schema at start, under a lock, or not at all."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tracker.database import engine_options, harden, sqlite_module
from tracker.settings import ROOT

PG_LOCK = 0x53EE7590  # any constant of our own: pg_advisory_xact_lock's key


class SchemaError(RuntimeError):
    """The database cannot be brought to this version; the message says what to do."""


def upgrade(url: str) -> str:
    """Upgrade the database at `url` to the newest revision and return that revision."""
    script = ScriptDirectory(str(ROOT / "migrations"))
    engine = create_engine(url, poolclass=NullPool, **_options(url))
    harden(engine)
    sqlite = Path(make_url(url).database or "") if engine.dialect.name == "sqlite" else None
    try:
        with _locked(sqlite):
            if sqlite and _revision(engine) not in (None, script.get_current_head()):
                _refuse_newer(_revision(engine), script)
                back_up(sqlite)
            _upgrade(engine, script)
    except (OperationalError, OSError) as error:
        why = str(getattr(error, "orig", error)).strip()
        raise SchemaError(f"The database of DATABASE_URL could not be used: {why}") from error
    finally:
        engine.dispose()
    return script.get_current_head() or ""


def _options(url: str) -> dict[str, Any]:
    return {k: v for k, v in engine_options(url).items() if k != "pool_pre_ping"}


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(revision: str | None, script: ScriptDirectory) -> None:
    known = {entry.revision for entry in script.walk_revisions()}
    if revision and revision not in known:
        raise SchemaError(
            f"The database was written by a newer Sweetspot (schema {revision}). "
            "Start that version, or restore a backup made before it."
        )


def _upgrade(engine: Engine, script: ScriptDirectory) -> None:
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            # Batch mode rebuilds tables; with keys on, that would delete the child rows.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if not sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PG_LOCK})
            current = MigrationContext.configure(connection).get_current_revision()
            _refuse_newer(current, script)
            if current == script.get_current_head():
                return
            before = _row_counts(connection)
            config = Config()
            config.set_main_option("script_location", str(ROOT / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check(connection, before)


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in tables
    }


def _check(connection: Connection, before: dict[str, int]) -> None:
    after = _row_counts(connection)
    for name, count in before.items():
        if name in after and after[name] != count:
            raise SchemaError(f"The upgrade changed {name} from {count} to {after[name]} rows.")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise SchemaError(f"The upgrade left {len(broken)} rows pointing nowhere.")


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _locked(sqlite: Path | None) -> Any:
    return _file_lock(sqlite) if sqlite else nullcontext()


def back_up(database: Path) -> Path:
    """Write a checked copy of an SQLite database beside it and return its path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = database.with_name(f"{database.stem}.{stamp}.backup")
    draft = target.with_suffix(".part")
    try:
        _copy(database, draft)
        draft.rename(target)
    except (sqlite_module().Error, OSError) as error:
        raise SchemaError(f"No backup could be made before the upgrade: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _copy(database: Path, draft: Path) -> None:
    """`VACUUM INTO` takes what is still in the write-ahead log too; copying the file would not."""
    previous = os.umask(0o077)
    try:
        with closing(sqlite_module().connect(database, isolation_level=None)) as source:
            source.execute("VACUUM INTO ?", (str(draft),))
        with closing(sqlite_module().connect(draft)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise SchemaError("The backup before the upgrade could not be read back.")
    finally:
        os.umask(previous)
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
