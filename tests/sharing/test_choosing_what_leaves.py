"""A person chooses spots, days and notes, takes days and check-ins along, or all in one zip."""

import csv
import io
import json
import subprocess
import zipfile
from datetime import date, timedelta
from errno import ENOSPC
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pandas
import pytest
from frictionless import Package
from sqlalchemy import update

from tests.sharing.conftest import TODAY
from tests.sharing.office import office
from tests.sharing.test_taking_sessions_out import fill
from tracker.database import db
from tracker.sessions.models import MassageSession
from tracker.sharing import spool, tables

SESSIONS = "/sharing/sessions.csv"
DAILY = "/sharing/daily.csv"
ZIP = "/sharing/tables.zip"


def table_of(answer):
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_only_the_chosen_spots_and_days_leave(as_alice, alice, add_session):
    for days in range(5):
        add_session(alice, on=date(2026, 11, 10) + timedelta(days))
    add_session(alice, "side-hip", on=date(2026, 11, 11))
    rows = table_of(as_alice.get(f"{SESSIONS}?from=2026-11-11&to=2026-11-13&spots=top-of-buttock"))
    assert [row["date_local"] for row in rows] == ["2026-11-11", "2026-11-12", "2026-11-13"]
    assert {row["spot_slug"] for row in rows} == {"top-of-buttock"}


def test_notes_stay_at_home_on_request(as_alice, alice, fill_in):
    fill_in(alice)
    for path in (SESSIONS, DAILY):
        assert any(row["note"] for row in table_of(as_alice.get(path)))
        assert not any(row["note"] for row in table_of(as_alice.get(f"{path}?notes=0")))


@pytest.mark.parametrize("query", ["spots=nowhere", "notes=2", "spots=side-hip"])
def test_what_cannot_be_asked_on_the_page_is_refused(as_alice, query):
    assert as_alice.get(f"{SESSIONS}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["from=2026-02-30", "to=yesterday", "from=2026-11-12&to=2026-11-11"]
)
def test_a_wrong_day_is_told_beside_it_and_kept_as_typed(as_alice, query):
    page = as_alice.get(f"{SESSIONS}?{query}")
    assert page.status_code == 422
    assert "Nothing was saved yet" in page.text
    assert query.rpartition("=")[2] in page.text


def test_the_days_leave_with_what_was_noted_of_them(as_alice, alice, fill_in):
    fill_in(alice)
    assert table_of(as_alice.get(DAILY)) == [
        {
            **{"date_local": "2026-11-16", "region": "low_back", "side": "left", "pain_24h": "5"},
            **{"any_massage": "true", "medicine_change": "false", "flare": "true"},
            "note": "Viel gesessen",
        },
        {
            **{"date_local": "2026-11-18", "region": "", "side": "", "pain_24h": ""},
            **{"any_massage": "false", "medicine_change": "true", "flare": "false", "note": ""},
        },
    ]


def test_activities_and_the_days_after_leave_too(as_alice, alice, fill_in):
    fill_in(alice)
    (activity,) = table_of(as_alice.get("/sharing/activities.csv"))
    assert (activity["activity"], activity["goes"]) == ("Rad fahren", "3")
    (checkin,) = table_of(as_alice.get("/sharing/checkins.csv"))
    assert checkin["next_day_at"] == "2026-11-17T13:00:00+00:00"
    assert (checkin["still_sore"], checkin["bruise"]) == ("false", "true")


def test_nobody_elses_rows_are_in_any_table(as_bob, alice, bob, fill_in):
    fill_in(alice)
    for name in ("sessions", "daily", "activities", "checkins"):
        assert table_of(as_bob.get(f"/sharing/{name}.csv")) == []


def unpacked(client, folder: Path, query="") -> Path:
    with zipfile.ZipFile(io.BytesIO(client.get(f"{ZIP}{query}").get_data())) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("query", ["", "?bom=0&delimiter=semicolon"])
def test_frictionless_finds_the_zip_valid(as_alice, alice, fill_in, tmp_path, query):
    fill_in(alice)
    folder = unpacked(as_alice, tmp_path, query)
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    rows = package.get_resource("sessions").read_rows()
    assert [row["pain_before"] for row in rows] == [6, None]
    assert rows[0]["start_local"].utcoffset() == timedelta(hours=1)


