"""How fast a person's sessions leave as CSV, beside the barest loop that writes the same columns.

`python -m bench.export [SESSIONS]`, a million unless told otherwise; fails below 70% or where
memory grows with the number of sessions.
"""

import argparse
import csv
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from flask import Flask
from sqlalchemy import and_, insert, literal, null, select
from uuid_utils.compat import uuid7

from bench import pages, people
from tracker.accounts.models import User
from tracker.app import create_app
from tracker.database import db
from tracker.days.models import DayNote
from tracker.migrate import upgrade
from tracker.sessions.models import MassageSession
from tracker.sessions.revisions import Revisions
from tracker.settings import Settings
from tracker.sharing.csv import COLUMNS
from tracker.sharing.queries import EVERYTHING, snapshot
from tracker.sharing.spool import written
from tracker.sharing.tables import table

SPEED, GROWTH = 0.7, 1.5
ROUNDS, BATCH = 3, 10_000
BEGIN = datetime(1990, 1, 1, 8, tzinfo=UTC)
RENAMED = {
    **{"session_id": "id", "date_local": "local_date", "start_local": "started_at"},
    **{"tz": "time_zone", "spot_slug": "spot_id", "protocol_id": "protocol"},
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.export", description=__doc__)
    options.add_argument("sessions", type=int, nargs="?", default=1_000_000)
    size = options.parse_args().sessions
    with tempfile.TemporaryDirectory() as folder:
        app = _app(Path(folder))
        many, few = _person(app, size), _person(app, size // 50)
        with app.test_request_context("/"):
            found = report(many, few, size)
    sys.exit("\n".join(["Over budget:", *found]) if found else None)


def report(many: User, few: User, size: int) -> list[str]:
    """Print rows per second of both, their ratio and the peaks; return what is over budget."""
    taken: dict[Callable[[User, IO[Any]], None], list[float]] = {bare: [], ours: []}
    for _ in range(ROUNDS):
        for way, seconds in taken.items():
            seconds.append(_seconds(way, many))
    best = {way: min(seconds) for way, seconds in taken.items()}
    ratio = best[bare] / best[ours]
    peaks = [_peak(person) for person in (few, few, many)][1:]
    print(f"bare loop: {size / best[bare]:>10,.0f} rows per second")
    print(f"sweetspot: {size / best[ours]:>10,.0f} rows per second, {ratio:.0%} of the bare loop")
    print(f"most memory: {peaks[0]:,} bytes for {size // 50:,} rows, {peaks[1]:,} for {size:,}")
    over = [] if ratio >= SPEED else [f"export: {ratio:.0%} of the bare loop"]
    return over + ([] if peaks[1] < GROWTH * peaks[0] else ["export: memory grows"])


def bare(user: User, file: IO[Any]) -> None:
    """The same columns by a select and csv.writer, without our rules for any cell."""
    m, n = MassageSession.__table__.c, DayNote.__table__.c
    made = {
        "export_id": literal(str(uuid7())),
        "pressure_s": m.level_2_s + m.level_3_s + m.level_4_s,
        "sore_after_24h": m.still_sore,
        "other_treatment": n.other_treatment,
    }
    columns = [made.get(name, m.get(RENAMED.get(name, name), null())) for name in COLUMNS]
    same_day = and_(n.user_id == m.user_id, n.local_date == m.local_date)
    mine = select(*columns).select_from(m.id.table.outerjoin(n.note.table, same_day))
    mine = mine.where(m.user_id == user.id, m.deleted_at.is_(None)).order_by(m.started_at, m.id)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    with db.engine.connect() as connection:
        for row in connection.execution_options(yield_per=1000).execute(mine):
            writer.writerow(row)


def ours(user: User, file: IO[Any]) -> None:
    with snapshot(db.engine) as connection:
        for chunk in table(user, connection, "sessions", EVERYTHING, uuid7()):
            file.buffer.write(chunk)


def _seconds(way: Callable[[User, IO[Any]], None], user: User) -> float:
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as file:
        start = time.process_time()
        way(user, file)
        return time.process_time() - start


def _peak(user: User) -> int:
    tracemalloc.start()
    with snapshot(db.engine) as connection:
        written(table(user, connection, "sessions", EVERYTHING, uuid7())).close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _app(folder: Path) -> Flask:
    url = f"sqlite:///{folder}/export.db"
    upgrade(url)
    return create_app(Settings(secret_key=pages.KEY, database_url=url, instance=folder))


def _person(app: Flask, size: int) -> User:
    with app.app_context():
        user = db.session.get(User, people.add(app, 1))
        assert user
        db.session.expunge(user)
        db.session.rollback()  # SQLite would let the next writer wait for it
        with db.engine.begin() as connection:
            for first in range(1, size, BATCH):
                rows = [*_sessions(user.id, first, min(first + BATCH, size))]
                connection.execute(insert(MassageSession.__table__), rows)
            kept = Revisions.__table__
            mine = kept.update().where(kept.c.user_id == user.id)
            connection.execute(mine.values(latest=size))
    return user


def _sessions(user_id: UUID, first: int, last: int) -> Iterator[dict[str, Any]]:
    for number in range(first, last):
        started = BEGIN + timedelta(minutes=15 * number)
        rated = {name: (number * 7 + shift) % 11 for shift, name in enumerate(RATED)}
        yield rated | {
            **{"user_id": user_id, "id": uuid7(), "spot_id": "top-of-buttock", "side": "left"},
            "revision": number + 1,
            **{"entry": "guided", "started_at": started, "time_zone": "Europe/Berlin"},
            **{"local_date": started.date(), "received_at": started, "protocol": "gentle"},
            **{"protocol_version": "1", "tool": "fingertips", "target_level": 2, "peak_level": 2},
            **{"planned_s": 130, "level_1_s": 60, "level_2_s": number % 60, "level_3_s": 0},
            **{"level_4_s": 0, "completed": True, "ended_by": "finished", "sharp_events": 0},
            **{"nerve_events": 0, "felt_in": ["low_back"], "note": f"A note, number {number}."},
        }


RATED = ("pain_before", "pain_after", "tenderness_before", "tenderness_after", "peak_discomfort")

if __name__ == "__main__":
    main()
