"""A browser's way in: the place where it wants to be told, as JSON."""

import json
from typing import Any
from uuid import UUID

from flask import Blueprint, request, session
from flask_babel import gettext as _
from flask_login import current_user

from tracker import clock
from tracker.database import commit_anew, db
from tracker.language import language
from tracker.reminders.models import PushSubscription
from tracker.reminders.queries import phones_of, reminder_of, without
from tracker.reminders.subscription import Subscription, SubscriptionError, read

bp = Blueprint("push", __name__)
SITE_LENGTH = 300
Answer = tuple[dict[str, Any], int]


@bp.post("/you/reminders/phones")
def add_phone() -> Answer:
    """Tell this browser from now on, and at its new place if it was told before."""
    if not current_user.is_authenticated:
        return {"error": _("Sign in first, then switch it on again.")}, 401
    try:
        given = read(json.loads(request.get_data()))
    except SubscriptionError as error:
        refused = _("This browser gave an address that cannot be used.")
        return {"error": refused, "key": str(error)}, 422
    except (ValueError, RecursionError):
        return {"error": _("This could not be read."), "key": "body"}, 422
    here = UUID(session["device"])
    commit_anew(lambda: _keep(here, given))  # it may be tapped twice
    return {"device": str(here)}, 201


def _keep(here: UUID, given: Subscription) -> None:
    """One row for this browser; what it left behind when it was signed in before goes."""
    others = db.session.scalars(phones_of(current_user)).all()
    left = [old.device_id for old in others if old.endpoint == given.endpoint]
    if gone := [device_id for device_id in left if device_id != here]:
        db.session.execute(without(current_user, gone))  # another tap may have been first
    mine = {"user_id": current_user.id, "device_id": here, "made_at": clock.now()}
    told = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    about = {"locale": language().code, "site": request.host_url.rstrip("/")[:SITE_LENGTH]}
    db.session.merge(PushSubscription(**mine, **told, **about))
    db.session.merge(reminder_of(current_user))
