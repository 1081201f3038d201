"""Every four weeks a person says in one tap how an area changed since they began there."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from tests.conftest import sql_of
from tracker import clock
from tracker.checkins.models import OverallChange
from tracker.checkins.overall_due import ask_from, due_first
from tracker.database import db
from tracker.spots.models import TrackedSpot

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
ASK = "Since you started with this spot, how has this area changed overall?"
HERE = "/overall/low-back-pit/left"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def weeks_in(app, as_alice, alice, add_session):
    """Alice, so many days after her first session there, with the day's question answered."""

    def be(days, spot="low-back-pit"):
        as_alice.post(f"/spots/{spot}/sides/left")
        as_alice.get("/spots/")
        chosen = update(TrackedSpot).where(TrackedSpot.spot_id == spot)
        with app.app_context():
            db.session.execute(chosen.values(since=NOON - timedelta(days=days)))
            db.session.commit()
        add_session(alice, spot=spot, on=DAY - timedelta(days=days))
        region = {"low-back-pit": "low_back", "foot-arch": "foot_sole"}[spot]
        as_alice.post(f"/days/{DAY}/{region}/left", data={"pain": "4"})
        return as_alice

    return be


def said(rows):
    return {(r.spot_id, r.side, r.local_date): r.change for r in rows(select(OverallChange))}


def test_it_is_asked_from_the_fourth_week_on_below_start(weeks_in):
    assert ASK not in weeks_in(27).get("/").text
    page = weeks_in(28).get("/").text
    assert ASK in page
    assert page.index("Start") < page.index(ASK)
    assert re.findall(r'name="change" value="(\d)"', page) == list("1234567")


def test_it_waits_for_the_days_question(weeks_in):
    client = weeks_in(30)
    client.post(f"/days/{DAY}/low_back/left", data={"pain": ""})
    assert ASK not in client.get("/").text


