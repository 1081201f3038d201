"""What protects a person ends their test, and then nothing is told of its days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from uuid_utils.compat import uuid7

from tests.conftest import ZONE, id_in, kept
from tests.progress.conftest import START
from tests.progress.test_doing_a_test import BEGIN, PAGE
from tests.reminders.test_calendar import make
from tests.safety.conftest import say
from tests.sessions.test_plan import BUTTOCK, TODAY, past
from tests.sharing.bringing import brought
from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.progress.models import Trial
from tracker.progress.plans import Ended, Plan, as_of, ended_by_safety
from tracker.progress.trials import plan_of
from tracker.safety.models import ListedCondition
from tracker.sessions.history import NextDay
from tracker.sessions.models import MassageSession
from tracker.sessions.protocol import plan
from tracker.spots.models import TrackedSpot

PREPARE = "/sessions/new?spot=top-of-buttock&side=left"
FREE = "Your test keeps today without massage here."
GOOD = {"entry": "guided", "stayed_level": 3, "finished_holds": 3, "target_level": 3}
GOOD |= {"ended_by": "finished", "tool": "fingertips"}
ENDED = "Something that protects you ended it on"
SAID = "What you answered about safety ended it on"


@pytest.fixture
def begun(at, as_alice, alice, add_session):
    """The address of a fair test that begins on START and holds Medium, as came before it."""
    for back in (4, 6, 8):
        add_session(alice, on=START - timedelta(days=back), **GOOD)
    for side in ("left", "right"):
        as_alice.post(f"/spots/top-of-buttock/sides/{side}")
    answer = as_alice.post(PAGE, data=BEGIN | {"start": START.isoformat()})
    return f"{PAGE}{id_in(answer.location)}"


@pytest.fixture
def on_a_free_day(begun, at, rows):
    """It is a day that the test keeps without massage, a week into it."""
    plan = plan_of(rows(select(Trial))[0])
    day = next(each.on for each in plan.all_days() if each.number > 8 and not each.massage_due)
    at(day)
    return day


def held(rows) -> list[tuple]:
    found = rows(select(TrackedSpot).order_by(TrackedSpot.side))
    return [(each.held_target, each.held_from, each.free_days is None) for each in found]


def rate(client, day: int, pain: int) -> None:
    """What the daily question was answered with on a day, counted from START."""
    on = START + timedelta(days=day)
    answer = client.post(f"/days/{on}/buttock/left", data={"pain": str(pain)})
    assert answer.status_code == 303


def tells_nothing_of_its_day(client) -> None:
    """Today, Prepare, several in turn and the phone's own copy."""
    today = client.get("/").text
    assert "it is over. See what came of it." in today
    assert FREE not in today
    assert FREE not in client.get(PREPARE).text
    assert FREE not in client.get("/sessions/several").text
    stops = "stop=top-of-buttock/left&stop=top-of-buttock/right"
    assert FREE not in client.get(f"/sessions/together?{stops}").text
    assert [stop.get("free") for stop in client.get("/api/kept").json["stops"]] == [None, None]


def test_it_holds_what_went_well_before(begun, rows):
    assert rows(select(Trial))[0].target == 3
    assert held(rows) == [(3, START, False), (None, None, True)]


def test_what_was_pressed_on_the_day_of_the_draw_lowers_nothing(
    at, as_alice, alice, add_session, rows
):
    pressed = GOOD | {"level_2_s": 120, "level_3_s": 140}
    for back in (7, 5, 3):
        add_session(alice, on=START - timedelta(days=back), **pressed)
    as_alice.post("/spots/top-of-buttock/sides/left")
    at(START - timedelta(days=3))
    as_alice.post(PAGE, data=BEGIN | {"start": START.isoformat()})
    assert rows(select(Trial))[0].target == 3


