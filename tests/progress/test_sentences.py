"""The sentence above a chart, word by word, and what no sentence ever says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from tests.progress.in_words import DIRECTION, NEVER, texts
from tracker.progress.sentences import Said, about_trend, number
from tracker.progress.trend import trend
from tracker.progress.weeks import Diary

pytestmark = pytest.mark.usefixtures("speaking")
MONDAY = date(2026, 9, 7)
FALL = (6, 6, 6, 6, 4, 4, 4, 4)
ANY_CAUSE = "Ratings also rise and fall on their own; this does not show why."
FAIR_TEST = "A fair test of 48 days can say more than further weeks like these."
MORE = " more days rated, three or more in a week, "


def weeks(*medians: int | None, session_days: tuple[date, ...] = ()) -> Said:
    """What is said on the Sunday after weeks that are rated on three days, each day the same."""
    days = {
        MONDAY + timedelta(weeks=week, days=day): median
        for week, median in enumerate(medians)
        if median is not None
        for day in range(3)
    }
    today = MONDAY + timedelta(weeks=max(len(medians), 1), days=-1)
    return about_trend(trend(Diary(days, frozenset(session_days)), today))


@pytest.mark.parametrize(
    ("medians", "sentence", "surer"),
    [
        ((), "Too early to say: no ratings yet.", f"With 12{MORE}weekly medians can be shown."),
        (
            (5,),
            "Too early to say: 1 week with three or more ratings so far.",
            f"With 9{MORE}weekly medians can be shown.",
        ),
        (
            (9, None, 5, 1),
            "Too early to say: 3 weeks with three or more ratings so far.",
            f"With 3{MORE}weekly medians can be shown.",
        ),
        (
            (9, 5, 4, 1),
            "In 4 weeks with three or more ratings, the weekly median was between 1 and 9.",
            f"With 12{MORE}a clear change could be told from ups and downs.",
        ),
        (
            (5,) * 7,
            "In 7 weeks with three or more ratings, the weekly median was always 5.",
            f"With 3{MORE}a clear change could be told from ups and downs.",
        ),
        (
            FALL,
            "Your ratings went down over 8 weeks with three or more ratings:"
            " a line through the weekly medians goes from 6.2 to 3.8.",
            FAIR_TEST,
        ),
        (
            FALL[::-1],
            "Your ratings went up over 8 weeks with three or more ratings:"
            " a line through the weekly medians goes from 3.8 to 6.2.",
            FAIR_TEST,
        ),
        (
            (9, 4, 4, 4, 4, 4, 4, 4),
            "No clear change over 8 weeks with three or more ratings: a line through the"
            " weekly medians, between 4 and 9, stays within normal ups and downs.",
            f"With 12{MORE}a change would be easier to see.",
        ),
        (
            (7, 4, 7, 5, 3, 6, 3, 5),
            "No clear change over 8 weeks with three or more ratings:"
            " the weekly medians, between 3 and 7, do not move steadily one way.",
            f"With 12{MORE}a change would be easier to see.",
        ),
        (
            (0,) * 12,
            "No clear change over 12 weeks with three or more ratings:"
            " the weekly median was always 0.",
            "With a rating on every day, a change would be easier to see.",
        ),
    ],
)
def test_what_weeks_of_ratings_say(medians, sentence, surer):
    said = weeks(*medians)
    assert (said.sentence, said.surer) == (sentence, surer)


@pytest.mark.parametrize(
    ("left_out", "surer"),
    [
        ((), FAIR_TEST),
        ((0, 1, 83, 82), FAIR_TEST),  # begun on a Wednesday, and this week is not over
        ((40,), "With a rating on every day, a change would be easier to see."),
    ],
)
def test_whoever_rates_every_day_is_not_told_to(left_out, surer):
    days = {MONDAY + timedelta(days=day): 5 for day in range(84) if day not in left_out}
    found = trend(Diary(days), max(days))
    assert about_trend(found).sentence.startswith("No clear change over 12 weeks")
    assert about_trend(found).surer == surer


def test_every_sentence_has_its_caveat():
    assert weeks().caveat == weeks(5).caveat == weeks(*[5] * 8).caveat == ANY_CAUSE
    too_few = "These are too few weeks to tell a change from ups and downs."
    assert weeks(9, 7, 4, 1).caveat == too_few
    assert weeks(*FALL).caveat == (
        "Ratings also fall on their own, most of all after a bad time, and a few good weeks"
        " in a row can look like a change. This does not show why."
    )
    assert weeks(*FALL[::-1]).caveat == (
        "Ratings also rise on their own, and a few bad weeks in a row can look like a change."
        " This does not show why. If you are worried, see a health professional."
    )


def test_a_line_across_missing_weeks_says_how_many_it_goes_through():
    hole = (None,) * 30
    said = weeks(*FALL[:4], *hole, *FALL[4:])
    assert said.sentence.startswith("Your ratings went down over 8 weeks")
    missing = "These are 8 of 38 weeks; of the others the line says nothing. "
    assert said.caveat.startswith(f"{missing}Ratings also fall on their own")
    assert weeks(*[5] * 5, None, *[5] * 5).caveat == (
        f"These are 10 of 11 weeks; of the others the line says nothing. {ANY_CAUSE}"
    )
    assert weeks(9, None, 5, 1).caveat == ANY_CAUSE  # too early for a line


def test_a_week_with_too_few_ratings_is_no_week():
    found = trend(Diary({MONDAY: 5}), MONDAY)
    said = about_trend(found)
    assert said.sentence == "Too early to say: no week with three or more ratings yet."
    assert said.surer == f"With 11{MORE}weekly medians can be shown."


def test_one_more_day_is_one():
    found = trend(Diary({}), MONDAY)
    said = about_trend(replace(found, days_needed=1))
    assert said.surer == (
        "With 1 more day rated, three or more in a week, weekly medians can be shown."
    )


@pytest.mark.parametrize("weeks", [4, 7, 10])
def test_a_range_that_leaves_out_older_ratings_points_to_a_longer_one(weeks):
    days = {MONDAY + timedelta(days=day): 5 for day in range(7 * 14)}
    found = trend(Diary(days), max(days), since=max(days) - timedelta(weeks=weeks - 1))
    assert len(found.valid_weeks) == weeks
    assert about_trend(found).surer == "A longer range can say more."


@pytest.mark.parametrize(
    ("rated", "sentence"),
    [
        ((), "Too early to say: no ratings in these weeks."),
        ((7, 8), "Too early to say: none of these weeks has three or more ratings."),
        (range(7, 14), "Too early to say: 1 of these weeks has three or more ratings."),
        (range(7, 21), "Too early to say: 2 of these weeks have three or more ratings."),
    ],
)
def test_a_range_with_too_few_of_many_ratings_does_not_say_that_there_are_no_more(rated, sentence):
    today = MONDAY + timedelta(weeks=12, days=-1)
    days = (*range(84, 300), *rated)
    found = trend(Diary({today - timedelta(days=ago): 5 for ago in days}), today, MONDAY)
    said = about_trend(found)
    assert (said.sentence, said.surer) == (sentence, "A longer range can say more.")


def test_a_range_that_leaves_nothing_out_says_how_many_days():
    days = {MONDAY + timedelta(days=day): 5 for day in range(7 * 5)}
    found = trend(Diary(days), max(days), since=MONDAY)
    assert (
        about_trend(found).surer == f"With 9{MORE}a clear change could be told from ups and downs."
    )


def test_the_week_before_the_first_session_stands_beside_the_latest():
    said = weeks(7, 6, 5, 4, session_days=(MONDAY + timedelta(weeks=1),))
    assert said.more == (
        "In the seven days before your first session the median was 7;"
        " in the latest week with three or more ratings it was 4.",
        "People often begin at a bad time, and bad times also pass on their own.",
    )


def test_nothing_stands_beside_it_without_a_baseline_or_too_early():
    assert weeks(7, 6, 5, 4).more == ()
    assert weeks(7, 6, 5, session_days=(MONDAY + timedelta(weeks=1),)).more == ()


@pytest.mark.parametrize(
    ("value", "written"), [(6, "6"), (4.5, "4.5"), (6.1667, "6.2"), (0, "0"), (-0.04, "0")]
)
def test_a_number_has_one_place_at_most(value, written):
    assert number(value) == written


def test_a_number_is_written_as_the_language_does():
    with force_locale("de"):
        assert number(4.5) == "4,5"


def test_the_line_keeps_to_the_scale_of_the_ratings():
    said = weeks(10, 9, 7, 4, 2, 1, 0, 0)
    assert said.sentence.endswith("goes from 8.5 to 0.")


ratings = st.dictionaries(
    st.integers(0, 90).map(lambda at: MONDAY + timedelta(days=at)), st.integers(0, 10)
)


@given(ratings, st.integers(0, 90))
def test_no_words_on_a_trend_claim_too_much(days, began):
    found = trend(Diary(days, frozenset([MONDAY + timedelta(days=began)])), MONDAY)
    said = about_trend(found)
    assert not NEVER.search(texts(said))
    if len(found.valid_weeks) < 8:
        assert not DIRECTION.search(texts(said))


def test_the_search_finds_what_is_never_said():
    wrong = ("p = .03", "30% better", "since day one", "because of massage", "a steep slope")
    assert all(NEVER.search(words) for words in wrong)
    assert not NEVER.search("Ratings also fall on their own; this does not show why.")
