"""How it is: /healthz for whoever runs it, /diagnostics for the phone in hand."""

import tomllib

from alembic.migration import MigrationContext
from flask import Blueprint, render_template
from flask_babel import gettext as _
from sqlalchemy import text

from tracker import pdf
from tracker.database import db, sqlite_module
from tracker.settings import ROOT

bp = Blueprint("health", __name__)
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@bp.get("/healthz")
def healthz() -> dict[str, str | bool | None]:
    connection = db.session.connection()
    sqlite = connection.dialect.name == "sqlite"
    mode = db.session.scalar(text("PRAGMA journal_mode")) if sqlite else "postgresql"
    return {
        "status": "ok",
        "version": VERSION,
        "schema": MigrationContext.configure(connection).get_current_revision(),
        "journal_mode": mode,
        "sqlite": sqlite_module().sqlite_version if sqlite else None,
        "pdf": pdf.available(),
    }


@bp.get("/diagnostics")
def diagnostics() -> str:
    """What the guide can use on this phone; the browser fills in the answers."""
    checks = [
        ("secure", _("A safe connection"), _("https: the screen lock and more need it.")),
        ("storage", _("A memory"), _("A session survives a reload and a flat battery.")),
        ("screen", _("Keeping the screen on"), _("Otherwise set the screen to stay on longer.")),
        ("sound", _("Tones"), _("A change is heard without looking.")),
        ("voice", _("A voice"), _("The level is spoken, in your language.")),
        ("vibration", _("Vibration"), _("A change is felt. iPhones have none for web pages.")),
        ("tabs", _("One guide over all tabs"), _("A second tab cannot run another.")),
        ("kept", _("A lasting memory"), _("The phone does not clear it when it runs out of room.")),
    ]
    return render_template("diagnostics.html", checks=checks, version=VERSION)
