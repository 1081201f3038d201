"""What helps me: sessions at a spot side by side, and silence where there are few."""

import re
from datetime import date, time, timedelta

import pytest

from tests.progress.in_words import NEVER
from tests.progress.test_region import text_of
from tracker import clock
from tracker.progress import compare_views, queries
from tracker.progress.helps import Occasion, side_by_side
from tracker.progress.statistics import Spread

TODAY = date(2026, 11, 22)
PAGE = "/progress/top-of-buttock/helps"
SIX = [(6, 4, 2), (7, 5, 3), (5, 4, None), (6, 3, 1), (8, 6, 2), (6, None, 4)]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)


def occasions(rated, hour=9, **same):
    return [
        Occasion("left", hour, before=before, after=after, soreness=sore, **same)
        for before, after, sore in rated
    ]


def test_the_rows_worked_out_by_hand():
    few = [(4, 4, 0)] * 4
    found = side_by_side([*occasions(SIX, tool="knuckle"), *occasions(few, tool="palm")])
    assert list(found) == ["tool"]  # one side, no level and one part of the day
    knuckle, palm = found["tool"]
    assert (knuckle.sessions, knuckle.pairs, knuckle.answered) == (6, 5, 5)
    # of the five with both: 5 6 6 7 8 and 3 4 4 5 6
    assert knuckle.before == Spread(5, 6, 5, 8)
    assert knuckle.after == Spread(5, 4, 3, 6)
    assert knuckle.soreness == Spread(5, 2, 1, 4)
    assert (palm.sessions, palm.before, palm.after, palm.soreness) == (4, None, None, None)
    assert palm.silent


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "night"),
        (4, "night"),
        (5, "morning"),
        (10, "morning"),
        (11, "afternoon"),
        (16, "afternoon"),
        (17, "evening"),
        (21, "evening"),
        (22, "night"),
        (23, "night"),
    ],
)
def test_the_parts_of_a_day(hour, part):
    assert Occasion("left", hour).part == part


def test_rows_stand_in_their_own_order_and_tools_by_how_often():
    both = [*occasions(SIX, hour=20, level=3, tool="palm"), *occasions(SIX[:2], level=1, tool="b")]
    found = side_by_side(both)
    assert [row.value for row in found["level"]] == [1, 3]
    assert [row.value for row in found["part"]] == ["morning", "evening"]
    assert [row.value for row in found["tool"]] == ["palm", "b"]


def test_the_page_says_too_few_and_then_the_numbers(as_alice, alice, add_session):
    def add(n, side, hour):
        add_session(
            alice,
            side=side,
            on=TODAY - timedelta(days=n),
            at=time(hour),
            pain_before=6,
            pain_after=4,
            next_day_soreness=1,
        )

    add(1, "left", 8)
    assert "Nothing to set side by side yet" in text_of(as_alice.get(PAGE))
    add(2, "right", 8)
    assert "Too few to say: Left 1 · Right 1" in text_of(as_alice.get(PAGE))
    for n in range(3, 7):
        add(n, "left", 20)
    words = text_of(as_alice.get(PAGE))
    assert "Left 5 sessions 6 (5) 4 (5) 1 (5)" in words
    assert "Right 1 session too few (1) too few (1) too few (1)" in words
    assert "Too few to say: Morning, 5 to 11 2 · Evening, 17 to 22 4" in words
    assert "It shows no cause" in words
    assert "says little about next week" in words
    assert not NEVER.search(words.replace("It shows no cause", ""))


def test_of_very_many_sessions_the_latest_are_said_to_be_those(as_alice, alice, add_session):
    add_session(alice, on=TODAY)
    with pytest.MonkeyPatch.context() as patch:
        for module in (queries, compare_views):
            patch.setattr(module, "MOST_OCCASIONS", 2)
        assert "The latest" not in text_of(as_alice.get(PAGE))
        for ago in (1, 2):
            add_session(alice, on=TODAY - timedelta(days=ago))
        assert "The latest 2 sessions" in text_of(as_alice.get(PAGE))
    assert "3 sessions" in text_of(as_alice.get(PAGE))


def test_the_time_of_day_is_that_of_the_place(as_alice, alice, add_session):
    for n, hour in ((1, 23), (2, 12)):  # in Berlin
        add_session(alice, on=TODAY - timedelta(days=n), at=time(hour))
    assert "Day, 11 to 17 1 · Night, 22 to 5 1" in text_of(as_alice.get(PAGE))


@pytest.mark.parametrize("query", ["range=2w", "range=4w&week=2026-03-02"])
def test_a_range_that_is_not_there_is_refused(as_alice, query):
    assert as_alice.get(f"{PAGE}?{query}").status_code == 422


def test_others_sessions_and_unknown_spots_are_not_there(as_alice, bob, add_session):
    add_session(bob, on=TODAY)
    assert re.search(r"0 sessions", text_of(as_alice.get(PAGE)))
    assert as_alice.get("/progress/moon/helps").status_code == 404
