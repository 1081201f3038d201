"""Several spots done in turn: which are asked about next, and what was asked already.

The phone names them in the address it goes to; whose they are is asked of the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker.sessions.rules import RULES
from tracker.spots.catalog import catalog
from tracker.spots.queries import as_uuid

MOST = RULES.dose.spots_per_session


@dataclass(frozen=True, slots=True)
class InTurn:
    """The ids of the sessions still to be asked about, and of those that were."""

    then: tuple[UUID, ...] = ()
    done: tuple[UUID, ...] = ()

    @classmethod
    def of(cls, asked: MultiDict[str, str]) -> "InTurn":
        return cls(ids(asked.getlist("then")), ids(asked.getlist("done")))

    def after(self, now: UUID, known: Iterable[UUID]) -> tuple[UUID | None, "InTurn"]:
        """The session to ask about once `now` is answered, None at the end, and what is left.

        Those that are not `known` are still on the phone: they are passed over.
        """
        here = set(known)
        left = [id_ for id_ in self.then if id_ in here and id_ != now]
        done = (*self.done, now)
        return (left[0], InTurn(tuple(left[1:]), done)) if left else (None, InTurn((), done))

    @property
    def query(self) -> dict[str, Any]:
        return {"then": self.then, "done": self.done}


def ids(texts: Iterable[str]) -> tuple[UUID, ...]:
    """The ids among these texts, each once, and no more than a session can have."""
    found = filter(None, map(as_uuid, texts))
    return tuple(dict.fromkeys(found))[:MOST]


def area_words(areas: Iterable[str]) -> dict[str, str]:
    """Where pain is asked about, once however many spots are for it: regions with their names."""
    names = catalog().regions
    return {id_: _(names[id_].label) for id_ in dict.fromkeys(areas)}
