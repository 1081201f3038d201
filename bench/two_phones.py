"""Two phones, a page and a server between which things go wrong, and a book of what was promised.

The phones run the app's own outbox in Node, the server is the app itself. What a phone or the
server acknowledged stands in the book; `settle` lets everything arrive and compares.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from uuid_utils.compat import uuid7

from bench import pages, people
from bench.phones import FullDisk, Json, Node
from tracker.database import db
from tracker.sessions.document import FIELDS
from tracker.sessions.models import MassageSession
from tracker.settings import ROOT

TRACE = ROOT / "tests" / "sessions" / "golden.json"
SKEWS = (timedelta(0), timedelta(days=-3), timedelta(hours=5), timedelta(days=900))
# What can become of one request, and whether the server gets it.
FAULTS = {
    "offline": False,
    "busy": False,  # 429, 503
    "dies before": False,  # the phone, with the request on its lips
    "signed out": True,
    "somebody else": True,
    "full disk": True,
    "twice": True,  # the network brings it again
    "late": True,  # it arrives when the phone has given up on it
    "unheard": True,  # done, and the answer lost
    "dies after": True,  # done, and the phone is gone when the answer comes
}
EXPECTED = {200, 201, 401, 403, 409, 410, 422, 507}
ON_THE_PAGE = (
    *("pain_after", "tenderness_after", "other_side_after", "peak_discomfort"),
    *("quality", "felt_in", "your_pain"),
)
LONG = 2_000  # nobody writes on in a note of so many characters
ROUNDS = 12  # in which all has to be calm once nothing goes wrong any more
Clients = Mapping[str, FlaskClient]


@dataclass
class Book:
    """What was promised: marks stand in notes, and each stands in one session only."""

    made: set[str] = field(default_factory=set)  # ids of sessions a phone said it saved
    marks: dict[str, set[str]] = field(default_factory=dict)  # id -> marks that have to be there
    attempted: set[str] = field(default_factory=set)  # and those it died over
    given_up: set[str] = field(default_factory=set)  # ids that were deleted on a phone
    excused: set[str] = field(default_factory=set)  # marks whose writer deleted or was told
    told: set[tuple[str, str]] = field(default_factory=set)  # phone and id: it was deleted
    acknowledged: set[str] = field(default_factory=set)  # ids the server said it has
    deleted: set[str] = field(default_factory=set)  # ids the server said are deleted
    faults: Counter[str] = field(default_factory=Counter)

    def written(self, session_id: str, mark: str) -> None:
        self.marks.setdefault(session_id, set()).add(mark)


class World:
    """One person's phones and their server, from empty to settled."""

    def __init__(
        self, app: Flask, node: Node, user_id: UUID, clients: Clients, disk: FullDisk, trace: Json
    ) -> None:
        self.app, self.node, self.user_id, self.clients = app, node, user_id, clients
        self.disk, self.trace = disk, trace
        self.book = Book()
        self.known: dict[str, dict[str, Json]] = {"one": {}, "two": {}}
        self._late: list[tuple[str, Json]] = []
        self.cursor = {"one": 0, "two": 0}
        self._marks = 0
        node.do("", "forget")

    # --- what people do ---

    def save(
        self, phone: str, skew: timedelta, *, poisoned: bool = False, dies: Json | None = None
    ) -> None:
        """The guide is over on this phone, two days ago by its clock."""
        session_id, mark = str(uuid7()), self._mark()
        started = datetime.now(UTC) + skew - timedelta(days=2)
        body = {
            "spot": "nowhere" if poisoned else "top-of-buttock",
            "side": "left",
            "tool": "fingertips",
            "started_at": _written(started),
            "ended_at": _written(started + timedelta(minutes=3)),
            "time_zone": "Europe/Berlin",
            "trace": self.trace,
            "pain_before": 6,
            "note": mark,
        }
        record = {"id": session_id, "body": body}
        self.book.attempted.add(session_id)
        if self._keep(phone, record, dies) and not poisoned:
            self.book.made.add(session_id)
            self.book.written(session_id, mark)

    def edit(self, phone: str, which: int, change: Json, *, dies: Json | None = None) -> None:
        """Somebody writes on, and answers something, in what this phone shows them."""
        shown = self._shown(phone)
        if not shown:
            return
        session_id, document, revision = shown[which % len(shown)]
        if len(document["note"]) > LONG:
            return
        mark = self._mark()
        body = document | change | {"note": f"{document['note']} {mark}"}
        record = {"id": session_id, "body": body, "based_on": revision, "base": document}
        if self._keep(phone, record, dies):
            self.book.written(session_id, mark)

    def delete(self, phone: str, which: int, *, dies: Json | None = None) -> None:
        """Somebody deletes what this phone shows them, with all it was to say of it."""
        shown = self._shown(phone)
        if not shown:
            return
        session_id, document, revision = shown[which % len(shown)]
        record = {"id": session_id, "kind": "delete", "body": {}}
        record |= {"based_on": revision, "base": document}
        if self._keep(phone, record, dies) or dies["done"]:
            self.book.excused |= set(document["note"].split())
            self.book.given_up.add(session_id)

    def on_the_page(self, which: int, act: str) -> None:
        """The same person at a computer, where nothing goes wrong: note, delete or undo."""
        client = self.clients["page"]
        if act == "undo":
            gone = sorted(self.book.deleted)
            if gone:
                session_id = gone[which % len(gone)]
                if client.post(f"/sessions/{session_id}/restore").status_code == 303:
                    self.book.deleted.discard(session_id)
            return
        here = sorted(self._rows(alive=True))
        if not here:
            return
        session_id = here[which % len(here)]
        if act == "delete":
            assert client.post(f"/sessions/{session_id}/delete").status_code == 303
            self.book.deleted.add(session_id)
        else:
            self._write_on_the_page(client, session_id)

    def pull(self, phone: str, *, offline: bool = False) -> None:
        """The phone asks what changed since it last heard."""
        more = not offline
        while more:
            told = self.clients[phone].get(f"/api/changes?after={self.cursor[phone]}").json
            for each in told["sessions"]:
                if each["deleted"]:
                    self.known[phone].pop(each["id"], None)
                else:
                    self.known[phone][each["id"]] = each
            self.cursor[phone], more = told["revision"], told["more"]

    def flush(self, phone: str, faults: list[str], *, dies: Json | None = None) -> None:
        """The phone sends what waits, and these things go wrong, in this order."""
        self.arrive()
        faults = list(faults)

        def send(request: Json) -> Json:
            return self._ask(phone, request, faults.pop(0) if faults else "")

        results = self.node.do(phone, "flush", str(self.user_id), dies=dies, send=send)
        if results is None:
            self.book.faults["phone died"] += 1

    def arrive(self) -> None:
        """What was on its way for long comes in at last; nobody listens to the answer."""
        late, self._late = self._late, []
        for phone, request in late:
            self._served(phone, request)

    # --- how it goes ---

    def _keep(self, phone: str, record: Json, dies: Json | None) -> bool:
        """Whether the phone said that it has it."""
        whole = {"owner": str(self.user_id), "at": self._marks, **record}
        before = self.node.do(phone, "keep", whole, dies=dies)
        self.book.faults["phone died"] += dies is not None
        return before is not None or dies is None

    def _ask(self, phone: str, request: Json, fault: str) -> Json:
        if fault:
            self.book.faults[fault] += 1
        if fault == "dies before":
            return {"dies": True}
        if fault in {"offline", "late"}:
            self._late += [(phone, request)] if fault == "late" else []
            return {"status": 0}
        if fault == "busy":
            return {"status": 503, "answer": {"error": "Later."}}
        who = {"signed out": "nobody", "somebody else": "other"}.get(fault, phone)
        self.disk.next = fault == "full disk"
        answer = self._served(who, request)
        self.disk.next = False
        if fault == "twice":
            answer = self._served(who, request)
        if fault == "dies after":
            return {"dies": True}
        if fault == "unheard":
            return {"status": 0}
        self._heard(phone, request, answer)
        return answer

    def _served(self, who: str, request: Json) -> Json:
        """What the server answers, and what it has promised by that."""
        data = json.dumps(request["body"])
        ask = {"method": request["method"], "data": data, "content_type": "application/json"}
        answer = self.clients[who].open(request["path"], **ask)
        assert answer.status_code in EXPECTED, answer.text
        session_id = request["path"].rsplit("/", 1)[1]
        if answer.status_code in {200, 201}:
            deleted = request["method"] == "DELETE"
            (self.book.deleted if deleted else self.book.acknowledged).add(session_id)
        return {"status": answer.status_code, "answer": answer.json}

    def _heard(self, phone: str, request: Json, answer: Json) -> None:
        """The phone knows of its own changes what the answer says."""
        body, session_id = request["body"], request["path"].rsplit("/", 1)[1]
        if answer["status"] == 410 and request["method"] == "PUT":
            self.book.excused |= set(body["note"].split())
            self.book.told.add((phone, session_id))
        if answer["status"] in {200, 201} and request["method"] == "DELETE":
            self.known[phone].pop(session_id, None)
        elif answer["status"] in {200, 201}:
            revision = answer["answer"]["revision"]
            if revision > self.cursor[phone]:  # else the server's own copy is here already
                mine = {name: body.get(name) for name in FIELDS}
                self.known[phone][session_id] = mine | {"revision": revision}

    def _shown(self, phone: str) -> list[tuple[str, Json, int | None]]:
        """What this phone shows: id, document, and the revision it is of; what waits goes first."""
        waiting = {each["id"]: each for each in self._waiting(phone, whole=True)}
        shown = [
            (id_, each["body"], each["based_on"])
            for id_, each in waiting.items()
            if each["kind"] == "session" and each["state"] == "waiting"
        ]
        shown += [
            (id_, {name: each[name] for name in FIELDS}, each["revision"])
            for id_, each in self.known[phone].items()
            if id_ not in waiting
        ]
        return sorted(shown, key=lambda each: each[0])

    def _waiting(self, phone: str, *, whole: bool = False) -> list[Any]:
        """What is still to be sent, without what was refused for good."""
        found = self.node.do(phone, "waiting", str(self.user_id))
        return found if whole else [each["id"] for each in found if each["state"] != "attention"]

    def _write_on_the_page(self, client: FlaskClient, session_id: str) -> None:
        document, mark = client.get(f"/api/sessions/{session_id}").json, self._mark()
        if len(document["note"]) > LONG:
            return
        form = {name: document[name] for name in ON_THE_PAGE if document[name] is not None}
        form["note"] = f"{document['note']} {mark}"
        assert client.post(f"/sessions/{session_id}/after", data=form).status_code == 303
        self.book.written(session_id, mark)

    def _mark(self) -> str:
        self._marks += 1
        return f"#{self._marks}"

    def _rows(self, *, alive: bool = False) -> set[str]:
        """The ids the server has, by its tables; those that were deleted too, unless `alive`."""
        mine = select(MassageSession.id).where(MassageSession.user_id == self.user_id)
        if alive:
            mine = mine.where(MassageSession.deleted_at.is_(None))
        with self.app.app_context():
            return {str(id_) for id_ in db.session.scalars(mine)}

    # --- what has to hold ---

    def on_the_server(self) -> dict[str, Json]:
        """Every session that is there, by id."""
        found: dict[str, Json] = {}
        after, more = 0, True
        while more:
            told = self.clients["page"].get(f"/api/changes?after={after}").json
            found |= {each["id"]: each for each in told["sessions"] if not each["deleted"]}
            after, more = told["revision"], told["more"]
        return found

    def nothing_came_back(self) -> list[str]:
        """Sessions that the server said were deleted, and that are there."""
        return sorted(self.book.deleted & self._rows(alive=True))

    def settle(self) -> None:
        """From here on nothing goes wrong: everything arrives, and both phones hear of it."""
        for _round in range(ROUNDS):
            for phone in self.known:
                self.flush(phone, [])
            if not any(self._waiting(phone) for phone in self.known):
                break
        for phone in self.known:
            self.pull(phone)

    def lost(self) -> list[str]:
        """What was promised and is not there: sessions, words, and what still waits to be sent."""
        here, rows, book = self.on_the_server(), self._rows(), self.book
        words = [
            mark
            for session_id, document in here.items()
            for mark in book.marks.get(session_id, set()) - set(document["note"].split())
        ]
        untold = [
            f"{phone}: {session_id}"
            for phone, session_id in book.told
            if session_id in book.deleted - book.given_up - self._news(phone)
        ]
        return [
            *sorted(book.acknowledged - rows),
            *sorted(book.made - here.keys() - book.deleted - book.given_up),
            *sorted(set(words) - book.excused),
            *sorted(untold),
            *(each for phone in self.known for each in self._waiting(phone)),
        ]

    def _news(self, phone: str) -> set[str]:
        return {each["id"] for each in self.node.do(phone, "news", str(self.user_id))}

    def doubled(self) -> list[str]:
        """Sessions nobody made, and words that stand in two sessions."""
        seen: Counter[str] = Counter()
        for document in self.on_the_server().values():
            seen.update(set(document["note"].split()))
        twice = [mark for mark, times in seen.items() if times > 1]
        return sorted(self._rows() - self.book.attempted) + sorted(twice)

    def apart(self) -> list[str]:
        """Sessions that a phone knows otherwise than the server does."""
        here = self.on_the_server()
        return sorted(
            session_id
            for known in self.known.values()
            for session_id in known.keys() | here.keys()
            if known.get(session_id) != here.get(session_id)
        )


