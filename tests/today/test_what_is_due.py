"""A person opens Sweetspot: what is due, and why."""

import re
from datetime import UTC, date, datetime

import pytest

from tests.conftest import new_person, sign_in, sql_of
from tracker import clock

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
GOOD = {
    "entry": "guided",
    "tool": "fingertips",
    "stayed_level": 2,
    "finished_holds": 3,
    "target_level": 2,
    "ended_by": "finished",
}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def work_on(client, spot="top-of-buttock", side="left"):
    client.post(f"/spots/{spot}/sides/{side}")
    client.get("/spots/")  # takes the message that says so


def dots(page):
    """The days of this week that have a session, by name."""
    return re.findall(r"(\w+day): a session", page)


def test_signed_out_there_is_one_sentence_and_the_ways_in(client):
    page = client.get("/").text
    assert 'href="/register"' in page
    assert 'href="/login"' in page


def test_a_new_person_is_asked_where_it_hurts(as_alice):
    page = as_alice.get("/").text
    assert "Where does it hurt?" in page
    assert 'href="/spots/"' in page


def test_a_spot_never_tried_can_be_started(as_alice):
    work_on(as_alice)
    page = as_alice.get("/").text
    assert "Not tried yet" in page
    assert "/sessions/new?spot=top-of-buttock&amp;side=left" in page


def test_a_spot_rested_for_three_days_is_due(as_alice, alice, add_session):
    work_on(as_alice)
    add_session(alice, on=date(2026, 11, 17), **GOOD)
    page = as_alice.get("/").text
    assert "Due today" in page
    assert "3 days ago" in page


def test_a_spot_pressed_yesterday_rests_and_can_be_started_anyway(as_alice, alice, add_session):
    work_on(as_alice)
    add_session(alice, on=date(2026, 11, 19), **GOOD)
    page = as_alice.get("/").text
    assert "Resting" in page
    assert "Start anyway" in page


def test_weeks_of_rest_are_told_by_date(as_alice, alice, add_session):
    work_on(as_alice, "side-hip")
    work_on(as_alice)
    for day in (10, 17):
        add_session(alice, on=date(2026, 11, day), **GOOD | {"nerve_events": 1})
    assert "due Tuesday 15 December" in as_alice.get("/").text


def test_a_spot_pressed_today_waits(as_alice, alice, add_session):
    work_on(as_alice)
    add_session(alice, on=date(2026, 11, 20), **GOOD)
    page = as_alice.get("/").text
    assert "Resting" in page
    assert "/sessions/new" not in page


def test_what_is_due_comes_before_what_rests(as_alice, alice, add_session):
    for spot in ("foot-arch", "top-of-buttock"):
        work_on(as_alice, spot)
    add_session(alice, "foot-arch", on=date(2026, 11, 20), **GOOD)
    add_session(alice, "top-of-buttock", on=date(2026, 11, 16), **GOOD)
    page = as_alice.get("/").text
    assert page.index("Top of the buttock") < page.index("Arch")


def test_a_spot_that_is_not_guided_can_be_logged(as_alice):
    work_on(as_alice, "side-of-neck")
    page = as_alice.get("/").text
    assert "/sessions/add?spot=side-of-neck" in page
    assert "/sessions/new" not in page


def test_a_spot_taken_off_the_list_is_off_the_page(as_alice):
    work_on(as_alice)
    as_alice.post("/spots/top-of-buttock/sides/left/remove")
    as_alice.get("/spots/")
    assert "Where does it hurt?" in as_alice.get("/").text


def test_the_day_is_the_persons_own(app):
    far = new_person(app, "far@example.org", time_zone="Pacific/Kiritimati")
    assert "Saturday 21 November" in sign_in(app, far).get("/").text


def test_the_week_shows_the_days_with_a_session(as_alice, alice, add_session):
    for day in (15, 16, 18):
        add_session(alice, on=date(2026, 11, day))
    add_session(alice, on=date(2026, 11, 19), deleted_at=NOON)
    assert dots(as_alice.get("/").text) == ["Monday", "Wednesday"]


def test_it_asks_the_database_six_times_at_most_with_questions_too(
    app, as_alice, alice, add_session
):
    for spot in ("top-of-buttock", "foot-arch"):
        work_on(as_alice, spot)
        add_session(alice, spot, on=date(2026, 11, 19), **GOOD)
    with sql_of(app) as asked:
        page = as_alice.get("/").text
    assert "How is it since then?" in page
    assert 0 < len(asked) <= 6


def settings(client, spot="top-of-buttock", **form):
    client.post(f"/spots/{spot}/sides/left/settings", data=form)
    client.get("/spots/yours")


def test_of_what_may_be_started_the_first_on_the_list_comes_first(as_alice, alice, add_session):
    for spot in ("foot-arch", "top-of-buttock"):
        work_on(as_alice, spot)
        add_session(alice, spot, on=date(2026, 11, 16), **GOOD)
    as_alice.post("/spots/top-of-buttock/sides/left/earlier")
    as_alice.get("/spots/yours")
    page = as_alice.get("/").text
    assert page.index("Top of the buttock") < page.index("Arch")


def test_today_follows_the_days_a_person_set(as_alice, alice, add_session):
    work_on(as_alice)
    add_session(alice, on=date(2026, 11, 17), **GOOD)
    settings(as_alice, days_between="7")
    page = as_alice.get("/").text
    assert "Due today" not in page
    assert "By the days you set between sessions here: Tuesday 24 November." in page
    settings(as_alice, days_between="1")
    assert "Due today" in as_alice.get("/").text


def test_today_plans_no_further_than_the_cap_a_person_set(as_alice, alice, add_session):
    work_on(as_alice)
    assert "up to Light" in as_alice.get("/").text
    settings(as_alice, level_cap="1")
    assert "stays at Touch" in as_alice.get("/").text


def test_a_paused_spot_is_not_due_and_can_still_be_started(as_alice):
    for spot in ("foot-arch", "top-of-buttock"):
        work_on(as_alice, spot)
    as_alice.post("/spots/top-of-buttock/sides/left/pause")
    as_alice.get("/spots/yours")
    assert "Top of the buttock" not in as_alice.get("/").text
    assert as_alice.get("/sessions/new?spot=top-of-buttock&side=left").status_code == 200


def test_with_everything_paused_today_says_so(as_alice):
    work_on(as_alice)
    as_alice.post("/spots/top-of-buttock/sides/left/pause")
    as_alice.get("/spots/yours")
    page = as_alice.get("/").text
    assert "All paused" in page
    assert 'href="/spots/yours"' in page


def test_an_archived_spot_is_not_on_today(as_alice):
    work_on(as_alice)
    as_alice.post("/spots/top-of-buttock/sides/left/archive")
    as_alice.get("/spots/yours")
    assert "Top of the buttock" not in as_alice.get("/").text
