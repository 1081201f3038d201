"""A person notes a session they did without the guide."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.conftest import at_once, id_in, new_person, sign_in
from tests.sessions.conftest import CONTROL_NOTES, WRONG_RATINGS, by_hand, told
from tracker.sessions.forms import NOTE_LENGTH
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of, whole

ADD = "/sessions/add"
NOTE = "After a long drive."

RATINGS = (
    *("pain_before", "pain_after", "tenderness_before", "tenderness_after"),
    "peak_discomfort",
)


@pytest.fixture
def kept(rows, alice):
    return lambda: rows(whole(sessions_of(alice)))


def test_a_session_by_hand_is_kept_as_it_was_typed(as_alice, kept):
    form = by_hand(
        end="18:45",
        tool="knuckle",
        peak_level="3",
        pain_before="6",
        pain_after="4",
        tenderness_before="7",
        tenderness_after="5",
        peak_discomfort="3",
        quality="good_ache",
        felt_in=["low_back", "hip"],
        your_pain="yes",
        note=NOTE,
    )
    answer = as_alice.post(ADD, data=form)
    (massage,) = kept()
    assert (answer.status_code, id_in(answer.location)) == (303, massage.id)
    assert massage.entry == "manual"
    assert massage.started_at == datetime(2026, 11, 18, 17, 30, tzinfo=UTC)
    assert massage.ended_at == datetime(2026, 11, 18, 17, 45, tzinfo=UTC)
    assert (massage.time_zone, massage.local_date) == ("Europe/Berlin", date(2026, 11, 18))
    assert (massage.tool, massage.peak_level) == ("knuckle", 3)
    assert [getattr(massage, name) for name in RATINGS] == [6, 4, 7, 5, 3]
    assert (massage.quality, massage.your_pain) == ("good_ache", "yes")
    assert (massage.felt_in, massage.note) == (["low_back", "hip"], NOTE)
    assert NOTE in as_alice.get(answer.location).text


def test_where_and_when_are_enough_and_the_rest_stays_blank(as_alice, kept):
    assert as_alice.post(ADD, data=by_hand()).status_code == 303
    (massage,) = kept()
    assert [getattr(massage, name) for name in RATINGS] == [None] * 5
    assert (massage.ended_at, massage.tool, massage.peak_level) == (None, None, None)
    assert massage.pressure_s is None


def test_a_spot_that_is_off_can_be_logged(as_alice, kept):
    assert as_alice.post(ADD, data=by_hand(spot="side-of-neck")).status_code == 303
    assert kept()[0].spot_id == "side-of-neck"


def test_nobody_is_asked_to_press_the_side_of_the_neck_to_find_out(as_alice, kept):
    form = as_alice.get("/sessions/add?spot=side-of-neck").text
    assert "Pain before" in form
    assert "Tenderness" not in form
    assert "Tenderness before" in as_alice.get("/sessions/add?spot=top-of-buttock").text
    as_alice.post(ADD, data=by_hand(spot="side-of-neck"))
    (massage,) = kept()
    assert "Tenderness" not in as_alice.get(f"/sessions/{massage.id}/edit").text


def test_a_spot_of_ones_own_can_be_logged_but_not_anothers(as_alice, as_bob, rows):
    form = {"name": "Inside of the heel", "region": "foot_sole"}
    own = as_alice.post("/spots/new", data=form).location.rsplit("/", 1)[1]
    assert as_alice.post(ADD, data=by_hand(spot=own)).status_code == 303
    answer = as_bob.post(ADD, data=by_hand(spot=own))
    assert answer.status_code == 422
    assert "Inside of the heel" not in answer.text


def test_two_submits_of_one_form_are_one_session(as_alice, kept):
    form = by_hand(note=NOTE)
    first, second = as_alice.post(ADD, data=form), as_alice.post(ADD, data=form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(kept()) == 1


def test_something_else_on_a_page_gone_back_to_is_a_session_of_its_own(as_alice, kept):
    form = by_hand(note=NOTE, end="18:45")
    first = as_alice.post(ADD, data=form)
    second = as_alice.post(ADD, data=form | {"side": "right", "pain_after": "3"})
    assert id_in(first.location) != id_in(second.location)
    assert "the one you saved before is still there" in as_alice.get(second.location).text
    assert sorted((each.side, each.pain_after) for each in kept()) == [("left", None), ("right", 3)]


@pytest.mark.parametrize("change", [{"spot": "foot-arch"}, {"start": "18:31"}, {"end": "18:46"}])
def test_another_spot_or_time_is_something_else(as_alice, kept, change):
    form = by_hand(end="18:45")
    for sent in (form, form | change, form | change):
        assert as_alice.post(ADD, data=sent).status_code == 303
    assert len(kept()) == 2


def test_two_taps_on_a_page_gone_back_to_are_one_session(app, alice, as_alice, kept):
    form = by_hand()
    as_alice.post(ADD, data=form)
    browsers = [sign_in(app, alice) for _tap in range(4)]
    sent = at_once(4, lambda n: browsers[n].post(ADD, data=form | {"side": "right"}))
    assert {answer.status_code for answer in sent} == {303}
    assert sorted(each.side for each in kept()) == ["left", "right"]


def test_a_time_that_came_twice_is_the_same_when_it_is_sent_again(as_alice, kept):
    form = by_hand(day="2026-10-25", start="02:30", end="02:45")
    assert len({as_alice.post(ADD, data=form).location for _tap in range(2)}) == 1
    assert len(kept()) == 1


def test_each_form_opened_is_a_session_of_its_own(as_alice):
    ids = {as_alice.get(ADD).text.split('name="id"')[1][:80] for _ in range(3)}
    assert len(ids) == 3


def test_the_form_comes_with_the_spot_it_was_opened_for(as_alice):
    page = as_alice.get(f"{ADD}?spot=foot-arch").text
    assert '<option selected value="foot-arch">' in page
    assert " checked" not in page


BAD_INPUT = [
    ("side", None),
    ("side", ""),
    ("side", "both"),
    ("side", "middle"),  # this spot has two sides
    ("spot", None),
    ("spot", "no-such-spot"),
    ("spot", "top-of-buttock\x00"),
    ("spot", "00000000-0000-0000-0000-000000000000"),
    ("day", None),
    ("day", ""),
    ("day", "18.11.2026"),
    ("day", "2026-02-30"),
    ("day", "2026-W47-3"),
    ("day", "0000-11-18"),
    ("day", "1899-12-31"),
    ("day", "2026-11-21"),
    ("day", "9999-12-31"),
    ("day", "12026-11-18"),
    ("start", None),
    ("start", ""),
    ("start", "24:00"),
    ("start", "18:60"),
    ("start", "half six"),
    ("end", "18:29"),
    ("end", "24:00"),
    ("end", "later"),
    ("tool", "hammer"),
    ("tool", "palm"),  # a tool, but not for this spot
    ("peak_level", "0"),
    ("peak_level", "6"),
    ("peak_level", "٣"),
    ("quality", "lovely"),
    ("your_pain", "maybe"),
    ("felt_in", ["moon"]),
    ("note", "x" * (NOTE_LENGTH + 1)),
    *(("note", note) for note in CONTROL_NOTES),
]


@pytest.mark.parametrize(("field", "value"), BAD_INPUT, ids=lambda value: str(value)[:24])
def test_what_cannot_be_is_told_beside_the_field(as_alice, kept, field, value):
    answer = as_alice.post(ADD, data=by_hand(**{"note": NOTE, "pain_before": "7", field: value}))
    assert answer.status_code == 422
    assert told(answer, field)
    assert NOTE in answer.text or field == "note"
    assert 'name="pain_before" value="7" checked' in answer.text
    assert kept() == []


@pytest.mark.parametrize("field", RATINGS)
@pytest.mark.parametrize("value", WRONG_RATINGS)
def test_a_score_outside_0_to_10_is_told(as_alice, kept, field, value):
    answer = as_alice.post(ADD, data=by_hand(**{field: value, "note": NOTE}))
    assert answer.status_code == 422
    assert told(answer, field)
    assert NOTE in answer.text
    assert kept() == []


@pytest.mark.parametrize("form_id", ["", "1", "x", "{01a1b2c3-0000-7000-8000-000000000000}"])
def test_a_form_with_a_damaged_id_is_not_saved(as_alice, kept, form_id):
    assert as_alice.post(ADD, data=by_hand(id=form_id)).status_code == 422
    assert kept() == []


@pytest.mark.parametrize(
    ("day", "start", "status"),
    [
        ("2026-11-20", "12:59", 303),
        ("2026-11-20", "13:05", 303),
        ("2026-11-20", "13:06", 422),
        ("2026-11-20", "23:59", 422),
    ],
)
def test_a_start_may_be_five_minutes_ahead_and_no_more(as_alice, kept, day, start, status):
    """It is 13:00 in Berlin."""
    answer = as_alice.post(ADD, data=by_hand(day=day, start=start))
    assert answer.status_code == status
    assert told(answer, "start") == (status == 422)


def test_an_end_that_has_not_come_yet_is_told(as_alice, kept):
    answer = as_alice.post(ADD, data=by_hand(day="2026-11-20", start="12:50", end="14:00"))
    assert answer.status_code == 422
    assert told(answer, "end")
    assert kept() == []


@pytest.mark.parametrize(
    ("start", "end", "field"), [("02:30", None, "start"), ("01:30", "02:30", "end")]
)
def test_a_time_the_clocks_skipped_is_told(as_alice, kept, start, end, field):
    answer = as_alice.post(ADD, data=by_hand(day="2026-03-29", start=start, end=end))
    assert answer.status_code == 422
    assert told(answer, field)
    assert kept() == []


def test_a_time_that_came_twice_is_the_first_of_the_two(as_alice, kept):
    assert as_alice.post(ADD, data=by_hand(day="2026-10-25", start="02:30")).status_code == 303
    assert kept()[0].started_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "start", "instant"),
    [
        ("Pacific/Auckland", "2026-11-18", "00:10", "2026-11-17T11:10"),
        ("America/Los_Angeles", "2026-11-18", "23:50", "2026-11-19T07:50"),
        ("Asia/Kathmandu", "2026-11-18", "05:44", "2026-11-17T23:59"),
        ("UTC", "2026-11-18", "00:00", "2026-11-18T00:00"),
    ],
)
def test_the_day_stays_the_persons_own_also_across_midnight_in_utc(
    app, rows, zone, day, start, instant
):
    person = new_person(app, "far@example.org", time_zone=zone)
    sign_in(app, person).post(ADD, data=by_hand(day=day, start=start))
    (massage,) = rows(select(MassageSession))
    assert f"{massage.started_at:%Y-%m-%dT%H:%M}" == instant
    assert (str(massage.local_date), massage.time_zone) == (day, zone)


def test_today_is_the_persons_own_today(app, rows):
    """At noon in UTC it is already the 21st on Kiritimati."""
    person = new_person(app, "far@example.org", time_zone="Pacific/Kiritimati")
    answer = sign_in(app, person).post(ADD, data=by_hand(day="2026-11-21", start="01:00"))
    assert answer.status_code == 303


def test_moving_elsewhere_later_changes_no_session(as_alice, kept):
    as_alice.post(ADD, data=by_hand(start="00:10"))
    zone = {"time_zone": "Pacific/Auckland", "get_ready_s": "15"}
    as_alice.post("/you", data=zone)
    (massage,) = kept()
    assert (massage.time_zone, str(massage.local_date)) == ("Europe/Berlin", "2026-11-18")
    assert "00:10" in as_alice.get(f"/sessions/{massage.id}").text


def test_it_works_without_javascript(as_alice):
    page = as_alice.get(ADD).text
    assert '<form method="post" action="/sessions/add"' in page
    for name in ("spot", "side", "day", "start", "end", "pain_before", "pain_after", "note"):
        assert f'name="{name}"' in page


def test_a_stranger_is_asked_to_sign_in(client, rows):
    assert "/login" in client.post(ADD, data=by_hand()).location
    assert rows(select(MassageSession)) == []
