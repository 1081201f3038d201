"""How areas changed overall and what came of tests: on the report, in the chosen days, no more."""

import csv
import io
from datetime import timedelta

import pytest

from tests.conftest import sql_of
from tests.sharing.conftest import TODAY
from tests.sharing.test_links import NEW, OPEN, REPORT, TABLE, address_of, filled
from tests.sharing.test_report import sent, words

SPOTS = ("top-of-buttock", "foot-arch")
PLACE = "Top of the buttock, left"

pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def seen(as_alice, alice, add_session):
    """What a report of Alice's says, of these parts only."""
    add_session(alice)
    add_session(alice, spot="foot-arch")

    def look(*parts, **more):
        page = sent(as_alice, parts=parts, **more)
        assert page.status_code == 200
        return words(page)

    return look


@pytest.fixture
def rate_by_blocks(rate):
    """Rate the days of a fair test that has massage first in each pair."""

    def keep(person, days_ago, with_massage, without):
        block = [with_massage] * 4 + [without] * 4
        rate(person, {days_ago - at: block[at % 8] for at in range(48)})

    return keep


@pytest.fixture
def massage_as_planned(add_session):
    """Keep all twelve sessions of a fair test that has massage first in each pair."""

    def keep(person, days_ago):
        for at in range(0, 48, 8):
            for day in (at, at + 2):
                add_session(person, on=TODAY - timedelta(days=days_ago - day))

    return keep


def test_what_was_said_overall_stands_in_its_words_the_newest_first(seen, alice, say_overall):
    say_overall(alice, 3, days_ago=29)
    say_overall(alice, 2, days_ago=1)
    say_overall(alice, 5, spot="foot-arch", side="right")
    said = seen("overall", spots=SPOTS)
    assert f"{PLACE} 21 Nov 2026: Much improved; 24 Oct 2026: Minimally improved" in said
    assert "right 22 Nov 2026: Minimally worse" in said
    assert "stands beside the ratings and is in no average" in said


def test_what_was_said_of_other_spots_on_other_days_and_by_others_stays_out(
    seen, alice, bob, say_overall
):
    say_overall(alice, 1, spot="foot-arch")
    say_overall(alice, 7, days_ago=100)
    say_overall(bob, 6)
    assert "Overall change" not in seen("overall")
    say_overall(alice, 4)
    said = seen("overall")
    assert "22 Nov 2026: No change" in said
    for hidden in ("Arch", "improved", "worse"):
        assert hidden not in said


def test_years_of_what_was_said_are_a_line(seen, alice, say_overall):
    for weeks in range(0, 48, 4):
        say_overall(alice, 3, days_ago=7 * weeks)
    said = seen("overall", first="2025-11-01")
    assert said.count("Minimally improved") == 8
    assert "and 4 more days" in said


def test_a_test_that_is_over_says_what_came_of_it(
    seen, alice, begin_test, rate_by_blocks, massage_as_planned
):
    begin_test(alice, 60)
    rate_by_blocks(alice, 60, with_massage=3, without=6)
    massage_as_planned(alice, 60)
    said = seen("tests")
    assert f"Fair test, {PLACE} The ratings were lower in the blocks with massage." in said
    assert "The mean was 3 in blocks drawn for massage and 6 in the others" in said
    assert "23 Sep 2026 to 9 Nov 2026" in said
    assert "neither shows why" in said


def test_without_its_sessions_it_tells_nothing_of_massage(seen, alice, begin_test, rate_by_blocks):
    begin_test(alice, 60)
    rate_by_blocks(alice, 60, with_massage=3, without=6)
    said = seen("tests")
    assert f"Fair test, {PLACE} The ratings were lower in the blocks drawn for massage. But" in said
    assert "on 0 of the 12 planned days, and on 0 of those meant to be without" in said
    assert "the blocks with massage" not in said


def test_a_test_that_came_out_otherwise_says_so_too(
    seen, alice, begin_test, rate_by_blocks, massage_as_planned
):
    begin_test(alice, 60)
    rate_by_blocks(alice, 60, with_massage=6, without=3)
    massage_as_planned(alice, 60)
    assert "The ratings were not lower in the blocks with massage." in seen("tests")


def test_sessions_are_counted_by_what_was_planned(seen, alice, begin_test, add_session):
    begin_test(alice, 60, stopped_on=TODAY - timedelta(days=50))
    for at in (0, 2, 5):  # two days with massage, and one of the block without
        add_session(alice, on=TODAY - timedelta(days=60 - at))
    said = seen("tests")
    assert "Stopped after 11 of 48 days: there is no verdict." in said
    assert "23 Sep 2026 to 3 Oct 2026. Days with a session: 2 of 4 planned, others 1." in said


def test_a_test_that_ended_before_its_first_day_is_not_shown(seen, alice, begin_test):
    begin_test(alice, 10, stopped_on=TODAY - timedelta(days=12))
    assert "Fair test" not in seen("tests")


