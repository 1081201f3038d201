"""A person deletes a session, and may think better of it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.sessions.conftest import NOW, by_hand, guided, send
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of


@pytest.fixture
def address(as_alice):
    return as_alice.post("/sessions/add", data=by_hand(note="Keep this.")).location


def test_a_deleted_session_is_in_no_list_chart_or_file(as_alice, address, rows, alice):
    answer = as_alice.post(f"{address}/delete")
    assert (answer.status_code, answer.location) == (303, "/sessions/")
    assert rows(sessions_of(alice)) == []
    as_alice.get("/sessions/")  # with the offer to undo
    assert "No sessions here yet" in as_alice.get("/sessions/").text
    assert as_alice.get("/sharing/sessions.csv").data.count(b"\r\n") == 1
    assert "top-of-buttock" not in as_alice.get("/progress/").text
    assert as_alice.get(address).status_code == 404


def test_a_deleted_session_no_longer_counts_for_what_is_due(as_alice):
    address = send(as_alice, guided()).json["after"].removesuffix("/after")
    assert "Not tried yet" not in as_alice.get("/").text
    as_alice.post(f"{address}/delete")
    assert "Not tried yet" in as_alice.get("/").text


def test_undo_is_offered_and_brings_it_back_whole(as_alice, address, rows, alice):
    (before,) = rows(sessions_of(alice))
    page = as_alice.post(f"{address}/delete", follow_redirects=True).text
    undo = re.search(r'<form[^>]*method="post"[^>]*action="([^"]+/restore)"', page)[1]
    answer = as_alice.post(undo)
    assert (answer.status_code, answer.location) == (303, address)
    assert "Keep this." in as_alice.get(address).text
    (after,) = rows(sessions_of(alice))
    assert after.started_at == before.started_at


def test_undoing_or_deleting_twice_is_not_there(as_alice, address):
    as_alice.post(f"{address}/delete")
    assert as_alice.post(f"{address}/delete").status_code == 404
    as_alice.post(f"{address}/restore")
    assert as_alice.post(f"{address}/restore").status_code == 404


def test_a_link_alone_deletes_nothing(as_alice, address):
    assert as_alice.get(f"{address}/delete").status_code == 405
    assert as_alice.get(address).status_code == 200


def test_what_was_deleted_a_week_ago_is_gone_for_good(as_alice, alice, add_session, rows):
    add_session(alice, deleted_at=NOW - timedelta(days=8))
    young = add_session(alice, deleted_at=NOW - timedelta(days=6))
    last = add_session(alice)
    as_alice.post(f"/sessions/{last.id}/delete")
    assert set(rows(select(MassageSession.id))) == {young.id, last.id}


def test_deleting_touches_nobody_else(as_alice, as_bob, bob, add_session, address, rows):
    old = add_session(bob, deleted_at=NOW - timedelta(days=8))
    as_alice.post(f"{address}/delete")
    assert rows(select(MassageSession.id).where(MassageSession.user_id == bob.id)) == [old.id]
    assert as_bob.post(f"{address}/restore").status_code == 404


def of_one_session(app):
    """Every page with the id of a session in its address; the phones' way in is not for reading."""
    for rule in app.url_map.iter_rules():
        if "session_id" in rule.arguments and not rule.rule.startswith("/api/"):
            for method in sorted(rule.methods - {"OPTIONS"}):
                yield method, str(rule)


@pytest.mark.parametrize("deleted", [False, True], ids=["kept", "deleted"])
def test_anothers_session_is_not_there_whatever_is_asked(
    app, as_bob, alice, add_session, rows, deleted
):
    massage = add_session(alice, note="alice's own", deleted_at=NOW if deleted else None)
    asked = list(of_one_session(app))
    assert len(asked) >= 9
    for method, rule in asked:
        path = rule.replace("<uuid:session_id>", str(massage.id))
        answer = as_bob.open(path, method=method, data=by_hand())
        assert answer.status_code == 404, (method, path)
        assert "alice" not in answer.text
    (kept,) = rows(select(MassageSession))
    assert (kept.user_id, kept.spot_id) == (alice.id, massage.spot_id)
    assert (kept.deleted_at is not None) == deleted


def test_a_session_that_never_was_is_not_there_either(app, as_alice):
    for method, rule in of_one_session(app):
        path = rule.replace("<uuid:session_id>", str(uuid7()))
        assert as_alice.open(path, method=method, data=by_hand()).status_code == 404


def test_a_stranger_is_asked_to_sign_in_whatever_is_asked(app, client, alice, add_session):
    massage = add_session(alice)
    for method, rule in of_one_session(app):
        answer = client.open(rule.replace("<uuid:session_id>", str(massage.id)), method=method)
        assert answer.status_code == 302
        assert "/login" in answer.location


def test_anothers_sessions_are_in_no_list_chart_or_file(as_bob, alice, add_session):
    massage = add_session(alice, note="alice's own", pain_before=7)
    for path in (
        "/",
        "/sessions/",
        "/progress/",
        "/progress/top-of-buttock",
        "/spots/top-of-buttock",
    ):
        page = as_bob.get(path, follow_redirects=True).text
        assert str(massage.id) not in page
        assert "alice" not in page
    assert as_bob.get("/sharing/sessions.csv").data.count(b"\r\n") == 1
