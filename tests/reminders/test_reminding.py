"""`make remind` tells phones once a day, calmly, and only where there is something to say."""

import socket
import time as clocks
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from py_vapid import Vapid02
from requests import ConnectionError as NotReached
from requests.exceptions import InvalidSchema
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.conftest import kept, new_person
from tracker.accounts.models import Device, User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.reminders import post, sending
from tracker.reminders.models import PushSubscription, Reminder
from tracker.reminders.post import public_session
from tracker.reminders.sending import remind_everyone
from tracker.reminders.vapid import public_key

TEN = "2026-11-20T09:00"  # at ten in Berlin
TODAY = date(2026, 11, 20)
DUE_AND_QUESTION = "Something is due today, if you like. Today's question is open, too."


@pytest.fixture
def ten(at) -> datetime:
    return at(TEN)


@pytest.fixture
def run(app, net):
    def once(now: datetime) -> dict[str, int]:
        return dict(remind_everyone(app, now, net))

    return once


def rate(app, person, day=TODAY, at=None, region="gluteal", side="left"):
    where = {"user_id": person.id, "id": uuid7(), "local_date": day, "region": region, "side": side}
    said = {"pain_24h": 3, "answered_at": at, "time_zone": person.time_zone}
    kept(app, DailyRating(**where | said))


def test_a_phone_is_told_and_only_it_can_read_it(alice, works_on, phone_of, service, run, ten):
    works_on(alice)
    browser = phone_of(alice)
    assert run(ten) == {"told": 1}
    ((path, headers, body),) = service.got
    assert path == "/phone/201"
    assert browser.read(body) == {
        "title": "Sweetspot",
        "body": DUE_AND_QUESTION,
        "tag": "sweetspot",
        "url": "/",
    }
    assert b"Sweetspot" not in body
    assert headers["content-encoding"] == "aes128gcm"
    assert (headers["ttl"], headers["topic"]) == (str(11 * 3600), "sweetspot")


def test_it_is_signed_with_the_key_that_browsers_were_told(
    app, alice, works_on, phone_of, service, run, ten
):
    works_on(alice)
    phone_of(alice)
    run(ten)
    (_path, headers, _body) = service.got[0]
    assert Vapid02.verify(headers["authorization"])
    assert headers["authorization"].endswith(f"k={public_key(app.config['VAPID_KEY'])}")


def test_run_as_often_as_one_likes_it_tells_once_a_day(alice, works_on, phone_of, service, run, at):
    works_on(alice)
    phone_of(alice)
    for moment in ("08:05", "09:00", "12:00", "19:00", "22:30"):
        run(at(f"2026-11-20T{moment}"))
    assert len(service.got) == 1
    run(at("2026-11-21T08:05"))
    assert len(service.got) == 2


def test_two_senders_at_once_tell_once(app, alice, works_on, phone_of, service, net, ten):
    works_on(alice)
    phone_of(alice)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _n: remind_everyone(app, ten, net), range(4)))
    assert sum(each["told"] for each in told) == 1
    assert sum(each["failed"] for each in told) == 0
    assert len(service.got) == 1


def test_whoever_comes_second_to_a_claim_sends_nothing(
    app, alice, works_on, phone_of, service, run, ten, monkeypatch
):
    works_on(alice)
    phone_of(alice)
    found = sending._word_for

    def another_is_quicker(user: User, now: datetime):
        word = found(user, now)
        mine = select(Reminder).where(Reminder.user_id == user.id)
        db.session.scalar(mine).reminded_on = TODAY
        db.session.commit()
        return word

    monkeypatch.setattr(sending, "_word_for", another_is_quicker)
    assert run(ten) == {}
    assert service.got == []


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-20T07:59", 0),  # a minute to nine in Berlin
        ("2026-11-20T08:00", 1),
        ("2026-11-20T19:59", 1),
        ("2026-11-20T20:00", 0),  # nine in the evening
        ("2026-10-25T07:59", 0),  # the clocks went back an hour in the night
        ("2026-10-25T08:00", 1),
        ("2026-03-29T06:59", 0),  # and forward here
        ("2026-03-29T07:00", 1),
    ],
)
def test_never_before_the_time_nor_in_the_quiet_hours(
    alice, works_on, phone_of, run, at, moment, told
):
    works_on(alice)
    phone_of(alice)
    assert run(at(moment)).get("told", 0) == told


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Europe/Berlin", 1), ("America/New_York", 0), ("Pacific/Auckland", 0), ("Asia/Tokyo", 1)],
)
def test_by_the_clock_of_the_persons_zone(app, works_on, phone_of, run, ten, zone, told):
    person = new_person(app, "there@example.org", time_zone=zone)
    works_on(person)
    phone_of(person)
    assert run(ten).get("told", 0) == told


