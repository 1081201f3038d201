"""Once a day a person says how strong the pain was, with or without massage."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from tests.conftest import new_person, sign_in
from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.days import kept
from tracker.days.models import DailyRating
from tracker.spots.models import TrackedSpot

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
TODAY = "/days/2026-11-20/low_back/left"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def at(monkeypatch, moment):
    monkeypatch.setattr(clock, "now", lambda: moment)


def work_on(client, spot="low-back-pit", side="left"):
    client.post(f"/spots/{spot}/sides/{side}")
    client.get("/spots/")  # takes the message that says so


def asked(page):
    """The region Today asks about, or None."""
    form = re.search(r'<form class="rating" method="post" action="(/days/[^"]+)"', page)
    return form and form[1]


def ratings(rows, **where):
    found = rows(select(DailyRating).order_by(DailyRating.id))
    return [(r.local_date, r.region, r.side, r.pain_24h, r.replaced_at) for r in found]


def test_a_day_without_massage_is_asked_about_too(as_alice):
    work_on(as_alice)
    page = as_alice.get("/").text
    assert asked(page) == TODAY
    assert "On average over the last 24 hours" in page
    assert page.index("over the last 24 hours") < page.index("Start")


def test_nothing_is_asked_where_nothing_is_worked_on(as_alice):
    assert asked(as_alice.get("/").text) is None


def test_one_tap_answers_and_folds_to_a_line_that_can_be_corrected(as_alice, rows):
    work_on(as_alice)
    answer = as_alice.post(TODAY, data={"pain": "4", "from": "today"})
    assert (answer.status_code, answer.location) == (303, "/")
    page = as_alice.get("/").text
    assert asked(page) is None
    assert re.search(r"Low back, left <b>4</b>", page)
    assert 'href="/days/2026-11-20"' in page
    assert ratings(rows) == [(date(2026, 11, 20), "low_back", "left", 4, None)]


def test_no_pain_is_an_answer_and_no_answer_is_none(as_alice, rows):
    work_on(as_alice)
    as_alice.get("/")
    assert ratings(rows) == []
    as_alice.post(TODAY, data={"pain": "0", "from": "today"})
    assert asked(as_alice.get("/").text) is None
    assert ratings(rows)[0][3] == 0


def test_each_region_is_asked_about_once_in_the_order_of_the_list(as_alice):
    for spot in ("foot-arch", "low-back-pit", "rib-spine-corner"):  # two in one region
        work_on(as_alice, spot)
    page = as_alice.get("/").text
    assert asked(page) == "/days/2026-11-20/foot_sole/left"
    assert "1 of 2" in page
    as_alice.post(asked(page), data={"pain": "3", "from": "today"})
    page = as_alice.get("/").text
    assert asked(page) == TODAY
    assert "2 of 2" in page


def test_left_and_right_are_asked_about_apart(as_alice):
    work_on(as_alice)
    work_on(as_alice, side="right")
    as_alice.post(TODAY, data={"pain": "3", "from": "today"})
    assert asked(as_alice.get("/").text) == "/days/2026-11-20/low_back/right"


@pytest.mark.parametrize("verb", ["pause", "archive"])
def test_what_is_paused_or_archived_is_not_asked_about(as_alice, verb):
    work_on(as_alice)
    as_alice.post(f"/spots/low-back-pit/sides/left/{verb}")
    as_alice.get("/spots/yours")
    assert asked(as_alice.get("/").text) is None


def test_an_own_spot_is_asked_about_by_its_region(as_alice):
    form = {
        "id": "019aa000-0000-7000-8000-000000000001",
        "name": "My knot",
        "region": "forehead",
        "notes": "",
    }
    as_alice.post("/spots/new", data=form)
    work_on(as_alice, form["id"], "middle")
    assert asked(as_alice.get("/").text) == "/days/2026-11-20/forehead/middle"


def test_of_two_answers_the_later_stands_and_the_earlier_is_kept(as_alice, rows, monkeypatch):
    work_on(as_alice)
    as_alice.post(TODAY, data={"pain": "6"})
    at(monkeypatch, datetime(2026, 11, 20, 19, 12, tzinfo=UTC))
    as_alice.post(TODAY, data={"pain": "4"})
    first, second = ratings(rows)
    assert first[3:] == (6, clock.now())
    assert second[3:] == (4, None)
    page = as_alice.get("/days/2026-11-20").text
    assert re.search(r'value="4" aria-pressed="true"', page)
    assert re.search(r"Was 6 until 8:12.PM\.", page)


def test_the_same_tap_twice_is_one_answer(as_alice, rows):
    for _tap in range(2):
        as_alice.post(TODAY, data={"pain": "6"})
    assert len(ratings(rows)) == 1


def test_another_tab_that_was_quicker_is_no_failure(as_alice, rows, monkeypatch):
    as_alice.post(TODAY, data={"pain": "2"})
    looked = []
    standing = kept.standing

    def blind_once(*where):
        looked.append(where)
        return None if len(looked) == 1 else standing(*where)

    monkeypatch.setattr(kept, "standing", blind_once)
    assert as_alice.post(TODAY, data={"pain": "7"}).status_code == 303
    assert [row[3:] for row in ratings(rows)] == [(2, NOON), (7, None)]


def test_an_answer_can_be_taken_back(as_alice, rows):
    work_on(as_alice)
    as_alice.post(TODAY, data={"pain": "6"})
    as_alice.post(TODAY, data={"pain": ""})
    assert [row[4] for row in ratings(rows)] == [NOON]
    assert asked(as_alice.get("/").text) == TODAY


def test_a_past_day_is_added_and_seen_in_the_list(as_alice):
    work_on(as_alice)
    answer = as_alice.post("/days/2026-11-18/low_back/left", data={"pain": "7"})
    assert answer.location == "/days/2026-11-18#low_back-left"
    page = as_alice.get("/days/").text
    day = page[page.index("Wednesday 18 November") :]
    assert "Low back, left <b>7</b>" in day[: day.index("</li>")]
    assert page.count('class="row"') == 14


@pytest.mark.parametrize(
    ("path", "said"), [("low_back/left", {"pain": "7"}), ("note", {"flare": "y"})]
)
def test_older_days_are_a_page_away(as_alice, path, said):
    as_alice.post(f"/days/2026-10-01/{path}", data=said)
    found = ""
    path = "/days/"
    for _page in range(4):
        page = as_alice.get(path).text
        found += page
        older = re.search(r'href="(/days/\?until=[^"]+)"', page)
        path = older and older[1]
        if not path:
            break
    assert "Thursday 1 October" in found
    assert path is None


@pytest.mark.parametrize("pain", ["11", "-1", "4.5", "four", "٤", "1e1", "999999"])
def test_a_number_that_is_none_is_refused(as_alice, rows, pain):
    answer = as_alice.post(TODAY, data={"pain": pain})
    assert answer.status_code == 422
    assert "from 0 to 10" in answer.text
    assert ratings(rows) == []


def test_a_form_without_a_number_is_refused(as_alice, rows):
    assert as_alice.post(TODAY).status_code == 422
    assert ratings(rows) == []


def test_a_day_that_has_not_come_is_refused(as_alice, rows):
    answer = as_alice.post("/days/2026-11-21/low_back/left", data={"pain": "3"})
    assert answer.status_code == 422
    assert "has not come yet" in answer.text
    assert as_alice.get("/days/2026-11-21").status_code == 404
    assert ratings(rows) == []


@pytest.mark.parametrize(
    "path",
    [
        "/days/2026-02-30/low_back/left",
        "/days/20261120/low_back/left",
        "/days/2026-W47-5/low_back/left",
        "/days/0001-01-01/low_back/left",
        "/days/today/low_back/left",
        "/days/2026-11-20/moon/left",
        "/days/2026-11-20/low_back/middle",
        "/days/2026-11-20/low_back/up",
        "/days/2026-11-20/forehead/left",
    ],
)
def test_a_day_or_a_place_that_is_none_is_not_there(as_alice, rows, path):
    assert as_alice.post(path, data={"pain": "3"}).status_code == 404
    assert ratings(rows) == []


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "2027-01-01", "0000-00-00", "1899-12-31", "%00"]
)
def test_a_day_that_is_none_is_not_there_and_a_list_until_it_is_the_latest(as_alice, text):
    listed = as_alice.get(f"/days/?until={text}")
    assert listed.status_code == 422
    assert "The address asks for a day that has not come, or for none." in listed.text
    assert 'href="/days/2026-11-20"' in listed.text
    assert as_alice.get(f"/days/{text}").status_code == 404


def test_what_another_person_says_is_theirs(as_alice, as_bob):
    work_on(as_bob)
    as_alice.post(TODAY, data={"pain": "9"})
    assert asked(as_bob.get("/").text) == TODAY
    assert 'aria-pressed="true"' not in as_bob.get("/days/2026-11-20").text


@pytest.mark.parametrize("path", ["/days/", "/days/2026-11-20"])
def test_days_are_for_those_who_are_signed_in(client, path):
    assert client.get(path).status_code == 302
    assert client.post(TODAY, data={"pain": "3"}).status_code in {302, 401}


def test_the_day_is_the_persons_own(app):
    far = new_person(app, "far@example.org", time_zone="Pacific/Kiritimati")  # already Saturday
    client = sign_in(app, far)
    work_on(client)
    assert asked(client.get("/").text) == "/days/2026-11-21/low_back/left"


def test_who_flies_west_over_the_date_line_is_not_asked_twice(app, as_alice, monkeypatch):
    work_on(as_alice)

    def move(zone):
        with app.app_context():
            db.session.query(User).update({"time_zone": zone})
            db.session.commit()

    move("Pacific/Kiritimati")
    at(monkeypatch, datetime(2026, 11, 19, 12, 0, tzinfo=UTC))  # 20 November there
    as_alice.post(asked(as_alice.get("/").text), data={"pain": "5"})
    move("Pacific/Honolulu")
    assert asked(as_alice.get("/").text) == "/days/2026-11-19/low_back/left"
    at(monkeypatch, datetime(2026, 11, 20, 12, 0, tzinfo=UTC))  # now 20 November in Honolulu too
    assert asked(as_alice.get("/").text) is None


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_of_23_or_25_hours_is_asked_about_once(as_alice, monkeypatch, day):
    work_on(as_alice)
    minutes = datetime(day.year, day.month, day.day, 3, 30, tzinfo=UTC)
    at(monkeypatch, minutes)
    path = f"/days/{day}/low_back/left"
    assert asked(as_alice.get("/").text) == path
    as_alice.post(path, data={"pain": "5"})
    at(monkeypatch, minutes.replace(hour=21))
    assert asked(as_alice.get("/").text) is None
    at(monkeypatch, minutes.replace(hour=23))  # past midnight in Berlin, in summer and in winter
    assert asked(as_alice.get("/").text) not in {path, None}


def test_only_one_answer_of_a_day_can_stand(app, alice):
    same = {
        "user_id": alice.id,
        "local_date": date(2026, 11, 20),
        "region": "low_back",
        "side": "left",
        "pain_24h": 3,
        "answered_at": NOON,
        "time_zone": "Europe/Berlin",
    }
    with app.app_context():
        db.session.add_all(DailyRating(id=uuid7(), **same) for _twice in range(2))
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()


def test_the_list_of_a_person_who_left_it_keeps_what_was_said(as_alice, rows):
    work_on(as_alice)
    as_alice.post(TODAY, data={"pain": "6"})
    as_alice.post("/spots/low-back-pit/sides/left/archive")
    as_alice.get("/spots/yours")
    assert "Low back, left <b>6</b>" in as_alice.get("/days/").text
    assert rows(select(TrackedSpot))[0].archived_at
