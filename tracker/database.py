"""The database: names, column types, and an engine that does not lose updates."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Annotated, Any, TypeVar
from uuid import UUID

from flask import g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, ForeignKey, MetaData, SmallInteger, String, Uuid, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MS = 5000
ATTEMPTS = 3
Result = TypeVar("Result")
# The first releases without the bug that can corrupt a WAL database on reset, by branch.
WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)


class _Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Instant = Annotated[datetime, mapped_column(_Instant)]
Id = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
UserId = Annotated[
    UUID,
    mapped_column(Uuid, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
]
Rating = Annotated[int, mapped_column(SmallInteger)]
Seconds = Annotated[int, mapped_column(SmallInteger)]
Code = Annotated[str, mapped_column(String(64))]


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the wheel's where it installs, else Python's own."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        import sqlite3 as dbapi2
    return dbapi2


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL where SQLite has the WAL-reset fix, else TRUNCATE (slower, never corrupt)."""
    fixed = version >= WAL_FIXED[0] or any(
        version[:2] == branch[:2] and version >= branch for branch in WAL_FIXED
    )
    return "WAL" if fixed else "TRUNCATE"


def engine_options(url: str) -> dict[str, Any]:
    """What create_engine needs beside the address."""
    if url.startswith("sqlite"):
        return {"module": sqlite_module(), "connect_args": {"check_same_thread": False}}
    return {"pool_pre_ping": True}


def harden(engine: Engine) -> None:
    """Make an SQLite engine durable, checked, and free of lost updates."""
    if engine.dialect.name != "sqlite":
        return
    mode = journal_mode(sqlite_module().sqlite_version_info)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not open transactions by itself
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            f"journal_mode={mode}",
            "foreign_keys=ON",
            "synchronous=FULL",
            "trusted_schema=OFF",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = has_request_context() and request.method in {"GET", "HEAD"}
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def give_up() -> None:
    """Take back what is open; what this request still shows does without the database."""
    db.session.rollback()
    g.without_database = True


def gave_up() -> bool:
    return "without_database" in g


def commit_anew(change: Callable[[], Result]) -> Result:
    """Change something and commit; anew where another request got there first, as this is later.

    Answers what the change does; raises StaleDataError where another always was first.
    """
    for _attempt in range(ATTEMPTS):
        try:
            result = change()
            db.session.commit()
            return result
        except (IntegrityError, StaleDataError):
            db.session.rollback()
    raise StaleDataError("Others were first, each time.")
