"""On any day a person can note what else there was."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.conftest import kept
from tracker import clock
from tracker.days.models import DayNote

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NOTE = "/days/2026-11-18/note"
ALL = {"flare": "y", "medicine_change": "y", "other_treatment": "Physio", "note": "Slept badly."}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def noted(rows):
    found = rows(select(DayNote))
    return [(n.local_date, n.flare, n.medicine_change, n.other_treatment, n.note) for n in found]


def opened(client):
    """What the page's form sends beside what is typed."""
    page = client.get("/days/2026-11-18").text
    return {"before": html.unescape(re.search(r'name="before"[^>]* value="([^"]*)"', page)[1])}


def test_it_is_kept_and_seen_in_the_list_and_on_the_day(as_alice, rows):
    answer = as_alice.post(NOTE, data=ALL)
    assert (answer.status_code, answer.location) == (303, "/days/2026-11-18")
    assert noted(rows) == [(date(2026, 11, 18), True, True, "Physio", "Slept badly.")]
    page = as_alice.get("/days/").text
    day = page[page.index("Wednesday 18 November") :]
    day = day[: day.index("</li>")]
    for word in ("A flare", "A change of medicine", "Physio", "Note"):
        assert word in day
    assert "Slept badly." in as_alice.get("/days/2026-11-18").text


def test_it_can_be_changed_and_taken_back(as_alice, rows):
    as_alice.post(NOTE, data=ALL)
    as_alice.post(NOTE, data={"flare": "y"})
    assert noted(rows) == [(date(2026, 11, 18), True, False, "", "")]
    as_alice.post(NOTE, data={})
    assert noted(rows) == []


def test_a_page_that_lay_open_undoes_nothing_it_did_not_show(as_alice, rows):
    old = opened(as_alice)
    as_alice.post(NOTE, data=opened(as_alice) | {"flare": "y", "other_treatment": "Physio"})
    as_alice.post(NOTE, data=old | {"medicine_change": "y", "note": "Slept badly."})
    assert noted(rows) == [(date(2026, 11, 18), True, True, "Physio", "Slept badly.")]
    page = as_alice.get("/days/2026-11-18").text
    assert "Saved." in page
    assert "changed elsewhere" not in page


def test_of_two_texts_both_are_kept_and_it_is_told(as_alice, rows):
    old = opened(as_alice)
    as_alice.post(NOTE, data=old | {"other_treatment": "Physio", "note": "Slept badly."})
    as_alice.post(NOTE, data=old | {"other_treatment": "Injection", "note": "Long drive."})
    (here,) = noted(rows)
    assert here[3:] == ("Injection, Physio", "Long drive.\n\nSlept badly.")
    assert "of two texts both were kept" in as_alice.get("/days/2026-11-18").text


def test_what_a_page_showed_can_be_taken_back_while_more_was_noted(as_alice, rows):
    as_alice.post(NOTE, data={"flare": "y", "note": "Slept badly."})
    old = opened(as_alice)
    as_alice.post(NOTE, data=old | {"flare": "y", "note": "Slept badly.", "medicine_change": "y"})
    as_alice.post(NOTE, data=old)
    assert noted(rows) == [(date(2026, 11, 18), False, True, "", "")]
    as_alice.post(NOTE, data=opened(as_alice))
    assert noted(rows) == []


def test_a_text_that_came_with_blanks_was_changed_by_nobody(app, as_alice, alice, rows):
    said = ALL | {"flare": True, "medicine_change": True, "note": " Slept\r\nbadly. "}
    kept(app, DayNote(user_id=alice.id, local_date=date(2026, 11, 18), **said))
    as_alice.post(NOTE, data=opened(as_alice) | ALL | {"note": "Slept well."})
    assert noted(rows) == [(date(2026, 11, 18), True, True, "Physio", "Slept well.")]


def test_a_note_that_another_page_took_back_is_noted_anew(as_alice, rows):
    as_alice.post(NOTE, data=ALL)
    old = opened(as_alice)
    as_alice.post(NOTE, data=opened(as_alice))
    as_alice.post(NOTE, data=old | ALL | {"note": "Slept well."})
    assert noted(rows) == [(date(2026, 11, 18), False, False, "", "Slept well.")]


def test_a_page_that_was_wrong_still_knows_what_it_showed(as_alice, rows):
    old = opened(as_alice)
    as_alice.post(NOTE, data=opened(as_alice) | {"flare": "y"})
    again = as_alice.post(NOTE, data=old | {"note": "x" * 2001})
    assert again.status_code == 422
    assert html.escape(old["before"]).replace("&quot;", "&#34;") in again.text


@pytest.mark.parametrize("before", ["", "{", "[]", '{"note": {}}', "\0", "x" * 30_000])
def test_without_what_the_page_showed_what_comes_is_taken(as_alice, rows, before):
    as_alice.post(NOTE, data=ALL)
    as_alice.post(NOTE, data={"before": before, "flare": "y"})
    (here,) = noted(rows)
    assert here[1] is True
    assert here[4] in {"", "Slept badly."}


@pytest.mark.parametrize(
    "form",
    [
        {"other_treatment": "x" * 201},
        {"note": "x" * 2001},
        {"note": "a\x00b"},
        {"other_treatment": "a\nb"},
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(as_alice, rows, form):
    answer = as_alice.post(NOTE, data={"flare": "y"} | form)
    assert answer.status_code == 422
    assert "Nothing was saved yet" in answer.text
    assert "checked" in answer.text
    assert noted(rows) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/days/2026-11-21/note", 422), ("/days/2026-11-31/note", 404), ("/days/x/note", 404)],
)
def test_a_day_that_is_none_or_has_not_come_has_no_note(as_alice, rows, path, status):
    assert as_alice.post(path, data=ALL).status_code == status
    assert noted(rows) == []


def test_another_persons_notes_are_theirs(as_alice, as_bob, rows):
    as_alice.post(NOTE, data=ALL)
    assert "Slept badly." not in as_bob.get("/days/2026-11-18").text
    as_bob.post(NOTE, data={})
    assert len(noted(rows)) == 1


def test_another_treatment_stands_beside_the_sessions_of_that_day(as_alice, alice, add_session):
    for day in (17, 18):
        add_session(alice, on=date(2026, 11, day))
    as_alice.post(NOTE, data=ALL)
    lines = as_alice.get("/sharing/sessions.csv").text.splitlines()
    at = lines[0].removeprefix("\ufeff").split(",").index('"other_treatment"')
    assert [line.split(",")[at] for line in lines[1:]] == ["", '"Physio"']
