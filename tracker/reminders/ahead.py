"""What a person's test plans for today and tomorrow: its order is shown day by day."""

from datetime import date, timedelta

from tracker.accounts.models import User
from tracker.language import gettext as _
from tracker.progress.trials import line_of
from tracker.reminders.feed import Day

SHOWN = (0, 1)  # days from today


def days_of_test(user: User, today: date) -> list[Day]:
    """A sentence for each of these days that the running test has; nothing once it is over."""
    found = []
    for ahead in SHOWN:
        line = line_of(user, today + timedelta(days=ahead))
        if line and (planned := line.day):
            said = _("massage day") if planned.massage_due else _("no massage")
            found.append((planned.on, _("Test, day %(n)d: %(said)s", n=planned.number, said=said)))
    return found
