"""A fair test as a person does it: begun, held, shown day by day, stopped, finished."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.conftest import ZONE, id_in, kept, sql_of
from tests.progress.conftest import START
from tests.sessions.test_plan import BUTTOCK, QUICK, TODAY, past, regular
from tracker import clock
from tracker.days.models import DailyRating, DayNote
from tracker.progress.models import Trial
from tracker.progress.plans import Plan
from tracker.sessions.opening import Past, Reason
from tracker.sessions.protocol import RUNGS, plan
from tracker.spots.models import TrackedSpot

PAGE = "/progress/tests/"
PREPARE = "/sessions/new?spot=top-of-buttock&side=left"
BEGIN = {"kind": "fair", "place": "top-of-buttock/left"}
DAY = timedelta(days=1)


@pytest.fixture
def begun(app, at, as_alice):
    """The id of a fair test that begins on START."""
    as_alice.post("/spots/top-of-buttock/sides/left")
    answer = as_alice.post(PAGE, data=BEGIN | {"start": START.isoformat()})
    assert answer.status_code == 303
    return id_in(answer.location)


def order_of(rows) -> tuple[bool, ...]:
    return tuple(each == "1" for each in rows(select(Trial))[0].order)


def first_free(plan_: Plan) -> date:
    return next(day.on for day in plan_.all_days() if not day.massage_due)


def first_due(plan_: Plan) -> date:
    return next(day.on for day in plan_.all_days() if day.massage_due)


def test_the_order_is_drawn_and_kept_before_the_first_day(begun, rows):
    test = rows(select(Trial))[0]
    assert set(test.order) <= {"0", "1"}
    assert len(test.order) == 6
    assert test.starts_on == START
    assert test.drawn_at.astimezone(ZoneInfo(ZONE)).date() < START


def test_the_order_is_shown_one_day_at_a_time(begun, at, as_alice, rows):
    at(START)
    page = as_alice.get(f"{PAGE}{begun}").text
    assert page.count('data-mark="ahead"') == 48 - 2 + 1  # and one in the legend
    assert page.count('<span class="trial__pair">') == 6
    assert "Nothing is compared before the end" in page


def test_what_is_planned_is_not_yet_missed(begun, at, as_alice, rows):
    drawn = Plan("fair", START, order_of(rows))
    due = [day.on for day in drawn.all_days() if day.massage_due]
    eve = due[1] - DAY
    free = next(day.on for day in drawn.all_days() if not {day.on, day.on + DAY} & {*due})
    for on, there in ((due[1], 1), (eve, 1), (free, 0)):
        at(on)
        page = as_alice.get(f"{PAGE}{begun}").text
        assert page.count('data-mark="due"') == 2 * there  # one of them in the legend
        assert page.count("<td>massage planned</td>") == there
        missed = sum(day < on for day in due)
        assert page.count("<td>massage planned, not done</td>") == missed


def test_the_legend_names_only_what_is_drawn(begun, at, as_alice, alice, rows, add_session):
    def legend() -> list[str]:
        page = as_alice.get(f"{PAGE}{begun}").text
        return re.findall(r'<li><i class="trial__day" data-mark="(\w+)">', page)

    drawn = Plan("fair", START, order_of(rows))
    at(START - timedelta(days=2))
    assert legend() == ["ahead"]
    add_session(alice, on=first_due(drawn))
    at(drawn.last + DAY)
    assert legend() == ["done", "missed", "free"]


def test_today_says_what_the_day_is(begun, at, as_alice, rows):
    drawn = Plan("fair", START, order_of(rows))
    at(first_due(drawn))
    number = (first_due(drawn) - START).days + 1
    assert f"Fair test, day {number} of 48: massage today." in as_alice.get("/").text
    at(first_free(drawn))
    page = as_alice.get("/").text
    assert "no massage today." in page
    assert "Start anyway" in page


def test_today_says_once_the_massage_is_done(begun, at, as_alice, alice, rows, add_session):
    due = first_due(Plan("fair", START, order_of(rows)))
    at(due)
    add_session(alice, on=due)
    page = as_alice.get("/").text
    assert "today&#39;s massage is done." in page
    assert "massage today" not in page


def test_today_plans_no_massage_where_it_is_refused(begun, at, as_alice, alice, rows, add_session):
    due = first_due(Plan("fair", START, order_of(rows)))
    at(due)
    add_session(alice, "side-hip", on=due, pain_before=2, pain_after=6)
    page = as_alice.get("/").text
    assert "a massage was planned, but what protects you goes first." in page
    assert "massage today" not in page


def free_days(rows) -> list[date]:
    drawn = Plan("fair", START, order_of(rows))
    return [date.fromisoformat(on) for on in drawn.free_days()]


def test_no_card_names_a_day_kept_free(begun, at, as_alice, alice, rows, add_session):
    free = free_days(rows)
    done = next(on for on in free if on + timedelta(days=1) in free)
    at(done)
    add_session(alice, on=done)
    page = as_alice.get("/").text
    assert "Your test says each day whether there is a massage." in page
    assert "Come back" not in page


def test_the_morning_after_it_is_the_hours_that_are_missing(
    begun, at, as_alice, alice, rows, add_session
):
    free = free_days(rows)
    morning = next(on for on in free[1:] if on - DAY not in free and on + DAY in free)
    at(morning)
    add_session(alice, on=morning - DAY, at=time(18))
    page = as_alice.get("/").text
    assert "Give it at least 20 hours. Your test says each day" in page
    assert "Once a day" not in page


def test_a_card_names_tomorrow_where_the_test_shows_it(
    begun, at, as_alice, alice, rows, add_session
):
    drawn = Plan("fair", START, order_of(rows))
    due = next(day.on for day in drawn.all_days() if day.massage_due and day.on > START)
    at(due - timedelta(days=1))
    add_session(alice, on=due - timedelta(days=1))
    assert f"Come back on {due:%A} after 04:00." in as_alice.get("/").text


def test_no_page_of_a_session_says_to_come_back_on_a_day_kept_free(
    begun, at, as_alice, alice, rows, add_session
):
    done = first_due(Plan("fair", START, order_of(rows)))
    at(done)
    page = as_alice.get(f"/sessions/{add_session(alice, on=done).id}").text
    assert "Your test says each day whether there is a massage." in page
    assert "Come back on" not in page


def test_the_days_of_a_test_are_the_rhythm(app, begun, at, as_alice, alice, rows, add_session):
    drawn = Plan("fair", START, order_of(rows))
    due = next(day.on for day in drawn.all_days() if day.massage_due and day.on > START)
    at(due)
    add_session(alice, on=due - timedelta(days=2), at=time(18))
    row = rows(select(TrackedSpot))[0]
    row.days_between = 7
    kept(app, row)
    page = as_alice.get("/").text
    assert "massage today." in page
    assert "Resting" not in page
    assert "By the days you set" not in as_alice.get(PREPARE).text


def test_a_rest_after_more_pain_goes_before_a_planned_massage(
    begun, at, as_alice, alice, rows, add_session
):
    drawn = Plan("fair", START, order_of(rows))
    due = next(day.on for day in drawn.all_days() if day.massage_due and day.on > START)
    at(due)
    add_session(alice, on=due - timedelta(days=2))
    for ago, pain in ((3, "2"), (1, "4")):  # higher after it: three days of rest
        as_alice.post(f"/days/{due - timedelta(days=ago)}/buttock/left", data={"pain": pain})
    page = as_alice.get("/").text
    assert "a massage was planned, but what protects you goes first." in page
    assert "or hurt more the day after." in as_alice.get(PREPARE).text


def test_a_test_that_is_over_keeps_no_day_free(begun, at, as_alice, alice, rows, add_session):
    add_session(alice, on=START, ended_by="sharp", sharp_events=3)
    at(next(on for on in free_days(rows) if on > START + timedelta(days=8)))
    page = as_alice.get("/").text
    assert "it is over. See what came of it." in page
    assert "Your test keeps today without massage here." not in page


def test_a_day_within_two_weeks_has_its_date(at, as_alice):
    as_alice.post("/spots/top-of-buttock/sides/left")
    as_alice.post(PAGE, data=BEGIN | {"start": "2026-11-12"})
    assert "Fair test: begins on Thursday 12 November." in as_alice.get("/").text


def test_prepare_says_that_today_is_without_massage(begun, at, as_alice, rows):
    at(first_free(Plan("fair", START, order_of(rows))))
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert "Your test keeps today without massage here." in page


def test_who_has_no_test_pays_nothing_for_it(app, as_bob):
    as_bob.post("/spots/top-of-buttock/sides/left")
    with sql_of(app) as asked:
        as_bob.get("/")
    assert not any("trial " in statement for statement in asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": START.replace(day=2).isoformat()},
        {"start": (START + timedelta(days=20)).isoformat()},
        {"start": "soon"},
        {"start": ""},
        {"start": START.isoformat(), "place": "side-hip/left"},
        {"start": START.isoformat(), "place": "../../etc"},
        {"start": START.isoformat(), "kind": "clinical"},
    ],
)
def test_a_wrong_form_is_shown_again(at, as_alice, rows, wrong):
    as_alice.post("/spots/top-of-buttock/sides/left")
    answer = as_alice.post(PAGE, data=BEGIN | wrong)
    assert answer.status_code == 422
    assert "Nothing was saved yet" in answer.text
    assert rows(select(Trial)) == []


def test_none_begins_where_a_bruise_keeps_the_spot_shut(at, as_alice, alice, rows, add_session):
    as_alice.post("/spots/top-of-buttock/sides/left")
    add_session(alice, on=START - 3 * DAY, bruise=True, next_day_at=clock.now())
    page = as_alice.get(PAGE).text
    assert "Not now: Top of the buttock, left. There is a bruise here." in page
    assert "Draw the order and begin" not in page
    as_alice.post("/spots/top-of-buttock/sides/right")
    assert as_alice.post(PAGE, data=BEGIN | {"start": START.isoformat()}).status_code == 422
    assert rows(select(Trial)) == []


def test_a_session_stopped_in_its_first_seconds_is_not_the_planned_one(
    begun, at, as_alice, alice, rows, add_session
):
    due = first_due(Plan("fair", START, order_of(rows)))
    at(due)
    add_session(alice, on=due, entry="guided", finished_holds=0, ended_by="user")
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "massage planned and done" not in page
    assert "/sessions/new?spot=top-of-buttock" in page


def test_its_page_offers_no_start_where_what_protects_goes_first(
    begun, at, as_alice, alice, rows, add_session
):
    due = first_due(Plan("fair", START, order_of(rows)))
    at(due)
    start = "/sessions/new?spot=top-of-buttock"
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "Today: massage" in page
    assert start in page
    add_session(alice, "side-hip", on=due, pain_before=2, pain_after=6)
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "A massage was planned, but what protects you goes first" in page
    assert "Pain rose over a session today, so no more spots today." in page
    assert start not in page


@pytest.mark.parametrize(("away", "back"), [("pause", "resume"), ("archive", "restore")])
def test_it_is_said_that_its_spot_is_paused_or_off_the_list(begun, at, as_alice, away, back):
    at(START)
    said = "Its spot is paused or off your list, so Today leaves it out."
    for done, told in ((away, True), (back, False)):
        as_alice.post(f"/spots/top-of-buttock/sides/left/{done}")
        for page in ("/", f"{PAGE}{begun}"):
            assert (said in as_alice.get(page).text) is told


def test_there_is_one_at_a_time(begun, as_alice, rows):
    answer = as_alice.post(PAGE, data=BEGIN | {"start": START.isoformat()})
    assert answer.status_code == 200
    assert "A test is running" in answer.text
    assert len(rows(select(Trial))) == 1


def test_the_database_lets_only_one_run(app, alice, begun, rows):
    known = rows(select(Trial))[0]
    again = {c.key: getattr(known, c.key) for c in Trial.__table__.columns}
    with pytest.raises(Exception, match=r"(?i)unique"):
        kept(app, Trial(**again | {"id": uuid7()}))


def test_anothers_test_is_not_there(begun, as_bob):
    assert as_bob.get(f"{PAGE}{begun}").status_code == 404
    assert as_bob.post(f"{PAGE}{begun}/stop", data={"why": "own"}).status_code == 404
    assert as_bob.post(f"{PAGE}{begun}/delete").status_code == 404


def test_stopping_early_gives_data_and_no_verdict(begun, at, as_alice, rows):
    at(START + timedelta(days=9))
    assert as_alice.post(f"{PAGE}{begun}/stop").status_code == 422
    assert as_alice.post(f"{PAGE}{begun}/stop", data={"why": "flare"}).status_code == 303
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "Stopped after 10 of 48 days: there is no verdict." in page
    assert "A flare, or it hurt too much" in page
    held = rows(select(TrackedSpot))[0]
    assert (held.held_target, held.held_from, held.held_until) == (None, None, None)
    assert held.free_days is None
    assert "Fair test" not in as_alice.get("/").text


@pytest.fixture
def note(app, alice):
    """A change of medicine on a day of the test, counted from 0."""

    def keep(day: int, text: str = "") -> None:
        plain = {"flare": False, "medicine_change": True, "other_treatment": "", "note": text}
        kept(app, DayNote(user_id=alice.id, local_date=START + timedelta(days=day), **plain))

    return keep


def test_what_was_noted_after_it_was_stopped_is_not_of_the_test(begun, at, as_alice, note):
    for day, text in ((-1, "the eve"), (0, "first day"), (9, "last day"), (10, "day after")):
        note(day, text)
    at(START + timedelta(days=9))
    as_alice.post(f"{PAGE}{begun}/stop", data={"why": "own"})
    at(START + timedelta(days=20))
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "first day" in page
    assert "last day" in page
    assert "the eve" not in page
    assert "day after" not in page


def test_a_change_of_medicine_stands_beside_the_verdict(
    app, begun, at, as_alice, alice, rows, add_session, note
):
    finished(app, alice, rows, add_session, lower=3)
    at(START + timedelta(days=48))
    assert "a change of medicine was noted" not in as_alice.get(f"{PAGE}{begun}").text
    for day in (1, 2, 3, 5):  # the first three in one block, whichever it is
        note(day)
    page = as_alice.get(f"{PAGE}{begun}").text
    counts = (3, 1) if order_of(rows)[0] else (1, 3)
    assert "was noted on {} in blocks drawn for massage and on {} in the".format(*counts) in page


def test_stopped_on_its_last_day_it_is_stopped_and_stays_so(
    app, begun, at, as_alice, alice, rows, add_session
):
    finished(app, alice, rows, add_session, lower=3)
    for after in (0, 1):
        at(START + timedelta(days=47 + after))
        as_alice.post(f"{PAGE}{begun}/stop", data={"why": "own"})
        page = as_alice.get(f"{PAGE}{begun}").text
        assert "Stopped after 48 of 48 days: there is no verdict." in page
        assert "You stopped it on" in page
        assert "before the end" not in page


def test_finishing_after_the_end_keeps_the_verdict(
    app, begun, at, as_alice, alice, rows, add_session
):
    finished(app, alice, rows, add_session, lower=3)
    at(START + timedelta(days=48))
    as_alice.post(f"{PAGE}{begun}/stop", data={"why": "own"})
    test = rows(select(Trial))[0]
    assert (test.stopped_on, test.why, test.closed_at is None) == (None, None, False)
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "Your ratings were lower in the blocks with massage." in page
    assert "You stopped it on" not in page


def test_deleting_it_leaves_the_rest(begun, as_alice, rows):
    assert as_alice.post(f"{PAGE}{begun}/delete").status_code == 303
    assert rows(select(Trial)) == []
    assert rows(select(TrackedSpot))[0].free_days is None


def finished(app, alice, rows, add_session, lower: int) -> None:
    """All 48 days rated, 6 or so much lower in blocks with massage, and every session done."""
    test = rows(select(Trial))[0]
    drawn = Plan("fair", START, order_of(rows))
    for day in drawn.all_days():
        kept(
            app,
            DailyRating(
                user_id=alice.id,
                id=uuid7(),
                local_date=day.on,
                region=test.region,
                side="left",
                pain_24h=6 - lower * day.with_massage,
                answered_at=datetime.combine(day.on, time(8), UTC),
                time_zone=ZONE,
            ),
        )
        if day.massage_due:
            add_session(alice, on=day.on)


@pytest.mark.parametrize(
    ("lower", "said"),
    [
        (3, "Your ratings were lower in the blocks with massage."),
        (0, "No clear difference between the blocks with massage and without."),
    ],
)
def test_the_verdict_comes_at_the_end(
    app, begun, at, as_alice, alice, rows, add_session, lower, said
):
    finished(app, alice, rows, add_session, lower)
    at(START + timedelta(days=47))
    assert said not in as_alice.get(f"{PAGE}{begun}").text
    at(START + timedelta(days=48))
    page = as_alice.get(f"{PAGE}{begun}").text
    assert said in page
    assert "Days with a session: 12 of 12 planned, others 0." in page
    assert "it is over. See what came of it." in as_alice.get("/").text


def test_numbness_ends_it(begun, at, as_alice, alice, add_session):
    at(START + timedelta(days=6))
    add_session(alice, on=START + timedelta(days=5), ended_by="nerve", nerve_events=1)
    page = as_alice.get(f"{PAGE}{begun}").text
    assert "Something that protects you ended it on Sunday 8 November" in page
    assert "Stopped after 6 of 48 days: there is no verdict." in page


def test_a_quick_look_describes(at, as_alice, rows):
    as_alice.post("/spots/top-of-buttock/sides/left")
    begun = as_alice.post(PAGE, data=BEGIN | {"kind": "quick", "start": START.isoformat()})
    at(START + timedelta(days=2))
    page = as_alice.get(begun.location).text
    assert "Day 3 of 28." in page
    assert "It does not show cause" in page
    assert "no massage today" in as_alice.get("/").text


def test_a_quick_look_is_drawn_week_by_week(at, as_alice):
    as_alice.post("/spots/top-of-buttock/sides/left")
    begun = as_alice.post(PAGE, data=BEGIN | {"kind": "quick", "start": START.isoformat()})
    page = as_alice.get(begun.location).text
    assert page.count('<p class="trial__row">') == 4
    assert "trial__pair" not in page


def test_days_with_massage_keep_two_days_between():
    for order in ((True,) * 6, (False, True) * 3, (True, False) * 3):
        due = [day.on for day in Plan("fair", START, order).all_days() if day.massage_due]
        assert len(due) == 12
        assert all((b - a).days >= 2 for a, b in pairwise(due))


def newest_first(history):
    return sorted(history, key=lambda each: each.started_at, reverse=True)


@pytest.mark.parametrize(
    ("held", "before"),
    [
        (3, past(4, pain_24h_change=2)),
        (3, past(4, too_much=True, stayed_level=2)),
        (3, past(4, peak_discomfort=6)),
        (3, past(17)),  # a break
        (2, past(4, target_level=2, stayed_level=1, sharp_events=1)),
    ],
)
def test_what_protects_lowers_one_session_and_no_more(held, before):
    since = TODAY - timedelta(days=2)
    older = [replace(past(days), target_level=held, stayed_level=held) for days in (19, 21)]
    lower = plan(BUTTOCK, [before, *older], since, held=held).target
    assert lower < held
    lowered = past(2, target_level=lower, stayed_level=lower)
    assert plan(BUTTOCK, [lowered, before, *older], TODAY, held=held).target == held
    assert plan(BUTTOCK, [lowered, before, *older], TODAY).target == lower
    again = replace(lowered, peak_discomfort=6)
    assert plan(BUTTOCK, [again, before, *older], TODAY, held=held).target < held


def test_after_a_break_that_restarts_nothing_firmer_is_held_by_itself():
    gentle = [past(days, target_level=2, stayed_level=2) for days in (2, 4, 6)]
    assert plan(BUTTOCK, [*gentle, past(40), past(42)], TODAY, held=3).target == 2


def test_a_firmer_tool_lowers_a_held_target_once():
    firmer = past(2, tool="knuckle", target_level=2, stayed_level=2)
    assert plan(BUTTOCK, [past(4), past(6)], TODAY, RUNGS["knuckle"], held=3).target == 2
    assert plan(BUTTOCK, [firmer, past(4)], TODAY, RUNGS["knuckle"], held=3).target == 3


@given(
    st.lists(
        st.builds(
            past,
            st.integers(0, 40),
            stayed_level=st.integers(0, 4),
            target_level=st.integers(1, 4),
            sharp_events=st.integers(0, 3),
            nerve_events=st.integers(0, 1),
            too_much=st.booleans(),
            peak_discomfort=st.none() | st.integers(0, 10),
        ),
        max_size=4,
    ).map(newest_first),
    st.integers(1, 4),
    st.booleans(),
)
@example([past(2, stayed_level=1, finished_holds=1), past(4, too_much=True), past(6)], 3, False)
@QUICK
def test_a_held_target_never_goes_above_it_nor_past_what_protects(history, level, raised):
    free = plan(BUTTOCK, history, TODAY)
    made = plan(BUTTOCK, history, TODAY, held=level, raised=raised)
    assert made.target <= level
    if any(each.went_badly for each in Past.of(history, TODAY).since):
        assert made.target <= free.target
        assert made.protocol == free.protocol


def test_a_session_cut_short_does_not_lower_a_held_target():
    short = [past(2, stayed_level=1, finished_holds=1, ended_by="user"), past(4), past(6)]
    assert plan(BUTTOCK, short, TODAY).target == 1
    assert plan(BUTTOCK, short, TODAY, held=3).target == 3


@pytest.mark.parametrize(
    ("limits", "history", "said"),
    [
        (replace(BUTTOCK, max_level=2), regular(), Reason.STAYED),
        (BUTTOCK, [past(2, nerve_events=1), past(4), past(6)], Reason.NERVE),
    ],
)
def test_the_test_is_the_reason_only_where_nothing_graver_is(limits, history, said):
    level = 3 if limits.max_level < 3 else 1
    made = plan(limits, history, TODAY, held=level)
    assert made.reason is said
    assert made.target <= min(level, limits.max_level)


def test_nothing_is_offered_while_it_is_held(begun, at, as_alice, rows):
    at(first_due(Plan("fair", START, order_of(rows))))
    assert "data-further" not in as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
