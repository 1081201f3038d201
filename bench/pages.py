"""The pages that are measured, each as a call that answers one request."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask, session
from flask_security.utils import login_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from bench import floor, people
from tracker.accounts.models import User
from tracker.app import create_app
from tracker.database import db
from tracker.migrate import upgrade
from tracker.settings import Settings

KEY = "only-for-the-bench-only-for-the-bench"
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.9,de;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
}
FLOOR = "floor"
PATHS = {"Today": "/", "History": "/sessions/"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one person; `ask` answers it through the WSGI callable, without a network."""

    name: str
    app: Flask
    environ: dict[str, Any]

    def ask(self) -> bytes:
        answers: list[str] = []
        parts = self.app.wsgi_app(
            self.environ.copy(), lambda status, headers, exc_info=None: answers.append(status)
        )
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        if answers != ["200 OK"]:
            raise SystemExit(f"{self.name} answered {answers}, not its page.")
        return body

    def statements(self) -> list[str]:
        """The SQL of one request, each statement once for every time it ran, BEGIN too."""
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            found.append(statement)

        with self.app.app_context():
            engine = self.app.extensions["sqlalchemy"].engine
        event.listen(engine, "before_cursor_execute", note)
        self.ask()
        event.remove(engine, "before_cursor_execute", note)
        return found


def build(folder: Path) -> list[Page]:
    """Make the database in `folder` and return the floor, then Today and History by size."""
    upgrade(_url(folder))
    people.fill(_app(folder))
    return reopen(folder)


def with_somebody(folder: Path, size: int) -> tuple[Flask, str]:
    """The app with one person of so many sessions in it, and the cookie of their sign-in."""
    upgrade(_url(folder))
    app = _app(folder)
    return app, cookie_of(app, people.add(app, size))


def cookie_of(app: Flask, user_id: UUID) -> str:
    """What the browser of somebody who just signed in would send."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return signer.dumps(_sign_in(app, user_id))


def empty(folder: Path) -> Flask:
    """The app on a database with nobody in it."""
    upgrade(_url(folder))
    return _app(folder)


def page_of(app: Flask, user_id: UUID, name: str, path: str) -> Page:
    """One page of one person, who signs in for it."""
    return Page(name, app, _environ(path, app, _sign_in(app, user_id)))


def reopen(folder: Path) -> list[Page]:
    """The same pages of the database that is in `folder`."""
    app, bare = _app(folder), floor.create_floor(KEY, _url(folder))
    who = people.measured(app)
    cookie = floor.sign_in(bare, who[max(who)], _environ("/"))
    pages = [Page(FLOOR, bare, _environ("/", bare, cookie))]
    for size, user_id in who.items():
        cookie = _sign_in(app, user_id)
        for name, path in PATHS.items():
            pages.append(Page(f"{name}, {size:,} sessions", app, _environ(path, app, cookie)))
    return pages


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/bench.db"


def _app(folder: Path) -> Flask:
    return create_app(Settings(secret_key=KEY, database_url=_url(folder), instance=folder))


def _environ(path: str, app: Flask | None = None, cookie: dict[str, Any] | None = None) -> Any:
    headers = dict(PHONE)
    if app is not None:
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        headers["Cookie"] = f"session={signer.dumps(cookie)}"
    return EnvironBuilder(path, headers=headers).get_environ()


def _sign_in(app: Flask, user_id: UUID) -> dict[str, Any]:
    with app.request_context(_environ("/")):
        login_user(db.session.get_one(User, user_id), authn_via=["password"])
        db.session.commit()
        generate_csrf()  # the form that a person signs in with leaves its token there
        return dict(session)
