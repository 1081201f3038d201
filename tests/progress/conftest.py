"""A language to speak in, where there is no app."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel


@pytest.fixture(scope="module")
def speaking() -> Iterator[None]:
    """A request in English, with nothing of the app behind it."""
    app = Flask("words")
    Babel(app)
    with app.test_request_context():
        yield
