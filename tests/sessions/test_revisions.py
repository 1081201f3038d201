"""Every change to a session has its number, whoever makes it and however many come at once."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from uuid_utils.compat import uuid7

from tests.conftest import at_once, sign_in
from tests.sessions.conftest import NOW, by_hand, guided, send
from tracker.database import db
from tracker.sessions.models import MassageSession, Tombstone
from tracker.sessions.queries import ever_of
from tracker.sessions.revisions import Revisions

WAYS = {
    "answered after": ("after", {"pain_after": "3"}),
    "corrected": ("edit", by_hand(note="Corrected.")),
    "asked the next day": ("next-day", {"soreness": "2"}),
    "deleted": ("delete", {}),
}


def revision_of(rows, alice):
    (massage,) = rows(ever_of(alice))
    return massage.revision


@pytest.mark.parametrize(("way", "form"), WAYS.values(), ids=WAYS)
def test_every_page_that_changes_a_session_gives_it_a_new_number(
    as_alice, alice, rows, set_clock, way, form
):
    address = as_alice.post("/sessions/add", data=by_hand()).location
    assert revision_of(rows, alice) == 1
    set_clock(NOW + timedelta(days=1))
    assert as_alice.post(f"{address}/{way}", data=form).status_code == 303
    assert revision_of(rows, alice) == 2


def test_the_card_on_today_and_the_undo_do_so_too(as_alice, alice, rows, set_clock):
    address = as_alice.post("/sessions/add", data=by_hand()).location
    card = {"s0-id": address.rsplit("/", 1)[1], "s0-soreness": "1"}
    assert as_alice.post("/next-day", data=card).status_code == 303
    assert revision_of(rows, alice) == 2
    as_alice.post(f"{address}/delete")
    as_alice.post(f"{address}/restore")
    assert revision_of(rows, alice) == 4


def test_a_form_that_changes_nothing_is_no_change(as_alice, alice, rows):
    address = as_alice.post("/sessions/add", data=by_hand()).location
    as_alice.post(f"{address}/after", data={})
    assert revision_of(rows, alice) == 1


def test_several_changed_at_once_have_a_number_each(app, alice, add_session, rows):
    for _number in range(3):
        add_session(alice)
    with app.app_context():
        for massage in db.session.scalars(ever_of(alice)):
            massage.pain_after = 1
        db.session.commit()
    assert sorted(each.revision for each in rows(ever_of(alice))) == [4, 5, 6]
    assert rows(select(Revisions.latest)) == [6]


def test_everybody_counts_for_themselves(alice, bob, add_session):
    assert [add_session(person).revision for person in (alice, bob, alice)] == [1, 1, 2]


@pytest.mark.parametrize(
    "statement",
    [update(MassageSession).values(note=""), delete(MassageSession)],
    ids=["update", "delete"],
)
def test_no_change_in_bulk_can_pass_the_numbering_by(app, alice, add_session, statement):
    add_session(alice)
    with app.app_context(), pytest.raises(TypeError, match="one by one"):
        db.session.execute(statement.where(MassageSession.user_id == alice.id))


def test_no_session_can_vanish_without_a_mark(app, alice, add_session):
    add_session(alice)
    with app.app_context():
        db.session.delete(db.session.scalar(ever_of(alice)))
        with pytest.raises(TypeError, match="Mark it as deleted"):
            db.session.commit()


def test_what_was_wiped_left_no_more_than_its_mark(as_alice, alice, add_session, rows):
    old = add_session(alice, note="Private.", deleted_at=NOW - timedelta(days=8))
    as_alice.post(f"/sessions/{add_session(alice).id}/delete")
    (mark,) = rows(select(Tombstone))
    assert (mark.id, mark.revision, mark.deleted_at) == (old.id, old.revision, old.deleted_at)
    columns = {column.name for column in Tombstone.__table__.columns}
    assert columns == {"user_id", "id", "revision", "deleted_at"}
    assert old.id not in rows(select(MassageSession.id))


def test_the_same_session_sent_six_times_at_once_is_kept_once(app, alice, rows):
    clients = [sign_in(app, alice) for _number in range(6)]
    session_id = uuid7()
    answers = at_once(6, lambda n: send(clients[n], guided(), session_id))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert {answer.json["revision"] for answer in answers} == {1}
    assert len(rows(ever_of(alice))) == 1


def test_of_six_different_edits_at_once_one_is_taken(app, as_alice, alice, rows):
    clients = [sign_in(app, alice) for _number in range(6)]
    session_id = uuid7()
    send(as_alice, guided(), session_id)
    answers = at_once(6, lambda n: send(clients[n], guided(pain_after=n, based_on=1), session_id))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    (kept,) = rows(ever_of(alice))
    (taken,) = [n for n, answer in enumerate(answers) if answer.status_code == 200]
    assert (kept.pain_after, kept.revision) == (taken, 2)


def test_six_new_sessions_at_once_are_numbered_without_a_gap(app, alice, rows):
    clients = [sign_in(app, alice) for _number in range(6)]
    answers = at_once(6, lambda n: send(clients[n], guided(pain_before=n)))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(each.revision for each in rows(ever_of(alice))) == [1, 2, 3, 4, 5, 6]
    assert rows(select(func.count()).select_from(Revisions)) == [1]
