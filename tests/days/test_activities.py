"""Every two weeks a person says how well up to three things go that are hard for them."""

import re
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


def opened(client):
    """What the form sends when nothing in it is touched."""
    page = client.get(PAGE).text
    return {
        name: re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)[1]
        for name in (f"{each}_{n}" for n in (1, 2, 3) for each in ("shown", "was", "name"))
    }


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


def test_a_name_without_a_number_puts_nothing_off(answered, rows):
    answered.post(PAGE, data={"name_1": "Tie my shoes"})
    assert standing(rows) == {"Tie my shoes"}
    assert LINE in answered.get("/").text
    answered.post(PAGE, data={"goes_1": "4"})  # a number without a name is none
    assert LINE in answered.get("/").text
    answered.post(PAGE, data=opened(answered) | {"goes_1": "0"})
    assert LINE not in answered.get("/").text


def test_not_now_puts_it_off_a_week(answered):
    answered.post("/days/activities/later")
    assert LINE not in answered.get("/").text
    assert next_ask(NOON.date(), answered=False) == date(2026, 11, 27)
    assert [is_due(date(2026, 11, 27), date(2026, 11, day)) for day in (26, 27)] == [False, True]


def test_the_same_day_again_corrects_and_a_cleared_name_ends_it(as_alice, rows):
    as_alice.post(PAGE, data={"name_1": "Run", "goes_1": "4", "name_2": "Sit", "goes_2": "9"})
    as_alice.post(PAGE, data=opened(as_alice) | {"goes_1": "0", "name_2": ""})
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
    hers = opened(as_alice)
    as_bob.post(PAGE, data=hers | {"name_1": ""})
    assert standing(rows) == {"Run"}
    as_bob.post(PAGE, data=hers | {"name_1": "Swim"})
    assert standing(rows) == {"Run", "Swim"}


def test_a_page_that_lay_open_ends_nothing_it_did_not_show(as_alice, rows):
    as_alice.post(PAGE, data={"name_1": "Stairs", "goes_1": "4"})
    old = opened(as_alice)
    as_alice.post(PAGE, data=opened(as_alice) | {"name_2": "Lift", "goes_2": "3"})
    as_alice.post(PAGE, data=old | {"goes_1": "5"})
    assert standing(rows) == {"Stairs", "Lift"}
    on = date(2026, 11, 20)
    assert kept(rows) == {("Stairs", on): 5, ("Lift", on): 3}


def test_a_changed_name_keeps_its_numbers(as_alice, rows, monkeypatch):
    as_alice.post(PAGE, data={"name_1": "Stairs", "goes_1": "4", "name_2": "Lift"})
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=14))
    changed = {"name_1": "Climb stairs", "goes_1": "6"}
    as_alice.post(PAGE, data=opened(as_alice) | changed)
    assert standing(rows) == {"Climb stairs", "Lift"}
    assert len(rows(select(Activity))) == 2
    assert kept(rows) == {
        ("Climb stairs", date(2026, 11, 20)): 4,
        ("Climb stairs", date(2026, 12, 4)): 6,
    }


def test_a_page_that_lay_open_takes_no_other_name_back(as_alice, rows):
    as_alice.post(PAGE, data={"name_1": "Sit"})
    before = opened(as_alice)
    as_alice.post(PAGE, data=before | {"name_1": "Sit for an hour"})
    as_alice.post(PAGE, data=before | {"goes_1": "5"})
    assert kept(rows) == {("Sit for an hour", date(2026, 11, 20)): 5}
    assert standing(rows) == {"Sit for an hour"}


@pytest.mark.parametrize(
    ("names", "goes"),
    [
        ({"name_1": "Lift", "name_2": "Stairs"}, {"Stairs": 3, "Lift": 7}),  # in another order
        ({"name_1": "", "name_2": "Stairs"}, {"Stairs": 3}),
        ({"name_1": "Lift", "name_2": ""}, {"Lift": 7}),
    ],
)
def test_a_name_in_another_row_is_the_same_activity(as_alice, rows, names, goes):
    as_alice.post(PAGE, data={"name_1": "Stairs", "name_2": "Lift"})
    known = {each.name: each.id for each in rows(select(Activity))}
    sent = {"goes_1": "7" if names["name_1"] else "", "goes_2": "3" if names["name_2"] else ""}
    as_alice.post(PAGE, data=opened(as_alice) | names | sent)
    assert {each.name: each.id for each in rows(select(Activity))} == known
    assert standing(rows) == set(goes)
    assert kept(rows) == {(name, date(2026, 11, 20)): each for name, each in goes.items()}


def test_a_name_that_another_page_added_is_that_activity(as_alice, rows):
    as_alice.post(PAGE, data={"name_1": "Stairs"})
    old = opened(as_alice)
    as_alice.post(PAGE, data=opened(as_alice) | {"name_2": "Lift"})
    as_alice.post(PAGE, data=old | {"name_1": "Lift", "goes_1": "2"})
    assert standing(rows) == {"Lift"}
    assert len(rows(select(Activity))) == 2


def test_saving_ends_none_of_those_that_the_page_had_no_room_for(app, alice, as_alice, rows):
    for minute, name in enumerate(("Run", "Sit", "Lift", "Drive")):
        since = NOON + timedelta(minutes=minute)
        kept_row(app, Activity(user_id=alice.id, id=uuid7(), name=name, since=since))
    assert "Drive" not in as_alice.get(PAGE).text
    as_alice.post(PAGE, data=opened(as_alice) | {"name_3": ""})
    assert standing(rows) == {"Run", "Sit", "Drive"}
    assert "Drive" in as_alice.get(PAGE).text
