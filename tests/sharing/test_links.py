"""The life of a link: made, handed over, opened by somebody without an account, and ended."""

import csv
import io
import logging
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from uuid_utils.compat import uuid7

from tests.conftest import kept, sign_in, sql_of
from tests.sharing.conftest import NOW, TODAY
from tracker.database import db
from tracker.sharing import link_views, shared_views
from tracker.sharing.links import hashed
from tracker.sharing.models import LinkToken, SharedLink
from tracker.spots.models import OwnSpot

NEW, LINKS = "/sharing/links/new", "/sharing/links/"
OPEN, REPORT, TABLE = "/shared/open", "/shared/report", "/shared/sessions.csv"
SPOT = "top-of-buttock"
PARTS = ["days", "sessions", "after", "activities", "changes"]

pytestmark = pytest.mark.usefixtures("time")


def filled(**more):
    usual = {"spots": [SPOT], "parts": PARTS, "first": "2026-09-01", "days": "30"}
    return usual | {"id": str(uuid7())} | more


def address_of(page):
    assert page.status_code == 200, page.text
    return re.search(r'id="address" value="([^"]+)"', page.text)[1]


@pytest.fixture
def token(as_alice, alice, add_session):
    """Of a link to one spot of Alice's, who has a session at another, too."""
    add_session(alice, on=TODAY, pain_before=6, pain_after=4, note="a secret")
    add_session(alice, spot="foot-arch", on=TODAY)
    return address_of(as_alice.post(NEW, data=filled(name="Alice A."))).partition("#")[2]


@pytest.fixture
def therapist(app):
    return app.test_client()


def test_a_stranger_is_asked_to_sign_in(client):
    for path in (NEW, LINKS):
        assert "/login" in client.get(path).location


def test_the_address_is_shown_once_with_a_picture_of_it(as_alice, alice, add_session, rows):
    add_session(alice)
    page = as_alice.post(NEW, data=filled())
    token = address_of(page).partition("#")[2]
    assert address_of(page).startswith("http://localhost/shared/#")
    assert len(token) >= 32
    assert re.search(r'role="img"[^>]*><svg[^>]*viewBox', page.text)
    assert " style=" not in page.text
    assert "cannot be shown again" in page.text
    assert token not in as_alice.get(LINKS).text
    assert [row.token_hash for row in rows(select(LinkToken))] == [hashed(token)]


def test_nothing_that_is_kept_opens_it(app, token):
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(table.select()):
                assert token not in str(row)


def test_a_therapist_sees_the_report_without_an_account(therapist, token, as_alice):
    answer = therapist.post(OPEN, data={"token": token})
    assert (answer.status_code, answer.location) == (303, REPORT)
    page = therapist.get(REPORT)
    assert page.status_code == 200
    assert "Alice A." in page.text
    assert "Top of the buttock" in page.text
    assert "6 → 4" in page.text
    for hidden in ("a secret", "Arch of the foot", "alice@example.org", 'class="tabbar'):
        assert hidden not in page.text
    assert "Opened once, on 22 November 2026." in as_alice.get(LINKS).text


def test_the_cookie_is_for_these_pages_only(therapist, token):
    cookie = therapist.post(OPEN, data={"token": token}).headers["Set-Cookie"]
    for part in ("link=", "HttpOnly", "Path=/shared", "SameSite=Strict"):
        assert part in cookie
    assert "Secure" not in cookie
    assert token not in cookie
    safe = therapist.post(OPEN, data={"token": token}, base_url="https://localhost")
    assert "Secure" in safe.headers["Set-Cookie"]


def test_no_answer_is_stored_or_found(therapist, token):
    therapist.post(OPEN, data={"token": token})
    for path in ("/shared/", REPORT, TABLE, "/shared/nothing"):
        answer = therapist.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert path == "/shared/nothing" or "noindex" in answer.headers["X-Robots-Tag"]


