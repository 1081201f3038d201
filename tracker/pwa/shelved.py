"""Plans as they are kept on a phone: each one once, named by its number."""

from typing import Any

from tracker.sessions.prepare import translated
from tracker.sessions.protocol import Plan


class Plans:
    """Grows as plans are asked for; many tools of a spot share one, as do spots."""

    def __init__(self) -> None:
        self._known: list[dict[str, Any]] = []

    def number_of(self, plan: Plan) -> int:
        made = translated(plan)
        if made not in self._known:
            self._known.append(made)
        return self._known.index(made)

    def as_json(self) -> list[dict[str, Any]]:
        return self._known
