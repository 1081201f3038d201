"""How the days went in a region: a sentence with its caveat, a chart, and the same numbers."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.conftest import sql_of
from tracker import clock
from tracker.database import db
from tracker.progress.diaries import diary_of, weeks_of
from tracker.progress.region import days_chart, ends_of
from tracker.progress.trend import trend_of
from tracker.progress.weeks import Diary, by_weeks
from tracker.spots.models import OwnSpot, TrackedSpot

TODAY = date(2026, 11, 22)  # a Sunday
BACK = "/progress/region/low_back/left"
SPOT = "low-back-pit"
CLOSER = f"{BACK}?range=4w&week=2026-11-16"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: TODAY)


def every_day(days, pain=lambda ago: 5):
    return {ago: pain(ago) for ago in range(days)}


def data_of(page):
    block = re.search(r'<script type="application/json" data-part="data">(.+?)</script>', page.text)
    return json.loads(block[1])


def text_of(page):
    words = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", page.text, flags=re.S)
    return " ".join(words.split())


def heading(page):
    return re.search(r"<h1[^>]*>(.+?)</h1>", page.text)[1]


def rows_of(page):
    body = re.search(r"<tbody>(.+?)</tbody>", page.text, re.S)[1]
    rows = re.findall(r"<tr>(.+?)</tr>", body, re.S)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row.replace("<b>", "")) for row in rows]


def test_the_first_days_are_dots_and_too_early_to_say(as_alice, alice, rate):
    rate(alice, {0: 4, 1: 6, 2: 5})
    page = as_alice.get(BACK)
    assert heading(page) == "Too early to say: 1 week with three or more ratings so far."
    assert "With 9 more days rated" in text_of(page)
    assert [rating for _at, rating in data_of(page)["days"]] == [5, 6, 4]
    row = {"at": 11, "week": "16 Nov", "closer": CLOSER, "median": None}
    assert data_of(page)["rows"] == [row]
    assert "Weekly median" not in text_of(page)


def test_the_sentence_stands_above_the_chart_with_its_caveat(as_alice, alice, rate):
    rate(alice, every_day(84, lambda ago: 2 + ago // 14))
    page = as_alice.get(BACK)
    assert heading(page).startswith("Your ratings went down over 12 weeks")
    words = text_of(page)
    assert "This does not show why." in words
    assert words.index("This does not show why.") < words.index("One day")
    assert "A fair test of 48 days can say more" in words


def test_a_short_range_has_no_direction(as_alice, alice, rate):
    rate(alice, every_day(84, lambda ago: 2 + ago // 14))
    page = as_alice.get(f"{BACK}?range=4w")
    assert "went down" not in heading(page)
    assert "A longer range can say more." in text_of(page)


def test_the_table_holds_the_numbers_of_the_chart(as_alice, alice, rate, add_session):
    rate(alice, {0: 3, 1: 5, 2: 4} | every_day(28, lambda ago: 6 if ago > 6 else 4))
    add_session(alice, spot=SPOT, on=TODAY)
    add_session(alice, spot=SPOT, on=TODAY)
    add_session(alice, spot=SPOT, on=TODAY - timedelta(days=2))
    page = as_alice.get(BACK)
    first, second = (re.sub(r"<[^>]+>", "", " ".join(row)) for row in rows_of(page)[:2])
    assert first == "16 Nov 4 4 7 2"
    assert second == "9 Nov 6 6 7 0"
    assert data_of(page)["rows"][-1] == {
        "at": 11,
        "week": "16 Nov",
        "closer": CLOSER,
        "median": [4, 4, 4],
    }


def test_a_week_of_two_ratings_has_a_range_and_no_median(as_alice, alice, rate):
    rate(alice, every_day(35) | {40: 1, 41: 3})
    page = as_alice.get(BACK)
    assert data_of(page)["rows"][0]["median"] == [None, 1, 3]


def test_a_hole_of_months_has_no_line_across_it():
    days = {TODAY - timedelta(days=ago): 5 for ago in (*range(30), *range(200, 230))}
    found = by_weeks(Diary(days))
    drawn = days_chart(found, date(2026, 11, 16), None, through=ends_of(trend_of(found, TODAY)))
    assert drawn.line.count("M") == 2
    assert drawn.through == "M20 54L180 54M1180 54L1300 54"
    assert drawn.gaps


@pytest.mark.parametrize(("weeks", "parts"), [(4, 1), (5, 2)])
def test_the_line_through_the_medians_crosses_four_weeks_and_no_more(weeks, parts):
    after = 35 + 7 * weeks
    found = by_weeks(
        Diary({TODAY - timedelta(days=ago): 5 for ago in (*range(35), *range(after, after + 35))})
    )
    assert len(ends_of(trend_of(found, TODAY))) == parts


def test_the_parts_of_a_line_across_a_hole_lie_on_one_line():
    days = {
        TODAY - timedelta(days=ago): 8 if ago > 34 else 4 for ago in (*range(35), *range(84, 119))
    }
    trend = trend_of(by_weeks(Diary(days)), TODAY)
    (begins, start), (_, before), (_, after), (ends, end) = (
        end for part in ends_of(trend) for end in part
    )
    assert (start, end) == pytest.approx((trend.line.start, trend.line.end))
    assert (ends - begins).days // 7 == 16
    assert (start - before) / 4 == pytest.approx((start - end) / 16)
    assert (after - end) / 4 == pytest.approx((start - end) / 16)


def test_a_week_alone_between_two_holes_has_no_part_in_the_line():
    days = (*range(28), *range(84, 91), *range(147, 175))
    found = by_weeks(Diary({TODAY - timedelta(days=ago): 5 for ago in days}))
    assert len(ends_of(trend_of(found, TODAY))) == 2


def test_a_part_of_a_line_that_is_off_the_scale_is_not_drawn():
    found = by_weeks(Diary({TODAY - timedelta(days=ago): 5 for ago in range(70)}))
    first, last = min(found.tallies), max(found.tallies)
    for off in (13, 11), (-2, -1):
        through = [((first, off[0]), (last, off[1]))]
        assert days_chart(found, last, None, through=through).through == ""


def test_no_day_is_drawn_as_zero_and_zero_is_drawn():
    found = by_weeks(Diary({TODAY: 0}))
    drawn = days_chart(found, date(2026, 11, 16), date(2026, 11, 9), early=True)
    assert [rating for _at, rating in drawn.days] == [0]
    assert drawn.weeks[0].ratings is None


@pytest.mark.parametrize(
    ("pain", "path"),
    [
        (lambda ago: 1 + ago // 7, "M100 4L460 94"),  # down: from 10 to 1
        (lambda ago: 10 - ago // 7, "M100 94L460 4"),
        (lambda ago: 5, "M100 54L460 54"),
    ],
)
def test_the_line_the_sentence_speaks_of_is_drawn_and_named(as_alice, alice, rate, pain, path):
    rate(alice, every_day(70, pain))
    page = as_alice.get(BACK)
    assert f'<path class="plot__through" d="{path}"/>' in page.text
    assert "Line through the medians" in text_of(page)
    short = as_alice.get(f"{BACK}?range=4w")
    assert "plot__through" not in short.text
    assert "Line through the medians" not in text_of(short)


def test_a_line_that_leaves_the_scale_is_drawn_as_far_as_it_is_on_it():
    found = by_weeks(Diary({TODAY - timedelta(days=ago): 5 for ago in range(70)}))
    first, last = min(found.tallies), max(found.tallies)
    drawn = days_chart(found, last, None, through=[((first, 13), (last, -5))])
    assert drawn.through == "M80 4L280 104"  # 2 points a week: at 10 and 0 between the ends


def test_a_line_over_many_years_has_its_place_among_fewer_marks():
    found = by_weeks(Diary({TODAY - timedelta(days=ago): 5 for ago in range(3650)}))
    trend = trend_of(found, TODAY)
    drawn = days_chart(found, date(2026, 11, 16), None, through=ends_of(trend))
    weeks_before = len(drawn.weeks) * drawn.span - len(trend.weeks)
    start, end = re.fullmatch(r"M([\d.]+) 54L([\d.]+) 54", drawn.through).groups()
    assert float(start) == round(40 * (weeks_before + 0.5) / drawn.span, 1)
    assert float(end) == round(drawn.width - 20 / drawn.span, 1)


def test_the_baseline_is_drawn_and_named(as_alice, alice, rate, add_session):
    rate(alice, every_day(60, lambda ago: 7 if ago > 50 else 4))
    add_session(alice, spot=SPOT, on=TODAY - timedelta(days=51))
    page = as_alice.get(BACK)
    assert "plot__baseline" in page.text
    assert "Baseline 7" in text_of(page)
    assert "In the seven days before your first session the median was 7" in text_of(page)
    add_session(alice, spot=SPOT, on=TODAY - timedelta(days=300))
    assert "plot__baseline" not in as_alice.get(BACK).text


def test_a_stretch_of_the_past_calls_none_of_its_weeks_the_latest(
    as_alice, alice, rate, add_session
):
    rate(alice, every_day(300, lambda ago: 8 if ago < 60 else 2 if ago < 240 else 7))
    add_session(alice, spot=SPOT, on=TODAY - timedelta(days=245))
    assert "the latest week" in text_of(as_alice.get(BACK))
    words = text_of(as_alice.get(f"{BACK}?range=12w&week=2026-07-06"))
    assert "the latest week" not in words
    assert "Baseline: the median of the seven days before your first session, 7." in words


@pytest.mark.parametrize(
    ("session", "marks"),
    [
        ({}, 1),
        ({"side": "right"}, 0),
        ({"spot": "foot-arch"}, 0),
        ({"deleted_at": datetime(2026, 11, 22, tzinfo=UTC)}, 0),
    ],
)
def test_the_marks_are_the_days_with_a_session_there(
    as_alice, alice, rate, add_session, session, marks
):
    rate(alice, every_day(5))
    add_session(alice, on=TODAY, **{"spot": SPOT} | session)
    path = re.search(r'plot__sessions" d="([^"]*)"', as_alice.get(BACK).text)[1]
    assert path.count("M") == marks


def test_a_spot_of_ones_own_counts_for_its_region(app, as_alice, alice, rate, add_session):
    own = OwnSpot(user_id=alice.id, id=uuid7(), name="Mine", region="low_back", notes="")
    own.felt_in, own.created_at = [], clock.now()
    spot = str(own.id)
    with app.app_context():
        db.session.add(own)
        db.session.commit()
    rate(alice, every_day(5))
    add_session(alice, spot=spot, on=TODAY)
    assert 'plot__sessions" d="M' in as_alice.get(BACK).text


def test_few_ratings_over_a_long_time_are_dots_in_their_weeks(as_alice, alice, rate):
    rate(alice, {0: 4, 1: 6, 180: 5, 301: 2, 302: 2})
    data = data_of(as_alice.get(f"{BACK}?range=1y"))
    assert sorted(rating for _at, rating in data["days"]) == [2, 4, 5, 6]
    assert all(at == round(at) for at, _rating in data["days"])


def test_weeks_summed_up_in_the_database_are_those_of_the_days(app, alice, rate, add_session):
    rate(alice, every_day(400, lambda ago: ago * 7 % 11))
    rate(alice, {500: 3})
    for ago in (0, 0, 3, 90, 430):
        add_session(alice, spot=SPOT, on=TODAY - timedelta(days=ago), at=time(ago % 24))
    this_week = date(2026, 11, 16)
    with app.app_context():
        for since in (None, date(2026, 10, 26), date(2026, 5, 4)):
            found = weeks_of(alice, "low_back", "left", this_week, since)
            wanted = by_weeks(diary_of(alice, "low_back", "left"), since)
            assert found.tallies == wanted.tallies
            assert found.sessions == wanted.sessions
            for same in ("first", "began", "baseline"):
                assert getattr(found, same) == getattr(wanted, same)
            assert trend_of(found, TODAY, since) == trend_of(wanted, TODAY, since)
            drawn, all_of_it = (days_chart(each, this_week, since) for each in (found, wanted))
            assert drawn == all_of_it


def test_ten_years_are_a_few_hundred_points_at_most(as_alice, alice, rate):
    rate(alice, every_day(3650, lambda ago: ago % 7))
    page = as_alice.get(f"{BACK}?range=all")
    data = data_of(page)
    assert (len(data["rows"]), data["days"]) == (41, [])
    assert "each mark stands for 13 weeks" in text_of(page)
    assert len(rows_of(page)) == 41


@pytest.mark.parametrize("span", ["2w", "99w", "0", "1Y", "'", "%00"])
def test_a_range_that_is_not_there_is_refused_with_those_that_are(as_alice, span):
    page = as_alice.get(f"{BACK}?range={span}")
    assert page.status_code == 422
    assert f'href="{BACK}?range=1y"' in page.text


@pytest.mark.parametrize(
    "path", ["low_back/middle", "low_back/Left", "nowhere/left", "forehead/left", "low_back/"]
)
def test_what_does_not_exist_is_not_found(as_alice, path):
    assert as_alice.get(f"/progress/region/{path}").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    assert "/login" in client.get(BACK).location


def test_anothers_days_are_not_shown(as_alice, bob, rate, add_session):
    rate(bob, every_day(30))
    add_session(bob, spot=SPOT, on=TODAY)
    assert heading(as_alice.get(BACK)) == "Too early to say: no ratings yet."
    assert "No ratings here yet" in text_of(as_alice.get(BACK))
    assert BACK not in as_alice.get("/progress/").text


def test_an_answer_that_was_replaced_is_not_drawn(as_alice, alice, rate):
    rate(alice, {0: 9}, replaced_at=datetime(2026, 11, 22, 13, tzinfo=UTC))
    rate(alice, {0: 2})
    assert [rating for _at, rating in data_of(as_alice.get(BACK))["days"]] == [2]


def test_progress_lists_what_is_asked_about_and_what_was_rated_once(app, as_alice, alice, rate):
    tracked = TrackedSpot(user_id=alice.id, spot_id=SPOT, side="left", since=clock.now())
    with app.app_context():
        db.session.add(tracked)
        db.session.commit()
    rate(alice, {200: 3}, region="foot_sole", side="right")
    page = as_alice.get("/progress/")
    assert "Low back, left no day rated in the last 12 weeks" in text_of(page)
    assert 'href="/progress/region/foot_sole/right"' in page.text
    rate(alice, every_day(2))
    spark = re.search(r'class="spark.*?</svg>', as_alice.get("/progress/").text, re.S)[0]
    assert 'plot__before"><path d=""/>' in spark
    assert 'plot__days" d="M' in spark
    assert "Low back, left 2 days rated in the last 12 weeks" in text_of(as_alice.get("/progress/"))
    assert f'href="{BACK}"' in as_alice.get("/days/").text


def test_the_page_asks_the_database_little(app, as_alice, alice, rate):
    rate(alice, every_day(200))
    with sql_of(app) as asked:
        assert as_alice.get(f"{BACK}?range=all").status_code == 200
    statements = [one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]
    assert len(statements) <= 7, statements