def test_no_log_and_no_address_holds_the_token(therapist, token, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = therapist.post(OPEN, data={"token": token})
        page = therapist.get(REPORT)
    assert token not in caplog.text
    assert token not in f"{answer.location} {answer.headers} {page.text} {page.request.path}"


def test_the_whole_address_may_be_pasted(therapist, token):
    whole = f" http://localhost/shared/#{token} "
    assert therapist.post(OPEN, data={"token": whole}).status_code == 303


def test_whoever_is_signed_in_stays_out_of_it(app, bob, token):
    """Also where it is the person whose link it is: they see what the therapist sees."""
    bob_looks = sign_in(app, bob)
    bob_looks.post(f"/sessions/{uuid7()}/restore")
    with bob_looks.session_transaction() as session:
        session["_flashes"] = [("message", "Saved for Bob.")]
    bob_looks.post(OPEN, data={"token": token})
    page = bob_looks.get(REPORT).text
    assert "Alice A." in page
    for own in ("Saved for Bob.", "bob@", 'class="tabbar'):
        assert own not in page
    assert "bob@example.org" in bob_looks.get("/you").text


def test_the_language_is_the_readers_and_not_that_of_an_account(app, therapist, token, alice):
    with app.app_context():
        db.session.execute(text("UPDATE account SET locale = 'de'"))
        db.session.commit()
    therapist.post(OPEN, data={"token": token})
    assert '<html lang="en">' in therapist.get(REPORT, headers={"Accept-Language": "en"}).text
    assert '<html lang="de">' in therapist.get(REPORT, headers={"Accept-Language": "de"}).text


def table_of(answer):
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


STOPPED = {"completed": False, "ended_by": "nerve", "sharp_events": 1, "nerve_events": 2}


def test_the_table_holds_what_was_chosen_and_blanks(
    therapist, as_alice, alice, add_session, note_day
):
    add_session(alice, on=TODAY, note="a secret", next_day_soreness=3, bruise=True, **STOPPED)
    add_session(alice, on=TODAY - timedelta(days=100))
    add_session(alice, spot="foot-arch", on=TODAY)
    note_day(alice, other_treatment="Physiotherapy")
    made = as_alice.post(NEW, data=filled(parts=["sessions"]))
    therapist.post(OPEN, data={"token": address_of(made).partition("#")[2]})
    (row,) = table_of(therapist.get(TABLE))
    assert (row["spot_slug"], row["date_local"]) == (SPOT, "2026-11-22")
    hidden = ("note", "other_treatment", "next_day_soreness", "bruise", "sore_after_24h")
    for blank in (*hidden, *STOPPED):
        assert row[blank] == ""


def test_without_sessions_there_is_no_table(therapist, as_alice, alice, add_session):
    add_session(alice, on=TODAY)
    made = as_alice.post(NEW, data=filled(parts=["days"]))
    therapist.post(OPEN, data={"token": address_of(made).partition("#")[2]})
    assert "CSV" not in therapist.get(REPORT).text
    assert therapist.get(TABLE).status_code == 404


def test_it_goes_on_to_the_day_it_is_looked_at(therapist, token, alice, add_session, time):
    therapist.post(OPEN, data={"token": token})
    add_session(alice, on=TODAY + timedelta(days=1))
    assert len(table_of(therapist.get(TABLE))) == 1
    time.forward(days=1)
    therapist.post(OPEN, data={"token": token})
    assert len(table_of(therapist.get(TABLE))) == 2


@pytest.mark.parametrize("days", [7, 30, 90])
def test_it_ends_by_itself(therapist, as_alice, alice, add_session, time, days):
    add_session(alice, on=TODAY)
    made = as_alice.post(NEW, data=filled(days=str(days)))
    token = address_of(made).partition("#")[2]
    time.forward(days=days, seconds=-1)
    assert therapist.post(OPEN, data={"token": token}).status_code == 303
    assert therapist.get(REPORT).status_code == 200
    time.forward(seconds=1)
    assert therapist.get(REPORT).status_code == 404
    assert therapist.post(OPEN, data={"token": token}).status_code == 404
    assert "Over since" in as_alice.get(LINKS).text


def test_it_ends_by_hand_also_for_who_is_looking(therapist, token, as_alice, rows):
    therapist.post(OPEN, data={"token": token})
    (link,) = rows(select(SharedLink))
    assert as_alice.post(f"{LINKS}{link.id}/end").status_code == 303
    assert therapist.get(REPORT).status_code == 404
    assert therapist.get(TABLE).status_code == 404
    assert "Ended on 22 November 2026." in as_alice.get(LINKS).text
    first = rows(select(SharedLink))[0].ended_at
    as_alice.post(f"{LINKS}{link.id}/end")
    assert rows(select(SharedLink))[0].ended_at == first


def test_an_open_link_can_be_ended_however_many_came_after_it(
    app, as_alice, alice, add_session, time
):
    add_session(alice)
    as_alice.post(NEW, data=filled(name="The first", days="90"))
    for number in range(22):
        time.forward(hours=1)
        as_alice.post(NEW, data=filled(name=f"Number {number}"))
        for link in re.findall(r'action="(/sharing/links/[^"]+/end)"', as_alice.get(LINKS).text)[
            :-1
        ]:
            as_alice.post(link)
    page = as_alice.get(LINKS).text
    named = re.findall(r'<h2 class="large">([^<]+)</h2>', page)
    assert named == ["The first", *(f"Number {number}" for number in range(21, 1, -1))]
    assert page.count('/end"') == 1


def test_only_its_owner_can_end_it(as_bob, token, rows):
    (link,) = rows(select(SharedLink))
    assert as_bob.post(f"{LINKS}{link.id}/end").status_code == 404
    assert as_bob.post(f"{LINKS}{uuid7()}/end").status_code == 404
    assert "No link was given out" in as_bob.get(LINKS).text
    assert rows(select(SharedLink))[0].ended_at is None


def test_a_link_that_does_not_open_is_one_page_after_the_same_work(
    app, therapist, token, as_alice, alice, add_session, time, rows
):
    (link,) = rows(select(SharedLink))
    as_alice.post(f"{LINKS}{link.id}/end")
    over = address_of(as_alice.post(NEW, data=filled(days="7"))).partition("#")[2]
    time.forward(days=8)
    tried = {
        "ended": token,
        "over": over,
        "guessed": "A" * 32,
        "mistyped": over[:-1],
        "empty": "",
        "odd": "\x00 ' OR 1=1 --",
        "long": "A" * 100_000,
        "no text": "\ud800".encode("utf-8", "surrogatepass"),
    }
    answers = {}
    for name, value in tried.items():
        with sql_of(app) as run:
            answer = therapist.post(OPEN, data={"token": value})
        answers[name] = (answer.status_code, answer.text, [re.sub(r"\s+", " ", sql) for sql in run])
    assert len(set(map(repr, answers.values()))) == 1
    status, page, _run = answers["ended"]
    assert status == 404
    assert "This link does not open" in page
    assert therapist.get(REPORT).text == page


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "W10.aQ.xx", "é" * 10, "A" * 5000])
def test_a_cookie_somebody_made_up_opens_nothing(therapist, token, cookie):
    for path in (REPORT, TABLE):
        answer = therapist.get(path, headers={"Cookie": f"link={cookie}"})
        assert answer.status_code == 404
        assert "This link does not open" in answer.text


