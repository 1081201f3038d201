"""What the description of the API says of sessions: data beside the views that do it."""

from typing import Any

from tracker.api import (
    DAY,
    ERROR,
    FLAG,
    ID,
    MOMENT,
    OWNER,
    RATING,
    REVISION,
    TEXT,
    Operation,
    meaning,
    nullable,
    object_of,
)
from tracker.sessions.document import (
    CHOICES,
    FIELDS,
    MOMENTS,
    NOTE_LENGTH,
    RATINGS,
    YES_NO,
)

SENT: dict[str, Any] = {
    "spot": TEXT | meaning("A slug of the catalogue, or the id of a spot of one's own."),
    "side": {"enum": ["left", "right", "middle"]},
    "tool": nullable(TEXT),
    "time_zone": TEXT | meaning("An IANA name."),
    "trace": nullable(
        {"type": "object"} | meaning("What the guide did, phase by phase; null by hand.")
    ),
    **dict.fromkeys(MOMENTS, nullable(MOMENT)),
    "started_at": MOMENT,
    **dict.fromkeys(RATINGS, nullable(RATING)),
    **dict.fromkeys(YES_NO, nullable(FLAG)),
    **{name: {"enum": [*known, None]} for name, known in CHOICES.items()},
    "felt_in": nullable({"type": "array", "items": TEXT}),
    "note": nullable(TEXT | {"maxLength": NOTE_LENGTH}),
}
DOCUMENT = {name: SENT[name] for name in FIELDS}
WHOLE = DOCUMENT | {
    "felt_in": {"type": "array", "items": TEXT},
    "note": TEXT,
    "id": ID,
    "revision": REVISION,
    "entry": {"enum": ["guided", "manual", "imported"]},
    "local_date": DAY,
    "clock_uncertain": FLAG,
    "deleted": {"const": False},
}
COPY = object_of(WHOLE, *WHOLE)
MARK = {"id": ID, "revision": REVISION, "deleted": {"const": True}}
DELETED = object_of(MARK, *MARK)
KEPT = object_of({"id": ID, "revision": REVISION, "after": TEXT}, "id", "revision", "after")
CONFLICT = object_of({"error": TEXT, "session": COPY}, "error", "session")
GONE = object_of({"error": TEXT, **MARK}, "error", *MARK)
SENDER = {"owner": OWNER, "based_on": nullable(REVISION)}

PUT = Operation(
    "Keep a session: a new one, or an edit of the revision it is based on.",
    {201: KEPT, 200: KEPT, 403: ERROR, 409: CONFLICT, 410: GONE},
    body=object_of(DOCUMENT | SENDER, "spot", "side", "started_at", "time_zone"),
)
DELETE = Operation(
    "Delete a session, unless it changed since the revision the phone knew.",
    {
        200: object_of(MARK | {"revision": nullable(REVISION)}, *MARK),
        403: ERROR,
        409: CONFLICT,
    },
    body=object_of(SENDER),
)
GET = Operation("One session as the server has it.", {200: COPY, 410: GONE})
CHANGES = Operation(
    "What changed after a revision, the oldest change first, a hundred at most.",
    {
        200: object_of(
            {
                "sessions": {"type": "array", "items": {"anyOf": [COPY, DELETED]}},
                "revision": REVISION,
                "more": FLAG,
            },
            *("sessions", "revision", "more"),
        )
    },
    query={"after": REVISION},
)