def test_frictionless_finds_what_is_out_of_its_range(as_alice, alice, fill_in, tmp_path):
    fill_in(alice)
    folder = unpacked(as_alice, tmp_path)
    daily = folder / "daily.csv"
    daily.write_text(daily.read_text().replace(",5,true", ",11,true"))
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_description_says_units_and_what_is_missing(as_alice, tmp_path):
    described = json.loads((unpacked(as_alice, tmp_path) / "datapackage.json").read_text())
    schemas = {each["name"]: each["schema"] for each in described["resources"]}
    assert all(schema["missingValues"] == [""] for schema in schemas.values())
    fields = {field["name"]: field for field in schemas["sessions"]["fields"]}
    assert fields["pressure_s"]["description"].endswith("in seconds")
    assert fields["pain_before"]["constraints"] == {"minimum": 0, "maximum": 10}
    assert schemas["sessions"]["primaryKey"] == ["session_id"]


def test_pandas_reads_blanks_as_missing_and_letters_as_they_are(as_alice, alice, fill_in):
    fill_in(alice)
    file = io.BytesIO(as_alice.get(SESSIONS).get_data())
    frame = pandas.read_csv(file, parse_dates=["date_local"])
    assert list(frame["pain_before"].fillna(-1)) == [6, -1]
    assert list(frame["pain_after"].fillna(-1)) == [-1, 0]
    assert frame["spot_name"][1] == "'=Daumen, groß"
    assert frame["date_local"][0].day == 16


def test_libreoffice_calculates_nothing_and_keeps_umlauts(as_alice, alice, fill_in, tmp_path):
    fill_in(alice)
    source = tmp_path / "sessions.csv"
    source.write_bytes(as_alice.get(SESSIONS).get_data())
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    # Comma, quotes, UTF-8, from the first line; and out again with every cell as it was read.
    filters = ("--infilter=CSV:44,34,76,1,,1033,false,true", "--convert-to", "xlsx")
    subprocess.run(
        [office(), home, "--headless", *filters, "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with zipfile.ZipFile(tmp_path / "sessions.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Daumen, groß" in texts
    assert "=2+2" in texts
    assert "<f" not in sheet.replace("<font", "")


@pytest.mark.parametrize("path", [SESSIONS, ZIP, "/sharing/everything.json"])
@pytest.mark.parametrize("room", [0, 500])
def test_a_file_that_the_disk_has_no_room_for_is_told_and_leaves_nothing_behind(
    as_alice, alice, fill_in, monkeypatch, path, room
):
    made = []

    class OnAFullDisk(SpooledTemporaryFile):
        def __init__(self, **more):
            super().__init__(**more)
            made.append(self)

        def write(self, data):
            if self.tell() + len(data) > room:
                raise OSError(ENOSPC, "No space left on device")
            return super().write(data)

    fill_in(alice)
    monkeypatch.setattr(spool, "SpooledTemporaryFile", OnAFullDisk)
    answer = as_alice.get(path)
    assert answer.status_code == 507
    assert "There is no room left" in answer.text
    assert [file.closed for file in made] == [True]


def test_what_is_saved_meanwhile_is_in_no_part_of_the_file(
    app, as_alice, alice, add_session, monkeypatch
):
    """Somebody changes the first and adds a session while the rest is being read."""
    fill(app, alice, 450)
    read, wrote = tables.shared_sessions, []

    def read_slowly(*args):
        for number, session in enumerate(read(*args)):
            if number == 210 and not wrote:
                wrote.append(True)
                with app.app_context(), db.engine.begin() as connection:
                    connection.execute(update(MassageSession).values(note="changed meanwhile"))
                add_session(alice, on=date(2026, 11, 20), note="added meanwhile")
            yield session

    monkeypatch.setattr(tables, "shared_sessions", read_slowly)
    rows = table_of(as_alice.get(SESSIONS))
    assert wrote
    assert [row["note"] for row in rows] == [f"note {number}" for number in range(450)]
    assert len(table_of(as_alice.get(SESSIONS))) == 451


def test_a_test_that_begins_meanwhile_is_in_no_part_of_the_file(
    as_alice, alice, add_session, begin_test, monkeypatch
):
    """What names the phase of each session is of the same moment as the sessions."""
    add_session(alice, on=TODAY)
    read = tables.own_spot_names

    def read_slowly(*args):
        names = read(*args)
        begin_test(alice, days_ago=1)
        return names

    monkeypatch.setattr(tables, "own_spot_names", read_slowly)
    assert [row["phase"] for row in table_of(as_alice.get(SESSIONS))] == ["none"]
    monkeypatch.undo()
    assert [row["phase"] for row in table_of(as_alice.get(SESSIONS))] == ["on"]
