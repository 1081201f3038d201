"""Pain over 24 hours that rose from before a session to the day after slows the next one down."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.conftest import kept, sql_of
from tracker import clock
from tracker.days.models import DailyRating
from tracker.sessions.next_day import NextDayRule, classify
from tracker.sessions.queries import board_of, history_of
from tracker.spots.models import OwnSpot, TrackedSpot
from tracker.spots.queries import Regions

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ON = date(2026, 11, 18)  # of the session, at 8 in Berlin
EARLY, LATE = time(6, 30), time(20, 0)  # UTC
WHERE = ("top-of-buttock", "left")


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def rate(app, alice):
    """Let Alice rate her left buttock, so many days after the session's."""

    def add(days, pain, at=EARLY, region="buttock", side="left", person=alice, **columns):
        on = ON + timedelta(days=days)
        values = {
            "user_id": person.id,
            "id": uuid7(),
            "local_date": on,
            "region": region,
            "side": side,
            "pain_24h": pain,
            "answered_at": datetime.combine(on, at, UTC),
            "time_zone": "Europe/Berlin",
        }
        kept(app, DailyRating(**values | columns))

    return add


@pytest.fixture
def change(app, alice, add_session):
    """The change over Alice's one session, as Prepare and as Today know it."""

    def find(spot="top-of-buttock", side="left", region="buttock", hurts_in=None):
        if hurts_in:
            where = {"user_id": alice.id, "spot_id": spot, "side": side, "since": NOON}
            kept(app, TrackedSpot(**where, hurts_in=hurts_in))
        add_session(alice, spot, side, on=ON)
        with app.app_context():
            past = history_of(alice, [(spot, side)], NOON)[spot, side]
            since = NOON - timedelta(days=7)
            regions = Regions(hurts_in or region, region)
            today = board_of(alice, {(spot, side): regions}, NOON, since, since)
        assert [each.pain_24h_change for each in past] == [
            each.pain_24h_change for each in today.history[spot, side]
        ]
        return past[0].pain_24h_change

    return find


def test_it_is_the_day_after_less_the_day_of_the_session(rate, change):
    rate(0, 3)
    rate(1, 6)
    assert change() == 3


def test_pain_that_fell_is_less_than_nothing(rate, change):
    rate(0, 6)
    rate(1, 2)
    assert change() == -4


@pytest.mark.parametrize("days", [(), (0,), (1,), (0, 2), (-8, 1)])
def test_without_an_answer_on_both_sides_there_is_none(rate, change, days):
    for each in days:
        rate(each, 5)
    assert change() is None


def test_what_was_answered_after_the_session_is_not_before_it(rate, change):
    rate(-1, 2)
    rate(0, 6, at=LATE)
    rate(1, 6)
    assert change() == 4


def test_who_does_not_rate_every_day_is_compared_with_the_last_time_in_the_week_before(
    rate, change
):
    rate(-7, 9)
    rate(-3, 2)
    rate(0, 6, at=LATE)
    rate(1, 5)
    assert change() == 3


def test_a_week_before_is_recent_enough(rate, change):
    rate(-7, 2)
    rate(1, 5)
    assert change() == 3


def test_a_replaced_answer_counts_no_more(rate, change):
    rate(0, 3, replaced_at=NOON)
    rate(0, 5)
    rate(1, 6)
    assert change() == 1


def test_another_region_side_or_person_does_not_count(rate, change, bob):
    for other in ({"region": "low_back"}, {"side": "right"}, {"person": bob}):
        rate(0, 1, **other)
        rate(1, 9, **other)
    assert change() is None


def test_at_a_spot_of_ones_own_it_is_its_region(app, alice, rate, change):
    own = kept(
        app,
        OwnSpot(
            user_id=alice.id,
            id=uuid7(),
            name="Mine",
            region="forehead",
            felt_in=[],
            notes="",
            created_at=NOON,
        ),
    )
    rate(0, 1, region="forehead", side="middle")
    rate(1, 3, region="forehead", side="middle")
    assert change(str(own.id), "middle", "forehead") == 2


@pytest.mark.parametrize(
    ("back", "buttock", "rose"),
    [
        ((3, 6), (), 3),
        ((), (3, 6), 3),  # said before the person said which place they mean
        ((5, 4), (3, 5), 2),
        ((3, 6), (5, 5), 3),
        ((), (), None),
    ],
)
def test_where_it_hurts_elsewhere_the_place_that_rose_more_counts(
    rate, change, back, buttock, rose
):
    for region, pains in (("low_back", back), ("buttock", buttock)):
        for day, pain in enumerate(pains):
            rate(day, pain, region=region)
    assert change(hurts_in="low_back") == rose


def test_two_points_more_are_long_or_worse(app, alice, rate, add_session):
    rate(0, 3)
    rate(1, 5)
    add_session(alice, on=ON)
    with app.app_context():
        (past,) = history_of(alice, [WHERE], NOON)[WHERE]
    assert classify(past) is NextDayRule.LONG_OR_WORSE


@pytest.mark.parametrize(("after", "word"), [(5, "Resting"), (4, "Due today")])
def test_then_today_gives_the_spot_a_day_more(as_alice, alice, rate, add_session, after, word):
    as_alice.post("/spots/top-of-buttock/sides/left")
    as_alice.get("/spots/")
    add_session(alice, on=ON)  # two days ago
    rate(0, 3)
    rate(1, after)
    assert word in as_alice.get("/").text
    prepare = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert ('role="note"' in prepare) == (word == "Resting")


def test_today_asks_the_database_no_more_for_all_that(app, as_alice, alice, rate, add_session):
    for spot in ("top-of-buttock", "foot-arch"):
        as_alice.post(f"/spots/{spot}/sides/left")
        add_session(alice, spot, on=ON)
    as_alice.get("/spots/")
    rate(2, 4)
    with sql_of(app) as asked:
        page = as_alice.get("/").text
    assert "/days/2026-11-20/foot_sole/left" in page
    assert 0 < len(asked) <= 4