@pytest.mark.parametrize(("kind", "later"), [("quick", 0), ("fair", 12)])
def test_a_break_before_its_first_session_lowers_what_it_holds(
    at, as_alice, alice, add_session, rows, kind, later
):
    for back in (4, 6, 8):
        add_session(alice, on=START - timedelta(days=back), **GOOD)
    as_alice.post("/spots/top-of-buttock/sides/left")
    start = START + timedelta(days=later)
    as_alice.post(PAGE, data=BEGIN | {"kind": kind, "start": start.isoformat()})
    assert rows(select(Trial))[0].target == 2
    first = plan_of(rows(select(Trial))[0]).first_massage
    for on in (first, first + timedelta(days=2)):
        at(on)
        assert "opens at Touch, up to Light" in as_alice.get("/").text
        add_session(alice, on=on, **GOOD | {"stayed_level": 2, "target_level": 2})


def test_its_page_names_the_sessions_that_went_less_far(begun, at, as_alice, alice, add_session):
    second, third = (START + timedelta(days=days) for days in (2, 4))
    add_session(alice, on=START, **GOOD)
    at(third)
    assert "Up to Medium, held since" in as_alice.get(begun).text
    add_session(alice, on=second, **GOOD | {"too_much_events": 1, "stayed_level": 2})
    add_session(alice, on=third, **GOOD | {"stayed_level": 2, "target_level": 2})
    page = as_alice.get(begun).text
    assert f"Less far on these days: {second:%a %-d %b}, {third:%a %-d %b}." in page
    assert "held since" not in page


@pytest.mark.parametrize(
    "lowering", [update(TrackedSpot).values(level_cap=2), update(User).values(gentle_only=True)]
)
def test_its_page_says_where_what_was_set_lies_below_the_level(app, begun, at, as_alice, lowering):
    at(START)
    with app.app_context():
        db.session.execute(lowering)
        db.session.commit()
    page = as_alice.get(begun).text
    assert "By what you set, it goes no further than Light now" in page
    assert "held since" not in page


def test_stopped_before_its_first_day_it_has_no_day(at, begun, as_alice):
    day = START - timedelta(days=1)
    at(day)
    as_alice.post(f"{begun}/stop", data={"why": "own"})
    page = as_alice.get(begun).text
    assert f"You stopped it on {day:%A %-d %B}." in page
    at(START + timedelta(days=1))
    assert "Stopped after 0 of 48 days: there is no verdict." in as_alice.get(begun).text


def test_an_answer_that_only_lowers_the_level_ends_it(on_a_free_day, begun, as_alice, rows):
    assert FREE in as_alice.get(PREPARE).text
    say(as_alice, "bruises_easily")
    page = as_alice.get(begun).text
    assert f"{SAID} {on_a_free_day:%A %-d %B}" in page
    days = (on_a_free_day - START).days + 1
    assert f"Stopped after {days} of 48 days: there is no verdict." in page
    assert "held since" not in page
    assert held(rows) == [(None, None, True)] * 2
    tells_nothing_of_its_day(as_alice)


def test_an_answer_that_closes_the_spot_ends_it(on_a_free_day, begun, as_alice):
    say(as_alice, "back_fever")
    assert SAID in as_alice.get(begun).text
    tells_nothing_of_its_day(as_alice)


def test_an_entry_of_the_list_ends_it(on_a_free_day, begun, as_alice):
    say(as_alice, "widespread")
    assert SAID in as_alice.get(begun).text
    tells_nothing_of_its_day(as_alice)


def test_it_stays_over_once_a_clinician_has_looked(on_a_free_day, begun, at, as_alice):
    say(as_alice, "back_fever")
    at(on_a_free_day + timedelta(days=2))
    as_alice.post("/safety/gates/back_red_flags/look")
    assert f"{SAID} {on_a_free_day:%A %-d %B}" in as_alice.get(begun).text
    tells_nothing_of_its_day(as_alice)


def test_what_does_not_reach_the_level_leaves_it_running(begun, at, as_alice, rows):
    at(START)
    say(as_alice, "six_weeks")
    assert SAID not in as_alice.get(begun).text
    assert held(rows)[0] == (3, START, False)


