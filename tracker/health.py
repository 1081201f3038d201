"""/healthz: is it up, which version, which schema, how the database keeps its journal."""

import tomllib

from alembic.migration import MigrationContext
from flask import Blueprint
from sqlalchemy import text

from tracker.database import db, sqlite_module
from tracker.settings import ROOT

bp = Blueprint("health", __name__)
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@bp.get("/healthz")
def healthz() -> dict[str, str | None]:
    connection = db.session.connection()
    sqlite = connection.dialect.name == "sqlite"
    mode = db.session.scalar(text("PRAGMA journal_mode")) if sqlite else "postgresql"
    return {
        "status": "ok",
        "version": VERSION,
        "schema": MigrationContext.configure(connection).get_current_revision(),
        "journal_mode": mode,
        "sqlite": sqlite_module().sqlite_version if sqlite else None,
    }
