"""What the report reads of how areas changed overall, as the person said it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from tracker.accounts.models import User
from tracker.checkins.queries import changes_of
from tracker.database import db
from tracker.sharing.scope import Scope
from tracker.sharing.scoped import said_within
from tracker.sharing.summary import MOST_LISTED


@dataclass(frozen=True, slots=True)
class Overall:
    """What was said of one spot and side: the newest steps (1-7) by day, and how many there are."""

    spot_id: str
    side: str
    steps: tuple[tuple[date, int], ...]
    count: int


def overall_said(user: User, scope: Scope) -> list[Overall]:
    """By spot and side, what was said last first."""
    found: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for row in db.session.scalars(changes_of(user).where(*said_within(scope))):
        found[row.spot_id, row.side].append((row.local_date, row.change))
    return [
        Overall(*where, tuple(steps[:MOST_LISTED]), len(steps)) for where, steps in found.items()
    ]
