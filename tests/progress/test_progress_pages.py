"""What a person sees of how it went."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.conftest import sql_of
from tracker import clock
from tracker.database import db
from tracker.spots.models import OwnSpot

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)


def data_of(page):
    block = re.search(r'<script type="application/json" data-part="data">(.+?)</script>', page.text)
    return json.loads(block[1])


def text_of(page):
    """The words of a page, as they are read."""
    words = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", page.text, flags=re.S)
    return " ".join(words.split())


def test_a_stranger_is_asked_to_sign_in(client):
    for path in ("/progress/", "/progress/top-of-buttock"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/login" in answer.location


def test_before_the_first_session_the_overview_offers_a_spot(as_alice):
    assert "Nothing to draw yet" in text_of(as_alice.get("/progress/"))


def test_the_overview_lists_each_side_with_its_sessions(as_alice, alice, add_session):
    add_session(alice, pain_before=6, on=TODAY)
    add_session(alice, pain_before=5, on=TODAY - timedelta(days=9))
    add_session(alice, side="right", on=TODAY - timedelta(days=2))
    words = text_of(as_alice.get("/progress/"))
    assert "Top of the buttock, left 2 sessions" in words
    assert "Top of the buttock, right 1 session" in words
    assert words.index("buttock, left") < words.index("buttock, right")


def test_many_years_are_drawn_in_fewer_marks_and_say_so(as_alice, alice, add_session):
    for years in (0, 5):
        add_session(alice, pain_before=6, on=TODAY - timedelta(weeks=52 * years))
    words = text_of(as_alice.get("/progress/top-of-buttock?side=left&range=all"))
    assert "Pain before and after, by 4 weeks" in words
    assert "2 sessions. Over so many years, each mark stands for 4 weeks." in words
    assert "4 weeks from" in words
    of_a_year = text_of(as_alice.get("/progress/top-of-buttock?side=left&range=1y"))
    assert "Pain before and after, by week" in of_a_year
    assert "each mark" not in of_a_year


def test_a_spot_left_alone_for_long_is_still_listed(as_alice, alice, add_session):
    add_session(alice, on=TODAY - timedelta(weeks=30))
    assert "1 session · none in the last 12 weeks" in text_of(as_alice.get("/progress/"))


def test_the_chart_is_headed_by_what_it_shows_and_no_direction(as_alice, alice, add_session):
    add_session(alice, pain_before=8, pain_after=2, on=TODAY - timedelta(weeks=3))
    add_session(alice, pain_before=4, pain_after=1, on=TODAY)
    page = as_alice.get("/progress/top-of-buttock?side=left")
    assert "<h1>Pain before and after, by week</h1>" in page.text
    words = text_of(page)
    assert "2 sessions" in words
    assert "Ratings also rise and fall on their own; this does not show why." in words
    assert words.index("It says little about next week.") < words.index("Minutes at each level")
    for never in ("lower", "higher", "better", "worse", "improv", "relie"):
        assert never not in words.lower().replace("lowest", "").replace("highest", "")


def test_the_table_holds_the_numbers_of_the_chart(as_alice, alice, add_session):
    add_session(
        alice,
        on=TODAY,
        pain_before=6,
        pain_after=3,
        next_day_soreness=2,
        tenderness_before=5,
        stayed_level=2,
        level_1_s=60,
        level_2_s=45,
        level_3_s=0,
        level_4_s=0,
    )
    add_session(alice, on=TODAY - timedelta(days=6), pain_before=3, entry="manual")
    page = as_alice.get("/progress/top-of-buttock?side=left")
    assert data_of(page)["rows"] == [
        {
            "at": 11,
            "week": "16 Nov",
            "closer": "/progress/top-of-buttock?side=left&range=4w&week=2026-11-16",
            "before": [4.5, 3, 6],
            "after": [3, 3, 3],
            "tenderness": [5, 5, 5],
            "seconds": [60, 45, 0, 0],
        }
    ]
    assert "16 Nov 4.5 3–6 3 3 5 5 2 1:00 0:45 2 2 2" in text_of(page)


def test_a_session_belongs_to_the_week_it_was_in_for_the_person(as_alice, alice, add_session):
    """Late on Sunday in Berlin it is still Sunday, whatever the next UTC day is."""
    add_session(alice, on=date(2026, 11, 15), pain_before=7)
    assert data_of(as_alice.get("/progress/top-of-buttock"))["rows"][0]["week"] == "9 Nov"


def test_a_level_that_hurt_was_not_comfortable(as_alice, alice, add_session):
    add_session(alice, on=TODAY, stayed_level=3, peak_discomfort=9)
    assert " none " in text_of(as_alice.get("/progress/top-of-buttock")).split("Sessions")[-1]


def test_weeks_without_a_session_say_so(as_alice, alice, add_session):
    add_session(alice, on=TODAY)
    words = text_of(as_alice.get("/progress/top-of-buttock"))
    assert "31 Aug – 9 Nov no sessions" in words


@pytest.mark.parametrize(("span", "count"), [("4w", 1), ("12w", 2), ("1y", 3), ("all", 4)])
def test_a_longer_range_shows_more(as_alice, alice, add_session, span, count):
    for weeks in (0, 11, 51, 150):
        add_session(alice, on=TODAY - timedelta(weeks=weeks))
    page = as_alice.get(f"/progress/top-of-buttock?range={span}")
    assert len(data_of(page)["rows"]) == count


def test_a_range_without_sessions_is_still_a_page(as_alice, alice, add_session):
    add_session(alice, on=TODAY - timedelta(weeks=30))
    page = as_alice.get("/progress/top-of-buttock?range=4w")
    assert "0 sessions" in text_of(page)
    assert data_of(page)["rows"] == []


def test_the_side_used_last_is_shown_first(as_alice, alice, add_session):
    add_session(alice, side="left", on=TODAY - timedelta(days=3))
    add_session(alice, side="right", on=TODAY)
    assert "<title>Pain before and after, by week · Top of the buttock, right" in (
        as_alice.get("/progress/top-of-buttock").text
    )


def test_the_other_side_is_one_link_away_and_keeps_the_range(as_alice, alice, add_session):
    add_session(alice, side="left", on=TODAY)
    page = as_alice.get("/progress/top-of-buttock?side=left&range=4w")
    assert 'href="/progress/top-of-buttock?side=right&amp;range=4w"' in page.text


def test_a_spot_without_sessions_says_what_will_be_here(as_alice):
    page = as_alice.get("/progress/foot-arch?side=right")
    assert page.status_code == 200
    assert "No sessions here yet" in text_of(page)
    assert "data-part" not in page.text


def test_a_session_in_next_week_elsewhere_is_not_lost(as_alice, alice, add_session):
    add_session(alice, on=TODAY + timedelta(days=1))
    assert data_of(as_alice.get("/progress/top-of-buttock"))["weeks"] == 13


def test_deleted_sessions_are_not_drawn(as_alice, alice, add_session):
    add_session(alice, on=TODAY, pain_before=3)
    add_session(alice, on=TODAY, pain_before=9, deleted_at=clock.now())
    page = as_alice.get("/progress/top-of-buttock")
    assert data_of(page)["rows"][0]["before"] == [3, 3, 3]


@pytest.mark.parametrize(
    "path",
    [
        "/progress/no-such-spot",
        "/progress/top-of-buttock?side=middle",
        "/progress/top-of-buttock?side=Left",
        "/progress/00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_does_not_exist_is_not_found(as_alice, path):
    assert as_alice.get(path).status_code == 404


def test_a_range_that_is_not_there_is_refused_with_those_that_are(as_alice):
    page = as_alice.get("/progress/top-of-buttock?side=right&range=2w")
    assert page.status_code == 422
    assert "No such range" in text_of(page)
    assert 'href="/progress/top-of-buttock?side=right&amp;range=4w"' in page.text


def test_hides_anothers_sessions(as_alice, bob, add_session):
    add_session(bob, on=TODAY, pain_before=9)
    assert "Nothing to draw yet" in text_of(as_alice.get("/progress/"))
    assert "No sessions here yet" in text_of(as_alice.get("/progress/top-of-buttock"))


@pytest.fixture
def own_spot(app):
    """Add a spot of a person's own and return its id, as sessions carry it."""

    def add(person):
        own = OwnSpot(
            user_id=person.id,
            id=uuid7(),
            name="My <b>thumb</b>",
            region="arm",
            felt_in=[],
            notes="",
            created_at=clock.now(),
        )
        with app.app_context():
            db.session.add(own)
            db.session.commit()
            return str(own.id)

    return add


