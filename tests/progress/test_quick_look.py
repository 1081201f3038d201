"""The quick look: two weeks without, two weeks with, and two medians."""

from datetime import date, timedelta

from tracker.progress.adherence import Done
from tracker.progress.quick_look import phase_of, quick_look
from tracker.progress.statistics import Spread
from tracker.progress.weeks import Diary

START = date(2026, 3, 2)
DAYS = [START + timedelta(days=at) for at in range(28)]
AFTER = START + timedelta(days=28)


def test_fourteen_days_without_come_before_fourteen_with():
    assert [phase_of(START, day) for day in DAYS] == ["baseline"] * 14 + ["on"] * 14
    assert phase_of(START, START - timedelta(days=1)) is phase_of(START, AFTER) is None


def test_the_medians_are_compared_once_it_is_over():
    diary = Diary({day: 6 if at < 14 else 4 for at, day in enumerate(DAYS)})
    found = quick_look(START, diary, AFTER)
    assert found.without == Spread(14, 6, 6, 6)
    assert found.with_massage == Spread(14, 4, 4, 4)
    assert (found.difference, found.overlap.nap) == (-2, 1)
    earlier = quick_look(START, diary, DAYS[27])
    assert (earlier.day, earlier.over, earlier.difference) == (28, False, None)


def test_it_counts_what_was_done_so_far():
    sessions = frozenset([START - timedelta(days=1), *DAYS[3:5], *DAYS[14:18]])
    found = quick_look(START, Diary({}, sessions), DAYS[16])
    assert found.done == Done(kept=2, due=2, extra=3, against=2)
    assert quick_look(START, Diary({}, sessions), AFTER).done == Done(
        kept=2, due=7, extra=4, against=2
    )


def test_half_of_the_days_are_enough_and_fewer_are_not():
    def rated(count):
        found = Diary(dict.fromkeys(DAYS[: 14 + count], 5))
        return quick_look(START, found, AFTER)

    assert rated(7).difference == 0
    assert rated(6).difference is None
    assert rated(6).over


def test_nothing_rated_is_nothing_compared():
    found = quick_look(START, Diary({}), AFTER)
    assert (found.without, found.with_massage, found.difference) == (None, None, None)


def test_days_to_come_do_not_count():
    found = quick_look(START, Diary(dict.fromkeys(DAYS, 5)), DAYS[13])
    assert (found.day, found.without.count, found.with_massage) == (14, 14, None)


def test_other_days_do_not_count():
    around = {START - timedelta(days=1): 0, AFTER: 0} | dict.fromkeys(DAYS, 5)
    found = quick_look(START, Diary(around), AFTER)
    assert (found.without.low, found.with_massage.low) == (5, 5)
