"""A person sets when their phones are told, and when never."""

from datetime import time

import pytest
from sqlalchemy import select

from tests.reminders.test_switching_on import GOOD, PATH
from tracker.reminders.models import Reminder

TIMES = {"at": "18:30", "quiet_from": "22:00", "quiet_to": "07:15"}


def test_times_are_asked_once_a_phone_is_on_the_list(as_alice):
    assert 'name="quiet_from"' not in as_alice.get("/you/reminders").text
    as_alice.post(PATH, json=GOOD)
    page = as_alice.get("/you/reminders").text
    assert 'value="09:00"' in page
    assert 'value="21:00"' in page


def test_times_are_kept(as_alice, as_bob, alice, rows):
    as_alice.post(PATH, json=GOOD)
    as_bob.post(PATH, json=GOOD)
    answer = as_alice.post("/you/reminders/times", data=TIMES)
    assert answer.status_code == 303
    (mine,) = rows(select(Reminder).where(Reminder.user_id == alice.id))
    assert (mine.at, mine.quiet_from, mine.quiet_to) == (time(18, 30), time(22), time(7, 15))
    (other,) = rows(select(Reminder).where(Reminder.user_id != alice.id))
    assert other.at == time(9)
    assert 'value="18:30"' in as_alice.get("/you/reminders").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"at": "22:30"}, "quiet hours"),
        ({"at": "07:00"}, "quiet hours"),
        ({"at": ""}, "At what time?"),
        ({"at": "25:00"}, "At what time?"),
        ({"quiet_from": "soon"}, "At what time?"),
        ({"quiet_to": "٠٧:١٥"}, "At what time?"),
        ({"quiet_to": "\x00"}, "At what time?"),
        ({"at": "9" * 5000}, "At what time?"),
    ],
)
def test_a_wrong_time_is_told_and_nothing_is_kept(as_alice, rows, wrong, told):
    as_alice.post(PATH, json=GOOD)
    answer = as_alice.post("/you/reminders/times", data=TIMES | wrong)
    assert answer.status_code == 422
    assert told in answer.text
    (kept,) = rows(select(Reminder))
    assert kept.at == time(9)


def test_no_quiet_hours_at_all_is_a_choice(as_alice, rows):
    as_alice.post(PATH, json=GOOD)
    none = {"at": "03:00", "quiet_from": "00:00", "quiet_to": "00:00"}
    assert as_alice.post("/you/reminders/times", data=none).status_code == 303