def test_a_spot_of_ones_own_has_its_chart(as_alice, alice, add_session, own_spot):
    own = own_spot(alice)
    add_session(alice, spot=own, on=TODAY, pain_before=4)
    assert "My &lt;b&gt;thumb&lt;/b&gt;, left" in as_alice.get("/progress/").text
    assert data_of(as_alice.get(f"/progress/{own}"))["rows"][0]["before"] == [4, 4, 4]


def test_anothers_own_spot_is_not_found(as_alice, bob, add_session, own_spot):
    own = own_spot(bob)
    add_session(bob, spot=own, on=TODAY)
    assert as_alice.get(f"/progress/{own}").status_code == 404


def test_a_page_asks_the_database_little_however_many_spots(
    app, as_alice, alice, add_session, own_spot
):
    for spot in ("top-of-buttock", "foot-arch", "outer-shin", own_spot(alice)):
        add_session(alice, spot=spot, on=TODAY, pain_before=4)
    with sql_of(app) as asked:
        for path in ("/progress/", "/progress/top-of-buttock?range=all"):
            asked.clear()
            assert as_alice.get(path).status_code == 200
            statements = [one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]
            assert len(statements) <= 9, statements


def test_more_sessions_of_a_week_than_a_plan_needs_are_counted_like_in_the_table(
    as_alice, alice, add_session, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 20, tzinfo=UTC))
    timed = {"level_1_s": 0, "level_2_s": 60, "level_3_s": 0, "level_4_s": 0}
    done = {"entry": "guided", "finished_holds": 2, "stayed_level": 2, "ended_by": "finished"}
    for n in range(12):  # from Sunday on, two a day
        day = TODAY - timedelta(days=7 - n // 2)
        add_session(alice, on=day, at=time(8 + 8 * (n % 2)), **done | timed)
    page = as_alice.get("/progress/top-of-buttock?side=left")
    assert "10:00 in 10 sessions" in text_of(page)
    row = re.search(r"<tbody>\s*<tr>(.+?)</tr>", page.text, re.S)[1]
    assert row.endswith("<td>10</td>")


def test_tenderness_is_drawn_at_the_level_pressed_last_and_says_so(as_alice, alice, add_session):
    for ago, level, rating in ((30, 1, 2), (29, 1, 2), (8, 2, 6), (3, 2, 5)):
        pressed = {"tenderness_before": rating, "tenderness_level": level}
        add_session(alice, on=TODAY - timedelta(days=ago), **pressed)
    page = as_alice.get("/progress/top-of-buttock?side=left")
    data = data_of(page)
    assert [row.get("tenderness") for row in data["rows"]] == [None, [6, 6, 6], [5, 5, 5]]
    assert data["words"]["tenderness"] == "Tenderness before, at Light"
    assert text_of(page).count("Tenderness before, at Light") == 2  # the legend and the table
