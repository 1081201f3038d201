"""What somebody is shown: which spots, which days, and which parts of what was noted."""

from dataclasses import dataclass
from datetime import date

# In the order of the report. A new part is a name here, its words and a template of that name.
PARTS = ("days", "sessions", "after", "activities", "overall", "tests", "changes", "notes")
USUAL_PARTS = PARTS[:-1]  # notes are off until somebody switches them on


@dataclass(frozen=True, slots=True)
class Scope:
    """Spots by their ids; both days are included, and are the person's own."""

    spots: tuple[str, ...]
    first: date
    last: date
    parts: tuple[str, ...]
    name: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def shows(self, part: str) -> bool:
        return part in self.parts
