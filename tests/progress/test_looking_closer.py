"""From a mark to the weeks around it, from these to the days; and only what one tool did."""

import json
import re
from datetime import date, timedelta

import pytest

from tests.conftest import sql_of
from tests.progress.test_region import every_day, text_of
from tracker import clock
from tracker.progress.ranges import Window

TODAY = date(2026, 11, 22)  # a Sunday
THIS_WEEK = date(2026, 11, 16)
BACK = "/progress/region/low_back/left"
SPOT = "/progress/low-back-pit?side=left"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)


def data_of(page):
    block = re.search(r'<script type="application/json" data-part="data">(.+?)</script>', page.text)
    return json.loads(block[1])


@pytest.mark.parametrize(
    ("key", "monday", "span", "asked"),
    [
        ("all", date(2020, 1, 6), 13, {"range": "1y", "week": "2020-08-10"}),
        ("all", date(2026, 1, 5), 4, {"week": "2026-02-23"}),
        ("1y", date(2026, 3, 2), 1, {"week": "2026-04-06"}),
        ("1y", date(2026, 11, 9), 1, {"week": "2026-11-16"}),  # no further than this week
        ("12w", date(2026, 10, 5), 1, {"range": "4w", "week": "2026-10-12"}),
        ("4w", date(2026, 11, 9), 1, {}),
    ],
)
def test_where_a_tap_on_a_mark_leads(key, monday, span, asked):
    assert Window(key, THIS_WEEK).closer(monday, span, THIS_WEEK) == asked


def test_a_stretch_of_the_past_is_drawn_alone_and_named(as_alice, alice, rate):
    rate(alice, every_day(400, lambda ago: ago % 11))
    page = as_alice.get(f"{BACK}?range=4w&week=2026-03-04")
    assert '<h1 class="said__first">9 Feb 2026 to 8 Mar 2026</h1>' in page.text
    data = data_of(page)
    assert (data["weeks"], len(data["days"])) == (4, 28)
    assert data["days"][-1][1] == (TODAY - date(2026, 3, 8)).days % 11
    assert data["rows"][0]["closer"] == "/days/?until=2026-02-15"
    assert "More days" not in text_of(page)
    for week in ("2026-02-02", "2026-03-30"):
        assert f'range=4w&amp;week={week}">' in page.text
    assert 'aria-current="true">4 weeks' not in page.text


def test_a_year_of_ten_is_read_without_the_others(app, as_alice, alice, rate):
    rate(alice, every_day(1200))
    with sql_of(app) as asked:
        page = as_alice.get(f"{BACK}?range=1y&week=2025-06-02")
    assert len(data_of(page)["rows"]) == 52
    assert len([one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]) <= 7


@pytest.mark.parametrize("path", [f"{BACK}?x=1", SPOT])
@pytest.mark.parametrize(
    "week", ["2026-11-23", "1899-12-31", "2026-W10-1", "20260302", "2026-02-30", "soon", "%00"]
)
def test_a_week_that_is_none_is_refused_with_the_ranges_there_are(as_alice, path, week):
    page = as_alice.get(f"{path}&week={week}")
    assert page.status_code == 422
    assert "No such range" in page.text


def test_all_has_no_week_to_end_with(as_alice):
    assert as_alice.get(f"{BACK}?range=all&week=2026-03-02").status_code == 422


def test_a_spot_is_looked_at_closer_too(as_alice, alice, add_session):
    for ago in (1, 100, 130):
        add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=ago), pain_before=5)
    page = as_alice.get(f"{SPOT}&week=2026-09-14")
    assert "29 Jun 2026 to 20 Sep 2026" in text_of(page)
    assert "2 sessions" in text_of(page)


def test_one_tool_at_a_time(as_alice, alice, add_session):
    for tool, pain in (("fingertips", 8), ("fingertips", 6), ("knuckle", 2)):
        add_session(alice, spot="low-back-pit", on=TODAY, tool=tool, pain_before=pain)
    page = as_alice.get(SPOT)
    assert data_of(page)["rows"][0]["before"] == [6, 2, 8]
    assert 'aria-label="With what"' in page.text
    only = as_alice.get(f"{SPOT}&tool=fingertips")
    assert data_of(only)["rows"][0]["before"] == [7, 6, 8]
    assert 'aria-current="true">Fingertips' in only.text
    assert "tool=fingertips&amp;range=1y" in only.text


@pytest.mark.parametrize("tool", ["palm", "hammer", "'", "%00"])
def test_a_tool_that_was_not_used_there_is_not_found(as_alice, alice, add_session, tool):
    add_session(alice, spot="low-back-pit", on=TODAY, tool="knuckle")
    assert as_alice.get(f"{SPOT}&tool={tool}").status_code == 404


def test_soreness_is_drawn_where_it_was_answered(as_alice, alice, add_session):
    add_session(alice, spot="low-back-pit", on=TODAY)
    assert "plot__sore" not in as_alice.get(SPOT).text
    add_session(alice, spot="low-back-pit", on=TODAY, next_day_soreness=0)
    add_session(alice, spot="low-back-pit", on=TODAY - timedelta(days=7), next_day_soreness=4)
    page = as_alice.get(SPOT).text
    path = re.search(r'plot__sore" d="([^"]*)"', page)[1]
    assert re.findall(r"v-([\d.]+)", path) == ["40", "3"]
