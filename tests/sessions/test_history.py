"""A person looks back at their sessions."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import pytest
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from tests.conftest import sql_of
from tests.sessions.conftest import NOW
from tracker.database import db
from tracker.sessions.models import MassageSession
from tracker.sessions.revisions import Revisions
from tracker.spots.models import TrackedSpot

ROW = re.compile(r'href="/sessions/([0-9a-f-]{36})"')
OLDER = re.compile(r'href="(/sessions/\?[^"]*before=[^"]+)"')
SPOTS = ("top-of-buttock", "forearm-top", "foot-arch", "outer-thigh")


def fill(app, person, count, step=timedelta(hours=7), spots=SPOTS[:1]):
    """Insert `count` sessions ending at NOW; return their ids, newest first."""
    moments = [NOW - step * number for number in range(count)]
    values = [
        {
            "user_id": person.id,
            "id": uuid7(),
            "spot_id": spots[number % len(spots)],
            "side": "left",
            "entry": "manual",
            "started_at": moment,
            "received_at": NOW,
            "time_zone": "Europe/Berlin",
            "local_date": moment.date(),
            "felt_in": [],
            "note": "",
            "pain_before": number % 11,
            "revision": number + 1,
        }
        for number, moment in enumerate(moments)
    ]
    if values:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(insert(MassageSession), values)
            connection.execute(insert(Revisions), {"user_id": person.id, "latest": len(values)})
    return [value["id"] for value in values]


def pages(client, path="/sessions/"):
    """The ids on each page, following "older" to the end."""
    while path:
        page = client.get(path)
        assert page.status_code == 200
        yield ROW.findall(page.text)
        more = OLDER.search(page.text)
        path = more and unescape(more[1])


@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 40, 45])
def test_older_leads_through_every_session_once_newest_first(app, as_alice, alice, count):
    ids = fill(app, alice, count)
    found = list(pages(as_alice))
    assert [id_ for page in found for id_ in page] == [str(id_) for id_ in ids]
    assert len(found) == max(1, -(-count // 20))


def test_sessions_of_the_same_moment_are_each_shown_once(app, as_alice, alice):
    ids = fill(app, alice, 45, step=timedelta(0))
    found = [id_ for page in pages(as_alice) for id_ in page]
    assert sorted(found) == sorted(map(str, ids))


def test_one_added_meanwhile_moves_no_other(app, as_alice, alice, add_session):
    ids = fill(app, alice, 30)
    walk = pages(as_alice)
    first = next(walk)
    add_session(alice, on=date(2026, 11, 20), at=time(12, 59))
    rest = [id_ for page in walk for id_ in page]
    assert first + rest == [str(id_) for id_ in ids]


def test_the_filter_shows_one_spot_also_on_the_pages_after(app, as_alice, alice):
    ids = fill(app, alice, 60, spots=SPOTS[:2])
    found = [id_ for page in pages(as_alice, "/sessions/?spot=forearm-top") for id_ in page]
    assert found == [str(id_) for id_ in ids[1::2]]


def test_sessions_stand_under_their_weeks(as_alice, alice, add_session):
    for on in (date(2026, 11, 19), date(2026, 11, 16), date(2026, 11, 15), date(2026, 10, 6)):
        add_session(alice, on=on)
    page = as_alice.get("/sessions/").text
    heads = ["This week", "Last week", "No sessions", "October 2026"]
    places = [page.index(head) for head in heads]
    assert places == sorted(places)
    first, second = places[:2]
    assert len(ROW.findall(page[first:second])) == 2


def test_a_week_is_of_the_persons_own_days(as_alice, alice, add_session):
    """Sunday night in Los Angeles is Monday in UTC."""
    add_session(
        alice,
        started_at=datetime(2026, 11, 16, 5, tzinfo=UTC),
        local_date=date(2026, 11, 15),
        time_zone="America/Los_Angeles",
    )
    page = as_alice.get("/sessions/").text
    assert "Last week" in page
    assert "This week" not in page


def test_both_sides_are_told_apart(as_alice, alice, add_session):
    add_session(alice, side="left")
    add_session(alice, side="right")
    page = as_alice.get("/sessions/").text
    assert "Top of the buttock, left" in page
    assert "Top of the buttock, right" in page


def test_an_empty_history_says_what_will_be_here(as_alice):
    page = as_alice.get("/sessions/").text
    assert "No sessions here yet" in page
    assert 'href="/spots/"' in page


def test_a_session_is_shown_in_the_zone_it_was_done_in(as_alice, alice, add_session):
    massage = add_session(
        alice,
        started_at=datetime(2026, 11, 15, 20, 30, tzinfo=UTC),
        local_date=date(2026, 11, 16),
        time_zone="Asia/Tokyo",
        pain_before=0,
    )
    page = as_alice.get(f"/sessions/{massage.id}").text
    assert "05:30" in page
    assert "16 Nov 2026" in page


@pytest.mark.parametrize(
    "before",
    [
        "x",
        "2026-11-20T12:00:00_x",
        "2026-11-20T12:00:00_00000000-0000-0000-0000-000000000000",  # no offset
        "0001-01-01T00:00:00+14:00_00000000-0000-0000-0000-000000000000",
        "9999-12-31T23:59:59-12:00_00000000-0000-0000-0000-000000000000",
        "_",
        "\x00",
    ],
)
def test_an_address_that_leads_to_no_page_is_no_failure(as_alice, before):
    answer = as_alice.get("/sessions/", query_string={"before": before})
    assert answer.status_code in {200, 404}


def statements(app, client, path):
    """How many SQL statements a page takes, signing in included."""
    with sql_of(app) as asked:
        assert client.get(path).status_code == 200
    return sum(not statement.startswith("BEGIN") for statement in asked)


@pytest.mark.parametrize("path", ["/", "/sessions/", "/sessions/?spot=foot-arch"])
def test_a_page_takes_no_more_statements_with_two_thousand_sessions_than_with_twenty(
    app, as_alice, alice, as_bob, bob, path
):
    for person, count in ((alice, 20), (bob, 2000)):
        fill(app, person, count, spots=SPOTS)
        with app.app_context():
            for spot in SPOTS:
                row = TrackedSpot(user_id=person.id, spot_id=spot, side="left", since=NOW)
                db.session.add(row)
            db.session.commit()
    few, many = statements(app, as_alice, path), statements(app, as_bob, path)
    assert few == many
    assert many <= 6