def test_a_cookie_is_good_for_half_a_day(app, therapist, token, monkeypatch):
    therapist.post(OPEN, data={"token": token})
    monkeypatch.setattr(shared_views, "A_VISIT", timedelta(seconds=-1))
    assert therapist.get(REPORT).status_code == 404


def test_opening_the_next_link_leaves_nothing_of_the_last(therapist, token):
    therapist.post(OPEN, data={"token": token})
    assert therapist.get(REPORT).status_code == 200
    therapist.post(OPEN, data={"token": "another"})
    assert therapist.get(REPORT).status_code == 404


def test_tokens_cannot_be_tried_without_end(therapist, token, monkeypatch):
    monkeypatch.setattr(shared_views, "OPENINGS", 2)
    codes = [therapist.post(OPEN, data={"token": "x"}).status_code for _try in range(4)]
    assert codes == [404, 404, 429, 429]


def test_what_it_shows_is_not_drawn_without_end(therapist, token, monkeypatch):
    monkeypatch.setattr(shared_views, "LOOKS", 2)
    therapist.post(OPEN, data={"token": token})
    codes = [therapist.get(REPORT).status_code for _try in range(3)]
    assert codes == [200, 200, 429]


def test_links_are_not_made_by_the_thousand(as_alice, alice, add_session, monkeypatch):
    add_session(alice)
    monkeypatch.setattr(link_views, "NEW", 1)
    assert [as_alice.post(NEW, data=filled()).status_code for _try in range(2)] == [200, 429]
    monkeypatch.setattr(link_views, "LISTED", 1)
    full = as_alice.post(NEW, data=filled())
    assert full.status_code == 422
    assert "End one first." in full.text