@contextmanager
def worlds(app: Flask, node: Node) -> Iterator[Callable[[], World]]:
    """Gives what makes a new person with two phones and nothing on them."""
    app.config["WTF_CSRF_ENABLED"] = False  # forms are sent without their page
    disk = FullDisk()
    trace = json.loads(TRACE.read_text(encoding="utf-8"))[0]["trace"]
    other = _signed_in(app, people.person(app))

    def make() -> World:
        user_id = people.person(app)
        clients = {name: _signed_in(app, user_id) for name in ("one", "two", "page")}
        clients |= {"nobody": app.test_client(), "other": other}
        return World(app, node, user_id, clients, disk, trace)

    event.listen(db.session, "before_commit", disk.fail)
    with _hasty(app):
        yield make
    event.remove(db.session, "before_commit", disk.fail)


@contextmanager
def _hasty(app: Flask) -> Iterator[None]:
    """SQLite without waiting for the disk: here phones die, not the computer."""
    with app.app_context():
        engine = db.engine

    def hurry(connection: Any, *_more: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF").close()

    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(engine, "checkout", hurry)
    yield
    if is_sqlite:
        event.remove(engine, "checkout", hurry)
        engine.dispose()  # the connections that were hurried


def _signed_in(app: Flask, user_id: UUID) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("session", pages.cookie_of(app, user_id))
    return client


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
