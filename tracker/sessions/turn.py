"""One of several spots about to be done in turn: its plan, or why it is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from tracker.accounts.models import User
from tracker.safety.answers import Said
from tracker.safety.checks import held_to, standings
from tracker.safety.standing import SAFETY, Standing, State
from tracker.safety.words import Told, told
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, due
from tracker.sessions.guide_words import guide_words
from tracker.sessions.history import PastSession
from tracker.sessions.pauses import asks_normal_again
from tracker.sessions.prepare import (
    NOTHING_SET,
    for_person,
    own_cap,
    press_test_level,
    translated,
    usual_tool,
)
from tracker.sessions.protocol import RUNGS, Plan, plan
from tracker.spots.chosen import capped, held, hurting, rhythm
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import AnySpot
from tracker.spots.words import place


@dataclass(frozen=True, slots=True)
class Ready:
    """A spot and side of the session, and what the person set for it.

    left_out is the sentence that says why it is not done.
    """

    spot: AnySpot
    side: str
    stands: Standing
    mine: Mapping[str, TrackedSpot]
    left_out: str | None = None
    plan: Plan | None = None
    due: Due | None = None
    tool: str = ""
    is_new: bool = False

    @property
    def state(self) -> State:
        return self.stands.state

    @property
    def place(self) -> str:
        return place(self.spot.name, self.side)

    @property
    def early(self) -> bool:
        return self.due is not None and self.due.state is DueState.SOON

    @property
    def notice(self) -> str | None:
        return words.due_sentence(self.due) if self.due else None

    @property
    def test_level(self) -> int:
        """Of the press for tenderness."""
        return min(press_test_level(self.mine), self.spot.limits.max_level)

    @property
    def own(self) -> TrackedSpot | None:
        return self.mine.get(self.side)

    @property
    def area(self) -> str:
        """The region that it is worked on for: pain there is asked about once."""
        return hurting(self.own, self.spot.region)

    @property
    def own_cap(self) -> int | None:
        return own_cap(self.spot, self.own)

    @property
    def capped(self) -> list[Told]:
        return told(self.stands.reasons)

    @property
    def advice(self) -> list[str]:
        """What is worth showing to a clinician, once."""
        return [_(SAFETY.items[item].text) for item in self.stands.advice]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Phases for the staircase."""
        phases = self.plan.phases if self.plan else ()
        return [{"seconds": p.seconds, "level": p.level, "label": _(p.cue)} for p in phases]

    def planned(
        self,
        history: Mapping[tuple[str, str], Sequence[PastSession]],
        user: User,
        now: datetime,
        worse: bool,
    ) -> "Ready":
        """The same with its plan, or with the reason why there is none today."""
        if self.left_out:
            return self
        past = history.get((self.spot.id, self.side), ())
        local = now.astimezone(ZoneInfo(user.time_zone))
        when = due(
            self.spot.limits,
            past,
            local,
            local.date(),
            worse_today=worse,
            **rhythm(self.own),
        )
        if when.state is DueState.WAIT:
            return replace(self, left_out=words.due_sentence(when))
        if asks_normal_again(past):
            return replace(self, left_out=_("Start this one by itself: something is asked first."))
        tool = usual_tool(self.spot, past)
        made = plan(
            capped(self.spot.limits, self.own.level_cap if self.own else None),
            past,
            local.date(),
            RUNGS[tool],
            gentle_only=user.gentle_only,
            kept_gentle=self.spot.gentle,
            opted_in=True,
            held=held(self.own, local.date()),
        )
        return replace(self, plan=made, due=when, tool=tool, is_new=not past)


def look(
    spot: AnySpot,
    side: str,
    said: Said,
    now: datetime,
    mine: Mapping[str, TrackedSpot] = NOTHING_SET,
) -> Ready:
    """How one spot and side stands before anything is planned."""
    stands = standings(spot, said, now)
    here = Ready(held_to(spot, side, stands), side, stands[side], mine)
    if not spot.guided:
        return replace(here, left_out=_("This one is logged by hand."))
    if here.state is State.CLOSED:
        return replace(here, left_out=_("Closed for now, because of what you told Sweetspot."))
    return here


def for_guide(ready: Sequence[Ready], user: User) -> dict[str, Any]:
    """Everything the guide needs in the browser, in the reader's language."""
    stops = [
        {
            "spot": each.spot.id,
            "side": each.side,
            "tool": each.tool,
            "place": each.place,
            "shiftHint": each.spot.shift_hint,
            "area": each.area,
            "plan": translated(each.plan),
        }
        for each in ready
        if each.plan
    ]
    return for_person(user) | {"stops": stops, "words": guide_words()}
