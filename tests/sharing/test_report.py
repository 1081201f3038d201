"""The report as a page: what was chosen, in the chosen days, and nothing else."""

import re
from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.conftest import kept, sign_in, sql_of
from tests.sharing.conftest import NOW, TODAY
from tracker import pdf
from tracker.sharing import report_views
from tracker.spots.models import OwnSpot

PATH = "/sharing/report"
ALL = ("days", "sessions", "after", "activities", "changes", "notes")  # are there when empty, too
SPOT = "top-of-buttock"

pytestmark = pytest.mark.usefixtures("time")


def asked(parts=ALL, spots=(SPOT,), first="2026-09-01", last="2026-11-22", **more):
    chosen = {"parts": list(parts), "spots": list(spots), "paper": "a4"}
    return chosen | {"first": first, "last": last} | more


def sent(client, what="page", **kwargs):
    """The form sent for a page, a pdf or fhir, and what comes of it."""
    return client.post(f"{PATH}/{what}", data=asked(**kwargs), follow_redirects=True)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_a_stranger_is_asked_to_sign_in(client):
    for path in (PATH, f"{PATH}/page", f"{PATH}.pdf", f"{PATH}.fhir.json"):
        assert "/login" in client.get(path).location


def test_before_the_first_session_there_is_nothing_to_choose(as_alice):
    page = as_alice.get(PATH)
    assert page.status_code == 200
    assert "Nothing to report yet" in page.text


def test_the_form_starts_with_everything_but_notes_over_twelve_weeks(as_alice, alice, add_session):
    add_session(alice)
    page = as_alice.get(PATH).text
    ticked = re.findall(r'name="parts" value="(\w+)" checked', page)
    assert ticked == ["days", "sessions", "after", "activities", "overall", "tests", "changes"]
    assert 'value="2026-08-31"' in page
    assert f'name="spots" value="{SPOT}" checked' in page
    assert alice.email not in page


def test_the_page_says_what_a_therapist_asks_first(
    as_alice, alice, add_session, rate, note_day, can_do, works_on
):
    works_on(alice, days_between=3, level_cap=2)
    rate(alice, dict.fromkeys(range(11, 18), 6) | {0: 3, 1: 4, 2: 5})
    timed = {"level_1_s": 60, "level_2_s": 90, "level_3_s": 0, "level_4_s": 0, "peak_level": 2}
    rated = {"pain_before": 6, "pain_after": 4, "tenderness_before": 5, "tenderness_after": 4}
    asked_after = {"next_day_at": None, "next_day_soreness": 3, "still_sore": True, "bruise": True}
    add_session(alice, on=TODAY - timedelta(days=10), felt_in=["hip"], **timed, **rated)
    asked_after["next_day_at"] = (add_session(alice, on=TODAY - timedelta(days=5))).started_at
    asked_after["next_day_at"] += timedelta(days=1, hours=6)
    add_session(alice, on=TODAY - timedelta(days=5), ended_by="nerve", **asked_after)
    can_do(alice, "Sitting", {TODAY - timedelta(days=14): 3, TODAY: 6})
    note_day(alice, flare=True, medicine_change=True, other_treatment="Physiotherapy", note="Tired")
    page = sent(as_alice, name="Alice A.")
    assert page.status_code == 200
    said = words(page)
    assert "Alice A." in said
    assert "1 Sep 2026 to 22 Nov 2026" in said
    assert "every 3 days, up to Light" in said
    assert "3 of 7 planned" in said
    assert "Baseline median 6 (7 ratings)" in said
    assert "4 (3–5), 3" in said
    assert "6 → 4 (1)" in said
    assert "5 → 4 (1)" in said
    assert "Sore for more than 24 hours 1 of 1 answered" in said
    assert "numb or tingling (1)" in said
    assert "Sitting 3 → 6" in said
    assert "22 Nov 2026: Physiotherapy" in said
    assert "Tired" in said
    assert "this does not show why" in said
    assert page.text.count("body__skin") == 0
    assert alice.email not in page.text