def test_sending_the_form_twice_makes_one_link(as_alice, alice, add_session, rows):
    add_session(alice)
    form = filled()
    as_alice.post(NEW, data=form)
    again = as_alice.post(NEW, data=form)
    assert (again.status_code, again.location) == (303, LINKS)
    assert len(rows(select(SharedLink))) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"days": "365"}, "Choose 7, 30 or 90 days."),
        ({"days": ""}, "Choose 7, 30 or 90 days."),
        ({"id": "x"}, "This form is damaged."),
        ({"spots": ["x"]}, "One of these spots is not on your list any more."),
        ({"parts": []}, "Choose at least one part."),
        ({"first": "x"}, "Choose a day, such as 2026-11-22."),
        ({"name": "\x07"}, "cannot be shown"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    as_alice, alice, add_session, rows, wrong, sentence
):
    add_session(alice)
    page = as_alice.post(NEW, data=filled(**wrong))
    assert page.status_code == 422
    assert sentence in page.text
    assert rows(select(SharedLink)) == rows(select(LinkToken)) == []


def test_anothers_own_spot_cannot_be_shown(app, as_alice, alice, bob, add_session):
    spot = OwnSpot(user_id=bob.id, id=uuid7(), name="Bob's", region="arm", felt_in=[], notes="")
    spot.created_at = NOW
    own = kept(app, spot)
    add_session(alice)
    assert as_alice.post(NEW, data=filled(spots=[str(own.id)])).status_code == 422


def test_you_says_what_is_open(as_alice, alice, add_session):
    assert "End the link" not in as_alice.get("/you").text
    add_session(alice)
    as_alice.post(NEW, data=filled())
    page = as_alice.get("/you").text
    assert "It shows Top of the buttock, and ends on 22 December 2026." in page
    link = re.search(r'action="(/sharing/links/[^"]+/end)"', page)[1]
    assert as_alice.post(link, data={"from": "you"}).location == "/you"
    assert "End the link" not in as_alice.get("/you").text
    as_alice.post(NEW, data=filled())
    as_alice.post(NEW, data=filled())
    assert "2 links are open." in as_alice.get("/you").text


def test_a_link_of_a_closed_account_is_dead(app, therapist, token, alice):
    therapist.post(OPEN, data={"token": token})
    with app.app_context():
        db.session.execute(text("UPDATE account SET active = false"))
        db.session.commit()
    assert therapist.get(REPORT).status_code == 404


def test_another_sites_page_cannot_open_it(therapist, token):
    answer = therapist.post(
        OPEN, data={"token": token}, headers={"Sec-Fetch-Site": "cross-site", "Origin": "http://e"}
    )
    assert answer.status_code == 403