def test_who_switched_nothing_on_is_not_told(alice, works_on, service, run, ten):
    works_on(alice)
    assert run(ten) == {}
    assert service.got == []


def test_without_anything_due_or_open_nobody_is_told(alice, phone_of, run, ten):
    phone_of(alice)
    assert run(ten) == {}


def test_the_open_question_alone_is_reason_enough(
    alice, works_on, phone_of, service, run, add_session, ten
):
    works_on(alice)
    browser = phone_of(alice)
    add_session(alice, on=TODAY - timedelta(days=1))
    run(ten)
    assert (
        browser.read(service.got[0][2])["body"] == "Today's question is open. One tap answers it."
    )


def test_paused_spots_are_no_reason(alice, works_on, phone_of, run, ten):
    works_on(alice, paused_at=ten)
    phone_of(alice)
    assert run(ten) == {}


def test_not_after_a_session_on_that_day(alice, works_on, phone_of, run, add_session, ten):
    works_on(alice)
    works_on(alice, "foot-arch")
    phone_of(alice)
    add_session(alice, "foot-arch", on=TODAY)
    assert run(ten) == {}


def test_not_after_an_answer_on_that_day(app, alice, works_on, phone_of, run, ten):
    works_on(alice)
    works_on(alice, "foot-arch")
    phone_of(alice)
    rate(app, alice, at=ten - timedelta(hours=1))
    assert run(ten) == {}


def test_not_after_a_day_that_was_filled_in_later_or_the_day_after_a_session(
    app, alice, works_on, phone_of, run, add_session, ten
):
    works_on(alice)
    phone_of(alice)
    early = ten - timedelta(hours=2)
    add_session(alice, "foot-arch", on=TODAY - timedelta(days=1), next_day_at=early)
    assert run(ten) == {}


def test_not_on_the_day_of_signing_in(app, alice, works_on, phone_of, run, ten):
    works_on(alice)
    phone_of(alice)
    this_morning = ten - timedelta(hours=1)
    kept(app, Device(user_id=alice.id, id=uuid7(), signed_in_at=this_morning, label=""))
    assert run(ten) == {}


def test_an_answer_of_yesterday_is_not_being_there_today(app, alice, works_on, phone_of, run, ten):
    works_on(alice)
    phone_of(alice)
    rate(app, alice, TODAY - timedelta(days=1), ten - timedelta(days=1))
    assert run(ten) == {"told": 1}


@pytest.mark.parametrize(("own", "german"), [("de", {"en", "de"}), (None, {"de"})])
def test_it_is_said_in_the_language_of_the_account_else_of_the_browser(
    app, works_on, phone_of, service, run, ten, own, german
):
    person = new_person(app, "anna@example.org", locale=own)
    works_on(person)
    browsers = {code: phone_of(person, code, locale=code) for code in ("en", "de")}
    run(ten)
    said = {
        name: browsers[name].read(body)["body"]
        for name, (_path, _headers, body) in zip(service.names(), service.got, strict=True)
    }
    assert {name for name, body in said.items() if body.startswith("Heute")} == german


