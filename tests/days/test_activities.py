"""Every two weeks a person says how well up to three things go that are hard for them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.conftest import kept as kept_row
from tracker import clock
from tracker.days.asked import is_due, next_ask
from tracker.days.models import Activity, ActivityRating

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PAGE = "/days/activities/"
LINE = 'href="/days/activities/"'


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def answered(as_alice):
    """Alice, who works on a spot and answered the day's question."""
    as_alice.post("/spots/low-back-pit/sides/left")
    as_alice.get("/spots/")
    assert LINE not in as_alice.get("/").text
    as_alice.post("/days/2026-11-20/low_back/left", data={"pain": "4"})
    return as_alice


def kept(rows):
    names = {each.id: each.name for each in rows(select(Activity))}
    found = rows(select(ActivityRating))
    return {(names[each.activity_id], each.local_date): each.goes for each in found}


def standing(rows):
    return {each.name for each in rows(select(Activity)) if each.ended_at is None}


def test_the_line_comes_after_the_days_answer_and_goes_for_two_weeks(answered, monkeypatch, rows):
    assert LINE in answered.get("/").text
    form = {"name_1": "Tie my shoes", "goes_1": "4", "name_2": "Sit for an hour"}
    assert answered.post(PAGE, data=form).location == "/"
    assert LINE not in answered.get("/").text
    assert kept(rows) == {("Tie my shoes", date(2026, 11, 20)): 4}
    assert standing(rows) == {"Tie my shoes", "Sit for an hour"}
    later = NOON + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: later)
    answered.post("/days/2026-12-04/low_back/left", data={"pain": "4"})
    assert LINE in answered.get("/").text
    assert "Tie my shoes" in answered.get(PAGE).text


def test_not_now_puts_it_off_a_week(answered):
    answered.post("/days/activities/later")
    assert LINE not in answered.get("/").text
    assert next_ask(NOON.date(), answered=False) == date(2026, 11, 27)
    assert [is_due(date(2026, 11, 27), date(2026, 11, day)) for day in (26, 27)] == [False, True]


def test_the_same_day_again_corrects_and_a_cleared_name_ends_it(as_alice, rows):
    as_alice.post(PAGE, data={"name_1": "Run", "goes_1": "4", "name_2": "Sit", "goes_2": "9"})
    as_alice.post(PAGE, data={"name_1": "Run", "goes_1": "0", "name_2": ""})
    on = date(2026, 11, 20)
    assert kept(rows) == {("Run", on): 0, ("Sit", on): 9}
    assert standing(rows) == {"Run"}


@pytest.mark.parametrize(
    "form",
    [
        {"name_1": "x" * 81},
        {"name_1": "a\x00b"},
        {"name_1": "Run", "name_2": "Run"},
        {"name_1": "Run", "goes_1": "11"},
        {"name_1": "Run", "goes_1": "well"},
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_typed(as_alice, rows, form):
    answer = as_alice.post(PAGE, data=form | {"name_3": "Keep me"})
    assert answer.status_code == 422
    assert "Keep me" in answer.text
    assert standing(rows) == set()


def test_another_persons_activities_are_theirs(as_alice, as_bob, rows):
    as_alice.post(PAGE, data={"name_1": "Run"})
    assert "Run" not in as_bob.get(PAGE).text
    as_bob.post(PAGE, data={})
    assert standing(rows) == {"Run"}


def test_saving_ends_none_of_those_that_the_page_had_no_room_for(app, alice, as_alice, rows):
    for minute, name in enumerate(("Run", "Sit", "Lift", "Drive")):
        since = NOON + timedelta(minutes=minute)
        kept_row(app, Activity(user_id=alice.id, id=uuid7(), name=name, since=since))
    assert "Drive" not in as_alice.get(PAGE).text
    as_alice.post(PAGE, data={"name_1": "Run", "name_2": "Sit", "name_3": ""})
    assert standing(rows) == {"Run", "Sit", "Drive"}
    assert "Drive" in as_alice.get(PAGE).text
