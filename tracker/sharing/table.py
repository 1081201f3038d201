"""The table a link offers: the same columns as the person's own, blank where not chosen."""

from collections.abc import Collection

from tracker.sharing.csv import SharedSession

OF_PART = {
    "after": dict.fromkeys(
        (
            *("next_day_soreness", "sore_after_24h", "bruise"),
            *("completed", "ended_by", "sharp_events", "nerve_events"),
        )
    ),
    "tests": {"phase": ""},
    "changes": {"other_treatment": None},
    "notes": {"note": ""},
}


def only_parts(session: SharedSession, parts: Collection[str]) -> SharedSession:
    """The session without what belongs to a part that was not chosen."""
    hidden = [blank for part, blank in OF_PART.items() if part not in parts]
    return session._replace(**{name: value for blank in hidden for name, value in blank.items()})
