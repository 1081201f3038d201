"""The tables a person takes out, read at one moment and written as files."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection

from tracker.accounts.models import User
from tracker.progress.trials import covered_by
from tracker.sharing.csv import lines, table_lines
from tracker.sharing.package import TABLES, described_package
from tracker.sharing.queries import (
    Chosen,
    own_spot_names,
    rows_to_share,
    shared_activities,
    shared_checkins,
    shared_days,
    shared_sessions,
)
from tracker.sharing.spool import spooled

SHARED = {"daily": shared_days, "activities": shared_activities, "checkins": shared_checkins}


def table(
    user: User, connection: Connection, name: str, chosen: Chosen, export_id: UUID, **style: Any
) -> Iterator[bytes]:
    """One table, some lines at a time."""
    if name == "sessions":
        names = own_spot_names(user, connection)
        rows = rows_to_share(user, chosen)
        sessions = shared_sessions(connection, rows, names, covered_by(user, connection))
        text = lines(sessions, export_id, **style)
    else:
        text = table_lines(TABLES[name], SHARED[name](user, connection, chosen), **style)
    return (each.encode() for each in text)


def zipped(
    user: User,
    connection: Connection,
    chosen: Chosen,
    export_id: UUID,
    now: datetime,
    **style: Any,
) -> IO[bytes]:
    """Every table and the description of them in one zip, in a temporary file."""
    with spooled() as file, ZipFile(file, "w") as archive:
        package = described_package(now.isoformat(timespec="seconds"), **style)
        text = json.dumps(package, indent=2, ensure_ascii=False).encode()
        _add(archive, "datapackage.json", [text], now)
        for name in TABLES:
            found = table(user, connection, name, chosen, export_id, **style)
            _add(archive, f"{name}.csv", found, now)
    return file


def _add(archive: ZipFile, name: str, chunks: Iterable[bytes], now: datetime) -> None:
    info = ZipInfo(name, now.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        for chunk in chunks:
            member.write(chunk)
