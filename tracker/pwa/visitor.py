"""A session for somebody without an account: gentle, at one spot, kept on their phone alone."""

from datetime import datetime
from typing import Any

from tracker.language import gettext as _
from tracker.language import language
from tracker.pwa.kept import FORMAT, rules, ticked
from tracker.pwa.shelved import Plans
from tracker.safety.asking import asked_from
from tracker.safety.checks import place_of
from tracker.sessions import words
from tracker.sessions.prepare import PRESS_TEST_LEVEL
from tracker.sessions.protocol import RUNGS, plan
from tracker.spots.content import Spot
from tracker.spots.queries import AnySpot
from tracker.spots.words import place

VISITOR = "visitor"
GET_READY_S = 15
USES = {"tones": True, "voice": True, "vibration": True, "throughSilentSwitch": False}


def can_be_tried(spot: Spot | AnySpot) -> bool:
    """Not where one first has to switch on a spot, knowing what it is."""
    return not spot.limits.opt_in_only


def visitors_session(spot: AnySpot, now: datetime) -> dict[str, Any]:
    """As kept_for, for a visitor: both sides of a spot, with everything asked that it asks.

    The browser fills in its time zone.
    """
    plans = Plans()
    return {
        "format": FORMAT,
        "owner": VISITOR,
        "made_at": now.isoformat(),
        "language": language().code,
        "zone": None,
        "getReadySeconds": GET_READY_S,
        "gapSeconds": GET_READY_S,
        "use": USES,
        "rules": rules(),
        "stops": [_stop(spot, side, plans, now) for side in spot.sides],
        "plans": plans.as_json(),
        "ticked": ticked([spot]),
    }


def _stop(spot: AnySpot, side: str, plans: Plans, now: datetime) -> dict[str, Any]:
    rung = RUNGS[spot.limits.start_tool]
    made = plan(spot.limits, (), now.date(), rung, gentle_only=True)
    number = plans.number_of(made)
    return {
        "spot": spot.id,
        "side": side,
        "name": spot.name,
        "place": place(spot.name, side),
        "refused": None,
        "soon": None,
        "new": True,
        "last": None,
        "asks": dict.fromkeys(asked_from(place_of(spot), (), None, False)),
        "asksNormal": False,
        "tool": spot.limits.start_tool,
        "tools": dict.fromkeys(spot.limits.tools_allowed, number),
        "gentle": number,
        "span": words.span_of(made),
        "why": words.reason(made),
        "held": [],
        "note": "",
        "shiftHint": spot.shift_hint,
        "cautions": [_(caution) for caution in spot.cautions],
        "pressLevel": min(PRESS_TEST_LEVEL, spot.limits.max_level),
        "otherSide": len(spot.sides) > 1,
        "feltIn": spot.felt_in,
    }
