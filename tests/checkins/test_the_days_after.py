"""A person says how a spot is the day after, and the next plan follows it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.sessions.conftest import WRONG_RATINGS
from tracker import clock
from tracker.sessions.models import MassageSession

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday, 13:00 in Berlin
MILD = {"s0-soreness": "1", "s0-sore": "no", "s0-bruise": "no"}
ANSWERS = ("next_day_soreness", "still_sore", "bruise", "still_sore_48", "bruise_gone")
GUIDED = {
    "entry": "guided",
    "tool": "fingertips",
    "stayed_level": 2,
    "finished_holds": 3,
    "target_level": 2,
    "ended_by": "finished",
}


@pytest.fixture(autouse=True)
def set_clock(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(NOON)
    return set_to


@pytest.fixture
def ago(alice, add_session):
    """Insert one of alice's sessions, so many hours before now."""

    def add(hours, spot="top-of-buttock", person=alice, **columns):
        start = NOON - timedelta(hours=hours)
        on = (start + timedelta(hours=1)).date()
        return add_session(person, spot, on=on, **GUIDED | {"started_at": start} | columns)

    return add


@pytest.fixture
def kept(rows):
    def of(massage):
        return rows(select(MassageSession).where(MassageSession.id == massage.id))[0]

    return of


def work_on(client, spot="top-of-buttock"):
    client.post(f"/spots/{spot}/sides/left")
    client.get("/spots/")  # takes the message that says so


def said(soreness=1, sore=False, bruise=False, hours=20, **more):
    """The columns of a session asked about so many hours after noon less `more["start"]`."""
    start = NOON - timedelta(hours=more.pop("start"))
    at = start + timedelta(hours=hours)
    given = {"next_day_soreness": soreness, "still_sore": sore, "bruise": bruise}
    return {"next_day_at": at, **given, **more}


def card(page):
    found = re.search(r'<section class="slab on-feel next-day">(.*?)</details>', page, re.S)
    return found[1] if found else ""


def answer(client, *massages, **fields):
    ids = {f"s{n}-id": str(massage.id) for n, massage in enumerate(massages)}
    return client.post("/next-day", data=ids | {k.replace("_", "-"): v for k, v in fields.items()})


def mild(client, massage):
    return client.post("/next-day", data={"s0-id": str(massage.id)} | MILD)


@pytest.mark.parametrize(("hours", "asked"), [(17.9, False), (18, True), (72, True), (73, False)])
def test_it_is_asked_from_18_hours_until_three_days_after(as_alice, ago, hours, asked):
    ago(hours)
    assert bool(card(as_alice.get("/").text)) is asked


def test_it_is_asked_of_spots_on_the_list_and_of_others_with_the_guide_or_without(as_alice, ago):
    work_on(as_alice)
    ago(20)
    ago(21, "forearm-top", entry="manual", finished_holds=None)
    asked = card(as_alice.get("/").text)
    assert "Top of the buttock, left" in asked
    assert "Top of the forearm near the elbow, left" in asked
    assert asked.count("Still sore?") == 2


def test_it_is_not_asked_of_somebody_elses_session(as_bob, ago):
    ago(20)
    assert card(as_bob.get("/").text) == ""


def test_the_questions_stand_below_start_with_nothing_chosen(as_alice, ago):
    work_on(as_alice)
    ago(60)
    page = as_alice.get("/").text
    assert page.index("Start") < page.index("How is it since then?")
    assert "<details open" not in page
    assert " checked" not in card(page)


def test_what_is_answered_is_kept_with_its_moment_and_not_asked_again(as_alice, ago, kept):
    massage = ago(20)
    assert mild(as_alice, massage).location == "/"
    found = kept(massage)
    assert [getattr(found, name) for name in ANSWERS] == [1, False, False, None, None]
    assert found.next_day_at == NOON
    page = as_alice.get("/").text
    assert "Saved." in page
    assert card(page) == ""


def test_no_soreness_is_zero_and_a_blank_stays_blank(as_alice, ago, kept):
    massage = ago(20)
    answer(as_alice, massage, s0_soreness="0", s0_sore="", s0_bruise="")
    assert [getattr(kept(massage), name) for name in ANSWERS] == [0, None, None, None, None]


