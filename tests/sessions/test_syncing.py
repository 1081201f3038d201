"""Two phones and a server: each change is kept once, and no phone undoes what it has not seen."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.conftest import id_in, sign_in
from tests.sessions.conftest import NOW, by_hand, guided, send
from tracker.sessions.document import ANSWERS, FIELDS
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import sessions_of, whole

SAID = {
    "pain_after": 3,
    "tenderness_before": 6,
    "tenderness_after": 4,
    "other_side_before": 2,
    "other_side_after": 1,
    "peak_discomfort": 5,
    "quality": "good_ache",
    "felt_in": ["buttock", "low_back"],
    "your_pain": "partly",
    "note": "On the bathroom floor.",
}
EARLIER = {
    "started_at": "2026-11-19T09:30:00.000Z",
    "ended_at": "2026-11-19T09:33:00.000Z",
}


def edit(client, known, **changes):
    """Send the server's copy back with these changes, as a phone that saw it would."""
    body = {name: known[name] for name in FIELDS} | {"based_on": known["revision"]} | changes
    return send(client, body, known["id"])


def copy(client, session_id):
    return client.get(f"/api/sessions/{session_id}").json


def take_back(client, session_id, **body):
    path = f"/api/sessions/{session_id}"
    return client.delete(path, data=json.dumps(body), content_type="application/json")


@pytest.fixture
def known(as_alice):
    """The server's copy of a session of alice's that was done a day ago."""
    session_id = uuid7()
    assert send(as_alice, guided(**EARLIER), session_id).status_code == 201
    return copy(as_alice, session_id)


def test_all_that_was_said_before_there_was_a_network_comes_with_the_session(as_alice):
    session_id = uuid7()
    assert send(as_alice, guided(**SAID), session_id).status_code == 201
    kept = copy(as_alice, session_id)
    assert {name: kept[name] for name in SAID} == SAID | {"felt_in": kept["felt_in"]}
    assert set(kept["felt_in"]) == set(SAID["felt_in"])


def test_the_servers_copy_can_be_sent_back_and_changes_nothing(as_alice, known):
    assert (known["entry"], known["local_date"]) == ("guided", "2026-11-19")
    assert known["started_at"] == EARLIER["started_at"]
    answer = edit(as_alice, known)
    assert (answer.status_code, answer.json["revision"]) == (200, known["revision"])
    assert edit(as_alice, known, based_on=None).status_code == 200
    assert copy(as_alice, known["id"]) == known


@pytest.mark.parametrize("day", ["1900-01-01", "1987-05-03", "1999-12-31"])
def test_a_session_of_long_ago_by_hand_can_be_changed_from_a_phone_too(as_alice, day):
    answer = as_alice.post("/sessions/add", data=by_hand(day=day, start="00:00"))
    known = copy(as_alice, id_in(answer.location))
    assert edit(as_alice, known, pain_after=3).status_code == 200
    assert copy(as_alice, known["id"])["pain_after"] == 3


@pytest.mark.parametrize("ended_at", ["2026-11-19T09:00:00.000Z", "2031-01-01T00:00:00.000Z"])
def test_an_end_that_cannot_be_is_told_as_it_was_sent(as_alice, ended_at):
    session_id = uuid7()
    body = guided(**EARLIER | {"ended_at": ended_at})
    send(as_alice, body, session_id)
    assert copy(as_alice, session_id)["ended_at"] == ended_at
    assert edit(as_alice, copy(as_alice, session_id)).json["revision"] == 1


def test_an_edit_of_the_current_revision_is_taken(as_alice, known):
    answer = edit(as_alice, known, **SAID)
    assert (answer.status_code, answer.json["revision"]) == (200, known["revision"] + 1)
    kept = copy(as_alice, known["id"])
    assert kept["note"] == SAID["note"]
    assert (kept["trace"], kept["started_at"]) == (known["trace"], known["started_at"])


