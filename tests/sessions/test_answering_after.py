"""The session is over: how is it now?"""

import pytest

from tests.sessions.conftest import CONTROL_NOTES, WRONG_RATINGS, guided, send, told
from tracker.sessions.forms import NOTE_LENGTH
from tracker.sessions.queries import sessions_of, whole

ANSWERS = {
    "tenderness_after": "3",
    "pain_after": "4",
    "peak_discomfort": "6",
    "quality": "good_ache",
    "felt_in": ["low_back", "hip"],
    "your_pain": "partly",
    "note": "Felt it down the leg.",
}
RATINGS = ("tenderness_after", "pain_after", "peak_discomfort")


@pytest.fixture
def after(as_alice):
    """The address of the questions after a guided session."""
    return send(as_alice, guided()).json["after"]


@pytest.fixture
def kept(rows, alice):
    return lambda: rows(whole(sessions_of(alice)))[0]


def answers_of(massage):
    return {name: getattr(massage, name) for name in ANSWERS}


def test_every_answer_is_kept_and_shown(as_alice, after, kept):
    answer = as_alice.post(after, data=ANSWERS)
    assert answer.status_code == 303
    assert answer.location == after.removesuffix("/after")
    ratings = {"tenderness_after": 3, "pain_after": 4, "peak_discomfort": 6}
    assert answers_of(kept()) == ANSWERS | ratings
    assert "Felt it down the leg." in as_alice.get(answer.location).text


def test_the_answers_change_nothing_that_the_guide_measured(as_alice, after, kept):
    before = kept()
    forged = {"pain_before": "0", "stayed_level": "4", "entry": "manual", "spot_id": "x"}
    as_alice.post(after, data=ANSWERS | forged)
    for name in ("pain_before", "stayed_level", "entry", "spot_id", "trace", "ended_by"):
        assert getattr(kept(), name) == getattr(before, name)


@pytest.mark.parametrize("blank", [{}, dict.fromkeys(ANSWERS, ""), {"note": "  \r\n "}])
def test_what_is_not_answered_stays_blank_and_is_not_zero(as_alice, after, kept, blank):
    if "felt_in" in blank:
        blank = blank | {"felt_in": []}
    assert as_alice.post(after, data=blank).status_code == 303
    nothing = dict.fromkeys(ANSWERS) | {"felt_in": [], "note": ""}
    assert answers_of(kept()) == nothing


def test_zero_is_zero(as_alice, after, kept):
    as_alice.post(after, data=dict.fromkeys(RATINGS, "0"))
    assert [getattr(kept(), name) for name in RATINGS] == [0, 0, 0]


def test_nothing_is_chosen_beforehand(as_alice, after):
    page = as_alice.get(after)
    assert page.status_code == 200
    assert " checked" not in page.text


def test_an_answer_can_be_taken_back(as_alice, after, kept):
    as_alice.post(after, data=ANSWERS)
    as_alice.post(after, data=ANSWERS | {"pain_after": "", "your_pain": "", "felt_in": []})
    assert (kept().pain_after, kept().your_pain, kept().felt_in) == (None, None, [])


def refused(as_alice, after, kept, field, value):
    answer = as_alice.post(after, data=ANSWERS | {field: value})
    assert answer.status_code == 422
    assert told(answer, field)
    if field != "note":
        assert "Felt it down the leg." in answer.text
    assert answers_of(kept())["pain_after"] is None
    return True


@pytest.mark.parametrize("field", RATINGS)
@pytest.mark.parametrize("value", WRONG_RATINGS)
def test_a_rating_that_is_none_is_told_and_the_note_is_kept(as_alice, after, kept, field, value):
    assert refused(as_alice, after, kept, field, value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("felt_in", ["moon"]),
        ("felt_in", ["low_back", "moon"]),
        ("felt_in", ["low_back\x00"]),
        ("quality", "lovely"),
        ("quality", "GOOD_ACHE"),
        ("your_pain", "maybe"),
        ("note", "x" * (NOTE_LENGTH + 1)),
        *(("note", note) for note in CONTROL_NOTES),
    ],
    ids=lambda value: str(value)[:20],
)
def test_an_answer_that_is_not_offered_is_told(as_alice, after, kept, field, value):
    assert refused(as_alice, after, kept, field, value)


@pytest.mark.parametrize(
    "note",
    [
        "x" * NOTE_LENGTH,
        "<script>alert(1)</script>",
        "=1+1",
        "‮evil",
        "zero\u200bwidth",
        "🦴🌊",
        "two\nlines",
        "{{ 7 * 7 }} %s %(x)s {0}",
        "'; DROP TABLE massage_session; --",
    ],
    ids=lambda note: note[:12],
)
def test_any_note_is_kept_as_it_is_and_shown_as_text(as_alice, after, kept, note):
    answer = as_alice.post(after, data={"note": note})
    assert answer.status_code == 303
    assert kept().note == note
    page = as_alice.get(answer.location).text
    assert "<script>alert" not in page
    assert ">49 " not in page


def test_a_long_note_with_windows_line_breaks_counts_each_as_one(as_alice, after, kept):
    lines = "\r\n".join(["x"] * (NOTE_LENGTH // 2))
    assert as_alice.post(after, data={"note": lines}).status_code == 303
    assert "\r" not in kept().note


def test_where_it_ended_for_a_reason_the_page_says_what_to_do(as_alice, alice, add_session):
    massage = add_session(alice, entry="guided", ended_by="emergency")
    page = as_alice.get(f"/sessions/{massage.id}/after").text
    assert "Call your local emergency number now." in page


def test_numbness_said_afterwards_says_when_to_get_advice(as_alice, after):
    answer = as_alice.post(after, data={"quality": "numb_tingle_electric"})
    page = as_alice.get(answer.location).text
    assert "If feeling is not back to normal in 15 minutes" in page
    answer = as_alice.post(after, data={"quality": "good_ache"})
    assert "15 minutes" not in as_alice.get(answer.location).text


def test_it_may_have_been_felt_elsewhere(as_alice, after, kept):
    page = as_alice.get(after).text
    elsewhere = page[page.index("Elsewhere") :]
    assert "Head and face" in elsewhere
    assert 'value="low_back"' in page[: page.index("Elsewhere")]
    assert 'value="low_back"' not in elsewhere
    assert '<details class="more"><summary>Elsewhere' in page
    as_alice.post(after, data=ANSWERS | {"felt_in": ["low_back", "jaw"]})
    assert kept().felt_in == ["low_back", "jaw"]
    again = as_alice.get(after).text
    assert '<details class="more" open><summary>Elsewhere' in again
    assert 'name="felt_in" value="jaw" checked' in again