def test_an_entry_about_another_place_leaves_it_running(app, begun, at, as_alice, alice, rows):
    at(START)
    here = {"user_id": alice.id, "entry": "implant", "since": clock.now()}
    kept(app, ListedCondition(**here, id=uuid7(), region="knee", side="left"))
    assert SAID not in as_alice.get(begun).text
    assert held(rows)[0] == (3, START, False)


def test_what_was_said_before_it_was_drawn_does_not_end_it(at, as_alice, rows):
    as_alice.post("/spots/top-of-buttock/sides/left")
    say(as_alice, "bruises_easily")
    at(START)
    begins = {"start": (START + timedelta(days=1)).isoformat()}
    address = as_alice.post(PAGE, data=BEGIN | begins).location
    assert SAID not in as_alice.get(address).text
    assert held(rows)[0][0] == rows(select(Trial))[0].target == 2


def test_an_answer_from_before_the_draw_that_was_sent_after_it_ends_it(begun, at, as_alice, rows):
    as_alice.post(f"{begun}/delete")
    drawn = START + timedelta(days=4)
    at(drawn)
    begins = {"start": (drawn + timedelta(days=1)).isoformat()}
    again = as_alice.post(PAGE, data=BEGIN | begins).location
    at(drawn - timedelta(days=1))
    say(as_alice, "bruises_easily")
    assert held(rows)[0] == (None, None, True)
    at(drawn + timedelta(days=3))
    say(as_alice)
    assert f"{SAID} {drawn:%A %-d %B}" in as_alice.get(again).text
    tells_nothing_of_its_day(as_alice)


def test_what_was_taken_back_before_the_draw_leaves_it_running(begun, at, as_alice, rows):
    for days, said in ((-9, ["bruises_easily"]), (-5, []), (5, []), (9, [])):
        at(START + timedelta(days=days))
        say(as_alice, *said)
    assert held(rows)[0] == (3, START, False)


def test_an_answer_before_its_first_day_ends_it(begun, as_alice, rows):
    say(as_alice, "bruises_easily")
    assert "it is over. See what came of it." in as_alice.get("/").text
    assert held(rows)[0] == (None, None, True)
    assert f"{SAID} {clock.today(ZONE):%A %-d %B}" in as_alice.get(begun).text


def test_a_session_that_protects_lets_go_of_its_days(
    on_a_free_day,
    as_alice,
    alice,
    add_session,
):
    sharp = {"ended_by": "sharp", "sharp_events": 3}
    add_session(alice, on=on_a_free_day - timedelta(days=3), **sharp)
    tells_nothing_of_its_day(as_alice)


def test_a_correction_lets_it_run_again(app, on_a_free_day, begun, alice, add_session, rows):
    bruised = add_session(alice, on=START, bruise=True, next_day_at=clock.now())
    assert held(rows)[0] == (None, None, True)
    corrected = rows(select(MassageSession).where(MassageSession.id == bruised.id))[0]
    corrected.bruise = False
    kept(app, corrected)
    assert held(rows)[0] == (3, START, False)


def test_daily_ratings_that_rose_after_two_sessions_end_it(begun, at, as_alice, alice, add_session):
    """It is then paused for a week: no day of the test could be done as it was drawn."""
    second = START + timedelta(days=2)
    for day in (START, second):
        add_session(alice, on=day, **GOOD)
    at(START + timedelta(days=4))
    for day, pain in ((-1, 3), (1, 5), (3, 6)):
        rate(as_alice, day, pain)
    assert ENDED not in as_alice.get(begun).text
    rate(as_alice, 3, 7)
    assert f"{ENDED} {second:%A %-d %B}" in as_alice.get(begun).text
    tells_nothing_of_its_day(as_alice)
    rate(as_alice, 3, 6)
    assert ENDED not in as_alice.get(begun).text


