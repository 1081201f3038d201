"""The table a link offers: the same columns as the person's own, blank where not chosen."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from tracker.sharing.csv import SharedSession

LINES_AT_ONCE = 100
OF_PART = {
    "after": {"next_day_soreness": None, "sore_after_24h": None, "bruise": None},
    "changes": {"other_treatment": None},
    "notes": {"note": ""},
}


def only_parts(session: SharedSession, parts: Collection[str]) -> SharedSession:
    """The session without what belongs to a part that was not chosen."""
    hidden = [blank for part, blank in OF_PART.items() if part not in parts]
    return replace(session, **{name: value for blank in hidden for name, value in blank.items()})


def in_chunks(table: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces, each as soon as it is asked for."""
    rest = iter(table)
    while chunk := "".join(islice(rest, LINES_AT_ONCE)):
        yield chunk
