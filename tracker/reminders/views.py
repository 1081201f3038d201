"""You, Reminders: the calendar's address, the phones that may be told, and when."""

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import commit_anew, db
from tracker.language import language
from tracker.reminders.address import hashed, token_of
from tracker.reminders.forms import DiscreetForm, TimesForm
from tracker.reminders.models import CalendarFeed
from tracker.reminders.queries import feed_of, named_phones_of, phones_of, reminder_of
from tracker.reminders.vapid import public_key

bp = Blueprint("reminders", __name__, url_prefix="/you/reminders")
View = str | tuple[str, int] | Response


@bp.get("")
@login_required
def index() -> View:
    return _page(TimesForm(obj=reminder_of(current_user)))


@bp.post("/times")
@login_required
def times() -> View:
    form = TimesForm()
    if not form.validate():
        return _page(form), 422
    commit_anew(lambda: form.populate_obj(db.session.merge(reminder_of(current_user))))
    flash(_("Saved."))
    return _back()


@bp.post("/calendar")
@login_required
def make_address() -> View:
    """A new address; the one before, if any, is nobody's from now on."""
    before = feed_of(current_user)
    feed = CalendarFeed(user_id=current_user.id, id=uuid7(), made_at=clock.now())
    feed.token_hash = hashed(_token(feed))
    feed.locale, feed.discreet = language().code, bool(before and before.discreet)
    if before:
        db.session.delete(before)
        db.session.flush()
    db.session.add(feed)
    try:
        db.session.commit()
    except IntegrityError:  # made in another tab meanwhile: that one is shown
        db.session.rollback()
    flash(_("This is the address of your calendar."))
    return _back("calendar")


@bp.post("/calendar/discreet")
@login_required
def be_discreet() -> View:
    feed = feed_of(current_user) or abort(404)
    feed.discreet = bool(DiscreetForm().discreet.data)
    db.session.commit()
    flash(_("Saved."))
    return _back("calendar")


@bp.post("/calendar/off")
@login_required
def switch_off() -> View:
    feed = feed_of(current_user)
    if feed:
        db.session.delete(feed)
        db.session.commit()
    flash(_("The calendar is switched off. Its address leads nowhere now."))
    return _back("calendar")


@bp.post("/phones/<uuid:device_id>/remove")
@login_required
def remove_phone(device_id: UUID) -> View:
    mine = phones_of(current_user)
    phone = db.first_or_404(mine.filter_by(device_id=device_id))
    db.session.delete(phone)
    db.session.commit()
    flash(_("That one is not notified any more."))
    return _back("phones")


@bp.app_template_filter()
def webcal(address: str) -> str:
    """The same address as calendar apps open it."""
    return f"webcal://{address.partition('://')[2]}"


def _back(part: str | None = None) -> Response:
    return redirect(url_for("reminders.index", _anchor=part), 303)


def _page(form: TimesForm) -> str:
    feed = feed_of(current_user)
    return render_template(
        "reminders/index.html",
        feed=feed,
        address=_address(feed) if feed else None,
        phones=named_phones_of(current_user),
        this_device=UUID(session["device"]),
        key=public_key(current_app.config["VAPID_KEY"]),
        form=form,
        button=EmptyForm(),
    )


def _address(feed: CalendarFeed) -> str | None:
    """None where the secret key is another than when it was made: it works, and nobody knows it."""
    token = _token(feed)
    if hashed(token) != feed.token_hash:
        return None
    return url_for("calendars.calendar", token=token, _external=True)


def _token(feed: CalendarFeed) -> str:
    return token_of(current_app.config["SECRET_KEY"], feed.id)