def test_the_calendar_tells_no_more_of_it(on_a_free_day, begun, client, as_alice):
    address = make(as_alice)
    assert "Test\\, day" in client.get(address).text
    say(as_alice, "bruises_easily")
    assert "Test\\, day" not in client.get(address).text


def test_its_day_is_the_persons_own(begun, monkeypatch, as_alice):
    late = datetime.combine(START + timedelta(days=3), datetime.max.time(), ZoneInfo(ZONE))
    monkeypatch.setattr(clock, "now", lambda: late.replace(hour=23, minute=30))
    say(as_alice, "bruises_easily")
    assert f"{SAID} {date(2026, 11, 6):%A %-d %B}" in as_alice.get(begun).text


def answered(**changes) -> NextDay:
    return replace(NextDay(soreness=1, still_sore=False, bruise=False, hours=20), **changes)


def ended_with(*went, target=3) -> Ended | None:
    """What ends a quick look that began ten days ago; sessions newest first."""
    return ended_by_safety(went, Plan("quick", TODAY - timedelta(days=10)), target)


@pytest.mark.parametrize(
    "how",
    [
        {"ended_by": "sharp"},
        {"ended_by": "pulse"},
        {"ended_by": "emergency"},
        {"ended_by": "discomfort"},
        {"sharp_events": 3},
        {"sharp_events": 1},  # the next one is gentle, and so below what is held
        {"nerve_events": 1},
        {"quality": "numb_tingle_electric"},
        {"peak_discomfort": 7},
        {"pain_before": 3, "pain_after": 5},
        {"next_day": answered(soreness=5)},
        {"next_day": answered(still_sore=True, hours=25)},
        {"next_day": answered(still_sore=True, still_sore_48=True)},
        {"next_day": answered(bruise=True)},
    ],
)
def test_what_protects_ends_it(how):
    went = past(4, **how)
    assert ended_with(past(2), went, past(6)) == Ended(went.local_date, told=False)
    made = plan(BUTTOCK, [went, past(6), past(8)], TODAY, held=3)
    assert made.target < 3 or how.get("ended_by")


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"too_much": True},
        {"peak_discomfort": 6},
        {"pain_before": 3, "pain_after": 4},
        {"next_day": answered(soreness=4)},
        {"next_day": answered(still_sore=True, hours=23)},
        {"pain_24h_change": 2},
    ],
)
def test_what_merely_went_less_well_does_not(how):
    assert ended_with(past(2), past(4, **how), past(6)) is None


def test_one_sharp_moment_does_not_end_what_is_gentle_enough():
    assert ended_with(past(2, sharp_events=1), target=2) is None


def test_a_daily_rating_that_rose_twice_in_a_row_ends_it():
    rose = {"pain_24h_change": 2}
    assert ended_with(past(2), past(4, **rose), past(6), past(8, **rose)) is None
    ended = ended_with(past(2, **rose), past(4, **rose), past(6))
    assert ended == Ended(TODAY - timedelta(days=2), told=False)


def test_nothing_before_its_start_ends_it():
    assert ended_with(past(2), past(11, ended_by="nerve")) is None


def closed(client, begun) -> str:
    """Its page after "Finish"."""
    assert client.post(f"{begun}/stop", data={"why": "own"}).status_code == 303
    return client.get(begun).text


def test_once_closed_it_stays_over_without_the_session_that_ended_it(
    begun, at, as_alice, alice, add_session, rows
):
    bad = add_session(alice, on=START, ended_by="sharp", sharp_events=3)
    at(START + timedelta(days=2))
    said = f"{ENDED} {START:%A %-d %B}"
    assert said in closed(as_alice, begun)
    as_alice.post(f"/sessions/{bad.id}/delete")
    assert held(rows)[0] == (None, None, True)
    at(START + timedelta(days=48))
    page = as_alice.get(begun).text
    assert said in page
    assert "Stopped after 1 of 48 days: there is no verdict." in page


