"""A person takes their sessions out of the house."""

import csv
import gc
import io
import re
import tracemalloc
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.database import db
from tracker.sessions.models import MassageSession
from tracker.sessions.revisions import Revisions
from tracker.spots.models import OwnSpot

PATH = "/sharing/sessions.csv"


def table_of(answer, delimiter=","):
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@pytest.mark.parametrize("path", ["/sharing/", PATH])
def test_a_stranger_is_asked_to_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_the_page_says_what_the_file_holds_and_offers_it(as_alice):
    page = as_alice.get("/sharing/")
    assert page.status_code == 200
    assert "For my therapist" in page.text
    assert 'action="/sharing/sessions.csv"' in page.text


def test_without_sessions_the_file_is_its_header(as_alice):
    answer = as_alice.get(PATH)
    assert answer.status_code == 200
    assert answer.data.count(b"\r\n") == 1


def test_the_file_is_named_after_the_day_and_kept_by_nobody(as_alice, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone: date(2026, 11, 22))
    answer = as_alice.get(PATH)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="sweetspot-sessions-2026-11-22.csv"'
    )
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_session_leaves_with_all_that_was_noted(as_alice, alice, add_session):
    massage = add_session(
        alice,
        on=date(2026, 11, 22),
        at=time(8, 15),
        entry="guided",
        protocol="gentle",
        protocol_version="1",
        target_level=2,
        peak_level=2,
        peak_discomfort=3,
        tool="fingertips",
        planned_s=130,
        level_1_s=60,
        level_2_s=40,
        level_3_s=5,
        level_4_s=0,
        completed=True,
        ended_by="finished",
        sharp_events=0,
        nerve_events=1,
        pain_before=6,
        pain_after=0,
        tenderness_before=5,
        quality="good_ache",
        felt_in=["low_back", "hip"],
        your_pain="partly",
        note='=2+2 and "more"\nbelow',
        next_day_at=datetime(2026, 11, 23, 8, 15, tzinfo=UTC),
        next_day_soreness=2,
        still_sore=False,
        bruise=True,
    )
    (row,) = table_of(as_alice.get(PATH))
    assert row.pop("export_id")
    assert row == {
        "session_id": str(massage.id),
        "date_local": "2026-11-22",
        "start_local": "2026-11-22T08:15:00+01:00",
        "tz": "Europe/Berlin",
        "spot_number": "12",
        "spot_slug": "top-of-buttock",
        "spot_name": "Top of the buttock",
        "side": "left",
        "protocol_id": "gentle",
        "protocol_version": "1",
        "target_level": "2",
        "peak_level": "2",
        "peak_discomfort": "3",
        "tool": "fingertips",
        "planned_s": "130",
        "pressure_s": "45",
        "completed": "true",
        "ended_by": "finished",
        "sharp_events": "0",
        "nerve_events": "1",
        "pain_before": "6",
        "pain_after": "0",
        "tenderness_before": "5",
        "tenderness_after": "",
        "quality": "good_ache",
        "felt_in": "low_back hip",
        "your_pain": "partly",
        "entry": "guided",
        "next_day_soreness": "2",
        "sore_after_24h": "false",
        "bruise": "true",
        "phase": "none",
        "other_treatment": "",
        "note": '\'=2+2 and "more"\nbelow',
    }


def test_a_session_by_hand_leaves_blank_what_nobody_knows(as_alice, alice, add_session):
    add_session(alice)
    (row,) = table_of(as_alice.get(PATH))
    for column in ("protocol_id", "pressure_s", "completed", "pain_before", "sharp_events", "note"):
        assert row[column] == ""


def test_the_oldest_session_comes_first_also_over_many_pages(as_alice, alice, add_session, app):
    fill(app, alice, 450)
    rows = table_of(as_alice.get(PATH))
    assert len({row["session_id"] for row in rows}) == 450
    assert [row["note"] for row in rows] == [f"note {number}" for number in range(450)]
    assert len({row["export_id"] for row in rows}) == 1


