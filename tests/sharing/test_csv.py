"""The file's rules, without an app: what a spreadsheet, a program and an import rely on."""

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.sharing.csv import (
    COLUMNS,
    FORMULA,
    SharedSession,
    guard,
    lines,
    local,
    sore_after_a_day,
    unguard,
)

EXPORT = UUID("01999999-0000-7000-8000-000000000000")
BLANK = SharedSession(
    id=UUID("01988888-0000-7000-8000-000000000000"),
    local_date=date(2026, 11, 22),
    started_at=datetime(2026, 11, 22, 7, 15, tzinfo=UTC),
    time_zone="Europe/Berlin",
    spot_number=12,
    spot_slug="top-of-buttock",
    spot_name="Top of the buttock",
    side="left",
    protocol=None,
    protocol_version=None,
    target_level=None,
    peak_level=None,
    peak_discomfort=None,
    tool=None,
    planned_s=None,
    pressure_s=None,
    completed=None,
    ended_by=None,
    sharp_events=None,
    nerve_events=None,
    pain_before=None,
    pain_after=None,
    tenderness_before=None,
    tenderness_after=None,
    quality=None,
    felt_in=(),
    your_pain=None,
    entry="manual",
    next_day_soreness=None,
    sore_after_24h=None,
    bruise=None,
    other_treatment=None,
    note="",
)
HEADER = (
    "export_id,session_id,date_local,start_local,tz,spot_number,spot_slug,spot_name,side,"
    "protocol_id,protocol_version,target_level,peak_level,peak_discomfort,tool,planned_s,"
    "pressure_s,completed,ended_by,sharp_events,nerve_events,pain_before,pain_after,"
    "tenderness_before,tenderness_after,quality,felt_in,your_pain,entry,next_day_soreness,"
    "sore_after_24h,bruise,phase,other_treatment,note"
)


def written(*sessions, **options):
    return "".join(lines(sessions, EXPORT, **options))


def read(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def cells(**columns):
    (row,) = read(written(BLANK._replace(**columns), bom=False))
    return row


def test_the_columns_are_the_published_ones_in_their_order():
    assert ",".join(COLUMNS) == HEADER


def test_the_file_starts_with_a_mark_unless_told_not_to():
    assert written().encode().startswith(b"\xef\xbb\xbf" + b'"export_id"')
    assert written(bom=False).startswith('"export_id"')


def test_lines_end_as_the_standard_says():
    text = written(BLANK, BLANK)
    assert text.count("\r\n") == 3
    assert text.endswith("\r\n")
    assert text.count("\n") == 3


def test_text_is_quoted_and_numbers_are_bare():
    line = written(BLANK._replace(pain_before=0, completed=False), bom=False).split("\r\n")[1]
    assert ',12,"top-of-buttock",' in line
    assert ',false,,,,0,,,,,,,"manual",' in line


def test_blank_is_not_zero():
    assert cells()["pain_before"] == ""
    assert cells(pain_before=0)["pain_before"] == "0"
    assert cells(pressure_s=0)["pressure_s"] == "0"


@pytest.mark.parametrize(("value", "cell"), [(True, "true"), (False, "false"), (None, "")])
def test_yes_and_no_are_true_and_false(value, cell):
    assert cells(completed=value)["completed"] == cell


def test_times_carry_the_offset_that_the_zone_had_then():
    assert local(datetime(2026, 11, 22, 7, 15, tzinfo=UTC), "Europe/Berlin") == (
        "2026-11-22T08:15:00+01:00"
    )
    assert local(datetime(2026, 7, 1, 6, 0, 59, 999, tzinfo=UTC), "Europe/Berlin") == (
        "2026-07-01T08:00:59+02:00"
    )
    assert local(datetime(2026, 7, 1, 6, tzinfo=UTC), "Asia/Kolkata").endswith("T11:30:00+05:30")


def test_the_hour_that_comes_twice_is_told_apart():
    first = local(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin")
    second = local(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin")
    assert (first, second) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")


def test_every_line_carries_the_export_and_the_session():
    assert cells()["export_id"] == str(EXPORT)
    assert cells()["session_id"] == str(BLANK.id)


def test_regions_are_separated_by_spaces():
    assert cells(felt_in=("low_back", "hip"))["felt_in"] == "low_back hip"


def test_outside_a_test_there_is_no_phase_and_what_was_not_noted_is_empty():
    row = cells()
    assert [row[name] for name in ("phase", "other_treatment")] == ["none", ""]


def test_the_next_day_is_written_as_it_was_answered():
    row = cells(next_day_soreness=0, sore_after_24h=False, bruise=True)
    told = [row[name] for name in ("next_day_soreness", "sore_after_24h", "bruise")]
    assert told == ["0", "false", "true"]


@pytest.mark.parametrize(
    ("answers", "sore"),
    [
        ([], None),
        ([(20, None)], None),
        ([(20, True)], None),
        ([(20, False)], False),
        ([(24.1, True)], True),
        ([(24.1, False)], False),
        ([(30, True), (50, False)], True),
        ([(20, True), (50, False)], False),
        ([(20, True), (50, True)], True),
        ([(30, None), (50, None)], None),
    ],
)
def test_sore_after_a_day_is_what_was_said_after_more_than_24_hours(answers, sore):
    assert sore_after_a_day(answers) is sore


def test_a_semicolon_can_stand_between_the_columns():
    text = written(BLANK._replace(note='a;b,"c"'), bom=False, delimiter=";")
    assert text.startswith('"export_id";"session_id"')
    assert read(text, ";")[0]["note"] == 'a;b,"c"'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-", "'-"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("\0x", "'\0x"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'tis fine", "'tis fine"),
        (" =1", " =1"),
        ("5-6", "5-6"),
        ("", ""),
    ],
)
def test_only_text_that_would_start_a_formula_gets_an_apostrophe(typed, kept):
    assert guard(typed) == kept
    assert unguard(kept) == typed


notes = st.text(st.sampled_from("'=+-@\t\r\n\0＝＋－＠a1 \",;") | st.characters(codec="utf-8"))


@given(notes)
@example("'")
@example("''=")
def test_the_guard_loses_nothing_and_lets_no_formula_start(text):
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(tuple("=+-@\t\r\n\0＝＋－＠"))
    assert guard(text) == text or FORMULA.match(text)


@given(notes, st.sampled_from(",;"))
def test_any_note_comes_back_as_it_was_written(text, delimiter):
    rows = read(
        written(BLANK._replace(note=text), BLANK, bom=False, delimiter=delimiter), delimiter
    )
    assert len(rows) == 2
    assert unguard(rows[0]["note"]) == text
    assert rows[1]["note"] == ""


def test_a_line_is_made_when_it_is_asked_for():
    asked = []

    def sessions():
        asked.append(1)
        yield BLANK

    table = lines(sessions(), EXPORT)
    next(table)
    assert not asked
    next(table)
    assert asked
