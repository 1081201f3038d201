"""How far a test was done as planned, and so whether its words may speak of massage.

Blocks are compared as they were drawn, whatever was done in them (intention to treat); but where
hardly any planned session was done, or as many on other days, their difference is not massage.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

ENOUGH_KEPT = Fraction(1, 2)  # of the planned days


@dataclass(frozen=True, slots=True)
class Done:
    """Days with a session: `kept` of the `due` ones, `extra` of others."""

    kept: int = 0
    due: int = 0
    extra: int = 0

    @property
    def as_planned(self) -> bool:
        """Whether half of the planned days or more were kept, and fewer others had a session.

        Both limits are a judgement of ours: no source has a number for one person's test.
        """
        return self.kept >= ENOUGH_KEPT * self.due and self.extra < self.kept


NOTHING_DONE = Done()


def done(days: Set[date], due: Set[date], session_days: Set[date]) -> Done:
    """Count what was done on the days of a test, of which massage was planned on the due ones."""
    return Done(len(due & session_days), len(due), len((days - due) & session_days))
