"""A person's test stands in their calendar, its order no further ahead than tomorrow."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests.reminders.test_calendar import make
from tracker.progress.models import Trial
from tracker.progress.trials import plan_of

BEGIN = {"kind": "fair", "place": "top-of-buttock/left", "start": "2026-11-03"}


@pytest.fixture
def begun(at, as_alice):
    at("2026-11-02T09:00")
    as_alice.post("/spots/top-of-buttock/sides/left")
    assert as_alice.post("/progress/tests/", data=BEGIN).status_code == 303
    return make(as_alice)


def lines(client, address):
    found = Calendar.from_ical(client.get(address).data).walk("VEVENT")
    return sorted((each.decoded("dtstart"), str(each["summary"])) for each in found)


def test_only_today_and_tomorrow_are_told(begun, at, client, rows):
    plan = plan_of(rows(select(Trial))[0])
    for ahead in range(3):
        now = at((datetime(2026, 11, 3, 9) + timedelta(days=ahead)).isoformat())
        told = [line for line in lines(client, begun) if "Test, day" in line[1]]
        days = [plan.day(now.date() + timedelta(days=more)) for more in (0, 1)]
        said = {True: "massage day", False: "no massage"}
        assert told == [
            (day.on, f"Sweetspot: Test, day {day.number}: {said[day.massage_due]}") for day in days
        ]


def test_tomorrows_event_is_the_same_one_the_next_morning(begun, at, client):
    """Or a calendar that keeps what is gone would have it twice."""

    def uids():
        found = Calendar.from_ical(client.get(begun).data).walk("VEVENT")
        return {each.decoded("dtstart"): each["uid"] for each in found if "Test" in each["summary"]}

    at("2026-11-03T09:00")
    before = uids()
    at("2026-11-04T09:00")
    assert uids()[date(2026, 11, 4)] == before[date(2026, 11, 4)]
    assert len(set(before.values())) == 2


def test_a_day_that_it_keeps_without_massage_calls_for_none(begun, at, client, rows):
    plan = plan_of(rows(select(Trial))[0])
    free = next(day.on for day in plan.all_days() if not day.massage_due)
    at(f"{free}T09:00")
    assert (free, "Sweetspot: Top of the buttock, left") not in lines(client, begun)


def test_before_it_begins_only_its_first_day_is_told(begun, client):
    assert [line[1] for line in lines(client, begun) if "Test, day 1:" in line[1]]
    assert not [line for line in lines(client, begun) if "Test, day 2:" in line[1]]