def test_a_part_that_was_not_chosen_is_not_there(
    as_alice, alice, add_session, rate, note_day, can_do
):
    add_session(alice, on=TODAY, note="secret note", pain_before=6, pain_after=4)
    rate(alice, {0: 7, 1: 7, 2: 7})
    note_day(alice, other_treatment="secret treatment", note="secret day")
    can_do(alice, "secret activity", {TODAY: 3})
    for part in ALL:
        page = sent(as_alice, parts=(part,)).text
        assert page.count("<h2>") == 1
        assert ("secret treatment" in page) == (part == "changes")
        assert ("secret activity" in page) == (part == "activities")
        assert ("secret note" in page) == ("secret day" in page) == (part == "notes")
        assert ("Top of the buttock" in page) == (part == "sessions")
        assert ("report__plot" in page) == (part == "days")


def test_of_many_notes_the_newest_are_shown_and_nobody_is_sent_elsewhere(
    as_alice, alice, add_session, note_day
):
    """Whoever reads it has this report alone."""
    add_session(alice)
    for back in range(10):
        note_day(alice, on=TODAY - timedelta(days=back), note=f"note {back}")
    said = words(sent(as_alice, parts=("notes",)))
    assert "note 7 2 earlier notes are not shown." in said
    assert "note 8" not in said
    assert "CSV" not in said


def test_the_page_is_not_drawn_without_end(as_alice, alice, as_bob, bob, add_session, monkeypatch):
    monkeypatch.setattr(report_views, "PAGES", 2)
    for person in (alice, bob):
        add_session(person)
    codes = [sent(as_alice).status_code for _try in range(3)]
    assert codes == [200, 200, 429]
    assert sent(as_bob).status_code == 200


def test_other_spots_days_and_people_stay_out(as_alice, alice, bob, add_session, rate):
    add_session(alice, on=TODAY)
    add_session(alice, spot="foot-arch", on=TODAY, note="another spot")
    add_session(alice, on=TODAY - timedelta(days=200), note="long ago")
    add_session(bob, on=TODAY, note="bob's")
    rate(alice, {0: 9}, region="foot_sole")
    page = sent(as_alice)
    assert "1 session" in words(page)
    for hidden in ("another spot", "long ago", "bob", "Sole", "Arch"):
        assert hidden not in page.text


def test_anothers_own_spot_cannot_be_asked_for(app, as_alice, alice, bob, add_session):
    own = OwnSpot(user_id=bob.id, id=uuid7(), name="Bob's", region="arm", felt_in=[], notes="")
    add_session(alice)
    add_session(bob, spot=str(own.id))
    page = sent(as_alice, spots=(str(own.id),))
    assert page.status_code == 422
    assert "not on your list any more" in page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"spots": ()}, "Choose at least one spot."),
        ({"spots": ("x",)}, "One of these spots is not on your list any more."),
        ({"parts": ()}, "Choose at least one part."),
        ({"parts": ("money",)}, "One of these parts is not known here."),
        ({"first": ""}, "Choose a day, such as 2026-11-22."),
        ({"first": "yesterday"}, "Choose a day, such as 2026-11-22."),
        ({"first": "2026-W40-1"}, "Choose a day, such as 2026-11-22."),
        ({"first": "0001-01-01"}, "Choose a day, such as 2026-11-22."),
        ({"first": "2026-13-45"}, "Choose a day, such as 2026-11-22."),
        ({"first": "٢٠٢٦-٠٩-٠١"}, "Choose a day, such as 2026-11-22."),
        ({"first": "2027-01-01"}, "Choose a day that has come already."),
        ({"last": "2026-08-01"}, "This is before the first day."),
        ({"last": "2027-08-01"}, "Choose a day that has come already."),
        ({"name": "x" * 81}, "Use at most 80 characters."),
        ({"name": "a\nb"}, "Please write this on one line."),
        ({"name": "\x00"}, "cannot be shown"),
        ({"paper": "papyrus"}, "Choose A4 or Letter."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    as_alice, alice, add_session, wrong, sentence
):
    add_session(alice)
    page = sent(as_alice, **{"name": "Kept"} | wrong)
    assert page.status_code == 422
    assert sentence in page.text
    assert "name" in wrong or 'value="Kept"' in page.text
    for other in ("pdf", "fhir"):
        assert sent(as_alice, other, **wrong).status_code == 422
    for path in (f"{PATH}/page", f"{PATH}.pdf", f"{PATH}.fhir.json"):
        assert as_alice.get(path).location == PATH


def test_a_name_is_a_text_and_no_markup(as_alice, alice, add_session):
    add_session(alice)
    page = sent(as_alice, name="<b>Anna</b>")
    assert "&lt;b&gt;Anna&lt;/b&gt;" in page.text