def test_one_tap_answers_and_it_comes_again_after_four_weeks(weeks_in, rows, monkeypatch):
    client = weeks_in(30)
    answer = client.post(f"{HERE}/{DAY}", data={"change": "3", "from": "today"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert said(rows) == {("low-back-pit", "left", DAY): 3}
    assert ASK not in client.get("/").text
    for days, asked in ((27, False), (28, True)):
        later = NOON + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        client.post(f"/days/{later.date()}/low_back/left", data={"pain": "4"})
        assert (ASK in client.get("/").text) is asked


def test_not_now_puts_it_off_a_week(weeks_in, rows, monkeypatch):
    client = weeks_in(30)
    client.post("/overall/later")
    assert ASK not in client.get("/").text
    later = NOON + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.post(f"/days/{later.date()}/low_back/left", data={"pain": "4"})
    assert ASK in client.get("/").text
    assert said(rows) == {}


def test_two_spots_are_asked_about_one_after_the_other(weeks_in):
    weeks_in(40, "foot-arch")
    client = weeks_in(30)
    assert "/overall/foot-arch/left/" in client.get("/").text
    client.post(f"/overall/foot-arch/left/{DAY}", data={"change": "4", "from": "today"})
    assert f"{HERE}/" in client.get("/").text


@pytest.mark.parametrize("back", ["", "/restore"])
def test_a_spot_that_is_back_on_the_list_is_asked_about_once_it_is_due(weeks_in, back):
    weeks_in(90, "foot-arch")
    client = weeks_in(30)
    client.post("/spots/foot-arch/sides/left/archive")
    client.post(f"{HERE}/{DAY}", data={"change": "4", "from": "today"})
    assert ASK not in client.get("/").text
    client.post(f"/spots/foot-arch/sides/left{back}")
    client.get("/spots/")
    assert "/overall/foot-arch/left/" in client.get("/").text
    client.post(f"/overall/foot-arch/left/{DAY}", data={"change": "4", "from": "today"})
    assert ASK not in client.get("/").text


def test_it_stands_beside_the_chart_with_its_date_and_in_no_median(weeks_in, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: DAY)
    client = weeks_in(30)
    before = client.get("/progress/region/low_back/left").text
    client.post(f"{HERE}/{DAY}", data={"change": "6"})
    page = client.get("/progress/low-back-pit?side=left").text
    assert "20 Nov 2026: <b>Much worse</b>" in page
    assert f'href="{HERE}"' in page
    assert client.get("/progress/region/low_back/left").text == before


def test_a_later_answer_of_a_day_stands_and_it_can_be_taken_back(weeks_in, rows):
    client = weeks_in(30)
    for change in ("2", "5"):
        client.post(f"{HERE}/{DAY}", data={"change": change})
    assert said(rows) == {("low-back-pit", "left", DAY): 5}
    assert 'value="5" aria-pressed="true"' in client.get(HERE).text
    client.post(f"{HERE}/{DAY}", data={"change": ""})
    assert said(rows) == {}


@pytest.mark.parametrize("change", ["0", "8", "-1", "٣", "better", "1.0", None])
def test_what_is_none_of_the_seven_is_refused(as_alice, rows, change):
    answer = as_alice.post(f"{HERE}/{DAY}", data={"change": change} if change else {})
    assert answer.status_code == 422
    assert "Choose one of the seven" in answer.text
    assert said(rows) == {}


def test_a_day_that_has_not_come_is_refused(as_alice, rows):
    assert as_alice.post(f"{HERE}/2026-11-21", data={"change": "3"}).status_code == 422
    assert said(rows) == {}


@pytest.mark.parametrize(
    "path",
    ["/overall/moon/left/2026-11-20", "/overall/low-back-pit/middle/2026-11-20", f"{HERE}/soon"],
)
def test_what_does_not_exist_is_not_found(as_alice, path):
    assert as_alice.post(path, data={"change": "3"}).status_code == 404


def test_another_persons_answers_are_theirs(as_alice, as_bob):
    as_alice.post(f"{HERE}/{DAY}", data={"change": "3"})
    assert 'aria-pressed="true"' not in as_bob.get(HERE).text


def test_today_asks_the_database_once_more_only_when_it_may_be_due(app, weeks_in):
    def statements(client):
        with sql_of(app) as asked:
            client.get("/")
        return len(asked)

    early = statements(weeks_in(20))
    client = weeks_in(30)
    assert statements(client) == early + 1
    client.post(f"{HERE}/{DAY}", data={"change": "3"})
    assert statements(client) == early


def test_six_weeks_are_told_of_on_a_quiet_line(weeks_in, monkeypatch):
    assert "Six weeks with" not in weeks_in(41).get("/").text
    page = weeks_in(42).get("/").text
    assert "Six weeks with Pit of the low back, left: what the ratings say" in page
    assert "/progress/low-back-pit?side=left#review" in page


@pytest.fixture
def listed(app):
    """Let everything have come onto the list so many days ago."""

    def since(days):
        with app.app_context():
            db.session.execute(update(TrackedSpot).values(since=NOON - timedelta(days=days)))
            db.session.commit()

    return since


def test_six_weeks_on_the_list_are_not_six_weeks_of_sessions(weeks_in, listed):
    client = weeks_in(20)
    listed(42)
    assert "Six weeks with" not in client.get("/").text


@pytest.mark.parametrize(
    ("first", "on_the_list", "told"),
    [
        (42, 49, True),  # with the seven baseline days before the first session
        (48, 55, True),
        (41, 48, False),
        (49, 56, False),
        (45, 200, True),
        (50, 42, True),  # listed after sessions that were logged: told once it was there so long
        (50, 41, False),
    ],
)
def test_the_six_weeks_begin_with_the_first_session(weeks_in, listed, first, on_the_list, told):
    client = weeks_in(first)
    listed(on_the_list)
    assert ("Six weeks with" in client.get("/").text) is told


def test_the_page_that_today_leads_to_has_the_review_wherever_the_first_session_was(
    as_alice, alice, add_session, listed
):
    day = DAY - timedelta(days=42)
    late = datetime.combine(day, time(23, 30), ZoneInfo("America/New_York"))  # the next day here
    add_session(alice, "low-back-pit", on=day, started_at=late, time_zone="America/New_York")
    as_alice.post("/spots/low-back-pit/sides/left")
    listed(42)
    assert "/progress/low-back-pit?side=left#review" in as_alice.get("/").text
    assert 'id="review"' in as_alice.get("/progress/low-back-pit?side=left").text


def test_past_six_weeks_today_asks_the_database_once_more(app, weeks_in, listed):
    def statements(client):
        client.post(f"{HERE}/{DAY}", data={"change": "3"})
        with sql_of(app) as asked:
            client.get("/")
        return len(asked)

    early = statements(weeks_in(20))
    listed(41)
    assert statements(weeks_in(41)) == early
    assert statements(weeks_in(300)) == early + 1


def test_with_a_test_a_question_and_a_review_nothing_is_asked_twice(app, weeks_in):
    client = weeks_in(44)
    test = {"kind": "fair", "place": "low-back-pit/left", "start": str(DAY + timedelta(days=1))}
    assert client.post("/progress/tests/", data=test).status_code == 303
    with sql_of(app) as asked:
        page = client.get("/").text
    assert ASK in page
    assert "Six weeks" in page
    assert "Fair test: begins on" in page
    assert len(asked) == len(set(asked)) <= 7


def test_whoever_waits_longest_is_asked_first():
    a, b = ("a", "left"), ("b", "left")
    began = {a: date(2026, 9, 1), b: date(2026, 8, 1)}
    assert due_first(began, {}, DAY) == b
    assert due_first(began, {b: date(2026, 11, 1)}, DAY) == a
    assert due_first(began, dict.fromkeys(began, date(2026, 11, 1)), DAY) is None
    assert due_first({}, {}, DAY) is None
    assert ask_from(began, dict.fromkeys(began, date(2026, 11, 1)), DAY) == date(2026, 11, 29)
    assert ask_from({}, {}, DAY) == date(2026, 12, 18)