def test_a_test_kept_in_full_is_a_plan_kept_in_full(seen, as_alice, alice, begin_test, add_session):
    as_alice.post("/spots/top-of-buttock/sides/left")
    begin_test(alice, 60)
    first = TODAY - timedelta(days=60)
    for pair in range(6):
        for at in (0, 2):
            add_session(alice, on=first + timedelta(days=8 * pair + at))
    days = {"first": str(first), "last": str(first + timedelta(days=47))}
    said = seen("sessions", "tests", **days)
    assert "Sessions done 12 of 12 planned" in said
    assert "Days with a session: 12 of 12 planned" in said
    more = seen("sessions", first=str(first), last=str(first + timedelta(days=49)))
    assert "Sessions done 12 of 13 planned" in more


def test_while_it_runs_nothing_is_said_of_its_outcome(seen, alice, begin_test, rate_by_blocks):
    begin_test(alice, 47, closed_at=None)
    rate_by_blocks(alice, 47, with_massage=0, without=9)
    said = seen("tests")
    assert "Day 48 of 48." in said
    for hidden in ("lower", "mean"):
        assert hidden not in said


def test_a_quick_look_says_its_two_medians(seen, alice, begin_test, rate, add_session):
    begin_test(alice, 28, kind="quick")
    rate(alice, {ago: 7 if ago > 14 else 4 for ago in range(1, 29)})
    assert f"Quick look, {PLACE} The median was 7 in the first two weeks (14" in seen("tests")
    for ago in range(14, 0, -2):
        add_session(alice, on=TODAY - timedelta(days=ago))
    assert "7 in two weeks without massage (14 days rated) and 4 in two with" in seen("tests")
    begin_test(alice, 70, kind="quick", stopped_on=TODAY - timedelta(days=68))
    assert "Stopped after 3 days: nothing is compared." in seen("tests")


@pytest.mark.parametrize("days", [{"first": "2026-10-01"}, {"last": "2026-11-08"}])
def test_the_outcome_of_days_that_were_not_chosen_is_not_told(
    seen, alice, begin_test, rate_by_blocks, days
):
    begin_test(alice, 60)
    rate_by_blocks(alice, 60, with_massage=3, without=6)
    said = seen("tests", **days)
    assert "Only some of its days are among these: what came of it is not shown." in said
    assert "mean" not in said


def test_a_stop_after_the_last_chosen_day_is_not_told(seen, alice, begin_test):
    begin_test(alice, 30, stopped_on=TODAY - timedelta(days=5))
    said = seen("tests", last="2026-11-10")
    assert "Day 19 of 48." in said
    assert "Stopped" not in said


def test_tests_of_other_spots_days_and_people_stay_out(seen, alice, bob, begin_test):
    begin_test(alice, 60, spot="foot-arch")
    begin_test(alice, 200)
    begin_test(alice, 100, stopped_on=TODAY - timedelta(days=90))
    begin_test(alice, -1, closed_at=None)
    begin_test(bob, 60)
    assert "Fair test" not in seen("tests")
    assert "Fair test" not in seen("sessions", spots=SPOTS)


def test_of_many_tests_the_latest_are_shown(app, as_alice, seen, alice, begin_test):
    def queries():
        with sql_of(app) as run:
            seen("tests")
        return len(run)

    for ago in (80, 70, 60, 50):
        begin_test(alice, ago, stopped_on=TODAY - timedelta(days=ago - 5))
    few = queries()
    assert "not shown" not in seen("tests")
    for ago in (40, 30):
        begin_test(alice, ago, stopped_on=TODAY - timedelta(days=ago - 5))
    assert "2 earlier tests are not shown." in seen("tests")
    assert queries() == few


def test_a_link_shows_both_where_they_were_chosen(
    app, as_alice, alice, add_session, say_overall, begin_test
):
    client = app.test_client()
    add_session(alice, on=TODAY - timedelta(days=20))
    say_overall(alice, 2)
    begin_test(alice, 20, closed_at=None)

    def opened(*parts):
        address = address_of(as_alice.post(NEW, data=filled(parts=[*parts])))
        client.post(OPEN, data={"token": address.partition("#")[2]})
        return words(client.get(REPORT))

    shown = opened("sessions", "overall", "tests")
    assert "22 Nov 2026: Much improved" in shown
    assert (
        "Day 21 of 48. 2 Nov 2026 to 19 Dec 2026. Days with a session so far: 1 of 6, others 0."
        in shown
    )
    assert phases(client) == ["on"]
    hidden = opened("sessions")
    for part in ("improved", "Fair test", "Day 21"):
        assert part not in hidden
    assert phases(client) == [""]


def phases(client):
    """The phase of each session in the table that the link offers."""
    return [row["phase"] for row in csv.DictReader(io.StringIO(client.get(TABLE).text))]
