"""What is to be kept of a file that comes back, and what would become of each piece."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from tracker.sharing.fields import Wrong

Kind = Literal["add", "change", "same", "refuse"]
Key = tuple[Any, ...]
ACCOUNT = "account"  # the one part that is no table of rows


@dataclass(frozen=True, slots=True)
class Record:
    """Values for one row; `line` is its line in a table or its number within an archive's part.

    `name` is what to call it: a spot's id or a region with its side and its day, where known.
    """

    part: str
    line: int
    key: Key = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    name: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a record would do: `columns` change, `why` it is refused.

    `instead_of` is what gives way to it: values of the same row, or an answer that stands.
    """

    record: Record
    kind: Kind
    columns: tuple[str, ...] = ()
    why: Wrong | None = None
    instead_of: tuple[Any, ...] = ()


def refused(part: str, line: int, why: Wrong, name: tuple[Any, ...] = ()) -> Outcome:
    return Outcome(Record(part, line, name=name), "refuse", why=why)


def weighed(record: Record, existing: Mapping[str, Any] | None) -> Outcome:
    """Compare with what is there; a deleted row comes back as a new one would."""
    if existing is None:
        return Outcome(record, "add")
    if existing.get("deleted_at"):
        return Outcome(record, "add", instead_of=tuple(existing.values()))
    changed = tuple(name for name, value in record.values.items() if existing[name] != value)
    if not changed:
        return Outcome(record, "same")
    return Outcome(record, "change", changed, instead_of=tuple(existing[name] for name in changed))


def digest(outcomes: Iterable[Outcome]) -> str:
    """Of all that would be done, to the last value, so that a yes to one thing is to no other."""
    told = sha256()
    for each in outcomes:
        record = each.record
        values = [record.values[name] for name in each.columns or record.values]
        done = values if each.kind in {"add", "change"} else []
        seen = (each.kind, each.columns, record.part, record.key, done, each.instead_of)
        told.update(repr(seen).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def counted(outcomes: Iterable[Outcome]) -> dict[Kind, int]:
    """How many of each kind."""
    counts: dict[Kind, int] = {"add": 0, "change": 0, "same": 0, "refuse": 0}
    for outcome in outcomes:
        counts[outcome.kind] += 1
    return counts
