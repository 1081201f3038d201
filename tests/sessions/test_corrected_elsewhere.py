"""A page of a session lay open while the session was changed elsewhere: both changes are kept."""

import html
import re
from datetime import UTC, date, datetime

import pytest

from tests.sessions.conftest import by_hand, guided, send, told
from tracker.merging import as_text, merged
from tracker.sessions.document import NOTE_LENGTH
from tracker.sessions.queries import sessions_of, whole


@pytest.fixture
def kept(rows, alice):
    return lambda: rows(whole(sessions_of(alice)))[0]


@pytest.fixture
def logged(as_alice):
    """The address of a session noted by hand."""
    sent = by_hand(end="18:45", note="First.", peak_level="3", tool="fingertips", pain_before="6")
    return as_alice.post("/sessions/add", data=sent).location


def opened(client, address):
    """What a page's form sends when nothing in it is touched."""
    page = client.get(address).text
    sent = {"before": html.unescape(re.search(r'name="before"[^>]* value="([^"]*)"', page)[1])}
    for name, value in re.findall(r'<input[^>]*? name="([\w-]+)" value="([^"]*)" checked', page):
        sent.setdefault(name, []).append(value)
    for tag in re.findall(r'<input[^>]+type="(?:date|time)"[^>]*>', page):
        sent[re.search(r'name="([^"]+)"', tag)[1]] = re.search(r'value="([^"]*)"', tag)[1]
    for name, options in re.findall(r'<select[^>]+name="(\w+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        sent[name] = chosen[1] if chosen else ""
    note = re.search(r'<textarea[^>]*name="note"[^>]*>\s*(.*?)</textarea>', page, re.S)
    return sent | ({"note": html.unescape(note[1])} if note else {})


def test_a_page_saved_as_it_came_changes_nothing_at_all(as_alice, logged, kept):
    before = kept()
    assert as_alice.post(f"{logged}/edit", data=opened(as_alice, f"{logged}/edit")).location
    assert vars(kept()) | {"_sa_instance_state": 0} == vars(before) | {"_sa_instance_state": 0}


def test_what_an_older_page_did_not_touch_stays_as_it_is_by_now(as_alice, logged, kept):
    old = opened(as_alice, f"{logged}/edit")
    as_alice.post(f"{logged}/edit", data=opened(as_alice, f"{logged}/edit") | {"pain_after": "2"})
    as_alice.post(f"{logged}/edit", data=old | {"note": "Second.", "side": "right"})
    massage = kept()
    assert (massage.pain_after, massage.note, massage.side) == (2, "Second.", "right")
    assert (massage.peak_level, massage.tool) == (3, "fingertips")
    assert "Saved." in as_alice.get(logged).text


def test_where_both_changed_the_same_the_later_stands_and_it_is_told(as_alice, logged, kept):
    old = opened(as_alice, f"{logged}/edit")
    new = old | {"pain_after": "2", "note": "On the sofa.", "start": "18:35"}
    as_alice.post(f"{logged}/edit", data=new)
    other = old | {"pain_after": "4", "note": "It was late.", "day": "2026-11-17"}
    as_alice.post(f"{logged}/edit", data=other)
    massage = kept()
    assert massage.pain_after == 4
    assert massage.note == "It was late.\n\nOn the sofa."
    assert massage.started_at == datetime(2026, 11, 17, 17, 30, tzinfo=UTC)
    assert massage.ended_at == datetime(2026, 11, 17, 17, 45, tzinfo=UTC)
    page = as_alice.get(logged).text
    assert "differed in: when it was, pain afterwards, the note. What you said here was" in page
    assert "Of the notes both were kept" in page


def test_seconds_stay_where_the_time_was_not_touched(as_alice, alice, add_session, rows):
    at = datetime(2026, 11, 16, 8, 0, 27, tzinfo=UTC)
    massage = add_session(alice, started_at=at, ended_at=at, clock_uncertain=True)
    path = f"/sessions/{massage.id}/edit"
    as_alice.post(path, data=opened(as_alice, path) | {"note": "Short."})
    (kept,) = rows(whole(sessions_of(alice)))
    assert (kept.started_at, kept.ended_at, kept.note) == (at, at, "Short.")
    assert kept.clock_uncertain


def test_answers_of_a_page_that_lay_open_undo_none_of_the_phones(as_alice, kept):
    after = send(as_alice, guided()).json["after"]
    old = opened(as_alice, after)
    said = {"pain_after": 3, "felt_in": ["hip"], "note": "From the phone."}
    assert send(as_alice, guided(based_on=kept().revision, **said), kept().id).status_code == 200
    as_alice.post(after, data=old | {"quality": "good_ache", "felt_in": ["low_back"]})
    massage = kept()
    assert (massage.pain_after, massage.note) == (3, "From the phone.")
    assert massage.quality == "good_ache"
    assert massage.felt_in == ["low_back", "hip"]
    assert "differed in: where it was felt." in as_alice.get(after).text


def test_answers_of_the_next_day_undo_none_that_came_meanwhile(as_alice, alice, add_session, kept):
    massage = add_session(alice, on=date(2026, 11, 19))
    path = f"/sessions/{massage.id}/next-day"
    old = opened(as_alice, path) | {"sore": "", "bruise": "", "soreness": ""}
    as_alice.post(path, data=old | {"soreness": "3", "sore": "yes"})
    as_alice.post(path, data=old | {"bruise": "no"})
    assert (kept().next_day_soreness, kept().still_sore, kept().bruise) == (3, True, False)
    as_alice.post(path, data=old | {"soreness": "5"})
    assert kept().next_day_soreness == 5
    assert "differed in: the day after." in as_alice.get("/").text


@pytest.mark.parametrize("before", ["", "{", "[]", '{"note": {}}', "\0", "x" * 30_000])
def test_without_what_the_page_showed_what_comes_is_taken(as_alice, logged, kept, before):
    sent = opened(as_alice, f"{logged}/edit") | {"before": before, "note": "New."}
    assert as_alice.post(f"{logged}/edit", data=sent).status_code == 303
    assert kept().note in ("New.", "New.\n\nFirst.")


def test_what_is_wrong_is_told_and_the_page_still_knows_what_it_showed(as_alice, logged, kept):
    old = opened(as_alice, f"{logged}/edit")
    as_alice.post(f"{logged}/edit", data=old | {"pain_after": "2"})
    again = as_alice.post(f"{logged}/edit", data=old | {"pain_before": "11"})
    assert again.status_code == 422
    assert html.escape(old["before"]).replace("&quot;", "&#34;") in again.text
    as_alice.post(f"{logged}/edit", data=old | {"pain_before": "7"})
    assert (kept().pain_before, kept().pain_after) == (7, 2)


def test_a_correction_needs_no_id_in_its_form(as_alice, logged, kept):
    assert as_alice.post(f"{logged}/edit", data=by_hand(id=None, note="New.")).status_code == 303
    assert kept().note == "New."


@pytest.mark.parametrize("page", ["after", "edit"])
def test_a_note_that_two_made_long_may_stay_or_get_shorter_and_no_longer(as_alice, kept, page):
    note = f"{'a' * 10_000}\n\n{'b' * 10_000}"
    after = send(as_alice, guided(note=note)).json["after"]
    path = after.replace("after", page)
    assert as_alice.post(path, data=opened(as_alice, path) | {"pain_after": "3"}).status_code == 303
    assert (kept().pain_after, kept().note) == (3, note)
    sent = opened(as_alice, path)
    longer = as_alice.post(path, data=sent | {"note": f"{note}!"})
    assert longer.status_code == 422
    assert told(longer, "note")
    assert as_alice.post(path, data=sent | {"note": note[:-1]}).status_code == 303
    assert kept().note == note[:-1]


def test_two_long_notes_do_not_grow_beyond_what_a_phone_can_send():
    mine, theirs = {"note": "a" * 10_000}, {"note": "b" * 12_000}
    assert merged(as_text({"note": ""}), mine, theirs, {"note": NOTE_LENGTH}) == (mine, ["note"])
