"""The list of what to be careful with: added to, placed, agreed, taken off; nobody else's."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.safety.conftest import BACK, NOW, begins, prepare, say
from tracker.accounts.models import User
from tracker.safety.standing import SAFETY

DAY = timedelta(days=1)


def add(client, *entries, **changes):
    form = {"id": str(uuid7()), "asks_list": "y", "entries": [*entries], **changes}
    return client.post("/safety/list", data=form)


def test_you_leads_to_it(as_newcomer):
    assert "/safety/list" in as_newcomer.get("/you").text
    page = as_newcomer.get("/safety/list").text
    assert "Nothing is on your list." in page
    assert "Not asked yet." in page


def test_none_of_these_notes_the_day(as_newcomer, entries, rows):
    assert add(as_newcomer, none="y").location == "/safety/list"
    assert "Asked last on 20 November 2026." in as_newcomer.get("/safety/list").text
    assert rows(select(User.conditions_asked_at)) == [NOW]
    assert entries() == []


def test_an_entry_says_since_when_and_what_it_does(as_newcomer):
    assert add(as_newcomer, "osteoporosis").location == "/safety/list"
    page = as_newcomer.get("/safety/list").text
    assert "Since 20 November 2026." in page
    assert "Ask a clinician first." in page
    assert "Nothing above Light." in page
    assert 'value="osteoporosis"' not in page


def test_an_entry_about_a_place_asks_where_and_counts_everywhere_until_told(as_newcomer, entries):
    asked = add(as_newcomer, "fracture")
    (row,) = entries()
    assert asked.location == f"/safety/where?entry={row.id}"
    assert not begins(prepare(as_newcomer, "forearm-top"))
    where = {f"{row.id}-region": "shin", f"{row.id}-side": "left"}
    assert as_newcomer.post(asked.location, data=where).location == "/safety/list"
    assert [(row.region, row.side) for row in entries()] == [("shin", "left")]
    assert "Shin, left" in as_newcomer.get("/safety/list").text
    say(as_newcomer, spot="forearm-top")
    assert begins(prepare(as_newcomer, "forearm-top"))


def test_where_is_asked_for_all_of_them_on_one_page_on_the_way_to_a_session(as_newcomer, entries):
    asked = say(as_newcomer, "fracture", "implant", "dizzy_bp")
    assert asked.location.startswith("/safety/where?entry=")
    page = as_newcomer.get(asked.location).text
    assert page.count("<select") == 2
    assert f"/sessions/new?spot={BACK}&amp;side=left" in page
    ids = {row.entry: row.id for row in entries()}
    where = {f"{ids['fracture']}-region": "hand", f"{ids['implant']}-region": "upper_chest"}
    onward = as_newcomer.post(asked.location, data=where).location
    assert onward == f"/sessions/new?spot={BACK}&side=left"
    assert begins(as_newcomer.get(onward).text)


def test_only_what_comes_in_pairs_has_a_side(as_newcomer, entries):
    asked = add(as_newcomer, "open_wound")
    row = entries()[0]
    where = {f"{row.id}-region": "tailbone", f"{row.id}-side": "left"}
    as_newcomer.post(asked.location, data=where)
    assert [(row.region, row.side) for row in entries()] == [("tailbone", None)]


@pytest.mark.parametrize(
    ("region", "side", "told"),
    [("garden", "left", "This place is not known here."), ("shin", "up", "Which side is it?")],
)
def test_a_place_that_is_not_there_is_told(as_newcomer, entries, region, side, told):
    asked = add(as_newcomer, "fracture")
    row = entries()[0]
    where = {f"{row.id}-region": region, f"{row.id}-side": side}
    refused = as_newcomer.post(asked.location, data=where)
    assert refused.status_code == 422
    assert told in refused.text
    assert [(row.region, row.side) for row in entries()] == [(None, None)]


def test_an_entry_taken_off_is_kept_with_its_end(as_newcomer, entries, set_clock):
    add(as_newcomer, "dizzy_bp")
    set_clock(NOW + DAY)
    assert as_newcomer.post(f"/safety/list/{entries()[0].id}/end").location == "/safety/list"
    page = as_newcomer.get("/safety/list").text
    assert "Nothing is on your list." in page
    assert 'value="dizzy_bp"' in page
    assert entries()[0].ended_at == NOW + DAY


def test_what_a_clinician_agreed_to_says_so_and_asks_no_more(as_newcomer, entries):
    add(as_newcomer, "osteoporosis")
    as_newcomer.post(f"/safety/list/{entries()[0].id}/agree")
    page = as_newcomer.get("/safety/list").text
    assert "Your clinician agreed on 20 November 2026." in page
    assert "/agree" not in page


def test_what_waits_at_a_gate_stands_there_too(as_newcomer):
    say(as_newcomer, "worst_at_night")
    page = as_newcomer.get("/safety/list").text
    assert "/safety/gates/back_red_flags/look" in page
    as_newcomer.post("/safety/gates/back_red_flags/look")
    assert "/look" not in as_newcomer.get("/safety/list").text


def test_what_was_taken_off_is_not_put_back_by_the_answer_that_said_it_too(
    as_newcomer, entries, set_clock
):
    say(as_newcomer, "blood_thinner")
    set_clock(NOW + DAY)
    as_newcomer.post(f"/safety/list/{entries()[0].id}/end")
    say(as_newcomer, spot="forearm-top")
    assert [row.ended_at for row in entries()] == [NOW + DAY]


def test_after_ninety_days_what_is_on_the_list_is_named_and_not_asked(as_newcomer, set_clock):
    say(as_newcomer, "anticoagulant", spot="forearm-top")
    set_clock(NOW + 90 * DAY)
    page = prepare(as_newcomer, "forearm-top")
    assert "Still on your list: Blood thinners" in page
    assert 'value="anticoagulant"' not in page
    say(as_newcomer, spot="forearm-top")
    assert "Nothing above Light." in prepare(as_newcomer, "forearm-top")


@pytest.mark.parametrize(
    "wrong",
    [{}, {"none": "y", "entries": ["cancer"]}, {"entries": ["luck"]}, {"chosen": ["foot_drop"]}],
)
def test_a_list_that_cannot_be_is_told_and_not_kept(as_newcomer, entries, wrong):
    refused = add(as_newcomer, **wrong)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert entries() == []


def test_another_persons_entry_is_not_there(as_newcomer, as_bob, entries):
    add(as_newcomer, "fracture")
    row = entries()[0]
    for verb in ("end", "agree"):
        assert as_bob.post(f"/safety/list/{row.id}/{verb}").status_code == 404
    place = f"/safety/where?entry={row.id}"
    assert as_bob.get(place).status_code == 404
    assert as_bob.post(place, data={f"{row.id}-region": "shin"}).status_code == 404
    assert "Broken or suspected" not in re.sub(
        r'<form class="asks".*?</form>', "", as_bob.get("/safety/list").text, flags=re.S
    )
    assert [(row.region, row.agreed_at, row.ended_at) for row in entries()] == [(None, None, None)]


@pytest.mark.parametrize("query", ["", "?entry=", "?entry=x", "?entry=" + "0" * 40])
def test_where_without_an_entry_is_not_there(as_alice, query):
    assert as_alice.get(f"/safety/where{query}").status_code == 404


def test_nothing_of_it_is_in_the_csv(as_newcomer, newcomer, add_session):
    add_session(newcomer)
    say(as_newcomer, "bruises_easily", "cancer")
    file = as_newcomer.get("/sharing/sessions.csv").text
    assert "top-of-buttock" in file
    for word in ("bruises_easily", "cancer", "back_red_flags", "Bruising", *SAFETY.gates):
        assert word not in file