def test_beginning_another_one_writes_down_what_ended_the_first(
    begun, at, as_alice, alice, add_session
):
    bad = add_session(alice, on=START, ended_by="sharp", sharp_events=3)
    at(START + timedelta(days=2))
    start = START + timedelta(days=3)
    assert as_alice.post(PAGE, data=BEGIN | {"start": start.isoformat()}).status_code == 303
    as_alice.post(f"/sessions/{bad.id}/delete")
    assert ENDED in as_alice.get(begun).text


def test_while_it_is_open_it_follows_a_session_deleted_and_brought_back(
    begun, at, as_alice, alice, add_session, rows
):
    bad = add_session(alice, on=START, ended_by="sharp", sharp_events=3)
    at(START + timedelta(days=2))
    for done, holds in (("delete", (3, START, False)), ("restore", (None, None, True))):
        as_alice.post(f"/sessions/{bad.id}/{done}")
        assert held(rows)[0] == holds


@pytest.mark.parametrize("finish", [True, False])
def test_it_stays_over_in_an_account_without_the_answers(
    on_a_free_day, begun, at, as_alice, as_bob, bob, rows, finish
):
    say(as_alice, "bruises_easily")
    if finish:
        closed(as_alice, begun)
    brought(as_bob, as_alice.get("/sharing/everything.json").text)
    theirs = next(each for each in rows(select(Trial)) if each.user_id == bob.id)
    page = as_bob.get(f"{PAGE}{theirs.id}").text
    assert f"{SAID} {on_a_free_day:%A %-d %B}" in page
    assert ("it is over. See what came of it." in as_bob.get("/").text) is not finish
    assert FREE not in as_bob.get(PREPARE).text


def test_one_closed_before_its_end_without_a_day_ended_when_it_was_closed(
    app, begun, at, as_alice, rows
):
    at(START + timedelta(days=9))
    trial = rows(select(Trial))[0]
    trial.closed_at = clock.now()
    kept(app, trial)
    at(START + timedelta(days=48))
    assert "Stopped after 10 of 48 days: there is no verdict." in as_alice.get(begun).text


@pytest.mark.parametrize("kind", ["fair", "quick"])
@pytest.mark.parametrize("late", [True, False])
def test_what_is_said_of_the_day_after_once_it_is_over_does_not_end_it(
    at, as_alice, alice, add_session, rows, kind, late
):
    as_alice.post("/spots/top-of-buttock/sides/left")
    begins = {"kind": kind, "start": START.isoformat()}
    begun = as_alice.post(PAGE, data=BEGIN | begins).location
    last = plan_of(rows(select(Trial))[0]).last
    massage = add_session(alice, on=last - timedelta(days=1))
    sore = {"soreness": "5", "still_sore": "no", "bruise": "no"}
    at(last + timedelta(days=late))
    assert as_alice.post(f"/sessions/{massage.id}/next-day", data=sore).status_code == 303
    assert (ENDED in as_alice.get(begun).text) is not late


UTC = ZoneInfo("UTC")
LAST = TODAY - timedelta(days=1)  # of a test; sessions are at eight


@pytest.mark.parametrize(
    ("said", "ends_it"),
    [
        ({"next_day": answered(soreness=5, hours=39.9)}, True),
        ({"next_day": answered(soreness=5, hours=40)}, False),
        ({"next_day": answered(bruise=True, hours=40)}, False),
        ({"next_day": answered(still_sore=True, still_sore_48=True, hours_48=49)}, False),
        ({"next_day": answered(still_sore=True, hours=25, still_sore_48=True)}, True),
        ({"peak_discomfort": 7, "next_day": answered(hours=60)}, True),
    ],
)
def test_what_was_said_by_its_last_day_ends_it(said, ends_it):
    went = as_of(LAST, past(2, **said), UTC)
    assert (ended_with(went, past(4)) is not None) is ends_it


def test_a_rating_of_the_day_after_its_last_day_does_not_end_it():
    rose = {"pain_24h_change": 2}
    for days, change in ((1, None), (2, 2)):
        assert as_of(LAST, past(days, **rose), UTC).pain_24h_change == change