def test_every_phone_of_a_person_is_told(alice, works_on, phone_of, service, run, ten):
    works_on(alice)
    phone_of(alice, "phone")
    phone_of(alice, "tablet")
    assert run(ten) == {"told": 2}
    assert sorted(service.names()) == ["phone", "tablet"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten(alice, works_on, phone_of, run, rows, status, ten):
    works_on(alice)
    phone_of(alice, "gone", status)
    phone_of(alice, "here")
    assert run(ten) == {"told": 1, "gone": 1}
    (left,) = rows(select(PushSubscription))
    assert "/here/" in left.endpoint


@pytest.mark.parametrize("status", [400, 403, 413, 429, 500, 503, 302])
def test_a_phone_that_was_not_reached_stays_and_the_day_is_taken(
    alice, works_on, phone_of, service, run, rows, status, ten
):
    works_on(alice)
    phone_of(alice, "phone", status)
    assert run(ten) == {"failed": 1}
    assert run(ten) == {}
    assert len(rows(select(PushSubscription))) == 1
    assert service.names() == ["phone"]  # and nobody was followed elsewhere


def test_one_that_fails_does_not_stop_the_others(
    app, alice, bob, works_on, phone_of, service, run, ten, monkeypatch
):
    carol = new_person(app, "carol@example.org")
    for person in (alice, bob, carol):
        works_on(person)
        phone_of(person, person.email.partition("@")[0])
    phone_of(alice, "nobody", endpoint="http://127.0.0.1:1/refused")
    phone_of(alice, "broken", p256dh="BAAA")
    found = sending._word_for

    def fail_for_bob(user: User, now: datetime):
        if user.id == bob.id:
            raise RuntimeError("something nobody thought of")
        return found(user, now)

    monkeypatch.setattr(sending, "_word_for", fail_for_bob)
    assert run(ten) == {"told": 2, "failed": 3}
    assert sorted(service.names()) == ["alice", "carol"]


def test_a_service_that_says_nothing_is_not_waited_for(
    alice, works_on, phone_of, run, ten, monkeypatch
):
    monkeypatch.setattr(post, "PATIENCE_S", 0.2)
    works_on(alice)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        phone_of(alice, endpoint=f"http://127.0.0.1:{mute.getsockname()[1]}/x")
        assert run(ten) == {"failed": 1}


def test_an_answer_without_end_is_not_read(alice, works_on, phone_of, run, ten):
    works_on(alice)
    phone_of(alice, "phone", "endless")
    begun = clocks.monotonic()
    assert run(ten) == {"told": 1}
    assert clocks.monotonic() - begun < 5


def test_nothing_is_locked_while_a_service_takes_its_time(
    app, alice, works_on, phone_of, net, ten, monkeypatch
):
    works_on(alice)
    phone_of(alice)
    wrote = []

    def slow(*_what):
        with app.app_context():
            db.session.get(User, alice.id).gentle_only = True
            db.session.commit()
        wrote.append(True)
        return post.TOLD

    monkeypatch.setattr(sending, "tell", slow)
    monkeypatch.setattr("tracker.database.BUSY_MS", 100)
    remind_everyone(app, ten, net)
    assert wrote == [True]


def test_somebody_who_may_not_sign_in_is_not_told(app, works_on, phone_of, run, ten):
    person = new_person(app, "gone@example.org", active=False)
    works_on(person)
    phone_of(person)
    assert run(ten) == {}


def test_out_there_only_https_to_the_public_net_is_spoken(service):
    with public_session() as session:
        with pytest.raises(InvalidSchema):
            session.post(service.endpoint("phone"))
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
            port = service.url.rpartition(":")[2]
            with pytest.raises(NotReached, match=r"public net|Name or service|refused"):
                session.post(f"https://{host}:{port}/phone/201", timeout=5)
    assert service.got == []


def test_the_command_says_what_it_did(app, alice, works_on, phone_of, net, ten, monkeypatch):
    monkeypatch.setattr(sending, "public_session", lambda: net)
    works_on(alice)
    phone_of(alice, "gone", 410)
    phone_of(alice, "phone")
    told = app.test_cli_runner().invoke(args=["remind"])
    assert told.exit_code == 0
    assert told.output == "Told: 1. Gone: 1. Not reached: 0.\n"
    assert "phone/201" not in told.output
