"""Our own tables come back: shown line by line first, then all or nothing, and twice is once."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from uuid_utils.compat import uuid7

from tests.conftest import new_person, sign_in
from tests.sharing.bringing import brought, counts_in, looked_at, said_yes
from tests.sharing.conftest import TODAY
from tests.sharing.test_taking_sessions_out import fill
from tracker import clock
from tracker.database import db
from tracker.days.models import DailyRating, DayNote
from tracker.sessions.models import MassageSession
from tracker.sharing import back, incoming, keeping, uploads
from tracker.sharing.incoming import UPLOAD_BYTES
from tracker.sharing.models import Upload

SESSIONS, DAILY = "/sharing/sessions.csv", "/sharing/daily.csv"


def file_of(client, path=SESSIONS):
    return client.get(path).get_data().decode("utf-8-sig")


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def rewritten(text, number=0, **cells):
    """The file with these cells of one line instead."""
    rows = read(text)
    rows[number] |= cells
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def without_export(text):
    return [{**row, "export_id": ""} for row in read(text)]


def test_a_table_moves_to_another_account_with_what_its_columns_say(
    app, as_alice, alice, as_bob, bob, add_session, rows
):
    told = datetime(2026, 11, 17, 20, tzinfo=UTC)
    add_session(
        alice,
        **{"entry": "guided", "pain_before": 6, "pain_after": 0, "note": "'=1 ü\nzwei"},
        **{"felt_in": ["hip"], "level_2_s": 40, "level_3_s": 5, "level_4_s": 0},
        **{"next_day_at": told, "next_day_soreness": 2, "still_sore": True, "bruise": False},
        **{"completed": False, "ended_by": "sharp", "quality": "good_ache", "tool": "knuckle"},
    )
    sent = file_of(as_alice)
    assert counts_in(looked_at(as_bob, sent).text)["Added"] == 1
    assert "1 added" in brought(as_bob, sent)
    (before,), (after,) = without_export(sent), without_export(file_of(as_bob))
    assert after == before | {"entry": "imported"}
    (massage,) = rows(select(MassageSession).where(MassageSession.user_id == bob.id))
    assert massage.user_id == bob.id


def test_the_same_file_twice_changes_nothing(as_alice, alice, fill_in):
    fill_in(alice)
    for path in (SESSIONS, DAILY, "/sharing/tables.zip"):
        page = looked_at(as_alice, as_alice.get(path).get_data())
        counted = counts_in(page.text)
        assert counted["Here already"] >= 2
        assert not counted["Added"] + counted["Changed"] + counted["Left out"], page.text


def test_days_move_too(as_alice, alice, as_bob, fill_in):
    fill_in(alice)
    sent = file_of(as_alice, DAILY)
    brought(as_bob, sent)
    assert [row | {"any_massage": ""} for row in read(file_of(as_bob, DAILY))] == [
        row | {"any_massage": ""} for row in read(sent)
    ]
    assert "There is nothing to keep" in looked_at(as_bob, sent).text


def test_a_corrected_rating_stands_and_the_earlier_one_is_kept(as_alice, alice, fill_in, rows):
    fill_in(alice)
    page = looked_at(as_alice, rewritten(file_of(as_alice, DAILY), pain_24h="2"))
    assert counts_in(page.text)["Changed"] == 1
    said_yes(as_alice, page)
    stands = {row.pain_24h: row.replaced_at is None for row in rows(select(DailyRating))}
    assert stands == {7: False, 5: False, 2: True}


def test_an_answer_corrected_in_a_spreadsheet_is_shown_and_kept(as_alice, alice, add_session, rows):
    add_session(alice, pain_after=3, note="stays")
    page = looked_at(as_alice, rewritten(file_of(as_alice), pain_after="2", note=""))
    assert counts_in(page.text)["Changed"] == 1
    assert "pain_after" in page.text
    said_yes(as_alice, page)
    (massage,) = rows(select(MassageSession))
    assert (massage.pain_after, massage.entry) == (2, "manual")


def test_what_the_guide_measured_is_not_changed_by_a_table(as_alice, alice, add_session):
    add_session(alice, entry="guided", planned_s=130)
    page = looked_at(as_alice, rewritten(file_of(as_alice), planned_s="90"))
    assert "The guide measured this" in page.text
    assert counts_in(page.text)["Left out"] == 1


def set_to(app, person, massage, **values):
    with app.app_context():
        row = db.session.get(MassageSession, (person.id, massage.id))
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


# The same would change in the second case, in the place of another answer.
@pytest.mark.parametrize("meanwhile", [2, 5, None])
def test_a_yes_is_only_to_what_was_shown(as_alice, alice, add_session, rows, app, meanwhile):
    massage = add_session(alice, pain_after=3)
    page = looked_at(as_alice, rewritten(file_of(as_alice), pain_after="2"))
    set_to(app, alice, massage, pain_after=meanwhile)
    again = said_yes(as_alice, page)
    assert again.status_code == 409
    assert "Something changed here meanwhile" in again.text
    assert [row.pain_after for row in rows(select(MassageSession))] == [meanwhile]


def test_a_yes_is_not_to_other_values_of_the_same_lines(
    as_alice, alice, as_bob, add_session, app, rows
):
    """Whatever it is that puts another file in the place of the one that was looked at."""
    add_session(alice, pain_after=3)
    sent = file_of(as_alice)
    page = looked_at(as_bob, sent)
    with app.app_context():
        db.session.scalars(select(Upload)).one().content = rewritten(sent, pain_after="9").encode()
        db.session.commit()
    assert said_yes(as_bob, page).status_code == 409
    assert "2026" not in file_of(as_bob)


def test_a_yes_stays_good_while_time_passes(as_alice, alice, as_bob, add_session, monkeypatch):
    """Where an answer gets the moment of the file, that is when it came, not when it is kept."""
    started = clock.now().replace(microsecond=0) - timedelta(hours=2)
    day = started.date()
    add_session(alice, on=day, started_at=started, next_day_soreness=2, bruise=False)
    page = looked_at(as_bob, file_of(as_alice))
    later = clock.now() + timedelta(minutes=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "1 added" in said_yes(as_bob, page).text


def test_all_or_nothing(as_alice, alice, as_bob, add_session, monkeypatch, rows):
    for day in (10, 11, 12):
        add_session(alice, on=date(2026, 11, day))
    page = looked_at(as_bob, file_of(as_alice))
    keep_one, kept = keeping._keep, []

    def failing(*args):
        kept.append(args)
        if len(kept) == 3:
            raise OSError("the power went")
        keep_one(*args)

    monkeypatch.setattr(keeping, "_keep", failing)
    with pytest.raises(OSError, match="power"):
        said_yes(as_bob, page)
    assert "2026-11-10" not in file_of(as_bob)


def test_two_that_bring_the_same_at_once_are_no_failure(
    as_alice, alice, as_bob, add_session, monkeypatch
):
    add_session(alice)
    page = looked_at(as_bob, file_of(as_alice))

    def second(*_args):
        raise IntegrityError("INSERT", {}, Exception("the other was first"))

    monkeypatch.setattr(back, "keep", second)
    again = said_yes(as_bob, page)
    assert again.status_code == 409
    assert "Something changed here meanwhile" in again.text


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("pain_before", "11"), ("pain_before", "-1"), ("pain_before", "3.5")),
        *(
            ("pain_before", "٣"),
            ("pain_before", "1_0"),
            ("peak_level", "0"),
            ("peak_level", "9" * 40),
        ),
        *(("session_id", "x"), ("session_id", ""), ("date_local", "22.11.2026")),
        *(("date_local", "2026-02-30"), ("date_local", "2025-01-01")),
        *(("start_local", "2026-11-16T08:00:00"), ("start_local", "2026-03-29T02:30:00+01:00")),
        *(
            ("start_local", "2026-11-16T24:00:00+01:00"),
            ("start_local", "0000-01-01T00:00:00+00:00"),
        ),
        *(("start_local", "2199-11-16T08:00:00+01:00"), ("tz", "Mars/Base"), ("spot_slug", "moon")),
        *(("spot_slug", ""), ("side", "middle"), ("completed", "yes"), ("ended_by", "boredom")),
        *(("felt_in", "moon"), ("note", "a\x07b"), ("note", "x" * 20_003), ("tool", "x" * 65)),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_its_line_and_column(
    as_alice, alice, add_session, column, cell
):
    add_session(alice)
    page = looked_at(as_alice, rewritten(file_of(as_alice), **{column: cell}))
    assert page.status_code == 200
    assert "line 2" in page.text
    assert f"{column}: " in page.text
    assert counts_in(page.text) == {"Added": 0, "Changed": 0, "Here already": 0, "Left out": 1}


@pytest.mark.parametrize(
    ("column", "cell"),
    [("region", "moon"), ("region", ""), ("side", "middle"), ("side", "up"), ("pain_24h", "")],
)
def test_a_day_that_cannot_be_rated_is_told_with_its_line_and_column(
    as_alice, alice, fill_in, column, cell
):
    fill_in(alice)
    page = looked_at(as_alice, rewritten(file_of(as_alice, DAILY), **{column: cell}))
    assert "line 2" in page.text
    assert counts_in(page.text)["Left out"] == 1


def test_the_other_lines_may_still_come_in(as_alice, alice, as_bob, add_session):
    for day in (10, 11):
        add_session(alice, on=date(2026, 11, day))
    page = looked_at(as_bob, rewritten(file_of(as_alice), pain_before="77"))
    assert counts_in(page.text)["Left out"] == 1
    assert "Without what is left out" in page.text
    said_yes(as_bob, page)
    assert [row["date_local"] for row in read(file_of(as_bob))] == ["2026-11-11"]


def test_of_a_line_that_contradicts_an_earlier_one_nothing_is_kept(
    as_alice, alice, as_bob, bob, add_session, rate, note_day, rows
):
    """Neither its session nor its rating, as it is said to be left out."""
    for number in (1, 2):
        add_session(alice, on=TODAY, note=f"session {number}")
    rate(alice, {0: 5})
    rate(alice, {0: 3}, region="hip")
    note_day(alice, other_treatment="Physio", note="sat a lot")
    for path, column in ((SESSIONS, "other_treatment"), (DAILY, "note")):
        sent = file_of(as_alice, path)
        assert len(read(sent)) == 2
        page = looked_at(as_bob, rewritten(sent, 1, **{column: "something else"}))
        assert "An earlier line says something else of this day." in page.text
        assert counts_in(page.text)["Left out"] == 1
        said_yes(as_bob, page)
    assert len(rows(select(MassageSession).where(MassageSession.user_id == bob.id))) == 1
    assert len(rows(select(DailyRating).where(DailyRating.user_id == bob.id))) == 1


def test_a_line_that_stands_twice_comes_in_once(as_alice, alice, as_bob, add_session):
    add_session(alice)
    sent = file_of(as_alice)
    page = looked_at(as_bob, sent + sent.split("\r\n")[1] + "\r\n")
    counted = counts_in(page.text)
    assert (counted["Added"], counted["Left out"]) == (1, 1)


@pytest.fixture
def good(as_alice, alice, add_session):
    add_session(alice, note="one\ntwo", pain_before=3)
    add_session(alice, note="three")
    return file_of(as_alice)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: b"", "nothing in this file"),
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: text.replace("one", "öne").encode("latin-1"), "Line 2: There is a letter"),
        (lambda text: text.replace("one", "o\0e"), "Line 2: There is a character"),
        (lambda text: text[:-4], "Line 4: A quotation mark opens here"),
        (lambda text: text.replace('"three"', '"three"x'), "Line 4: There is a quotation mark"),
        (lambda text: text.replace('"three"', '"' + "x" * 200_000 + '"'), "Line 4: "),
        (lambda text: text.replace(',"three"', ""), "Line 4: There are 34 cells instead of 35"),
        (lambda text: text.replace('"note"', '"remark"'), "These columns are missing: note."),
        (lambda text: text.replace('"tool"', '"side"'), "These columns are missing: tool."),
        (lambda text: text.replace("\r\n", ',"new"\r\n', 1), "stand twice: new."),
        (lambda text: "just a line of words", "Line 1: The first line should name"),
        (lambda text: b"PK\x03\x04" + b"x" * 99, "This zip file cannot be unpacked"),
    ],
)
def test_a_spoilt_file_is_refused_with_a_sentence_and_changes_nothing(
    as_alice, good, spoil, sentence
):
    page = looked_at(as_alice, spoil(good))
    assert page.status_code == 422
    assert sentence in page.text
    assert without_export(file_of(as_alice)) == without_export(good)


def test_a_file_of_more_lines_than_anybody_has_is_refused_at_once(as_alice, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_LINES", 10)
    page = looked_at(as_alice, "a,b\n" + "1,2\n" * 12)
    assert page.status_code == 422
    assert "more than 10 lines" in page.text


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_it_may_have_been_saved_by_another_program(as_bob, good, mark, newline):
    text = mark + good.replace("\r\n", newline)
    assert counts_in(looked_at(as_bob, text).text)["Added"] == 2
    tabs = io.StringIO(newline="")
    csv.writer(tabs, delimiter=";").writerows(csv.reader(io.StringIO(good, newline="")))
    assert counts_in(looked_at(as_bob, mark + tabs.getvalue()).text)["Added"] == 2


def packed(how=zipfile.ZIP_DEFLATED, **members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        packed(sessions_csv="x," * 5_000_000),
        packed(**{f"n{number}_csv": "a,b\n1,2\n" for number in range(30)}),
        packed(inner_zip=packed(sessions_csv="x," * 500_000)),
        packed(picture_png=b"\x89PNG\xff\x00"),
        packed(),
        packed(zipfile.ZIP_LZMA, sessions_csv="a,b\n" * 1000).replace(b"\x5d", b"\xa2"),
        packed(sessionsé_csv="a,b\n1,2\n").replace("é".encode(), b"\xff\xff"),
    ],
    ids=["bomb", "many", "nested", "picture", "empty", "odd packing", "odd name"],
)
def test_an_odd_zip_is_refused_before_it_is_unpacked(as_alice, content):
    page = looked_at(as_alice, content)
    assert page.status_code == 422
    assert 'id="file-error"' in page.text


def test_a_head_that_lies_about_the_size_is_found_out(as_alice):
    content = packed(sessions_csv="x," * 5_000_000)
    size = (10_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    page = looked_at(as_alice, content.replace(size, (10).to_bytes(4, "little")))
    assert page.status_code == 422


def test_a_hundred_megabytes_are_refused_by_their_size_alone(as_alice):
    answer = as_alice.post(
        "/sharing/back/",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(100 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert "This file is larger than 20 MB. Nothing was changed." in answer.text


def test_a_stranger_is_asked_to_sign_in_however_large_it_is(app, client, monkeypatch):
    # With tokens the body is looked at before the view is.
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = client.post(
        "/sharing/back/",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(100 * 1024 * 1024)},
    )
    assert "/login" in answer.location


def test_large_bodies_are_let_in_here_alone_and_only_of_somebody_signed_in(client, as_alice):
    large = {"file": (io.BytesIO(b"x" * 300_000), "x.csv"), "note": ""}
    assert as_alice.post("/sessions/add", data=large).status_code == 413
    large = {"file": (io.BytesIO(b"x" * 300_000), "x.csv")}
    assert client.post("/sharing/back/", data=large).status_code in {302, 413}
    assert UPLOAD_BYTES > 300_000


def test_without_a_file_it_says_so(as_alice):
    page = as_alice.post("/sharing/back/", data={})
    assert page.status_code == 422
    assert "Choose a file first." in page.text


def test_nobody_else_sees_or_keeps_a_waiting_file(as_alice, as_bob, good):
    page = looked_at(as_alice, good)
    address = page.request.path
    assert as_bob.get(address).status_code == 404
    for act in ("keep", "discard", "columns", "rematch"):
        assert as_bob.post(f"{address}/{act}").status_code == 404


def test_a_file_waits_an_hour(as_alice, good, monkeypatch):
    address = looked_at(as_alice, good).request.path
    later = datetime.now(UTC) + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert as_alice.get(address).status_code == 404


@pytest.mark.parametrize("begin", [True, False])
def test_what_nobody_came_back_for_is_gone_with_whatever_is_asked_next(
    app, as_alice, good, client, monkeypatch, rows, begin
):
    looked_at(as_alice, good)
    later = datetime.now(UTC) + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.get("/")
    assert len(rows(select(Upload.id))) == 1  # not yet the hour
    if begin:
        uploads.sweep(app, later)
    else:
        monkeypatch.setitem(app.extensions, uploads.SWEPT, monotonic() - uploads.EVERY_S)
        client.get("/")
    assert rows(select(Upload.id)) == []


def test_a_young_file_stays_and_no_page_fails_for_an_old_one(
    app, as_alice, good, client, monkeypatch
):
    address = looked_at(as_alice, good).request.path
    monkeypatch.setitem(app.extensions, uploads.SWEPT, monotonic() - uploads.EVERY_S)
    assert as_alice.get(address).status_code == 200

    def full(*_args):
        raise OperationalError("DELETE", {}, Exception("the disk is full"))

    with app.app_context():
        engine = db.engine
    monkeypatch.setattr(engine, "begin", full)
    app.extensions[uploads.SWEPT] = monotonic() - uploads.EVERY_S
    assert client.get("/").status_code == 200


def test_a_file_can_be_put_away(as_alice, as_bob, good):
    address = looked_at(as_bob, good).request.path
    page = as_bob.post(f"{address}/discard", follow_redirects=True)
    assert "Nothing was brought in." in page.text
    assert read(file_of(as_bob)) == []


def test_only_the_first_hundred_are_listed_and_all_are_counted(as_alice, alice, as_bob, app):
    fill(app, alice, 130)
    page = looked_at(as_bob, file_of(as_alice)).text
    assert counts_in(page)["Added"] == 130
    assert "The first 100 of 130" in page
    assert page.count("<b>Added</b>") == 100


whole = st.none() | st.integers(0, 10)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
sessions = st.fixed_dictionaries(
    {
        **dict.fromkeys(("pain_before", "pain_after", "tenderness_before"), whole),
        **{"note": st.sampled_from(["", "=1", "'=1", "''@"]) | texts, "planned_s": whole},
        **{"completed": st.none() | st.booleans(), "next_day_soreness": whole},
        "started_at": st.datetimes(
            datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)
        ),
    }
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(sessions, min_size=1, max_size=4), semicolon=st.booleans())
def test_whatever_is_in_a_table_comes_back_the_same(app, found, semicolon):
    person, other = (new_person(app, f"{uuid7()}@example.org") for _ in range(2))
    with app.app_context():
        for values in found:
            mine = {"user_id": person.id, "id": uuid7(), "entry": "imported", "felt_in": []}
            where = {"spot_id": "side-hip", "side": "left", "time_zone": "UTC"}
            when = {"local_date": values["started_at"].date(), "received_at": datetime.now(UTC)}
            db.session.add(MassageSession(**mine, **where, **when, **values))
        db.session.commit()
    style = "?delimiter=semicolon&bom=0" if semicolon else ""
    sent = sign_in(app, person).get(f"{SESSIONS}{style}").get_data()
    taker = sign_in(app, other)
    brought(taker, sent)
    assert without_export(file_of(taker)) == without_export(file_of(sign_in(app, person)))


def test_other_treatment_is_kept_with_its_day(as_alice, alice, as_bob, bob, fill_in, rows):
    fill_in(alice)
    lines = file_of(as_alice).split("\r\n")
    brought(as_bob, "\r\n".join([lines[0], *lines[1:2], ""]))
    (note,) = rows(select(DayNote).where(DayNote.user_id == bob.id))
    assert (note.local_date, note.other_treatment) == (date(2026, 11, 16), "Physio")