def test_sessions_of_the_same_moment_all_leave(as_alice, alice, app):
    fill(app, alice, 450, step=timedelta(0))
    assert len({row["session_id"] for row in table_of(as_alice.get(PATH))}) == 450


def test_each_export_has_its_own_id(as_alice, alice, add_session):
    add_session(alice)
    (first,), (second,) = table_of(as_alice.get(PATH)), table_of(as_alice.get(PATH))
    assert first["export_id"] != second["export_id"]
    assert {**first, "export_id": ""} == {**second, "export_id": ""}


def test_a_spot_of_ones_own_leaves_under_its_name(app, as_alice, alice, add_session):
    own = OwnSpot(user_id=alice.id, id=uuid7(), name="-thumb", region="arm", felt_in=[], notes="")
    own.created_at = clock.now()
    with app.app_context():
        db.session.add(own)
        db.session.commit()
        own_id = str(own.id)
    add_session(alice, spot=own_id)
    (row,) = table_of(as_alice.get(PATH))
    assert (row["spot_number"], row["spot_slug"], row["spot_name"]) == ("", own_id, "'-thumb")


def test_hides_anothers_and_deleted_sessions(as_alice, alice, bob, add_session):
    mine = add_session(alice)
    add_session(alice, deleted_at=clock.now())
    add_session(bob, note="bob's own")
    answer = as_alice.get(PATH)
    assert [row["session_id"] for row in table_of(answer)] == [str(mine.id)]
    assert b"bob" not in answer.data


def test_semicolons_and_no_mark_on_request(as_alice, alice, add_session):
    add_session(alice)
    answer = as_alice.get(f"{PATH}?bom=0&delimiter=semicolon")
    assert answer.data.startswith(b'"export_id";"session_id"')
    assert table_of(answer, ";")[0]["side"] == "left"


@pytest.mark.parametrize("query", ["delimiter=pipe", "bom=2", "delimiter=%3B", "delimiter="])
def test_an_unknown_way_of_writing_is_refused(as_alice, query):
    assert as_alice.get(f"{PATH}?{query}").status_code == 400


def fill(app, person, count, step=timedelta(hours=1), note="note {}"):
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    moments = [begin + number * step for number in range(count)]
    values = [
        {
            "user_id": person.id,
            "id": uuid7(),
            "spot_id": "top-of-buttock",
            "side": "left",
            "entry": "manual",
            "started_at": moment,
            "received_at": moment,
            "time_zone": "Europe/Berlin",
            "local_date": moment.date(),
            "felt_in": ["low_back"],
            "note": note.format(number),
            "revision": number + 1,
        }
        for number, moment in enumerate(moments)
    ]
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(insert(MassageSession), values)
        connection.execute(insert(Revisions), {"user_id": person.id, "latest": count})


def peak_of(client):
    """The most memory, in bytes, while the file is read and dropped chunk by chunk."""
    gc.collect()
    tracemalloc.start()
    answer = client.get(PATH, buffered=False)
    size = sum(len(chunk) for chunk in answer.response)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    answer.close()
    return peak, size


def test_memory_does_not_grow_with_the_sessions(app, as_alice, alice, as_bob, bob):
    fill(app, alice, 400)
    fill(app, bob, 8_000)
    peak_of(as_alice)  # what is loaded once is not the export's
    small, _ = peak_of(as_alice)
    large, size = peak_of(as_bob)
    assert size > 1_000_000
    assert large < 2 * small


def test_a_stalled_download_holds_no_connection(app, as_alice, alice, add_session):
    fill(app, alice, 450)
    answer = as_alice.get(PATH, buffered=False)
    chunks = iter(answer.response)
    assert re.match(b'\xef\xbb\xbf"export_id"', next(chunks))
    with app.app_context():
        held = db.engine.pool.checkedout()
    add_session(alice, note="meanwhile")
    rest = b"".join(chunks)
    answer.close()
    assert held == 0
    assert b'"note 449"' in rest