def test_of_two_edits_at_once_the_second_is_told_and_loses_nothing(app, alice, as_alice, known):
    other_phone = sign_in(app, alice)
    assert edit(as_alice, known, note="Left hand.").status_code == 200
    answer = edit(other_phone, known, pain_after=2)
    assert answer.status_code == 409
    theirs = answer.json["session"]
    assert (theirs["note"], theirs["pain_after"]) == ("Left hand.", None)
    assert edit(other_phone, theirs, pain_after=2).status_code == 200
    kept = copy(as_alice, known["id"])
    assert (kept["note"], kept["pain_after"]) == ("Left hand.", 2)


def test_the_same_edit_from_both_phones_is_one_change(app, alice, as_alice, known):
    first, second = (edit(c, known, note="Same.") for c in (as_alice, sign_in(app, alice)))
    assert [first.status_code, second.status_code] == [200, 200]
    assert first.json == second.json


def test_a_form_and_a_phone_know_of_each_other(as_alice, known):
    as_alice.post(f"/sessions/{known['id']}/after", data={"pain_after": "4"})
    assert edit(as_alice, known, note="From the phone.").status_code == 409


@pytest.mark.parametrize("based_on", [-1, "1", 1.5, True, [], 2**60], ids=str)
def test_a_revision_that_is_none_is_refused(as_alice, known, based_on):
    answer = edit(as_alice, known, note="x", based_on=based_on)
    assert (answer.status_code, answer.json["key"]) == (422, "based_on")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("spot", "forearm-top"),
        ("tool", "soft_ball_wall"),
        ("time_zone", "Europe/Paris"),
        ("started_at", "2026-11-19T09:31:00Z"),
        ("trace", None),
        ("ended_at", "soon"),
        ("side", "middle"),
        ("pain_after", 11),
        ("pain_after", 3.0),
        ("quality", "good"),
        ("quality", ["good_ache"]),
        ("your_pain", True),
        ("felt_in", "buttock"),
        ("felt_in", ["moon"]),
        ("felt_in", [["buttock"]]),
        ("felt_in", {"buttock": True}),
        ("note", 5),
        ("note", "\x07"),
        ("note", "x" * 20_003),
        ("still_sore", "yes"),
        ("still_sore", 1),
        ("bruise_gone", 0),
        ("next_day_at", "2026-11-20"),
        ("next_day_soreness", -1),
        ("owner", "someone"),
    ],
    ids=str,
)
def test_an_edit_that_cannot_be_is_refused_naming_the_key(as_alice, known, key, value):
    answer = edit(as_alice, known, **{key: value})
    assert answer.status_code == (403 if key == "owner" else 422)
    assert answer.json.get("key", key).split(".")[0] == key
    assert copy(as_alice, known["id"]) == known


def test_a_guided_session_can_be_put_on_the_other_side_as_in_the_form(as_alice, known):
    assert edit(as_alice, known, side="right").status_code == 200
    assert copy(as_alice, known["id"])["side"] == "right"


def test_a_session_by_hand_can_be_corrected_on_a_phone_too(as_alice):
    address = as_alice.post("/sessions/add", data=by_hand(note="By hand.")).location
    known = copy(as_alice, address.rsplit("/", 1)[1])
    assert (known["entry"], known["trace"]) == ("manual", None)
    earlier = {"started_at": "2026-11-17T08:00:00.000Z", "ended_at": "2026-11-17T08:05:00.000Z"}
    assert edit(as_alice, known, **earlier, tool="fingertips").status_code == 200
    kept = copy(as_alice, known["id"])
    assert (kept["started_at"], kept["local_date"]) == (earlier["started_at"], "2026-11-17")
    assert edit(as_alice, kept).json["revision"] == kept["revision"]
    assert edit(as_alice, kept, trace=guided()["trace"]).status_code == 422


def test_the_next_day_is_answered_on_a_phone_as_on_today(as_alice, known):
    said = {"next_day_soreness": 3, "still_sore": True, "bruise": False}
    assert edit(as_alice, known, **said, next_day_at="2026-11-20T08:00:00.000Z").status_code == 200
    kept = copy(as_alice, known["id"])
    assert kept["next_day_at"] == "2026-11-20T08:00:00.000Z"
    assert edit(as_alice, kept, next_day_soreness=2, next_day_at=None).status_code == 200
    assert copy(as_alice, known["id"])["next_day_at"] == "2026-11-20T08:00:00.000Z"


