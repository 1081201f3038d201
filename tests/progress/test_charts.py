"""What is drawn of some weeks, as numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.progress.charts import chart, for_script, table
from tracker.progress.drawing import dated, full_minutes, line, numbers_with_room, worded_gaps
from tracker.progress.statistics import Sitting, Week, weekly

MONDAY = date(2026, 11, 16)


def some_weeks(*sittings, before=11):
    return weekly(sittings, MONDAY - timedelta(weeks=before), MONDAY)


def week(number):
    """The Monday `number` weeks before the last."""
    return MONDAY - timedelta(weeks=number)


def test_a_line_is_broken_where_a_week_has_no_rating():
    assert line([(1, 2), (3, 4), None, (7, 8)]) == "M1 2L3 4M7 8h0"


def test_zero_pain_is_drawn_and_a_blank_is_not():
    before, after, _tenderness = chart(some_weeks(Sitting(MONDAY, 0, None), before=0)).series
    assert before.dots == before.line == "M11 104h0"
    assert after.dots == after.line == after.range == ""


def test_a_gap_says_so_once_where_it_is_longest():
    weeks = some_weeks(Sitting(week(11), 5), Sitting(week(4), 5), Sitting(week(2), 5))
    words = worded_gaps(weeks)
    assert [(label.x, label.anchor) for label in words] == [(33.33, "middle"), (100, "end")]


def test_short_gaps_in_a_long_time_are_left_to_the_table():
    weeks = some_weeks(*(Sitting(week(at), 5) for at in range(52) if at % 10), before=51)
    assert worded_gaps(weeks) == []


@given(st.integers(1, 3000))
def test_the_first_and_the_last_week_carry_their_date(count):
    weeks = [at for at, _label in dated(count)]
    assert weeks[0] == 0
    assert weeks[-1] == count - 1
    assert len(weeks) <= 5
    assert weeks == sorted(set(weeks))


@given(st.integers(0, 10**6))
def test_the_longest_week_fits_and_half_of_the_scale_is_whole(seconds):
    full = full_minutes([Week(MONDAY, 1, level_s=(0, seconds, 0, 0))])
    assert full * 60 >= seconds
    assert full % 2 == 0


def test_minutes_hang_from_the_line_lighter_first():
    weeks = some_weeks(Sitting(MONDAY, level_s=(60, 30, 0, 0)), before=0)
    touch, light, medium, firm = chart(weeks).minutes
    assert touch == "M7 0h26v50h-26z"
    assert light == "M7 50h26v25h-26z"
    assert medium == firm == ""


def test_a_deeper_bar_is_a_firmer_level():
    levels = chart(some_weeks(Sitting(week(1), level=1), Sitting(MONDAY, level=3), before=1)).levels
    assert levels == ["M7 0h26v25h-26z", "", "M47 0h26v75h-26z", ""]


def test_only_levels_that_were_there_are_listed():
    weeks = some_weeks(Sitting(MONDAY, level=2, level_s=(60, 30, 0, 0)), Sitting(week(3), level=3))
    assert chart(weeks).levels_used == [1, 2, 3]


def test_the_script_gets_the_numbers_of_the_table_and_no_empty_week():
    weeks = some_weeks(Sitting(MONDAY, 6, None, 3, 1, (60, 0, 0, 0)), before=2)
    data = for_script(chart(weeks), str, lambda monday: f"to {monday}")
    assert data["weeks"] == 3
    assert data["rows"] == [
        {
            "at": 2,
            "week": "2026-11-16",
            "closer": "to 2026-11-16",
            "before": [6, 6, 6],
            "tenderness": [3, 3, 3],
            "seconds": (60, 0, 0, 0),
        }
    ]


def test_the_table_starts_with_this_week_and_tells_a_gap_in_one_row():
    rows = table(some_weeks(Sitting(MONDAY), Sitting(week(3)), before=3))
    assert [(row.week.monday, row.until) for row in rows] == [
        (MONDAY, MONDAY),
        (week(2), week(1)),
        (week(3), week(3)),
    ]


def test_numbers_under_bars_leave_room_for_each_other():
    every = [(at, 4.0) for at in range(13)]
    assert numbers_with_room(every, 13) == every
    halves = [(at, 4.5) for at in range(12)]
    assert [at for at, _ in numbers_with_room(halves, 12)] == [1, 3, 5, 7, 9, 11]
    mixed = [(9, 3.5), (10, 2.0), (11, 10.0)]
    assert numbers_with_room(mixed, 12) == [(10, 2.0), (11, 10.0)]


def test_a_few_numbers_are_all_there():
    assert numbers_with_room([(0, 4.5), (1, 10.0), (2, 0.5)], 4) == [(0, 4.5), (1, 10.0), (2, 0.5)]
    assert numbers_with_room([], 4) == []
