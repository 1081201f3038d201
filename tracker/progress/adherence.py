"""How far a test was done as planned, and so whether its words may speak of massage.

Blocks are compared as they were drawn, whatever was done in them (intention to treat); but where
hardly any planned session was done, or as many in the time without, their difference says little
about massage.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

ENOUGH_KEPT = Fraction(1, 2)  # of the planned days


@dataclass(frozen=True, slots=True)
class Done:
    """Days with a session: `kept` of the `due` ones, `extra` of others; `against` of these are of

    the time without massage.
    """

    kept: int = 0
    due: int = 0
    extra: int = 0
    against: int = 0

    @property
    def as_planned(self) -> bool:
        """Whether half of the planned days or more were kept, and fewer of the time without.

        Both limits are a judgement of ours: no source has a number for one person's test.
        """
        return self.kept >= ENOUGH_KEPT * self.due and self.against < self.kept


NOTHING_DONE = Done()


def done(days: Set[date], due: Set[date], without: Set[date], session_days: Set[date]) -> Done:
    """Count what was done on the days of a test: `due` ones, and those of the time `without`."""
    return Done(
        kept=len(due & session_days),
        due=len(due),
        extra=len((days - due) & session_days),
        against=len(without & session_days),
    )
