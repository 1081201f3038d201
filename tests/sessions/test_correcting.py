"""A person corrects what was kept of a session."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.sessions.conftest import by_hand, guided, send, told
from tracker.database import db
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of, whole


@pytest.fixture
def kept(rows, alice):
    return lambda: rows(whole(sessions_of(alice)))[0]


@pytest.fixture
def logged(as_alice):
    """The address of a session noted by hand."""
    return as_alice.post("/sessions/add", data=by_hand(end="18:45", note="First.")).location


@pytest.fixture
def measured(as_alice):
    """The address of a session the guide ran."""
    return send(as_alice, guided()).json["after"].removesuffix("/after")


def test_the_form_comes_with_what_was_kept(as_alice, logged):
    page = as_alice.get(f"{logged}/edit").text
    for value in ('value="2026-11-18"', 'value="18:30"', 'value="18:45"', "First.</textarea>"):
        assert value in page
    assert 'value="left" checked' in page


def test_saving_it_unchanged_changes_nothing(as_alice, logged, kept):
    before = kept()
    assert (
        as_alice.post(f"{logged}/edit", data=by_hand(end="18:45", note="First.")).location == logged
    )
    for column in MassageSession.__mapper__.column_attrs.keys():  # noqa: SIM118
        assert getattr(kept(), column) == getattr(before, column), column


def test_what_is_corrected_is_kept(as_alice, logged, kept):
    form = by_hand(
        day="2026-11-17", start="07:15", end="", side="right", pain_before="2", note="Second."
    )
    assert as_alice.post(f"{logged}/edit", data=form).status_code == 303
    massage = kept()
    assert massage.started_at == datetime(2026, 11, 17, 6, 15, tzinfo=UTC)
    assert str(massage.local_date) == "2026-11-17"
    assert (massage.side, massage.pain_before, massage.note) == ("right", 2, "Second.")
    assert massage.ended_at is None


def test_a_corrected_time_is_what_the_phones_get(app, alice, as_alice, logged, kept):
    with app.app_context():
        massage = db.session.get(MassageSession, (alice.id, kept().id))
        massage.start_as_sent = massage.end_as_sent = "2026-12-24T18:00:00Z"
        massage.clock_uncertain = True
        db.session.commit()
    as_alice.post(f"{logged}/edit", data=by_hand(day="2026-11-17", start="07:15", end="07:30"))
    found = as_alice.get(f"/api/sessions/{kept().id}").json
    assert found["started_at"] == "2026-11-17T06:15:00.000Z"
    assert found["ended_at"] == "2026-11-17T06:30:00.000Z"
    assert found["clock_uncertain"] is False


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2026-11-21"),
        ("day", "soon"),
        ("start", "25:00"),
        ("end", "18:29"),
        ("side", "both"),
        ("pain_before", "11"),
        ("note", "a\x00b"),
        ("tool", "hammer"),
        ("peak_level", "9"),
    ],
)
def test_a_correction_with_something_wrong_is_told_and_changes_nothing(
    as_alice, logged, kept, field, value
):
    answer = as_alice.post(f"{logged}/edit", data=by_hand(**{"pain_after": "3", field: value}))
    assert answer.status_code == 422
    assert told(answer, field)
    assert 'name="pain_after" value="3" checked' in answer.text
    assert (kept().pain_after, kept().note) == (None, "First.")


def test_what_the_guide_measured_stays_and_what_was_felt_can_be_corrected(as_alice, measured, kept):
    before = kept()
    page = as_alice.get(f"{measured}/edit").text
    assert 'name="day"' not in page
    form = by_hand(side="right", pain_before="3", pain_after="1", note="Other side.", tool="palm")
    assert as_alice.post(f"{measured}/edit", data=form).status_code == 303
    massage = kept()
    assert (massage.side, massage.pain_before, massage.pain_after) == ("right", 3, 1)
    for name in ("started_at", "ended_at", "local_date", "tool", "peak_level", "trace", "entry"):
        assert getattr(massage, name) == getattr(before, name), name


def test_neither_owner_nor_spot_can_be_changed(as_alice, logged, kept, bob, rows):
    form = by_hand(user_id=str(bob.id), entry="guided", spot="foot-arch")
    as_alice.post(f"{logged}/edit", data=form)
    assert (kept().entry, kept().spot_id) == ("manual", "top-of-buttock")
    assert len(rows(select(MassageSession.id))) == 1
