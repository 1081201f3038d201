"""Databases of one's own, and a next version of the schema to upgrade them to."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text
from uuid_utils.compat import uuid7

from tests.conftest import make_app
from tracker import migrate
from tracker.database import db
from tracker.settings import ROOT

REVISION = """
import sys

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    {body}
"""


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/own.db"


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    name = f"fresh_{uuid7().hex}"
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest) -> str:
    """An address of a database without any table."""
    fixture = "sqlite_url" if request.param == "sqlite" else "fresh_postgres_url"
    return request.getfixturevalue(fixture)


@pytest.fixture
def sqlite_app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(sqlite_url, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Be a later Sweetspot, whose one new revision runs `body`; gives the folder it lives in."""
    head = migrate.ScriptDirectory(str(ROOT / "migrations")).get_current_head()

    def make(*body: str) -> Path:
        folder = tmp_path / "later"
        shutil.copytree(ROOT / "migrations", folder / "migrations", dirs_exist_ok=True)
        script = REVISION.format(head=head, body="\n    ".join(body))
        (folder / "migrations" / "versions" / "next.py").write_text(script)
        monkeypatch.setattr(migrate, "ROOT", folder)
        return folder

    return make
