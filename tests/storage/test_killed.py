"""The server dies in the middle of saving: what it acknowledged is there, once."""

import http.client
import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue

import pytest
from sqlalchemy import create_engine, text
from uuid_utils.compat import uuid7

from tests.conftest import KEY, make_app, new_person, sign_in
from tests.sessions.conftest import guided
from tracker.database import db, engine_options
from tracker.settings import ROOT

SENDERS = 4
ACKNOWLEDGED = 40  # then it is killed, with more on their way


@pytest.fixture
def cookie(tmp_path):
    """Somebody's cookie; their database is where the server will look for it."""
    app = make_app(f"sqlite:///{tmp_path}/sweetspot.db", tmp_path)
    client = sign_in(app, new_person(app, "alice@example.org"))
    with app.app_context():
        db.engine.dispose()
    return f"session={client.get_cookie('session').value}"


@contextmanager
def served(folder):
    """A server of one's own, killed with -9 at the end if not before; gives it and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "wsgi.py"],
        cwd=ROOT,
        env=os.environ
        | {"INSTANCE_PATH": str(folder), "PORT": str(port), "SECRET_KEY": KEY, "HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert "Sweetspot is at" in process.stdout.readline()
        yield process, port
    finally:
        process.kill()
        process.communicate()


def put(port, cookie, session_id):
    """The status, or None where no answer came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/json"}
    body = json.dumps(guided(note=str(session_id)))
    try:
        connection.request("PUT", f"/api/sessions/{session_id}", body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def burst(process, port, cookie):
    """Save until the server is killed; gives the ids that were acknowledged, and all."""
    acknowledged, sent = Queue(), Queue()

    def save_on(_sender):
        while process.poll() is None:
            session_id = uuid7()
            sent.put(session_id)
            if put(port, cookie, session_id) == 201:
                acknowledged.put(session_id)
            if acknowledged.qsize() >= ACKNOWLEDGED:
                process.kill()

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(save_on, range(SENDERS)))
    return list(acknowledged.queue), list(sent.queue)


def ask(folder, statement):
    url = f"sqlite:///{folder}/sweetspot.db"
    engine = create_engine(url, **engine_options(url))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def test_what_was_acknowledged_before_the_kill_is_there_exactly_once(tmp_path, cookie):
    with served(tmp_path) as (process, port):
        acknowledged, sent = burst(process, port, cookie)
    assert len(acknowledged) >= ACKNOWLEDGED
    with served(tmp_path) as (_process, port):
        kept = [note for (note,) in ask(tmp_path, "SELECT note FROM massage_session")]
        assert {str(session_id) for session_id in acknowledged} <= set(kept)
        assert len(kept) == len(set(kept)) <= len(sent)
        again = {session_id: put(port, cookie, session_id) for session_id in sent}
    assert {again[session_id] for session_id in acknowledged} == {200}
    assert set(again.values()) <= {200, 201}
    assert ask(tmp_path, "SELECT count(*), count(DISTINCT id) FROM massage_session") == [
        (len(sent), len(sent))
    ]
    assert ask(tmp_path, "PRAGMA integrity_check") == [("ok",)]
