"""What the report reads of a person's days: activities, what else changed, notes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import ActivityRating, DayNote
from tracker.days.queries import activity_ratings_of, notes_of
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of
from tracker.sharing.scope import Scope
from tracker.sharing.scoped import activity_names, within
from tracker.sharing.summary import MOST_LISTED


@dataclass(frozen=True, slots=True)
class Rated:
    """An activity: how well it went at first and last, 0 (unable) to 10 (as well as before)."""

    name: str
    first: tuple[date, int]
    last: tuple[date, int]
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """Days with something noted: the newest, and how many there are."""

    days: tuple[tuple[date, str], ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.days)


NOTHING = Listed((), 0)


def activities_rated(user: User, scope: Scope) -> list[Rated]:
    """How well the person's activities went in these days, by name."""
    rows = activity_ratings_of(user).where(
        ActivityRating.local_date.between(scope.first, scope.last)
    )
    names = activity_names(user)
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in db.session.scalars(rows):  # the newest first
        found[names[row.activity_id]].append((row.local_date, row.goes))
    return [Rated(name, days[-1], days[0], len(days)) for name, days in sorted(found.items())]


def day_notes(user: User, scope: Scope) -> dict[str, Listed]:
    """What else there was on these days, by the names that the report has for it."""
    rows = notes_of(user).where(DayNote.local_date.between(scope.first, scope.last))
    notes = db.session.scalars(rows).all()
    found: dict[str, Listed] = {}
    if scope.shows("changes"):
        found["flares"] = _listed((note.local_date, "") for note in notes if note.flare)
        found["medicine"] = _listed((n.local_date, "") for n in notes if n.medicine_change)
        treated = [note for note in notes if note.other_treatment]
        found["treatments"] = _listed((note.local_date, note.other_treatment) for note in treated)
    if scope.shows("notes"):
        said = [(note.local_date, note.note) for note in notes if note.note]
        said += _session_notes(user, scope)
        found["notes"] = _listed(sorted(said, key=lambda each: each[0], reverse=True))
    return found


def _session_notes(user: User, scope: Scope) -> list[tuple[date, str]]:
    columns = MassageSession.local_date, MassageSession.note
    rows = sessions_of(user).where(*within(scope), MassageSession.note != "")
    return [(day, note) for day, note in db.session.execute(rows.with_only_columns(*columns))]


def _listed(days: Iterable[tuple[date, str]]) -> Listed:
    every = tuple(days)
    return Listed(every[:MOST_LISTED], len(every))
