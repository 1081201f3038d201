"""The calendar as a calendar app asks for it: by its address alone, without anybody signed in."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, request
from flask_babel import force_locale
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests

from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.limits import allowed
from tracker.reminders.address import hashed
from tracker.reminders.ahead import days_of_test
from tracker.reminders.feed import calendar_of, discreet, entries_of
from tracker.reminders.models import CalendarFeed
from tracker.reminders.upcoming import upcoming

bp = Blueprint("calendars", __name__)
WINDOW_S = 15 * 60
MOST = 120  # from one address; a calendar service asks for many people's from one


@bp.get("/calendar/<token>.ics")
def calendar(token: str) -> Response:
    if not allowed(f"calendar {request.remote_addr}", MOST, WINDOW_S):
        raise TooManyRequests(retry_after=WINDOW_S)
    found = db.session.execute(
        select(User, CalendarFeed)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.token_hash == hashed(token), User.active)
    ).one_or_none()
    user, feed = found or abort(404)
    with force_locale(user.locale or feed.locale):
        return _answer(user, feed)


def _answer(user: User, feed: CalendarFeed) -> Response:
    now = clock.now()
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    entries = entries_of(upcoming(user, now), days_of_test(user, today))
    shown = discreet(entries) if feed.discreet else entries
    answer = Response(calendar_of(shown, feed.id, now), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="sweetspot.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
