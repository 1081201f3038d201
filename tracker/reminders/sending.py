"""Telling people's phones, at most once a day: `flask remind`, as often as a timer likes."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from flask import Blueprint, Flask, current_app
from flask_babel import force_locale
from requests import Session
from sqlalchemy import select

from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.language import LOCALES, refresh
from tracker.language import gettext as _
from tracker.reminders.models import PushSubscription
from tracker.reminders.post import FAILED, GONE, TOLD, Phone, public_session, tell
from tracker.reminders.queries import (
    claimed,
    phones_of,
    question_open,
    reminder_of,
    was_there,
    without,
)
from tracker.reminders.upcoming import upcoming
from tracker.reminders.when import may_be_told, worth_until

bp = Blueprint("sending", __name__, cli_group=None)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Word:
    """What is said today, of whom, and for how long it is worth saying."""

    due: bool
    question: bool
    worth: timedelta

    def said_in(self, locale: str) -> str:
        """Nothing that others may not read over a shoulder."""
        with force_locale(locale):
            refresh()
            return self._body()

    def _body(self) -> str:
        if self.due and self.question:
            return _("Something is due today, if you like. Today's question is open, too.")
        if self.due:
            return _("Something is due today, if you like.")
        return _("Today's question is open. One tap answers it.")


@bp.cli.command("remind")
def remind() -> None:
    """Tell the phones of everybody for whom it is time; run it every quarter of an hour or so."""
    told = remind_everyone(current_app._get_current_object(), clock.now(), public_session())
    click.echo(f"Told: {told[TOLD]}. Gone: {told[GONE]}. Not reached: {told[FAILED]}.")


def remind_everyone(app: Flask, now: datetime, net: Session) -> Counter[str]:
    """Count the phones that were told, are gone, or were not reached; nobody waits for another."""
    with app.app_context():
        people = list(db.session.scalars(select(PushSubscription.user_id).distinct()))
    counts: Counter[str] = Counter()
    for person in people:
        try:
            with app.app_context(), force_locale(next(iter(LOCALES))):
                counts.update(_remind(person, now, net))
        except Exception:
            log.exception("remind: one person was left out")
            counts[FAILED] += 1
    return counts


def _remind(person: UUID, now: datetime, net: Session) -> Counter[str]:
    user = db.session.get(User, person)
    word = _word_for(user, now) if user and user.active else None
    if user is None or word is None:
        return Counter()
    phones = [_phone(user, row) for row in db.session.scalars(phones_of(user))]
    if not _claim(user, now):
        return Counter()
    # Nothing of the database is held while others take their time to answer.
    fates = {
        each.device: tell(each, word.said_in(each.locale), word.worth, net, now) for each in phones
    }
    if gone := [device for device, fate in fates.items() if fate == GONE]:
        db.session.execute(without(user, gone))
        db.session.commit()
    return Counter(fates.values())


def _word_for(user: User, now: datetime) -> Word | None:
    """What there is to say to somebody now; None where it is not the time, or there is nothing."""
    when, local = reminder_of(user), _local(user, now)
    quiet = when.quiet_from, when.quiet_to
    if not may_be_told(local, when.at, *quiet, when.reminded_on):
        return None
    today = local.date()
    if was_there(user, today, datetime.combine(today, time.min, local.tzinfo)):
        return None
    due = any(each.on <= today for each in upcoming(user, now))
    question = question_open(user, today)
    return Word(due, question, worth_until(local, *quiet)) if due or question else None


def _claim(user: User, now: datetime) -> bool:
    """Take this person's day before anything is sent: of two senders at once, one gets it.

    Where nothing then arrives, the day stays taken: told never is better than told twice.
    """
    taken = db.session.execute(claimed(user, _local(user, now).date())).rowcount == 1
    db.session.commit()
    return taken


def _phone(user: User, row: PushSubscription) -> Phone:
    sender = current_app.config["CONTACT"] or row.site
    locale = user.locale or row.locale
    return Phone(row.device_id, row.endpoint, row.p256dh, row.auth, locale, sender)


def _local(user: User, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(user.time_zone))