def test_without_the_first_answer_there_is_no_second(as_alice, known):
    answers = {"still_sore": False, "still_sore_48": True, "bruise_gone": True}
    assert edit(as_alice, known, **answers).status_code == 200
    kept = copy(as_alice, known["id"])
    assert (kept["still_sore_48"], kept["still_sore_48_at"], kept["bruise_gone"]) == (None,) * 3
    assert kept["next_day_at"] == "2026-11-20T12:00:00.000Z"
    assert edit(as_alice, kept, **answers).json["revision"] == kept["revision"]


def test_the_next_day_cannot_be_answered_at_once(as_alice):
    session_id = uuid7()
    send(as_alice, guided(), session_id)
    answer = edit(as_alice, copy(as_alice, session_id), still_sore=False)
    assert (answer.status_code, answer.json["key"]) == (422, "still_sore")


@pytest.mark.parametrize("next_day_at", ["2026-11-23T09:30:00.000Z", None])
def test_a_phone_that_is_ahead_may_answer_by_its_own_clock(as_alice, next_day_at):
    body = guided(
        started_at="2026-11-22T09:30:00.000Z",
        next_day_at=next_day_at,
        next_day_soreness=1,
    )
    session_id = uuid7()
    assert send(as_alice, body, session_id).status_code == 201
    kept = copy(as_alice, session_id)
    assert (kept["clock_uncertain"], kept["started_at"]) == (True, body["started_at"])
    assert kept["next_day_at"] == "2026-11-20T12:00:00.000Z"
    assert send(as_alice, body, session_id).status_code == 200


@pytest.mark.parametrize(
    "start",
    ["2026-11-20T12:00:30Z", "2031-01-01T00:00:00+14:00", "9999-12-31T23:59:59+00:00"],
)
def test_a_start_in_the_future_never_blocks_today(as_alice, set_clock, start):
    session_id = uuid7()
    for _again in range(2):
        assert send(as_alice, guided(started_at=start), session_id).status_code in {201, 200}
        set_clock(NOW + timedelta(hours=1))
    kept = copy(as_alice, session_id)
    assert (kept["clock_uncertain"], kept["started_at"]) == (True, start)
    assert "Not tried yet" not in as_alice.get("/").text
    set_clock(NOW + timedelta(days=3))
    page = as_alice.get("/").text
    assert "Last one" in page
    assert "/sessions/new?spot=top-of-buttock&amp;side=left" in page
    for path in ("/sessions/", "/progress/top-of-buttock"):
        assert as_alice.get(path).status_code == 200
    assert "The clock of the phone was ahead" in as_alice.get(f"/sessions/{session_id}").text


def test_a_deleted_session_stays_deleted(as_alice, known):
    answer = take_back(as_alice, known["id"], based_on=known["revision"])
    mark = {"id": known["id"], "revision": known["revision"] + 1, "deleted": True}
    assert (answer.status_code, answer.json) == (200, mark)
    assert take_back(as_alice, known["id"], based_on=None).json == mark
    for gone in (edit(as_alice, known, note="x"), as_alice.get(f"/api/sessions/{known['id']}")):
        assert gone.status_code == 410
        assert {name: gone.json[name] for name in mark} == mark


def test_what_changed_meanwhile_is_not_deleted(as_alice, known):
    edit(as_alice, known, note="Keep this.")
    answer = take_back(as_alice, known["id"], based_on=known["revision"])
    assert (answer.status_code, answer.json["session"]["note"]) == (409, "Keep this.")
    assert copy(as_alice, known["id"])["note"] == "Keep this."


