"""After six weeks at a spot: the numbers, no praise, and that stopping is sensible."""

from datetime import UTC, date, datetime, timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.progress.in_words import NEVER
from tests.progress.test_region import every_day, text_of
from tracker import clock
from tracker.database import db
from tracker.days.models import Activity, ActivityRating
from tracker.progress.review import function_of, just_due, lately_from, review
from tracker.progress.review_sentences import about_review
from tracker.progress.statistics import Spread
from tracker.progress.trend import RatedWeek, Trend

TODAY = date(2026, 11, 22)  # a Sunday
PAGE = "/progress/low-back-pit?side=left"
LITTLE = (
    "Six weeks in, your ratings have not changed much. It is reasonable to stop, or to ask a"
    " clinician."
)
ASK = "It is reasonable to stop, or to ask a clinician."
LESS_WELL = (
    "Your activities go less well than at first, by 1.3 points or more. That also happens on its"
    " own; this does not show why."
)
STOP = "If it does not help after six weeks, stopping is a sensible choice."


def found(before, latest):
    week = latest is not None and RatedWeek(TODAY, Spread(5, latest, 0, 10))
    return Trend("medians", (), Spread(7, before, 0, 10) if before else None, week or None)


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize(
    ("before", "latest", "function", "says", "little"),
    [
        (6, 6, None, "same", True),
        (6, 4.5, None, "same", True),  # 1.5 points
        (7, 5, None, "same", True),  # 29 percent
        (6, 4, None, "less", False),
        (4, 6, None, "more", False),
        (6, 6, (3, 5), "same", False),  # function did change
        (6, 6, (5, 3), "same", False),  # and so it did here, for the worse
        (6, 6, (3, 4), "same", True),
        (None, 4, None, "unknown", False),
        (6, None, None, "unknown", False),
    ],
)
def test_what_is_said(before, latest, function, says, little):
    looked = review(found(before, latest), function)
    said = about_review(looked)
    assert looked.says == says
    assert (LITTLE in said) is little
    assert said[-1] == STOP
    words = " ".join(said)
    assert not NEVER.search(words)
    for praise in ("well done", "great", "good", "keep"):
        assert praise not in words.lower()


@pytest.mark.usefixtures("speaking")
def test_the_sentences_word_by_word():
    said = about_review(review(found(6, 4), (3, 5.5)))
    assert said == (
        "In the seven days before your first session at this spot the median was 6; in the latest"
        " week with three or more ratings it was 4.",
        "How well your activities go, 0 to 10, was 3 on average at first and 5.5 lately.",
        "The ratings are lower by 2 points and 30 percent or more. Ratings also fall on their own,"
        " most of all after a bad time; this does not show why.",
        STOP,
    )


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize(
    ("latest", "function", "fell", "ask"),
    [
        (6, (8, 3), True, True),
        (6, (5, 3.7), True, True),  # 1.3 points, whatever the binary digits
        (6, (5, 3.75), False, False),
        (4, (8, 3), True, True),  # pain is less, and yet
        (9, (8, 3), True, True),
        (9, (3, 8), False, True),
        (4, (3, 8), False, False),
        (None, (8, 3), True, True),
    ],
)
def test_whoever_can_do_less_is_told_so_and_that_one_may_ask(latest, function, fell, ask):
    said = about_review(review(found(6, latest), function))
    assert (LESS_WELL in said) is fell
    assert (ASK in said) is ask
    assert not NEVER.search(" ".join(said))


def test_activities_count_that_were_rated_twice_and_lately():
    rated = {
        name: [(TODAY - timedelta(days=ago), goes) for ago, goes in went]
        for name, went in {
            "a": [(40, 3), (20, 9), (0, 5)],
            "b": [(40, 4), (2, 6)],
            "once": [(0, 0)],
            "long ago": [(60, 0), (40, 10)],
        }.items()
    }
    lately = TODAY - timedelta(days=2)
    assert function_of(rated, lately) == (3.5, 5.5)
    assert function_of({"once": rated["once"]}, lately) is None
    assert function_of({"long ago": rated["long ago"]}, lately) is None


@pytest.mark.parametrize(
    ("ago", "lately"),
    [
        (42, date(2026, 11, 9)),  # the first Monday four weeks after 11 October
        (48, date(2026, 11, 2)),  # 5 October was a Monday
        (400, date(2026, 10, 26)),  # three weeks before this week
    ],
)
def test_a_week_stands_for_now_four_weeks_in_and_while_it_is_recent(ago, lately):
    assert lately_from(TODAY - timedelta(days=ago), TODAY) == lately


