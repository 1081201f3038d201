"""What Prepare shows and hands to the guide: a plan for every side and tool one could choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from tracker.accounts.models import User
from tracker.sessions import words
from tracker.sessions.counts import Counted, counted
from tracker.sessions.dose import Due, DueReason, DueState, due, is_more_than_usual
from tracker.sessions.guide_words import guide_words
from tracker.sessions.history import PastSession
from tracker.sessions.next_day import bruised
from tracker.sessions.pauses import asks_normal_again
from tracker.sessions.progression import Offer, offer
from tracker.sessions.protocol import RUNGS, Plan, as_json, plan
from tracker.sessions.queries import SpotSide
from tracker.spots.chosen import capped, held, rhythm
from tracker.spots.models import TrackedSpot
from tracker.spots.queries import AnySpot
from tracker.spots.words import place

PRESS_TEST_LEVEL = 2  # tenderness is tried at Light, or at the cap where that is lower
NOTHING_SET: Mapping[str, TrackedSpot] = MappingProxyType({})
FURTHER = "further"  # the third part of a key: one level more, as offered


@dataclass(frozen=True, slots=True)
class Here:
    """What holds at one side today, whatever the tool; bruise is the session to ask about.

    own_cap is the level the person set where it holds them back, note where exactly it is on them,
    marked the side whose picture they marked, fourth that a week has its usual sessions already.
    """

    due: Due
    counted: Counted
    bruise: UUID | None
    own_cap: int | None = None
    note: str = ""
    marked: str = ""
    fourth: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One plan, and what it is the plan for: "left/fingertips", "left/fingertips/further"."""

    plan: Plan
    here: Here
    fits: tuple[str, ...]

    @property
    def due(self) -> Due:
        return self.here.due

    @property
    def refused(self) -> bool:
        return self.due.state is DueState.WAIT

    @property
    def early(self) -> bool:
        """Whether something soft stands against it: it may be started anyway."""
        return self.due.state is DueState.SOON

    @property
    def notice(self) -> str | None:
        return words.due_sentence(self.due)

    @property
    def often(self) -> bool:
        """Whether it is a fourth in a week, where nothing else has to be said of when."""
        return self.here.fourth and not self.notice

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Phases for the staircase."""
        return [
            {"seconds": phase.seconds, "level": phase.level, "label": _(phase.cue)}
            for phase in self.plan.phases
        ]


@dataclass(frozen=True, slots=True)
class Further:
    """The offer at one side, and the tools it is made for ("left/fingertips")."""

    side: str
    offer: Offer
    fits: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        stay, up = words.level_word(self.offer.from_level), words.level_word(self.offer.to_level)
        return [("", _("Stay at %(level)s", level=stay)), (FURTHER, _("Up to %(level)s", level=up))]


@dataclass(frozen=True, slots=True)
class Preparation:
    """A spot about to be pressed: its variants, and what is chosen to begin with.

    asks_normal are the sides where "fully normal again?" comes first; test_level is of the press
    for tenderness, alike on both sides.
    """

    spot: AnySpot
    side: str
    tool: str
    variants: tuple[Variant, ...]
    further: tuple[Further, ...]
    asks_normal: tuple[str, ...]
    test_level: int

    @property
    def not_normal(self) -> str | None:
        """What to do while it is not."""
        return words.due_sentence(Due(DueState.WAIT, DueReason.NOT_NORMAL))


def prepare(
    spot: AnySpot,
    side: str,
    history: Mapping[SpotSide, Sequence[PastSession]],
    user: User,
    now: datetime,
    *,
    worse_today: bool = False,
    mine: Mapping[str, TrackedSpot] = NOTHING_SET,
) -> Preparation:
    """Plan every side and tool of a spot for this person at this moment.

    history comes with its seconds; worse_today says that pain rose over a session today; mine is
    what they set for each side.
    """
    local = now.astimezone(ZoneInfo(user.time_zone))
    fits: dict[tuple[Plan, Here], list[str]] = {}
    offers: dict[tuple[str, Offer], list[str]] = {}
    asks_normal = []
    for each in spot.sides:
        past = history.get((spot.id, each), ())
        own = mine.get(each)
        limits = capped(spot.limits, own.level_cap if own else None)
        here = _here(spot, past, local, worse_today, own)
        tested = held(own, local.date())
        if here.due.state is not DueState.WAIT and asks_normal_again(past):
            asks_normal.append(each)
        for tool in spot.limits.tools_allowed:
            key = f"{each}/{tool}"
            of_tool = partial(
                plan,
                limits,
                past,
                local.date(),
                RUNGS[tool],
                gentle_only=user.gentle_only,
                kept_gentle=spot.gentle,
                opted_in=spot.guided,
                held=tested,
            )
            fits.setdefault((of_tool(), here), []).append(key)
            may = here.due.state is not DueState.WAIT and not tested
            offered = may and offer(
                limits, past, local.date(), RUNGS[tool], gentle_only=user.gentle_only or spot.gentle
            )
            if offered:
                offers.setdefault((each, offered), []).append(key)
                fits.setdefault((of_tool(raised=True), here), []).append(f"{key}/{FURTHER}")
    return Preparation(
        spot=spot,
        side=side,
        tool=usual_tool(spot, history.get((spot.id, side), ())),
        variants=tuple(Variant(p, here, tuple(keys)) for (p, here), keys in fits.items()),
        further=tuple(Further(s, offer, tuple(keys)) for (s, offer), keys in offers.items()),
        asks_normal=tuple(asks_normal),
        test_level=min(press_test_level(mine), spot.limits.max_level),
    )


def press_test_level(mine: Mapping[str, TrackedSpot]) -> int:
    """Light, or the lowest cap the person set at this spot: both sides are pressed alike."""
    caps = [own.level_cap for own in mine.values() if own.level_cap]
    return min([PRESS_TEST_LEVEL, *caps])


def must_wait(
    spot: AnySpot,
    history: Mapping[SpotSide, Sequence[PastSession]],
    user: User,
    now: datetime,
    worse_today: bool,
) -> Iterator[bool]:
    """Of each side, whether a hard limit stands against it."""
    local = now.astimezone(ZoneInfo(user.time_zone))
    for side in spot.sides:
        past = history.get((spot.id, side), ())
        when = due(spot.limits, past, local, local.date(), worse_today=worse_today)
        yield when.state is DueState.WAIT


def _here(
    spot: AnySpot,
    past: Sequence[PastSession],
    local: datetime,
    worse_today: bool,
    own: TrackedSpot | None,
) -> Here:
    bruise = bruised(past)
    return Here(
        due=due(
            spot.limits,
            past,
            local,
            local.date(),
            worse_today=worse_today,
            **rhythm(own),
        ),
        counted=counted(past, local.date()),
        bruise=bruise.id if bruise else None,
        own_cap=own_cap(spot, own),
        note=own.note if own else "",
        marked=own.side if own and own.mark_x is not None else "",
        fourth=is_more_than_usual(past, local, **rhythm(own)),
    )


def own_cap(spot: AnySpot, own: TrackedSpot | None) -> int | None:
    """The level the person set, where it is lower than what the spot allows today."""
    level = own.level_cap if own else None
    return level if level and level < spot.limits.max_level else None


def usual_tool(spot: AnySpot, history: Sequence[PastSession]) -> str:
    """The tool of the last session, or the gentlest start for the spot."""
    used = (past.tool for past in history if past.tool in spot.limits.tools_allowed)
    return next(used, spot.limits.start_tool) or spot.limits.start_tool


def for_guide(prepared: Preparation, user: User) -> dict[str, Any]:
    """Everything the guide needs in the browser, in the reader's language."""
    spot = prepared.spot
    return for_person(user) | {
        "spot": spot.id,
        "places": {side: place(spot.name, side) for side in spot.sides},
        "shiftHint": spot.shift_hint,
        "plans": [translated(variant.plan) for variant in prepared.variants],
        "words": guide_words(),
    }


def for_person(user: User) -> dict[str, Any]:
    """What the guide needs to know of the person, whatever is pressed."""
    return {
        "owner": str(user.id),
        "zone": user.time_zone,
        "gapSeconds": user.gap_s,
        "use": {
            "tones": user.tones,
            "voice": user.voice,
            "vibration": user.vibration,
            "throughSilentSwitch": user.through_silent,
        },
    }


def translated(planned: Plan) -> dict[str, Any]:
    """A plan as the guide runs it, its cues in the reader's language."""
    data = as_json(planned)
    for phase in data["phases"]:
        cue = phase["cue"]
        phase["cue"] = _(cue)
    return data