def test_deleting_what_never_came_is_done_already(as_alice):
    session_id = str(uuid7())
    mark = {"id": session_id, "revision": None, "deleted": True}
    assert as_alice.get(f"/api/sessions/{session_id}").status_code == 404
    assert take_back(as_alice, session_id).json == mark
    assert take_back(as_alice, session_id).json == mark | {"revision": 1}


def test_what_was_deleted_before_it_came_does_not_come_late(as_alice, alice, rows):
    session_id = uuid7()
    take_back(as_alice, session_id)
    assert send(as_alice, guided(), session_id).status_code == 410
    assert rows(sessions_of(alice)) == []


def test_an_old_phone_resurrects_nothing_after_the_undo_is_over(
    as_alice, known, set_clock, rows, alice
):
    take_back(as_alice, known["id"], based_on=known["revision"])
    set_clock(NOW + timedelta(days=8))
    send(as_alice, guided())
    assert len(rows(select(MassageSession))) == 1
    assert edit(as_alice, known, note="Old.").status_code == 410
    assert as_alice.get(f"/api/sessions/{known['id']}").status_code == 410
    assert as_alice.post(f"/sessions/{known['id']}/restore").status_code == 404
    again = by_hand(id=known["id"])
    assert as_alice.post("/sessions/add", data=again).status_code == 303
    assert as_alice.get(f"/sessions/{known['id']}").status_code == 404
    marks = as_alice.get("/api/changes?after=0").json["sessions"]
    assert {"id": known["id"], "revision": known["revision"] + 1, "deleted": True} in marks


def test_a_phone_hears_of_all_changes_in_their_order(as_alice, known):
    by_form = as_alice.post("/sessions/add", data=by_hand()).location.rsplit("/", 1)[1]
    edit(as_alice, known, note="Later.")
    as_alice.post(f"/sessions/{by_form}/delete")
    told = as_alice.get("/api/changes?after=0").json
    assert [(each["id"], each["deleted"]) for each in told["sessions"]] == [
        (known["id"], False),
        (by_form, True),
    ]
    assert (told["revision"], told["more"]) == (4, False)
    assert as_alice.get("/api/changes?after=4").json == {
        "sessions": [],
        "revision": 4,
        "more": False,
    }


def test_many_changes_come_a_hundred_at_a_time(as_alice, alice, add_session):
    for _number in range(101):
        add_session(alice)
    first = as_alice.get("/api/changes").json
    assert (len(first["sessions"]), first["more"]) == (100, True)
    rest = as_alice.get(f"/api/changes?after={first['revision']}").json
    assert (len(rest["sessions"]), rest["more"], rest["revision"]) == (1, False, 101)


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "٣", "1_0", "9" * 19, "", " 1", "1\x00"])
def test_after_has_to_be_a_revision(as_alice, after):
    answer = as_alice.get("/api/changes", query_string={"after": after})
    assert (answer.status_code, answer.json["key"]) == (422, "after")


def test_another_person_sees_changes_and_deletes_none_of_it(as_bob, known, as_alice):
    assert as_bob.get("/api/changes").json["sessions"] == []
    assert as_bob.get(f"/api/sessions/{known['id']}").status_code == 404
    assert take_back(as_bob, known["id"], based_on=known["revision"]).json["revision"] is None
    assert copy(as_alice, known["id"]) == known


def test_signed_out_nothing_is_told_or_taken(client, known):
    path = f"/api/sessions/{known['id']}"
    for answer in (client.get(path), client.get("/api/changes"), take_back(client, known["id"])):
        assert answer.status_code == 401
        assert answer.json["error"]


def test_for_somebody_else_nothing_is_deleted(as_alice, bob, known):
    answer = take_back(as_alice, known["id"], owner=str(bob.id), based_on=known["revision"])
    assert answer.status_code == 403
    assert copy(as_alice, known["id"]) == known


def test_what_can_be_answered_is_what_a_document_has():
    assert set(ANSWERS) < set(FIELDS)


def test_the_trace_that_is_kept_is_the_one_that_is_sent_back(as_alice, known, alice, rows):
    (kept,) = rows(whole(sessions_of(alice)))
    assert known["trace"] == kept.trace
