"""The same is sent several times at once: it is kept once, and nobody is shown an error."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tests.conftest import at_once, sign_in
from tests.reminders.test_switching_on import GOOD
from tests.reminders.test_switching_on import PATH as PHONES
from tracker import clock
from tracker.checkins.models import OverallChange
from tracker.database import ATTEMPTS, commit_anew
from tracker.days.models import Activity, DailyRating
from tracker.reminders.models import PushSubscription, Reminder

TAPS = 6
TIMES = {"at": "18:30", "quiet_from": "22:00", "quiet_to": "07:15"}


@pytest.fixture
def tap(app, alice):
    """Send one form from several signed-in browsers of hers at once; answers the statuses."""
    clients = [sign_in(app, alice) for _tap in range(TAPS)]

    def send(path, **what):
        answers = at_once(TAPS, lambda n: clients[n].post(path, **what))
        return {answer.status_code for answer in answers}

    return send


def test_an_overall_change(tap, alice, rows):
    for day in range(3):
        on = clock.today(alice.time_zone) - timedelta(days=day)
        assert tap(f"/overall/top-of-buttock/left/{on}", data={"change": "2"}) == {303}
    assert [each.change for each in rows(select(OverallChange))] == [2, 2, 2]


def test_a_rating_of_the_day(tap, alice, rows):
    on = clock.today(alice.time_zone)
    assert tap(f"/days/{on}/low_back/left", data={"pain": "4"}) == {303}
    standing = select(DailyRating).where(DailyRating.replaced_at.is_(None))
    assert [each.pain_24h for each in rows(standing)] == [4]


def test_an_activity(tap, rows):
    assert tap("/days/activities/", data={"name_1": "Sitting", "goes_1": "4"}) == {303}
    assert [each.name for each in rows(select(Activity))] == ["Sitting"]


def test_times_and_phones(tap, rows):
    assert tap("/you/reminders/times", data=TIMES) == {303}
    assert tap(PHONES, json=GOOD) == {201}
    assert len(rows(select(Reminder))) == 1
    assert rows(select(PushSubscription))


def test_what_never_gets_through_is_told_and_not_silently_lost(as_alice, monkeypatch):
    def never(*_what):
        raise StaleDataError("gone")

    monkeypatch.setattr("tracker.reminders.views.feed_of", never)
    answer = as_alice.post("/you/reminders/calendar/discreet")
    assert answer.status_code == 409
    assert "changed elsewhere meanwhile" in answer.text


def test_it_is_tried_a_few_times(app):
    tries = []

    def lose():
        tries.append(1)
        raise IntegrityError("INSERT", {}, Exception("there is one"))

    with app.app_context(), pytest.raises(StaleDataError):
        commit_anew(lose)
    assert len(tries) == ATTEMPTS
