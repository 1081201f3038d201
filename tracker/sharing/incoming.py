"""A file that comes back: what is in it, or a sentence's worth of why it cannot be read."""

import csv
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tracker.sharing.csv import BOM, COLUMNS, DAILY, unguard
from tracker.sharing.fields import Wrong

UPLOAD_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 64 * 1024 * 1024
RATIO, SMALL_BYTES = 100, 1024 * 1024  # a text packs ten times smaller, a bomb a thousand times
MOST_MEMBERS = 20
LONGEST_CELL = 100_000  # characters; the longest note has a fifth of it
MOST_LINES = 200_000  # more would fill the memory before anything could be shown
PACKED = {ZIP_STORED, ZIP_DEFLATED}  # what every program packs; others fail in ways of their own
OURS = {"sessions": tuple(COLUMNS), "daily": tuple(DAILY)}
ONLY_OUT = {"datapackage.json", "activities.csv", "checkins.csv"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# The last where the name of a file in it is no text.
UNREADABLE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, OSError)
UNREADABLE += (UnicodeDecodeError,)
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table with its number in the file, the apostrophes of formulas taken off."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds: tables by name ("" is somebody else's), or an archive."""

    tables: dict[str, list[Line]]
    archive: dict[str, Any] | None = None

    @property
    def foreign(self) -> bool:
        return "" in self.tables


def opened(content: bytes) -> Incoming:
    """Read a CSV, JSON or zip file; raises Wrong with the line where there is one."""
    if not content.strip():
        raise Wrong("empty")
    if content.startswith(b"PK"):
        return _zip(content)
    return _one(content)


def _one(content: bytes) -> Incoming:
    text = _text(content)
    if text.lstrip()[:1] in {"{", "["}:
        return Incoming({}, _archive(text))
    name, lines = table(text)
    return Incoming({name: lines})


def _text(content: bytes) -> str:
    if content.startswith(UTF_16):
        raise Wrong("utf_16")
    try:
        text = content.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise Wrong("utf_8", line=content.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise Wrong("nul", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _zip(content: bytes) -> Incoming:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > (
                UNPACKED_BYTES
            ):
                raise Wrong("bomb")
            found = [_one(_unpacked(archive, each)) for each in members if _wanted(each)]
    except UNREADABLE:
        raise Wrong("zip") from None
    if len(found) == 1 and found[0].archive is not None:
        return found[0]
    tables = {name: lines for each in found for name, lines in each.tables.items()}
    if not tables or "" in tables or len(tables) != len(found):
        raise Wrong("zip_content")
    return Incoming(tables)


def _wanted(member: ZipInfo) -> bool:
    return not member.is_dir() and member.filename.rpartition("/")[2] not in ONLY_OUT


def _unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    """One file; its head may lie about its size, so it is counted while it is read."""
    if member.compress_type not in PACKED:
        raise Wrong("zip")
    most = max(SMALL_BYTES, member.compress_size * RATIO)
    with archive.open(member) as file:
        content = file.read(min(most, UNPACKED_BYTES) + 1)
    if len(content) > min(most, UNPACKED_BYTES):
        raise Wrong("bomb")
    return content


def table(text: str) -> tuple[str, list[Line]]:
    """The name of a table of ours, or "", and its lines."""
    header, *rows = _rows(text)
    names = [unguard(cell).strip() for cell in header[1]]
    for name, columns in OURS.items():
        if set(names) == set(columns) and len(names) == len(columns):
            return name, _lines(names, rows)
        near = len({*names} & {*columns}) * 2
        if near > len(columns):
            _refuse_columns(names, columns)
    if len(set(names)) != len(names) or "" in names or len(names) < 2:
        raise Wrong("columns", line=header[0])
    return "", _lines(names, rows)


def _refuse_columns(names: list[str], columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in names]
    if missing:
        raise Wrong("missing_columns", names=", ".join(missing), line=1)
    twice = {name for name in names if names.count(name) > 1 or name not in columns}
    raise Wrong("more_columns", names=", ".join(sorted(twice)), line=1)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max((first.count(each), each) for each in (",", ";", "\t"))[1]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    before = 0
    try:
        for row in reader:
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise Wrong("long", max=LONGEST_CELL, line=before + 1)
            if len(rows) > MOST_LINES:
                raise Wrong("lines", most=MOST_LINES)
            if row:
                rows.append((before + 1, row))
            before = reader.line_num
    except csv.Error as error:
        code = "unclosed" if "end of data" in str(error) else "quotes"
        raise Wrong(code, line=before + 1) from None
    if not rows:
        raise Wrong("empty")
    return rows


def _lines(names: list[str], rows: list[tuple[int, list[str]]]) -> list[Line]:
    return [*_checked(names, rows)]


def _checked(names: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Line]:
    for number, cells in rows:
        if len(cells) != len(names):
            raise Wrong("cells", line=number, found=len(cells), wanted=len(names))
        yield Line(number, dict(zip(names, map(unguard, cells), strict=True)))


def _archive(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_twins)
    except json.JSONDecodeError as error:
        raise Wrong("json", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise Wrong("json", line=1) from None
    if not isinstance(found, dict):
        raise Wrong("not_an_archive")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
