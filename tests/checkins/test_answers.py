"""Whatever is answered, in whatever order: a blank never becomes a no, and nothing hangs loose."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.checkins.answers import FIRST, add_answers, correct_answers
from tracker.checkins.asked import asked_about
from tracker.sessions.history import NextDay, PastSession
from tracker.sessions.models import MassageSession
from tracker.sessions.next_day import ASKED

START = datetime(2026, 11, 18, 8, tzinfo=UTC)
maybe = st.sampled_from([None, True, False])
answers = st.fixed_dictionaries(
    {
        "next_day_soreness": st.none() | st.integers(0, 10),
        "still_sore": maybe,
        "bruise": maybe,
        "still_sore_48": maybe,
        "bruise_gone": maybe,
    }
)
hours = st.floats(0, 200)
next_days = st.none() | st.builds(
    NextDay,
    soreness=st.none() | st.integers(0, 10),
    still_sore=maybe,
    bruise=maybe,
    hours=st.floats(18, 100),
    still_sore_48=maybe,
    bruise_gone=maybe,
)


@settings(max_examples=60)
@given(st.lists(answers, min_size=1, max_size=4))
def test_a_blank_takes_nothing_back_and_what_follows_needs_what_it_follows_from(given_answers):
    massage = MassageSession(started_at=START)
    for n, each in enumerate(given_answers):
        before = {name: getattr(massage, name) for name in FIRST}
        add_answers(massage, each, START + timedelta(hours=20 + n))
        for name in FIRST:
            expected = before[name] if each[name] is None else each[name]
            assert getattr(massage, name) == expected
        assert massage.still_sore_48 is None or massage.still_sore
        assert massage.bruise_gone is None or massage.bruise
        answered = any(getattr(massage, name) is not None for name in FIRST)
        assert (massage.next_day_at is not None) == answered
        assert (massage.still_sore_48_at is not None) == (massage.still_sore_48 is not None)


@settings(max_examples=60)
@given(answers, answers)
def test_a_correction_leaves_exactly_what_it_says_at_the_first_moment(first, second):
    massage = MassageSession(started_at=START)
    add_answers(massage, first, START + timedelta(hours=20))
    at = massage.next_day_at
    correct_answers(massage, second, START + timedelta(hours=90))
    assert {name: getattr(massage, name) for name in FIRST} == {n: second[n] for n in FIRST}
    if at and massage.next_day_at:
        assert massage.next_day_at == at


@settings(max_examples=80)
@given(st.lists(st.tuples(hours, next_days), max_size=4), hours)
def test_nothing_is_asked_too_early_twice_or_about_what_is_not_open(sessions, now):
    history = sorted(
        (
            PastSession(
                started_at=START + timedelta(hours=at),
                local_date=(START + timedelta(hours=at)).date(),
                finished_holds=1,
                next_day=said,
                id=number,
            )
            for number, (at, said) in enumerate(sessions)
        ),
        key=lambda massage: massage.started_at,
        reverse=True,
    )
    moment = START + timedelta(hours=now)
    asked = asked_about({("foot-arch", "left"): history}, moment)
    assert len({each.session_id for each in asked}) == len(asked) <= 2
    by_id = {massage.id: massage for massage in history}
    for each in asked:
        massage = by_id[each.session_id]
        past_h = (moment - massage.started_at).total_seconds() / 3600
        assert past_h >= ASKED.ask_from_hours
        assert [each.first, each.again].count(True) + each.gone >= 1
        assert not each.first or (massage.next_day is None and past_h <= ASKED.ask_until_hours)
        assert not each.again or massage.next_day.still_sore
        assert not each.gone or (massage.next_day.bruise and not massage.next_day.bruise_gone)
