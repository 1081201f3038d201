"""An app with its CSRF check on, as it is outside of tests."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import KEY
from tracker.app import create_app
from tracker.database import db
from tracker.migrate import upgrade
from tracker.settings import Settings


@pytest.fixture
def app_with(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """An app of its own, on SQLite, with other settings than usual."""
    made = []

    def make(**changes: Any) -> Flask:
        url = f"sqlite:///{tmp_path}/security.db"
        upgrade(url)
        settings = Settings(secret_key=KEY, database_url=url, instance=tmp_path)
        app = create_app(dataclasses.replace(settings, **changes))
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