def test_what_was_chosen_is_in_no_address(as_alice, alice, add_session):
    add_session(alice)
    for what in ("page", "pdf", "fhir"):
        answer = sent(as_alice, what, name="Anna A.", first="2026-10-03")
        assert answer.status_code == 200
        for each in (*answer.history, answer):
            assert each.request.query_string == b""
            assert "Anna" not in each.headers.get("Location", "")
    page = as_alice.get(f"{PATH}/page").text
    assert "Anna A." in page
    assert not any("Anna" in each for each in re.findall(r'(?:href|action)="([^"]*)"', page))


def test_going_back_finds_the_form_as_it_was_filled_in(as_alice, alice, add_session, time):
    add_session(alice)
    add_session(alice, spot="foot-arch")
    sent(as_alice, name="Anna A.", first="2026-10-03", parts=("days",), paper="letter")
    page = as_alice.get(PATH).text
    for typed in ('value="Anna A."', 'value="2026-10-03"', f'value="{SPOT}" checked'):
        assert typed in page
    assert re.findall(r'name="parts" value="(\w+)" checked', page) == ["days"]
    assert 'value="foot-arch" checked' not in page
    assert re.search(r'value="letter"[^>]* checked|checked[^>]* value="letter"', page)
    time.forward(days=1)
    assert "Anna" not in as_alice.get(PATH).text


def test_nobody_else_on_this_phone_finds_what_was_chosen(app, as_alice, alice, bob, add_session):
    add_session(alice)
    add_session(bob)
    sent(as_alice, name="Anna A.")
    with as_alice.session_transaction() as mine:
        chosen = mine["report"]
    as_bob = sign_in(app, bob)
    with as_bob.session_transaction() as theirs:
        theirs["report"] = chosen
    assert "Anna" not in as_bob.get(PATH).text
    assert as_bob.get(f"{PATH}/page").location == PATH
    as_alice.post("/logout")
    with as_alice.session_transaction() as mine:
        assert "report" not in mine


def test_many_spots_still_fit_into_a_cookie(app, as_alice, alice, add_session):
    ids = [uuid7() for _number in range(60)]
    for number, own in enumerate(ids):
        own_spot = {"id": own, "name": f"Own {number}", "region": "arm", "felt_in": []}
        kept(app, OwnSpot(user_id=alice.id, created_at=NOW, notes="", **own_spot))
        add_session(alice, spot=str(own))
    add_session(alice)
    some = [str(own) for own in ids]
    name = "\N{FACE WITH TEARS OF JOY}" * 80
    answer = as_alice.post(f"{PATH}/page", data=asked(spots=some[:40], name=name))
    assert answer.status_code == 303
    assert len(answer.headers["Set-Cookie"]) < 4000
    assert sent(as_alice, spots=(SPOT, *some)).status_code == 200
    too_many = sent(as_alice, spots=some[:41])
    assert too_many.status_code == 422
    assert "Choose at most 40 spots, or all of them." in too_many.text


def test_without_a_last_day_it_goes_on_to_today(as_alice, alice, add_session):
    add_session(alice, on=TODAY)
    assert "22 Nov 2026" in words(sent(as_alice, last=""))


def test_the_number_of_questions_to_the_database_does_not_grow(
    app, as_alice, alice, add_session, rate
):
    def queries():
        with sql_of(app) as run:
            as_alice.get(f"{PATH}/page")
        return len(run)

    add_session(alice, on=TODAY)
    sent(as_alice)
    few = queries()
    for ago in range(40):
        add_session(alice, on=TODAY - timedelta(days=ago))
    rate(alice, dict.fromkeys(range(60), 5))
    assert queries() == few <= 22


def test_the_print_style_is_on_the_report_only(as_alice, alice, add_session):
    add_session(alice)
    assert "css/report.css" in sent(as_alice).text
    for path in ("/", "/you", "/sharing/", PATH):
        assert "report.css" not in as_alice.get(path).text


def test_without_pango_the_page_is_there_to_print(as_alice, alice, add_session, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    add_session(alice)
    assert as_alice.get("/healthz").json["pdf"] is False
    form = as_alice.get(PATH).text
    assert "As a PDF" not in form
    assert "Open the page" in form
    page = sent(as_alice, "pdf")
    assert page.status_code == 200
    assert "report__caveat" in page.text
    assert "As a PDF" not in page.text
