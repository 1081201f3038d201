"""The floor: the page a competent developer would write first, with nothing of Sweetspot in it.

Sign-in, one indexed query, a list of 20 rows with dates and links in a page with a base
template. Its models have only the columns it shows, and none of our BEGIN, headers or texts.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, render_template, session
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import Uuid, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tracker.database import engine_options

ROWS = 20
PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL")
BASE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="{{ url_for("static", filename="app.css") }}">
</head>
<body>
<nav><a href="{{ url_for("index") }}">Home</a> {{ current_user.email }}</nav>
{% for message in get_flashed_messages() %}
<p role="status">{{ message }}</p>
{% endfor %}
<main>{% block main %}{% endblock %}</main>
</body>
</html>
"""
INDEX = """{% extends "base.html" %}
{% block title %}Entries{% endblock %}
{% block main %}
<h1>Entries</h1>
<ul>
  {% for entry in entries %}
  <li>
    <a href="{{ url_for("show", entry_id=entry.id) }}">{{ entry.spot_id }}, {{ entry.side }}</a>
    {{ entry.started_at.strftime("%a %d %b") }}: {{ entry.pain_before }} to {{ entry.pain_after }}
  </li>
  {% endfor %}
</ul>
{% endblock %}
"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Person(UserMixin, db.Model):
    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    email: Mapped[str]
    active: Mapped[bool]


class Entry(db.Model):
    __tablename__ = "massage_session"

    user_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    spot_id: Mapped[str]
    side: Mapped[str]
    started_at: Mapped[datetime]
    pain_before: Mapped[int | None]
    pain_after: Mapped[int | None]


def create_floor(key: str, url: str) -> Flask:
    app = Flask("floor", root_path="/nowhere")
    app.config.update(
        SECRET_KEY=key,
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
    )
    app.jinja_loader = DictLoader({"base.html": BASE, "index.html": INDEX})  # type: ignore[misc]
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", _prepare)
    login = LoginManager(app)
    login.user_loader(lambda user_id: db.session.get(Person, UUID(user_id)))
    app.add_url_rule("/", "index", login_required(_index))
    app.add_url_rule("/<uuid:entry_id>", "show", lambda entry_id: "")
    return app


def _prepare(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _index() -> str:
    newest = (
        select(Entry)
        .where(Entry.user_id == current_user.id)
        .order_by(Entry.started_at.desc(), Entry.id.desc())
        .limit(ROWS)
    )
    return render_template("index.html", entries=db.session.scalars(newest).all())


def sign_in(app: Flask, user_id: UUID, environ: dict[str, Any]) -> dict[str, Any]:
    """The session that signing in as `user_id` would leave in the cookie."""
    with app.request_context(dict(environ)):
        login_user(db.session.get_one(Person, user_id))
        return dict(session)
