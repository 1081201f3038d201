"""What Prepare shows and hands to the guide: a plan for every side and tool one could choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from tracker.accounts.models import User
from tracker.dates import length
from tracker.sessions import words
from tracker.sessions.dose import Due, DueState, due
from tracker.sessions.history import PastSession
from tracker.sessions.protocol import RUNGS, Plan, as_json, plan
from tracker.spots.queries import AnySpot
from tracker.spots.words import place

PRESS_TEST_LEVEL = 2  # tenderness is tried at Light, or at the spot's cap where that is lower


@dataclass(frozen=True, slots=True)
class Variant:
    """One plan, and the sides and tools it is the plan for ("left/fingertips")."""

    plan: Plan
    due: Due
    fits: tuple[str, ...]

    @property
    def refused(self) -> bool:
        return self.due.state is DueState.WAIT

    @property
    def notice(self) -> str | None:
        return words.due_sentence(self.due)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Phases for the staircase."""
        return [
            {"seconds": phase.seconds, "level": phase.level, "label": _(phase.cue)}
            for phase in self.plan.phases
        ]


@dataclass(frozen=True, slots=True)
class Preparation:
    """A spot about to be pressed: its variants, and what is chosen to begin with."""

    spot: AnySpot
    side: str
    tool: str
    variants: tuple[Variant, ...]
    first_time: bool

    @property
    def test_level(self) -> int:
        return min(PRESS_TEST_LEVEL, self.spot.limits.max_level)


def prepare(
    spot: AnySpot,
    side: str,
    history: Mapping[tuple[str, str], Sequence[PastSession]],
    user: User,
    now: datetime,
) -> Preparation:
    """Plan every side and tool of a spot for this person at this moment."""
    local = now.astimezone(ZoneInfo(user.time_zone))
    fits: dict[tuple[Plan, Due], list[str]] = {}
    for each in spot.sides:
        past = history.get((spot.id, each), ())
        when = due(spot.limits, past, local, local.date())
        for tool in spot.limits.tools_allowed:
            planned = plan(
                spot.limits,
                past,
                local.date(),
                RUNGS[tool],
                gentle_only=user.gentle_only,
                opted_in=user.side_of_neck,
            )
            fits.setdefault((planned, when), []).append(f"{each}/{tool}")
    return Preparation(
        spot=spot,
        side=side,
        tool=usual_tool(spot, history.get((spot.id, side), ())),
        variants=tuple(Variant(p, d, tuple(keys)) for (p, d), keys in fits.items()),
        first_time=not any(history.get((spot.id, each)) for each in spot.sides),
    )


def usual_tool(spot: AnySpot, history: Sequence[PastSession]) -> str:
    """The tool of the last session, or the gentlest start for the spot."""
    used = (past.tool for past in history if past.tool in spot.limits.tools_allowed)
    return next(used, spot.limits.start_tool) or spot.limits.start_tool


def for_guide(prepared: Preparation, user: User) -> dict[str, Any]:
    """Everything the guide needs in the browser, in the reader's language."""
    spot = prepared.spot
    return {
        "owner": str(user.id),
        "zone": user.time_zone,
        "spot": spot.id,
        "places": {side: place(spot.name, side) for side in spot.sides},
        "shiftHint": spot.shift_hint,
        "tendernessLevel": prepared.test_level,
        "plans": [_translated(variant.plan) for variant in prepared.variants],
        "words": _guide_words(),
    }


def _translated(planned: Plan) -> dict[str, Any]:
    data = as_json(planned)
    for phase in data["phases"]:
        phase["cue"] = _(phase["cue"])
    return data


def _guide_words() -> dict[str, Any]:
    """The guide's sentences; {n} and the like are filled in by the browser."""
    return {
        "levels": [words.level_word(level) for level in range(5)],
        "ready": _("Get ready"),
        "readyCue": _("Get into place. It starts by itself."),
        "paused": _("Paused"),
        "left": _("{time} left"),
        "next": _("Next: {level}, {n} s"),
        "last": _("Last step"),
        "easeOff": _("Tap to ease off"),
        "letGo": _("Tap to ease off: let go"),
        "eased": _("Eased to {level}. It will not go above that again."),
        "letGone": _("Let go. Rest until this step is over."),
        "sharp": _("Let go for {n} s."),
        "pulse": _("Let go for {n} s and move off. Do not press on a pulse."),
        "changing": _("Next spot"),
        "changingCue": _("Move to the next place. It starts by itself."),
        "gentle": _("Slow and light from here on."),
        "dayLimit": _("That is the pressure for today here; the rest is Touch."),
        "away": _("You were away for {time}."),
        "awayText": _("The clock stopped with {n} s to go. Time away never counts as pressure."),
        "minutes": _("{m} min {s} s"),
        "seconds": _("{n} s"),
        "saving": _("Saving…"),
        "unsent": _(
            "Your session is kept on this phone. It could not be sent: it will be tried again."
        ),
        "refused": _("The session could not be kept as it is: {why}"),
        "signedOut": _("You were signed out. Sign in again and it will be sent."),
        "kept": _("Kept on this phone"),
        "tryAgain": _("Try again"),
        "ended": {
            code: {"title": advice[0], "text": " ".join(advice[1])}
            for code in ("sharp", "nerve", "pulse", "discomfort", "emergency")
            if (advice := words.ended_advice(code))
        },
    }


def begin_label(planned: Plan) -> str:
    return length(planned.total_s)
