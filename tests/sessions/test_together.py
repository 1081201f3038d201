"""Several spots in one session: choosing them, and what Prepare makes of them."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import update

from tests.conftest import new_person, sign_in
from tracker.accounts.models import User
from tracker.database import db

BOTH = "/sessions/together?stop=top-of-buttock/left&stop=top-of-buttock/right"
THREE = BOTH + "&stop=forearm-top/right"
GUIDED = {"entry": "guided", "stayed_level": 2, "finished_holds": 2, "completed": True}


def stops(page):
    data = re.search(r'id="guide-data">(.*?)</script>', page.text)[1]
    return json.loads(data)["stops"]


def work_on(client, *places):
    for place in places:
        client.post("/spots/{}/sides/{}".format(*place.split("/")))


def chosen(page):
    return re.findall(r'name="stop" value="([^"]+)" checked', page.text)


def test_what_is_due_is_chosen_to_begin_with_and_what_rests_is_not(as_alice, alice, add_session):
    work_on(as_alice, "top-of-buttock/left", "forearm-top/right", "foot-arch/left")
    add_session(alice, "forearm-top", "right", on=date(2026, 11, 19), **GUIDED)
    page = as_alice.get("/sessions/several")
    assert chosen(page) == ["top-of-buttock/left", "foot-arch/left"]
    assert "Two days between sessions here suit most people" in page.text


def test_at_most_four_are_chosen_to_begin_with(as_alice):
    places = ["top-of-buttock", "forearm-top", "foot-arch", "side-hip", "upper-back"]
    work_on(as_alice, *(f"{spot}/left" for spot in places))
    assert len(chosen(as_alice.get("/sessions/several"))) == 4


def test_each_stop_has_its_own_plan_in_the_order_chosen(as_alice):
    page = as_alice.get(THREE)
    assert page.status_code == 200
    found = [(each["spot"], each["side"], each["area"]) for each in stops(page)]
    assert found == [
        ("top-of-buttock", "left", "buttock"),
        ("top-of-buttock", "right", "buttock"),
        ("forearm-top", "right", "arm"),
    ]
    assert {each["plan"]["protocol"] for each in stops(page)} == {"gentle"}
    assert stops(page)[0]["place"] == "Top of the buttock, left"


def test_pain_is_asked_once_in_a_region_and_tenderness_for_the_first(as_alice):
    page = as_alice.get(THREE).text
    names = set(re.findall(r'name="(pain_\w+|tenderness_\w+)"', page))
    assert names == {"pain_buttock", "pain_arm", "tenderness_before"}
    assert 'name="pain_arm"' not in as_alice.get(BOTH).text


def test_the_length_counts_the_time_to_move(as_alice):
    assert ">4:35<" in as_alice.get(BOTH).text  # twice 2:10, and 15 s in between


def test_more_than_two_new_ones_are_said_and_may_be_started_anyway(as_alice):
    page = as_alice.get(THREE).text
    assert "More than 2 of these are new." in page
    assert "Start anyway" in page
    assert "Start anyway" not in as_alice.get(BOTH).text


def test_one_that_was_done_today_is_left_out_and_says_why(as_alice, alice, add_session):
    add_session(alice, on=date(2026, 11, 20), **GUIDED)
    page = as_alice.get(BOTH)
    assert [each["side"] for each in stops(page)] == ["right"]
    assert "Left out" in page.text


def test_where_all_are_left_out_there_is_nothing_to_begin(as_alice, alice, add_session):
    for side in ("left", "right"):
        add_session(alice, side=side, on=date(2026, 11, 20), **GUIDED)
    page = as_alice.get(BOTH).text
    assert 'data-part="begin"' not in page
    assert "Choose others" in page


def test_one_alone_is_prepared_by_itself(as_alice):
    answer = as_alice.get("/sessions/together?stop=side-hip/left")
    assert answer.location == "/sessions/new?spot=side-hip&side=left"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "&".join(
            f"stop={spot}/left"
            for spot in ("top-of-buttock", "forearm-top", "foot-arch", "side-hip", "upper-back")
        ),
    ],
)
def test_none_or_too_many_are_told(as_alice, query):
    answer = as_alice.get(f"/sessions/together?{query}")
    assert answer.status_code == 422
    assert "Choose up to 4, and at least one." in answer.text


@pytest.mark.parametrize("stop", ["nowhere/left", "side-hip/middle", "side-hip", "%00/"])
def test_what_does_not_exist_is_not_there(as_alice, stop):
    answer = as_alice.get(f"/sessions/together?stop={stop}&stop=side-hip/left")
    assert answer.status_code == 404


def test_an_own_spot_of_somebody_else_is_not_there(as_alice, as_bob):
    own = {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "name": "Mine", "region": "shin"}
    assert as_bob.post("/spots/new", data=own).status_code == 303
    answer = as_alice.get(f"/sessions/together?stop={own['id']}/left&stop=side-hip/left")
    assert answer.status_code == 404


def test_the_side_of_the_neck_is_left_out_until_it_is_switched_on(as_alice):
    page = as_alice.get("/sessions/together?stop=side-of-neck/left&stop=side-hip/left")
    assert [each["spot"] for each in stops(page)] == ["side-hip"]


def test_all_that_is_due_is_on_one_sheet_and_leads_back_to_all_of_them(app):
    newcomer = sign_in(app, new_person(app, "new@example.org", answered=False))
    sheet = newcomer.get("/sessions/together?stop=foot-arch/left&stop=top-of-buttock/right").text
    assert sheet.count("None of these") == 1
    assert "Bleeding and bruising" in sheet
    assert "Feeling and skin of the leg and foot" in sheet
    action = re.search(r'<form class="asks" method="post" action="([^"]+)"', sheet)[1]
    gates = re.findall(r'name="gates" value="([^"]+)"', sheet)
    form_id = re.search(r'name="id"[^>]*value="([^"]+)"', sheet)[1]
    data = {"id": form_id, "gates": gates, "asks_list": "y", "none": "y"}
    answer = newcomer.post(action.replace("&amp;", "&"), data=data)
    assert answer.status_code == 303
    page = newcomer.get(answer.location)
    assert [each["spot"] for each in stops(page)] == ["foot-arch", "top-of-buttock"]


def test_the_time_to_move_is_the_persons_own(app, as_alice, alice):
    with app.app_context():
        db.session.execute(update(User).where(User.id == alice.id).values(gap_s=60))
        db.session.commit()
    assert ">5:20<" in as_alice.get(BOTH).text
