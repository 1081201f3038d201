"""The report's numbers, without an app or a database."""

from datetime import date, timedelta

from tracker.progress.trend import Diary
from tracker.sharing.plots import days_plot, spark
from tracker.sharing.summary import (
    MOST_ROWS,
    Pair,
    Rhythm,
    Sat,
    afterwards,
    felt_places,
    pair,
    planned_in,
    region_days,
    row_span,
    spot_side,
)

MONDAY = date(2026, 9, 7)
SUNDAY = date(2026, 11, 29)
PLACE = ("top-of-buttock", "left")


def sat(day=MONDAY, **values):
    return Sat(*PLACE, day, **values)


def test_medians_are_of_sessions_with_both_ratings():
    assert pair([(6, 4), (8, None), (None, 1), (5, 5)]) == Pair(2, 5.5, 4.5)
    assert pair([(6, None)]) is None


def test_planned_is_what_fits_the_rhythm():
    rhythm = Rhythm(MONDAY, days_between=2, level=3)
    assert planned_in(rhythm, MONDAY, MONDAY + timedelta(days=6), 5) == 4
    assert planned_in(rhythm, MONDAY - timedelta(days=30), MONDAY, 5) == 1
    assert planned_in(rhythm, MONDAY - timedelta(days=30), MONDAY - timedelta(days=1), 5) == 0


def test_no_more_is_planned_than_a_week_allows():
    rhythm = Rhythm(MONDAY, days_between=1, level=3)
    assert planned_in(rhythm, MONDAY, MONDAY + timedelta(days=13), 5) == 10


def test_nothing_is_planned_from_the_day_a_spot_was_paused():
    rhythm = Rhythm(MONDAY, days_between=2, level=3, until=MONDAY + timedelta(days=4))
    assert planned_in(rhythm, MONDAY, SUNDAY, 5) == 2


def test_on_the_days_of_a_test_its_own_are_planned_and_the_rhythm_on_the_others():
    test = {MONDAY + timedelta(days=n): n in {7, 9} for n in range(7, 15)}
    rhythm = Rhythm(MONDAY, days_between=2, level=3, tested=test)
    assert planned_in(rhythm, min(test), max(test), 5) == 2
    assert planned_in(rhythm, MONDAY, MONDAY + timedelta(days=20), 5) == 2 + 7
    assert planned_in(rhythm, MONDAY, MONDAY + timedelta(days=8), 5) == 1 + 4


def test_a_line_says_what_was_done_and_how():
    sittings = [
        sat(level=2, pressure_s=60, pain=(6, 4), tenderness=(5, None)),
        sat(MONDAY + timedelta(days=3), level=3, pressure_s=120, pain=(4, 4)),
        sat(MONDAY + timedelta(days=5), level=3),
    ]
    last = MONDAY + timedelta(days=13)
    found = spot_side(PLACE, sittings, Rhythm(MONDAY, 2, 3), MONDAY, last, 5)
    assert (found.done, found.planned, found.level) == (3, 7, 3)
    assert found.minutes_a_week == 1.5
    assert found.pain == Pair(2, 5, 4)
    assert found.tenderness is None


def test_what_was_not_timed_is_blank_and_not_zero():
    found = spot_side(PLACE, [sat()], None, MONDAY, SUNDAY, 5)
    assert found.minutes_a_week is found.level is found.planned is None


def test_weeks_have_a_median_of_three_ratings_and_a_count():
    ratings = {MONDAY + timedelta(days=n): pain for n, pain in enumerate((3, 5, 7))}
    ratings[MONDAY + timedelta(days=7)] = 9
    found = region_days("buttock", "left", Diary(ratings), None, MONDAY, SUNDAY)
    first, second, *rest = found.weeks
    assert (first.median, first.ratings.low, first.ratings.high, first.ratings.count) == (
        5,
        3,
        7,
        3,
    )
    assert (second.median, second.ratings.count) == (None, 1)
    assert all(week.ratings is None for week in rest)


def test_days_are_missing_from_the_first_rating_on():
    ratings = {SUNDAY - timedelta(days=9): 4, SUNDAY: 5}
    found = region_days("buttock", "left", Diary(ratings), None, MONDAY, SUNDAY)
    assert (found.rated, found.missing) == (2, 8)


def test_the_baseline_is_the_week_before_the_first_session_wherever_that_is():
    began = MONDAY - timedelta(days=20)
    ratings = {began - timedelta(days=back): 6 for back in range(1, 8)} | {MONDAY: 3}
    found = region_days("buttock", "left", Diary(ratings), began, MONDAY, SUNDAY)
    assert (found.baseline.median, found.baseline.count, found.rated) == (6, 7, 1)
    assert region_days("buttock", "left", Diary(ratings), None, MONDAY, SUNDAY).baseline is None


def test_years_of_weeks_fit_on_a_page():
    for weeks in (1, 13, 14, 60, 520, 2000):
        assert -(-weeks // row_span(weeks)) <= MOST_ROWS
    assert row_span(12) == 1


def test_counts_stand_beside_how_many_were_answered():
    sittings = [
        sat(ended_by="finished", sore_after_24h=True, bruise=False),
        sat(ended_by="sharp", sore_after_24h=False),
        sat(ended_by="sharp"),
        sat(ended_by="user", bruise=True),
        sat(),
    ]
    found = afterwards(sittings)
    assert found.stops == (("sharp", 2), ("user", 1))
    assert (found.sore, found.sore_asked, found.bruises, found.bruises_asked) == (1, 2, 1, 2)


def test_it_is_felt_on_the_side_of_the_session():
    sittings = [sat(felt_in=("hip", "head", "gone")), sat(felt_in=("hip",))]
    paired = {"hip": True, "head": False}
    assert felt_places(sittings, paired) == (("hip", "left"), ("head", "mid"))


def test_a_gap_breaks_the_line_and_a_week_of_few_has_no_dot():
    ratings = {MONDAY + timedelta(days=n): 5 for n in (0, 1, 2, 7, 21, 22, 23)}
    plot = days_plot(Diary(ratings, frozenset({MONDAY})), MONDAY, SUNDAY, None)
    assert plot.line.count("M") == plot.dots.count("M") == 2
    assert plot.range.count("M") == 3
    assert plot.ticks.count("M") == 1
    assert plot.baseline_y is None


def test_charts_stay_inside_and_small_over_twenty_years():
    first = SUNDAY - timedelta(weeks=1040)
    ratings = {first + timedelta(days=n): n % 11 for n in range(7280)}
    plot = days_plot(Diary(ratings), first, SUNDAY, None)
    assert len(plot.line) < 2000
    assert plot.dots == ""
    line = spark([sat(first), sat(SUNDAY, pain=(5, 3))], first, SUNDAY)
    assert line.before.count("M") == 1