def test_a_spot_left_blank_is_asked_about_again(as_alice, ago, kept):
    first, second = ago(20), ago(21, "foot-arch")
    answer(as_alice, first, second, s0_soreness="2", s1_soreness="")
    assert kept(first).next_day_soreness == 2
    assert kept(second).next_day_at is None
    asked = card(as_alice.get("/").text)
    assert "Arch" in asked
    assert "Top of the buttock" not in asked


def test_what_was_said_before_is_not_said_again(as_alice, ago):
    bruised, other = ago(50, **said(bruise=True, start=50)), ago(20, "foot-arch")
    answer(as_alice, bruised, other, s1_soreness="1")
    page = as_alice.get("/").text
    assert "Saved." in page
    assert "the bruise is gone. If" not in page


def test_saving_nothing_says_nothing(as_alice, ago, kept):
    massage = ago(20)
    assert answer(as_alice, massage).status_code == 303
    assert kept(massage).next_day_at is None
    assert "Saved." not in as_alice.get("/").text


def test_answered_twice_the_second_counts_and_its_blanks_take_nothing_back(
    as_alice, ago, kept, set_clock
):
    massage = ago(20)
    answer(as_alice, massage, s0_soreness="2", s0_sore="yes")
    set_clock(NOON + timedelta(minutes=5))
    answer(as_alice, massage, s0_soreness="4")
    found = kept(massage)
    assert (found.next_day_soreness, found.still_sore, found.next_day_at) == (4, True, NOON)


@pytest.mark.parametrize("value", WRONG_RATINGS)
def test_a_wrong_number_is_told_and_nothing_is_kept(as_alice, ago, kept, value):
    first, second = ago(20), ago(21, "foot-arch")
    page = answer(as_alice, first, second, s0_sore="yes", s1_soreness=value)
    assert page.status_code == 422
    assert 'id="s1-soreness-error"' in page.text
    assert page.text.count("Any bruise?") == 2
    assert re.search(r'name="s0-sore" value="yes" checked', page.text)
    assert kept(first).next_day_at is None


def test_two_wrong_numbers_are_told_once_with_their_places(as_alice, ago):
    first, second = ago(20), ago(21, "foot-arch")
    page = answer(as_alice, first, second, s0_soreness="12", s1_soreness="13").text
    assert page.count('role="alert"') == page.count('id="errors"') == 1
    for n, place in enumerate(("Top of the buttock, left", "Arch of the foot, left")):
        assert f'<a href="#s{n}-soreness">{place}, Soreness: ' in page
        assert f'<fieldset class="rating" id="s{n}-soreness"' in page


@pytest.mark.parametrize("field", ["sore", "bruise"])
def test_yes_and_no_are_all_one_can_say(as_alice, ago, kept, field):
    massage = ago(20)
    page = as_alice.post("/next-day", data={"s0-id": str(massage.id), f"s0-{field}": "maybe"})
    assert page.status_code == 422
    assert f'id="s0-{field}-error"' in page.text
    assert kept(massage).next_day_at is None


def test_anothers_session_is_not_there(as_bob, ago, kept):
    massage = ago(20)
    assert mild(as_bob, massage).status_code == 404
    for method in (as_bob.get, as_bob.post):
        assert method(f"/sessions/{massage.id}/next-day").status_code == 404
    assert kept(massage).next_day_at is None