def test_today_says_so_for_a_week():
    began = date(2026, 10, 1)
    due = began + timedelta(weeks=6)
    days = [due + timedelta(days=by) for by in (-1, 0, 6, 7)]
    assert [just_due(began, day) for day in days] == [False, True, True, False]


def test_the_page_of_a_spot_says_it_from_six_weeks_on(
    monkeypatch,
    as_alice,
    alice,
    rate,
    add_session,
):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)
    rate(alice, every_day(60))
    add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=41))
    assert STOP not in text_of(as_alice.get(PAGE))
    add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=42))
    words = text_of(as_alice.get(PAGE))
    before = "In the seven days before your first session at this spot the median was 5"
    assert f"After six weeks Pain over 24 hours: Low back, left {before}" in words
    assert LITTLE in words
    assert STOP in words


def test_a_fall_before_a_second_spot_of_a_region_is_not_counted_for_it(
    monkeypatch,
    as_alice,
    alice,
    rate,
    add_session,
):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)
    rate(alice, every_day(230, lambda ago: 8 if ago > 190 else 4))
    add_session(alice, spot="rib-spine-corner", on=TODAY - timedelta(days=200))
    add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=45))
    words = text_of(as_alice.get(PAGE))
    assert "at this spot the median was 4; in the latest week" in words
    assert LITTLE in words
    first = text_of(as_alice.get("/progress/rib-spine-corner?side=left"))
    assert "at this spot the median was 8; in the latest week" in first
    assert "The ratings are lower by 2 points" in first


@pytest.fixture
def activity(app, alice):
    """Something Alice named, and how well it went so many days ago."""

    def keep(went, *, ended=False):
        same, noon = {"user_id": alice.id}, datetime(2026, 11, 22, 12, tzinfo=UTC)
        until = noon if ended else None
        one = Activity(id=uuid7(), name="Stairs", since=noon, ended_at=until, **same)
        with app.app_context():
            db.session.add(one)
            db.session.flush()
            rated = {"activity_id": one.id, "answered_at": noon} | same
            db.session.add_all(
                ActivityRating(local_date=TODAY - timedelta(days=ago), goes=goes, **rated)
                for ago, goes in went.items()
            )
            db.session.commit()

    return keep


@pytest.mark.parametrize(
    ("went", "ended", "says"),
    [
        ({55: 3, 3: 5}, False, "was 3 on average at first and 5 lately"),
        ({890: 3, 720: 8}, False, None),
        ({890: 9, 40: 3, 3: 5}, False, "was 3 on average at first and 5 lately"),
        ({60: 9, 55: 3, 3: 5}, False, "was 3 on average at first and 5 lately"),
        ({55: 3, 3: 5}, True, None),
    ],
)
def test_activities_count_from_two_weeks_before_it_began_until_they_end(
    monkeypatch,
    as_alice,
    alice,
    rate,
    add_session,
    activity,
    went,
    ended,
    says,
):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)
    rate(alice, every_day(60))
    add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=45))
    activity(went, ended=ended)
    words = text_of(as_alice.get(PAGE))
    assert (LITTLE in words) is (says is None)
    assert says in words if says else "How well your activities go" not in words


@pytest.mark.parametrize(
    ("began", "rated", "says"),
    [
        (77, dict.fromkeys(range(85), 6), "11 weeks in, your ratings have not changed much."),
        (400, dict.fromkeys(range(410), 6), "57 weeks in, your ratings have not changed much."),
        (48, dict.fromkeys(range(60), 6), "Six weeks in, your ratings have not changed much."),
        (77, {ago: 6 if ago > 77 else 3 for ago in range(70, 90)}, None),
        (77, dict.fromkeys(range(28, 90), 6), None),
        (42, dict.fromkeys(range(21, 60), 6), None),
    ],
)
def test_it_speaks_of_the_weeks_that_passed_and_only_of_recent_ratings(
    monkeypatch,
    as_alice,
    alice,
    rate,
    add_session,
    began,
    rated,
    says,
):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)
    rate(alice, rated)
    add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=began))
    words = text_of(as_alice.get(PAGE))
    if says:
        assert says in words
    else:
        assert "There are too few daily ratings" in words
        assert "your ratings have not changed much" not in words
        assert STOP in words
