"""When something a person said about safety held a spot back, and how far it could go then."""

from collections.abc import Iterator
from datetime import datetime

from tracker.safety.answers import Place, Said
from tracker.safety.standing import standing


def lowered(place: Place, side: str, said: Said) -> Iterator[tuple[datetime, int]]:
    """Each moment at which something was said, with the highest level it left there (0 closed).

    Each by itself, as it was then: what a clinician or the person said later changes nothing. An
    entry whose place was told later counts as of that place.
    """
    for answer in said.answers:
        at = answer.answered_at
        known = [each for each in said.conditions if each.since <= at]
        yield at, standing(place, side, [answer], known, at).cap
    for entry in said.conditions:
        yield entry.since, standing(place, side, [], [entry], entry.since).cap
