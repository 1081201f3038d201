"""A person who registered by hand, and what their browser would send."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import new_person
from tracker.accounts.models import User

EMAIL = "alice@example.org"
PASSWORD = "four unrelated words here"
OTHER_PASSWORD = "another set of plain words"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Safari/605"
COOKIE = "session"


@pytest.fixture(scope="session")
def hashed() -> str:
    """PASSWORD as it is kept."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def alice(app: Flask, hashed: str) -> User:
    return new_person(app, EMAIL, password=hashed)


@pytest.fixture
def browser(app: Flask) -> Callable[..., FlaskClient]:
    """A browser of its own, with its own cookies."""

    def open_one(agent: str = FIREFOX) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_USER_AGENT"] = agent
        return client

    return open_one


@pytest.fixture
def signed_in(browser: Callable[..., FlaskClient], alice: User) -> Callable[..., FlaskClient]:
    """A browser in which Alice has typed her password."""

    def sign_in(agent: str = FIREFOX) -> FlaskClient:
        client = browser(agent)
        answer = client.post("/login", data={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return sign_in


def copy_of(app: Flask, client: FlaskClient) -> FlaskClient:
    """Somebody else's browser with the same cookie."""
    thief = app.test_client()
    thief.set_cookie(COOKIE, client.get_cookie(COOKIE).value)
    return thief
