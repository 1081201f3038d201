"""Two to four spots over the same weeks, and the body with how often it was felt where."""

import re
from datetime import date, timedelta

import pytest

from tests.progress.test_region import text_of
from tracker import clock
from tracker.progress.heat import Warm, heat, reaches, summed

TODAY = date(2026, 11, 22)
LEFT, RIGHT, FOOT = "top-of-buttock.left", "top-of-buttock.right", "foot-arch.left"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)


@pytest.fixture
def three(alice, add_session):
    """Sessions at three spots and sides."""
    add_session(alice, on=TODAY, pain_before=6, pain_after=4, felt_in=["low_back", "buttock"])
    earlier = TODAY - timedelta(weeks=6)
    add_session(alice, on=earlier, pain_before=7, pain_after=7, felt_in=["buttock"])
    add_session(alice, side="right", on=TODAY, pain_before=2, felt_in=["hip"])
    add_session(alice, spot="foot-arch", on=TODAY - timedelta(weeks=30), pain_before=3)


def compare(client, *at, **query):
    asked = [("at", one) for one in at] + [*query.items()]
    return client.get("/progress/compare", query_string=asked)


def test_what_can_be_compared_is_offered(as_alice, three):
    page = compare(as_alice)
    assert page.status_code == 200
    assert re.findall(r'name="at" value="([^"]+)"', page.text) == [LEFT, RIGHT, FOOT]
    assert "Choose 2 to 4 spots" not in page.text
    assert "Spots side by side" in as_alice.get("/progress/").text


def test_each_is_drawn_over_the_same_weeks_with_its_counts(as_alice, three):
    page = compare(as_alice, LEFT, RIGHT)
    words = text_of(page)
    assert "Before 6.5 (6–7), 2 ratings After 5.5 (4–7), 2 ratings" in words
    assert "Before 2, 1 rating After no ratings" in words
    assert re.findall(r'class="spark[^"]*" viewBox="0 0 (\d+) ', page.text) == ["480", "480"]
    for never in ("best", "better", "worse", "most helpful", "winner"):
        assert never not in words.lower()


def test_over_all_time_they_begin_together(as_alice, three):
    page = compare(as_alice, LEFT, FOOT, range="all")
    assert re.findall(r'class="spark[^"]*" viewBox="0 0 (\d+) ', page.text) == ["1240", "1240"]


@pytest.mark.parametrize(
    "at",
    [
        ["", LEFT],
        [LEFT, LEFT],
        [LEFT, "moon.left"],
        [LEFT, "foot-arch.right"],
        [LEFT, "x" * 500],
        [LEFT, RIGHT, FOOT, "a.left", "b.left"],
    ],
)
def test_what_cannot_be_compared_is_refused_and_stays_chosen(as_alice, three, at):
    page = compare(as_alice, *at)
    assert page.status_code == 422
    assert "Choose 2 to 4 spots that have sessions." in page.text
    assert f'value="{LEFT}" checked' in page.text


def test_with_none_chosen_it_says_to_choose(as_alice, three):
    page = compare(as_alice, "")
    assert page.status_code == 422
    assert "Choose 2 to 4 spots that have sessions." in page.text


def test_what_the_form_sends_is_compared(as_alice, three):
    page = compare(as_alice, "", LEFT, RIGHT)
    assert page.status_code == 200
    assert "at=&" not in page.text


def test_anothers_spots_cannot_be_compared(as_bob, three):
    assert compare(as_bob, LEFT, RIGHT).status_code == 422
    assert "Nothing to set side by side yet" in text_of(compare(as_bob))


@pytest.mark.parametrize("path", ["compare", "body", "body?show=heard"])
def test_a_range_that_is_not_there_is_refused(as_alice, path):
    mark = "&" if "?" in path else "?"
    assert as_alice.get(f"/progress/{path}{mark}range=2w").status_code == 422


def test_the_steps_worked_out_by_hand():
    counts = {("a", "left"): 8, ("b", "left"): 6, ("c", "left"): 2, ("d", "left"): 3}
    assert [(one.region, one.step) for one in heat(counts)] == [
        ("a", 4),
        ("b", 3),
        ("d", 2),
        ("c", 1),
    ]
    assert reaches(8) == [(1, 1, 2), (2, 3, 4), (3, 5, 6), (4, 7, 8)]
    assert reaches(2) == [(2, 1, 1), (4, 2, 2)]
    assert reaches(0) == heat({}) == []
    assert summed([([("a", "left"), ("a", "left")], 3)]) == {("a", "left"): 3}


@pytest.mark.parametrize("most", range(1, 40))
def test_every_count_lies_in_the_step_it_is_drawn_with(most):
    steps = {times: step for step, low, top in reaches(most) for times in range(low, top + 1)}
    assert steps == {
        n: heat({("a", "left"): most, ("b", "left"): n})[-1].step for n in range(1, most)
    } | {most: 4}


def test_what_was_felt_is_on_the_body_and_in_words(as_alice, three):
    page = as_alice.get("/progress/body")
    words = text_of(page)
    assert "Buttock, left 2 sessions" in words
    assert "Low back, left 1 session" in words
    assert page.text.count("body__warm--4") >= 1
    assert page.text.count("body__warm ") >= 3
    assert "style=" not in page.text


def test_what_was_pressed_is_counted_by_session(as_alice, three):
    words = text_of(as_alice.get("/progress/body?show=pressed&range=all"))
    assert "Buttock, left 2 sessions" in words
    assert "Sole of the foot, left 1 session" in words


def test_nothing_felt_says_what_will_be_here(as_alice, bob, add_session):
    add_session(bob, on=TODAY, felt_in=["low_back"])
    assert "Nothing felt yet" in text_of(as_alice.get("/progress/body"))
    assert "Nothing pressed yet" in text_of(as_alice.get("/progress/body?show=pressed"))


def test_warm_is_ordered_by_how_often():
    assert heat({("a", "left"): 1, ("b", "left"): 2})[0] == Warm("b", "left", 2, 4)
