"""What stands in the way of a session, and what an answer asks to mind, as a page and as notes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.safety.content import NO_CAP
from tracker.safety.queries import entries_of
from tracker.safety.rules import SAFETY
from tracker.safety.standing import Standing, State
from tracker.safety.words import Told, told
from tracker.spots.queries import AnySpot
from tracker.spots.words import place


def closed(spot: AnySpot, side: str, stands: Standing) -> str:
    """The page shown instead of Prepare: what to do now, or why not here and what opens it."""
    now = clock.now().astimezone(ZoneInfo(current_user.time_zone))
    reasons = [told(each, now) for each in stands.reasons if each.max_level == 0]
    if stands.state is State.EMERGENCY:
        return render_template(
            "safety/emergency.html", effect=SAFETY.effects["emergency"], reasons=reasons
        )
    return render_template(
        "safety/closed.html",
        spot=spot,
        place=place(spot.name, side),
        reasons=reasons,
        listed=entries_of(current_user),
        form=EmptyForm(),
    )


def safety_notes(stands: Standing, now: datetime) -> list[str]:
    """What the answers change in the session being prepared, a sentence each."""
    local = now.astimezone(ZoneInfo(current_user.time_zone))
    caps = [told(each, local) for each in stands.reasons if each.max_level < NO_CAP]
    advice = [SAFETY.items[item] for item in stands.advice]
    return [_note(each) for each in caps] + [
        _("%(said)s: %(what)s", said=_(item.text), what=_(SAFETY.effects[item.effect].text))
        for item in advice
    ]


def _note(why: Told) -> str:
    return _("%(said)s: %(what)s", said=why.said, what=why.follows)