@pytest.mark.parametrize("text", ["", "1", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_session_is_not_there(as_alice, text):
    assert as_alice.post("/next-day", data={"s0-id": text} | MILD).status_code == 404


def test_a_deleted_session_is_not_there(as_alice, ago):
    assert mild(as_alice, ago(20, deleted_at=NOON)).status_code == 404


def test_before_18_hours_there_is_no_next_day(as_alice, ago):
    massage = ago(10)
    assert mild(as_alice, massage).status_code == 404
    assert as_alice.get(f"/sessions/{massage.id}/next-day").status_code == 404
    assert "next-day" not in as_alice.get(f"/sessions/{massage.id}").text


def test_still_sore_is_asked_once_more_after_two_days(as_alice, ago, kept):
    massage = ago(50, **said(2, sore=True, start=50))
    asked = card(as_alice.get("/").text)
    assert "Still sore, after two days?" in asked
    assert "Any bruise?" not in asked
    answer(as_alice, massage, s0_later="no")
    found = kept(massage)
    assert (found.still_sore_48, found.still_sore_48_at) == (False, NOON)
    assert found.next_day_at == NOON - timedelta(hours=30)
    assert card(as_alice.get("/").text) == ""


def test_a_bruise_is_asked_about_until_it_is_gone(as_alice, ago, kept, set_clock):
    massage = ago(20)
    answer(as_alice, massage, s0_bruise="yes")
    assert card(as_alice.get("/").text) == ""  # it was said to be there just now
    for days in (1, 5, 20):
        set_clock(NOON + timedelta(days=days))
        assert "Is the bruise gone?" in card(as_alice.get("/").text)
        answer(as_alice, massage, s0_gone="no")
    answer(as_alice, massage, s0_gone="yes")
    assert kept(massage).bruise_gone is True
    assert card(as_alice.get("/").text) == ""


def test_at_a_spot_on_the_list_a_bruise_is_never_forgotten(as_alice, ago):
    ago(24 * 90, **said(bruise=True, start=24 * 90))
    assert card(as_alice.get("/").text) == ""
    work_on(as_alice)
    assert "Is the bruise gone?" in card(as_alice.get("/").text)


def test_the_answers_can_be_corrected_later_and_taken_back(as_alice, ago, kept):
    massage = ago(80, **said(3, sore=True, bruise=True, start=80, bruise_gone=True))
    path = f"/sessions/{massage.id}/next-day"
    page = as_alice.get(path).text
    assert re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page) == [
        ("soreness", "3"),
        ("sore", "yes"),
        ("bruise", "yes"),
        ("gone", "yes"),
    ]
    form = {"soreness": "1", "sore": "no", "bruise": "", "gone": "yes"}
    assert as_alice.post(path, data=form).location == f"/sessions/{massage.id}"
    assert [getattr(kept(massage), name) for name in ANSWERS] == [1, False, None, None, None]
    assert kept(massage).next_day_at == NOON - timedelta(hours=60)
    as_alice.post(path, data={"soreness": "", "sore": "", "bruise": ""})
    assert kept(massage).next_day_at is None


def test_a_wrong_correction_is_told(as_alice, ago, kept):
    massage = ago(80, **said(3, start=80))
    page = as_alice.post(f"/sessions/{massage.id}/next-day", data={"soreness": "12", "sore": "yes"})
    assert page.status_code == 422
    assert 'id="soreness-error"' in page.text
    assert re.search(r'name="sore" value="yes" checked', page.text)
    assert kept(massage).next_day_soreness == 3


def test_the_page_of_the_session_shows_them_and_leads_there(as_alice, ago):
    massage = ago(80, **said(3, sore=True, start=80))
    page = as_alice.get(f"/sessions/{massage.id}").text
    assert "Soreness the next day" in page
    assert f"/sessions/{massage.id}/next-day" in page


@pytest.mark.parametrize(
    ("hours", "fields", "told"),
    [
        (20, {"s0_soreness": "1", "s0_sore": "no"}, "Saved."),
        (20, {"s0_soreness": "3", "s0_sore": "no"}, "the next session goes no further"),
        (20, {"s0_soreness": "6", "s0_sore": "no"}, "a day more of rest"),
        (26, {"s0_sore": "yes"}, "a day more of rest"),
        (50, {"s0_sore": "yes"}, "it rests until Friday 27 November"),
        (20, {"s0_bruise": "yes"}, "leave it alone until the bruise is gone"),
    ],
)
def test_what_an_answer_means_now_is_said_with_its_reason(as_alice, ago, hours, fields, told):
    answer(as_alice, ago(hours), **fields)
    assert told in as_alice.get("/").text


def test_when_pain_rose_the_sentence_claims_no_soreness(as_alice, ago, set_clock):
    work_on(as_alice)
    for day, hours, pain in ((19, 30, "2"), (20, 0, "4")):
        set_clock(NOON - timedelta(hours=hours))
        as_alice.post(f"/days/2026-11-{day}/buttock/left", data={"pain": pain})
    answer(as_alice, ago(20), s0_soreness="0", s0_sore="no")
    page = as_alice.get("/").text
    assert "very sore, sore for long, or it hurt more the day after, so it gets a day more" in page


def test_a_week_of_rest_that_is_long_over_is_not_told_with_the_next_ordinary_day(as_alice, ago):
    old = ago(24 * 20, **said(start=24 * 20))
    ago(20)
    healed = {"soreness": "1", "sore": "no", "bruise": "yes", "gone": "yes"}
    as_alice.post(f"/sessions/{old.id}/next-day", data=healed)
    page = as_alice.get("/").text
    assert "it rests until" not in page
    assert "Saved." in page


@pytest.mark.parametrize("soreness", ["3", "6"])
def test_an_older_session_says_nothing_of_the_next_one(as_alice, ago, soreness):
    old = ago(24 * 6, **said(start=24 * 6))
    ago(24 * 3, **said(start=24 * 3))
    form = {"soreness": soreness, "sore": "no", "bruise": "no"}
    as_alice.post(f"/sessions/{old.id}/next-day", data=form)
    page = as_alice.get("/").text
    assert "next session" not in page
    assert "Saved." in page


def test_a_week_of_rest_is_told_to_its_end_also_where_a_rhythm_of_ones_own_is_longer(as_alice, ago):
    work_on(as_alice)
    as_alice.post("/spots/top-of-buttock/sides/left/settings", data={"days_between": "14"})
    as_alice.get("/")  # takes the message that says so
    answer(as_alice, ago(50), s0_sore="yes")
    assert "it rests until Friday 27 November" in as_alice.get("/").text


@pytest.mark.parametrize("fields", [{"s0_sore": "yes"}, {"s0_bruise": "yes"}])
def test_with_a_pause_a_clinician_and_blood_thinners_are_named(as_alice, ago, fields):
    answer(as_alice, ago(50), **fields)
    page = as_alice.get("/").text
    assert "clinician" in page
    assert "blood thinners" in page


def test_long_soreness_is_72_hours_of_rest_on_today_and_on_prepare(as_alice, ago):
    work_on(as_alice)
    answer(as_alice, ago(50), s0_soreness="6")
    assert "Start anyway" in as_alice.get("/").text
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert (
        "sore for long after the last one, or hurt more the day after, so a day more of rest"
        in page
    )
    assert "data-early" in page


def test_a_pause_closes_the_spot_and_says_until_when(as_alice, ago):
    work_on(as_alice)
    answer(as_alice, ago(50), s0_sore="yes")
    assert "a week of rest" in as_alice.get("/").text
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert "data-refused" in page
    assert "on Friday 27 November" in page


def test_a_bruise_closes_the_spot_until_it_is_gone_and_leads_to_saying_so(as_alice, ago):
    massage = ago(24 * 60, **said(bruise=True, start=24 * 60))
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert "There is a bruise here." in page
    assert f"/sessions/{massage.id}/next-day" in page
    as_alice.post(f"/sessions/{massage.id}/next-day", data={"bruise": "yes", "gone": "yes"})
    page = as_alice.get("/sessions/new?spot=top-of-buttock&side=left").text
    assert "data-refused" not in page


def test_the_summary_of_a_bruised_spot_names_no_day(as_alice, ago):
    massage = ago(24 * 20, **said(bruise=True, start=24 * 20))
    page = as_alice.get(f"/sessions/{massage.id}").text
    assert "Not before the bruise is gone." in page
    assert "Come back on" not in page


def test_after_pain_rose_no_further_spots_that_day(as_alice, ago):
    for spot in ("top-of-buttock", "foot-arch"):
        work_on(as_alice, spot)
    ago(2, pain_before=3, pain_after=5)
    page = as_alice.get("/").text
    assert "/sessions/new" not in page
    assert "Pain rose over a session today" in page
    page = as_alice.get("/sessions/new?spot=foot-arch&side=left").text
    assert "Pain rose over a session today, so no more spots today." in page
    assert "data-early" not in page


def test_the_day_after_that_the_other_spots_are_open_again(as_alice, ago):
    work_on(as_alice, "foot-arch")
    ago(25, pain_before=3, pain_after=5)
    assert "/sessions/new?spot=foot-arch" in as_alice.get("/").text
    assert "data-refused" not in as_alice.get("/sessions/new?spot=foot-arch&side=left").text


def test_anothers_bad_day_closes_nothing(as_bob, ago):
    ago(2, pain_before=3, pain_after=5)
    assert "data-refused" not in as_bob.get("/sessions/new?spot=foot-arch&side=left").text


def test_a_stranger_is_asked_to_sign_in(client, ago):
    massage = ago(20)
    assert "/login" in mild(client, massage).location
    assert "/login" in client.get(f"/sessions/{massage.id}/next-day").location
