"""What the plan needs to know of a session that was."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tracker.sessions.rules import RULES

UNEVENTFUL_ENDS = frozenset({None, "finished", "user", "away"})
TOO_MUCH = RULES.number("absolute", "discomfort")
UNCOUNTED = (0, 0, 0, 0)
WORSE = RULES.number("worse_now", "points")
ROSE = RULES.number("long_or_worse", "points")


@dataclass(frozen=True, slots=True)
class NextDay:
    """What was answered the next day: soreness 0-10, hours from the session's start to the answer.

    None is "not answered", never "no". still_sore_48 is the second question, asked after 48 h;
    bruise_gone is only asked after a bruise.
    """

    soreness: int | None
    still_sore: bool | None
    bruise: bool | None
    hours: float
    still_sore_48: bool | None = None
    hours_48: float | None = None
    bruise_gone: bool | None = None


@dataclass(slots=True)  # frozen ones take twice as long to make, and Today makes dozens
class PastSession:
    """One session at one spot and side, by the guide or by hand; nothing changes it.

    stayed_level is 0-4 (0 = none), discomfort, pain and tenderness are 0-10 or None for blank,
    pressure_s is seconds at level 2 or more, level_s seconds at levels 1-4. pain_24h_change is
    the daily pain of the day after less the last one before the session (days/change.py), where
    both were answered. local_date is the person's own day.
    """

    started_at: datetime
    local_date: date
    entry: str = "guided"
    tool: str | None = None
    stayed_level: int = 0
    finished_holds: int = 0
    target_level: int | None = None
    peak_discomfort: int | None = None
    sharp_events: int = 0
    nerve_events: int = 0
    too_much: bool = False
    ended_by: str | None = "finished"
    pain_before: int | None = None
    pain_after: int | None = None
    pressure_s: int = 0
    quality: str | None = None
    tenderness_before: int | None = None
    tenderness_after: int | None = None
    level_s: tuple[int, int, int, int] = UNCOUNTED
    next_day: NextDay | None = None
    pain_24h_change: int | None = None
    id: UUID | None = None

    @property
    def guided(self) -> bool:
        """Only these can say which level stayed; what was logged by hand never raises."""
        return self.entry == "guided"

    @property
    def went_badly(self) -> bool:
        """Something said that the level was too much, whatever was finished."""
        return bool(
            self.too_much
            or self.sharp
            or self.nerve
            or self.hurt
            or self.worse_now
            or not self.comfortable
            or self.ended_by not in UNEVENTFUL_ENDS
        )

    @property
    def sharp(self) -> bool:
        """Sharp or hot, said while pressing or afterwards, as one does of a session by hand."""
        return self.sharp_events > 0 or self.quality == "sharp_hot"

    @property
    def nerve(self) -> bool:
        """Numb, tingling or electric, said while pressing or afterwards."""
        return self.nerve_events > 0 or self.quality == "numb_tingle_electric"

    @property
    def says_something(self) -> bool:
        """Whether anything in it could call for a pause; most are done with at that."""
        return self.next_day is not None or self.rose or self.nerve

    @property
    def rose(self) -> bool:
        """Whether the daily pain was higher after it, by as much as the next-day rule takes."""
        change = self.pain_24h_change
        return change is not None and change >= ROSE

    @property
    def counts(self) -> bool:
        """One finished hold makes a guided session count, and so does anything that went badly.

        A session stopped in its first seconds neither lowers a level nor uses up the day.
        """
        return not self.guided or self.finished_holds > 0 or self.went_badly

    @property
    def comfortable(self) -> bool:
        """False once the strongest discomfort was above the level that may stay; blank passes."""
        limit = RULES.start.stayed_max_discomfort
        return self.peak_discomfort is None or self.peak_discomfort <= limit

    @property
    def stayed(self) -> int:
        """The highest level that stayed, 0-4; nothing stays in an uncomfortable session."""
        return self.stayed_level if self.comfortable else 0

    @property
    def hurt(self) -> bool:
        """The "absolute" rule: 7 or more, or "Too much" chosen on Stop."""
        peak = self.peak_discomfort or 0
        return self.ended_by == "discomfort" or peak >= TOO_MUCH

    @property
    def worse_now(self) -> bool:
        """Pain rose by 2 points or more over the session; a blank is never "worse"."""
        if self.pain_before is None or self.pain_after is None:
            return False
        return self.pain_after - self.pain_before >= WORSE
