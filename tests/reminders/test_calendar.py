"""A calendar app subscribes to a private address and learns what is due, and no more."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.conftest import kept, new_person, sign_in
from tests.reminders.conftest import LONG_AGO, SPOT
from tracker import limits
from tracker.accounts.models import User
from tracker.database import db
from tracker.reminders import calendars
from tracker.reminders.address import hashed, token_of
from tracker.reminders.feed import calendar_of, discreet, entries_of
from tracker.reminders.models import CalendarFeed
from tracker.safety.models import ListedCondition
from tracker.spots.models import OwnSpot

ADDRESS = re.compile(r'value="http://localhost(/calendar/[A-Za-z0-9_-]{43}\.ics)"')
NOON = "2026-11-20T11:00"  # at noon in Berlin
TODAY = date(2026, 11, 20)


@pytest.fixture
def noon(at):
    return at(NOON)


def make(client) -> str:
    """Make an address on the page, and read it there."""
    answer = client.post("/you/reminders/calendar")
    assert (answer.status_code, answer.location) == (303, "/you/reminders#calendar")
    return shown(client)


def shown(client) -> str:
    return ADDRESS.search(client.get("/you/reminders").text)[1]


def events(client, address: str) -> list:
    answer = client.get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.data).walk("VEVENT")


def lines(client, address: str) -> list[tuple[str, date]]:
    found = [(str(each["summary"]), each.decoded("dtstart")) for each in events(client, address)]
    return sorted(found)


def test_there_is_no_calendar_until_it_is_asked_for(as_alice, rows):
    assert not ADDRESS.search(as_alice.get("/you/reminders").text)
    assert rows(select(CalendarFeed)) == []


def test_each_spot_stands_on_the_day_it_is_due_next(
    as_alice, client, alice, works_on, add_session, noon
):
    works_on(alice)
    works_on(alice, "foot-arch", "right")
    works_on(alice, "side-hip", days_between=5)
    add_session(alice, SPOT, on=date(2026, 11, 19))
    add_session(alice, "side-hip", on=date(2026, 11, 18))
    assert lines(client, make(as_alice)) == [
        ("Sweetspot: Arch of the foot, right", TODAY),
        ("Sweetspot: Side of the hip, left", date(2026, 11, 23)),
        ("Sweetspot: Top of the buttock, left", date(2026, 11, 21)),
    ]


def test_an_event_lasts_a_day_takes_up_no_time_and_is_private(
    as_alice, client, alice, works_on, noon
):
    works_on(alice)
    (event,) = events(client, make(as_alice))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
    assert event.decoded("dtstamp") == noon


def test_what_rests_by_choice_or_may_not_be_pressed_is_not_in_it(
    app, as_alice, client, alice, works_on, add_session, noon
):
    works_on(alice, paused_at=noon)
    works_on(alice, "foot-arch", archived_at=noon)
    works_on(alice, "side-of-neck")  # off until it is switched on
    works_on(alice, "outer-shin")
    add_session(
        alice,
        "outer-shin",
        on=date(2026, 11, 17),
        bruise=True,
        next_day_at=noon - timedelta(days=2),
    )
    assert lines(client, make(as_alice)) == []


def test_what_is_closed_by_an_answer_is_not_in_it(app, client, works_on, noon):
    person = new_person(app, "careful@example.org", careful=True)
    works_on(person, "outer-shin")
    address = make(sign_in(app, person))
    assert len(events(client, address)) == 1
    kept(app, ListedCondition(user_id=person.id, id=uuid7(), entry="clot", since=LONG_AGO))
    assert events(client, address) == []


def test_it_knows_its_owner_without_anybody_signed_in(
    as_alice, as_bob, client, alice, bob, works_on, noon
):
    works_on(alice)
    works_on(bob, "foot-arch")
    address = make(as_alice)
    assert lines(client, address) == lines(as_bob, address)
    assert lines(client, address)[0][0] == "Sweetspot: Top of the buttock, left"
    assert "Set-Cookie" not in client.get(address).headers


def test_an_event_keeps_its_name_while_its_day_moves(
    as_alice, client, alice, works_on, add_session, at
):
    at(NOON)
    works_on(alice)
    address = make(as_alice)
    (before,) = events(client, address)
    add_session(alice, on=TODAY)
    (after,) = events(client, address)
    assert before["uid"] == after["uid"]
    assert before.decoded("dtstart") < after.decoded("dtstart")
    assert SPOT not in before["uid"]


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Pacific/Auckland", "2026-11-20T11:30", date(2026, 11, 21)),
        ("America/Los_Angeles", "2026-11-20T07:30", date(2026, 11, 19)),
        ("Europe/Berlin", "2026-10-24T22:30", date(2026, 10, 25)),
        ("Europe/Berlin", "2026-10-25T22:30", date(2026, 10, 25)),
        ("Europe/Berlin", "2026-03-28T23:30", date(2026, 3, 29)),
    ],
)
def test_today_is_the_day_of_the_persons_zone(app, client, works_on, at, zone, moment, day):
    at(moment)
    person = new_person(app, "there@example.org", time_zone=zone)
    works_on(person)
    assert lines(client, make(sign_in(app, person))) == [
        ("Sweetspot: Top of the buttock, left", day)
    ]


@pytest.mark.parametrize(
    ("done", "day"),
    [
        (datetime(2026, 10, 24, 8), date(2026, 10, 26)),  # 49 hours by the clock on the wall
        (datetime(2026, 3, 28, 8), date(2026, 3, 30)),
        (datetime(2026, 3, 27, 1, 30), date(2026, 3, 29)),  # two days later that hour is skipped
    ],
)
def test_the_day_is_right_where_the_clocks_change_meanwhile(
    as_alice, client, alice, works_on, add_session, at, done, day
):
    at((done + timedelta(hours=2)).isoformat())
    works_on(alice)
    add_session(alice, on=done.date(), at=done.time())
    assert lines(client, make(as_alice))[0][1] == day


NAMES = [
    "Knee; back, inner \\ side",
    "BEGIN:VEVENT",
    "Der Punkt hinter dem Knie, wo es beim Treppensteigen zieht, größer als man denkt",
    "膝" * 80,
    "🦵🏽" * 40,
    'He said "there": here',
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_own_spot_comes_through_whole(
    app, as_alice, client, alice, works_on, noon, name
):
    own = OwnSpot(user_id=alice.id, id=uuid7(), name=name, region="shin", felt_in=[], notes="")
    own.created_at = LONG_AGO
    works_on(alice, str(kept(app, own).id))
    address = make(as_alice)
    raw = client.get(address).data
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    (event,) = events(client, address)
    assert str(event["summary"]) == f"Sweetspot: {name}, left"


def test_a_backslash_stays_a_backslash(app, as_alice, client, alice, works_on, noon):
    own = OwnSpot(user_id=alice.id, id=uuid7(), name="a\\nb", region="shin", felt_in=[], notes="")
    own.created_at = LONG_AGO
    works_on(alice, str(kept(app, own).id))
    # icalendar itself reads this back as a line break; calendar apps that follow the RFC do not.
    assert b"SUMMARY:Sweetspot: a\\\\nb\\, left" in client.get(make(as_alice)).data


def test_discreet_says_that_there_is_something_once_a_day(
    as_alice, client, alice, works_on, add_session, noon
):
    works_on(alice)
    works_on(alice, "foot-arch")
    works_on(alice, "side-hip")
    add_session(alice, "side-hip", on=date(2026, 11, 19))
    address = make(as_alice)
    as_alice.post("/you/reminders/calendar/discreet", data={"discreet": "y"})
    assert lines(client, address) == [("Sweetspot", TODAY), ("Sweetspot", date(2026, 11, 21))]
    assert b"uttock" not in client.get(address).data
    assert all("description" not in each for each in events(client, address))
    as_alice.post("/you/reminders/calendar/discreet", data={})
    assert len(lines(client, address)) == 3


def test_a_new_address_stays_discreet(as_alice, alice, rows):
    make(as_alice)
    as_alice.post("/you/reminders/calendar/discreet", data={"discreet": "y"})
    make(as_alice)
    (feed,) = rows(select(CalendarFeed))
    assert feed.discreet


def test_planned_days_stand_in_it_with_their_sentence():
    days = [(TODAY, "a day with massage"), (TODAY + timedelta(days=1), "a day without")]
    now = datetime(2026, 11, 20, 11, tzinfo=UTC)
    made = calendar_of(entries_of((), days), UUID(int=1), now)
    again = calendar_of(entries_of((), days), UUID(int=1), now)
    found = [(str(e["summary"]), e.decoded("dtstart")) for e in Calendar.from_ical(made).events]
    assert found == [(f"Sweetspot: {sentence}", on) for on, sentence in days]
    assert made == again
    quiet = calendar_of(discreet(entries_of((), days)), UUID(int=1), now)
    assert [str(each["summary"]) for each in Calendar.from_ical(quiet).events] == ["Sweetspot"] * 2


def test_it_speaks_the_language_of_its_owner(app, client, works_on, noon):
    anna = new_person(app, "anna@example.org", locale="de")
    works_on(anna)
    address = make(sign_in(app, anna))
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert "links" in answer.text


def test_for_those_who_leave_it_to_the_browser_it_speaks_as_the_page_did(
    app, as_alice, client, alice, works_on, noon
):
    works_on(alice)
    as_alice.post("/you/reminders/calendar", headers={"Accept-Language": "de"})
    assert "links" in client.get(shown(as_alice)).text


def test_the_token_is_long_and_only_its_hash_is_kept(as_alice, rows):
    token = make(as_alice).removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) * 6 >= 256
    (feed,) = rows(select(CalendarFeed))
    assert feed.token_hash == hashed(token)
    assert token not in {str(value) for value in vars(feed).values()}


def test_a_new_address_ends_the_one_before(as_alice, client, rows):
    first, second = make(as_alice), make(as_alice)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert len(rows(select(CalendarFeed))) == 1


def test_switched_off_it_leads_nowhere(as_alice, client, rows):
    address = make(as_alice)
    as_alice.post("/you/reminders/calendar/off")
    assert client.get(address).status_code == 404
    assert rows(select(CalendarFeed)) == []
    assert as_alice.post("/you/reminders/calendar/off").status_code == 303
    assert as_alice.post("/you/reminders/calendar/discreet").status_code == 404


def test_of_somebody_who_may_not_sign_in_there_is_none(app, client):
    person = new_person(app, "gone@example.org")
    address = make(sign_in(app, person))
    with app.app_context():
        db.session.get(User, person.id).active = False
        db.session.commit()
    assert client.get(address).status_code == 404


ODD = ["x", "A" * 43, "%00", "é", "%F0%9F%90%9A", "x" * 5000, "a/b", "..%2f..%2fetc", "%ff"]


@pytest.mark.parametrize("token", ODD)
def test_an_address_nobody_has_is_the_same_page_as_one_that_was_revoked(as_alice, client, token):
    revoked = make(as_alice)
    as_alice.post("/you/reminders/calendar/off")
    unknown = client.get(f"/calendar/{token}.ics")
    assert unknown.status_code == 404
    assert unknown.text == client.get(revoked).text


def test_nobody_keeps_it_and_nobody_lists_it(as_alice, client):
    answer = client.get(make(as_alice))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_an_address_that_asks_without_end_is_told_to_wait(as_alice, client, monkeypatch):
    monkeypatch.setattr(limits, "time", lambda: 1_800_000_000.0)
    monkeypatch.setattr(calendars, "MOST", 3)
    address = make(as_alice)
    assert [client.get(address).status_code for _ in range(3)] == [200] * 3
    refused = client.get("/calendar/guess.ics")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    elsewhere = client.get(address, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert elsewhere.status_code == 200


def test_with_another_secret_key_it_works_and_is_not_shown(app, as_alice, client, monkeypatch):
    address = make(as_alice)
    monkeypatch.setattr("tracker.reminders.views.token_of", lambda _key, id_: token_of("x", id_))
    page = as_alice.get("/you/reminders").text
    assert "cannot be shown again" in page
    assert not ADDRESS.search(page)
    assert client.get(address).status_code == 200


def test_two_people_have_two_addresses(as_alice, as_bob, rows):
    assert make(as_alice) != make(as_bob)
    assert len(rows(select(CalendarFeed))) == 2
    as_bob.post("/you/reminders/calendar/off")
    assert ADDRESS.search(as_alice.get("/you/reminders").text)


@pytest.mark.parametrize("path", ["", "/calendar", "/calendar/off", "/calendar/discreet", "/times"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    answer = client.post(f"/you/reminders{path}") if path else client.get("/you/reminders")
    assert "/login" in answer.location


def test_the_page_you_leads_there(as_alice):
    assert 'href="/you/reminders"' in as_alice.get("/you").text


def test_an_answer_at_a_gate_is_not_needed_for_it(app, client, works_on, noon):
    unasked = new_person(app, "new@example.org", answered=False)
    works_on(unasked)
    assert len(lines(client, make(sign_in(app, unasked)))) == 1


def test_it_says_how_often_to_ask_again_as_calendars_read_it(as_alice, client):
    told = client.get(make(as_alice)).text.splitlines()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in told
    assert "X-PUBLISHED-TTL:PT6H" in told
