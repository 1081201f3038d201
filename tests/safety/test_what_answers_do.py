"""What was ticked calls for help, closes spots, or keeps them light; and what opens them again."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.safety.conftest import BACK, NOW, asks, begins, prepare, say
from tests.sessions.conftest import guided, send
from tracker.sessions.models import MassageSession

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CALL = "Call your local emergency number now."
FIRM = {
    "entry": "guided",
    "tool": "fingertips",
    "stayed_level": 4,
    "finished_holds": 3,
    "target_level": 4,
    "ended_by": "finished",
}


def plans(page):
    found = re.search(r'<script type="application/json" id="guide-data">(.*?)</script>', page, re.S)
    return json.loads(found[1])["plans"]


def highest(page):
    return max(phase["level"] for plan in plans(page) for phase in plan["phases"])


def text_of(page):
    """What stands on a page, without its marks."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("&#39;", "'").split())


@pytest.fixture
def works_firmly(alice, add_session):
    """Three sessions that went well at Firm."""
    for day in (11, 14, 17):
        add_session(alice, on=date(2026, 11, day), **FIRM)


# An emergency


def test_an_emergency_hides_everything_and_says_what_to_do(as_newcomer, answers):
    sent = say(as_newcomer, "chest_effort", spot="chest-front")
    page = as_newcomer.get(sent.location).text
    assert text_of(page).startswith(CALL)
    assert "Do not press anywhere." in page
    assert "Chest pain brought on by effort" in page
    assert "<nav" not in page
    assert re.findall(r'<a [^>]*href="(/[^"]*)"', page) == ["/"]
    assert answers()[0].chosen == ["chest_effort"]
    assert answers()[0].answered_at == NOW


def test_it_closes_every_spot_for_now_and_its_own_until_a_clinician_has_looked(
    as_newcomer, set_clock
):
    say(as_newcomer, "chest_effort", spot="chest-front")
    assert CALL in prepare(as_newcomer, "foot-arch")
    set_clock(NOW + 31 * MINUTE)
    assert CALL not in prepare(as_newcomer, "foot-arch")
    page = prepare(as_newcomer, "chest-front")
    assert "Not now" in page
    assert "A clinician has looked" in page
    as_newcomer.post("/safety/gates/chest_pain/look?spot=chest-front&side=left")
    assert asks(prepare(as_newcomer, "chest-front"))


def test_an_emergency_of_one_person_says_nothing_to_another(as_newcomer, as_bob):
    say(as_newcomer, "chest_effort", spot="chest-front")
    assert begins(prepare(as_bob))


# Closed


def test_a_sign_that_asks_for_a_clinician_closes_its_spots_and_says_why(as_newcomer):
    say(as_newcomer, "worst_at_night")
    page = prepare(as_newcomer)
    assert not begins(page)
    told = text_of(page)
    assert "Get medical advice today. You said: ! Pain that is worst at night" in told
    assert "it does not diagnose" in told
    assert f"/sessions/add?spot={BACK}" in as_newcomer.get(f"/spots/{BACK}").text
    assert begins(prepare(as_newcomer, "forearm-top"))


def test_the_spots_page_says_so_once_and_leads_to_what_opens_it(as_newcomer):
    say(as_newcomer, "worst_at_night")
    page = as_newcomer.get(f"/spots/{BACK}").text
    assert page.count("Closed now") == 1
    assert "Pain that is worst at night" in page
    assert "Closed now" not in as_newcomer.get("/spots/forearm-top").text


def test_a_stranger_reads_a_spot_without_anybodys_answers(as_newcomer, client):
    say(as_newcomer, "worst_at_night")
    assert "Closed now" not in client.get(f"/spots/{BACK}").text


def test_a_clinician_has_looked_opens_all_that_waited_at_that_gate(as_newcomer, answers, set_clock):
    say(as_newcomer, "worst_at_night")
    say(as_newcomer, "foot_drop")
    set_clock(NOW + DAY)
    opened = as_newcomer.post(f"/safety/gates/back_red_flags/look?spot={BACK}&side=left")
    assert (opened.status_code, opened.location) == (303, f"/sessions/new?spot={BACK}&side=left")
    assert begins(prepare(as_newcomer))
    looked = [row.cleared_at for row in answers() if row.gate == "back_red_flags"]
    assert looked == [NOW + DAY] * 2
    assert {row.cleared_at for row in answers() if row.gate == "bleeding"} == {None}


def test_nobody_opens_what_another_closed(as_newcomer, as_bob):
    say(as_newcomer, "worst_at_night")
    as_bob.post("/safety/gates/back_red_flags/look")
    assert not begins(prepare(as_newcomer))


def test_an_unknown_gate_is_not_there(as_alice):
    assert as_alice.post("/safety/gates/garden/look").status_code == 404
    assert as_alice.get("/safety/gates/dvt/look").status_code == 405


def test_signs_of_a_clot_close_the_whole_leg_at_every_level(as_newcomer):
    say(as_newcomer, "leg_swollen", spot="outer-shin")
    for spot in ("outer-shin", "outer-thigh", "foot-arch", BACK, "side-hip"):
        assert "One calf or thigh swollen" in prepare(as_newcomer, spot)
    assert begins(prepare(as_newcomer, "forearm-top"))


def test_a_clot_on_the_list_ends_when_a_clinician_says_so(as_newcomer, entries, set_clock):
    say(as_newcomer, "clot")
    page = prepare(as_newcomer, "forearm-top")
    assert "Never at any level" in page
    address = re.search(r'action="(/safety/list/[^"]+/end\?[^"]+)"', page)[1].replace("&amp;", "&")
    assert "A clinician has looked" in page
    set_clock(NOW + DAY)
    assert as_newcomer.post(address).location == "/sessions/new?spot=forearm-top&side=left"
    assert begins(prepare(as_newcomer, "forearm-top"))
    assert entries()[0].ended_at == NOW + DAY


def test_ask_first_opens_with_the_clinicians_word(as_newcomer, entries, set_clock):
    say(as_newcomer, "pregnancy")
    page = prepare(as_newcomer, "forearm-top")
    address = re.search(r'action="(/safety/list/[^"]+/agree\?[^"]+)"', page)[1]
    assert "My clinician agrees" in page
    set_clock(NOW + DAY)
    as_newcomer.post(address.replace("&amp;", "&"))
    assert begins(prepare(as_newcomer, "forearm-top"))
    assert entries()[0].agreed_at == NOW + DAY


def test_pregnancy_closes_shin_and_thigh_whoever_agrees(as_newcomer):
    say(as_newcomer, "leg_pregnancy", spot="outer-shin")
    page = prepare(as_newcomer, "outer-shin")
    address = re.search(r'action="(/safety/list/[^"]+/agree\?[^"]+)"', page)[1]
    as_newcomer.post(address.replace("&amp;", "&"))
    for spot in ("outer-shin", "outer-thigh"):
        assert "No leg pressure in pregnancy" in prepare(as_newcomer, spot)
    assert begins(prepare(as_newcomer, "forearm-top"))


def test_a_fresh_knock_opens_by_itself_and_says_when(as_newcomer, set_clock):
    say(as_newcomer, "acute_injury")
    assert "Until 23 November 2026." in prepare(as_newcomer)
    set_clock(NOW + timedelta(hours=72))
    assert begins(prepare(as_newcomer))


# Light


def test_a_cap_keeps_the_plan_light_and_says_why_near_it(as_alice, works_firmly):
    assert highest(prepare(as_alice)) > 2
    say(as_alice, "bruises_easily")
    page = prepare(as_alice)
    assert highest(page) == 2
    assert {plan["protocol"] for plan in plans(page)} == {"gentle"}
    assert "Nothing above Light. You said: Bruising easily." in text_of(page)


def test_only_who_chose_gentle_only_is_told_so(as_alice, works_firmly):
    say(as_alice, "bruises_easily")
    together = f"/sessions/together?stop={BACK}/left&stop=foot-arch/left"
    pages = [prepare(as_alice), as_alice.get(together).text]
    assert ["What you told Sweetspot keeps it gentle" in page for page in pages] == [True, True]
    assert not any("You chose gentle only" in page for page in pages)
    as_alice.post("/you", data={"time_zone": "UTC", "get_ready_s": "0", "gentle_only": "y"})
    assert "You chose gentle only" in prepare(as_alice)


def test_what_holds_for_the_person_holds_at_every_spot(as_newcomer, entries):
    say(as_newcomer, "blood_thinner")
    assert [row.entry for row in entries()] == ["anticoagulant"]
    assert "Nothing above Light." in prepare(as_newcomer, "forearm-top")


def test_reduced_feeling_leaves_touch_and_looking_at_the_skin(as_newcomer):
    say(as_newcomer, "reduced_feeling", spot="foot-arch")
    page = prepare(as_newcomer, "foot-arch")
    assert highest(page) == 1
    assert "Look at the skin before and after." in page
    assert "for 3 seconds, at Touch." in page


def test_the_press_before_and_after_is_at_touch_then_too(as_newcomer, rows):
    say(as_newcomer, "reduced_feeling", spot="foot-arch")
    sent = guided(spot="foot-arch", tenderness_before=4)
    after = send(as_newcomer, sent).json["after"]
    assert rows(select(MassageSession.tenderness_level)) == [1]
    assert "one press, 3 s, at Touch" in as_newcomer.get(after).text


def test_worth_showing_is_told_once(as_newcomer, set_clock):
    say(as_newcomer, "six_weeks")
    page = text_of(prepare(as_newcomer))
    assert "Worth showing to a clinician in the next weeks." in page
    assert "No better after six weeks" in page
    set_clock(NOW + 31 * MINUTE)
    page = prepare(as_newcomer)
    assert begins(page)
    assert "Worth showing" not in page


# One side


def test_what_is_on_one_side_leaves_the_other_open(as_newcomer, entries):
    asked = say(as_newcomer, "fracture", spot="outer-shin")
    as_newcomer.post(
        asked.location,
        data={f"{entries()[0].id}-region": "shin", f"{entries()[0].id}-side": "left"},
    )
    closed = prepare(as_newcomer, "outer-shin", "left")
    assert "/sessions/new?spot=outer-shin&amp;side=right" in closed
    page = prepare(as_newcomer, "outer-shin", "right")
    assert begins(page)
    assert 'value="left"' not in page
    assert "Closed now: left" in as_newcomer.get("/spots/outer-shin").text


def test_a_cap_on_one_side_does_not_hold_on_the_other(as_newcomer, entries):
    asked = say(as_newcomer, "neuropathy", spot="forearm-top")
    where = {f"{entries()[0].id}-region": "arm", f"{entries()[0].id}-side": "left"}
    as_newcomer.post(asked.location, data=where)
    assert "Nothing above Light" in prepare(as_newcomer, "forearm-top", "left")
    assert "Nothing above Light" not in prepare(as_newcomer, "forearm-top", "right")


def test_today_starts_nothing_that_is_closed_and_says_where_to_read_why(as_newcomer):
    as_newcomer.post(f"/spots/{BACK}/sides/left")
    as_newcomer.post("/spots/foot-arch/sides/left")
    say(as_newcomer, "foot_drop")
    page = as_newcomer.get("/").text
    assert "closed because of what you told Sweetspot" in page
    assert f"/sessions/new?spot={BACK}" not in page
    assert "/sessions/new?spot=foot-arch" in page
    as_newcomer.post("/spots/foot-arch/sides/left/archive")
    page = as_newcomer.get("/").text
    assert "Left. Closed because of what you told Sweetspot." in page
    assert "Why, and what opens it" in page


def test_today_plans_no_higher_than_an_answer_allows(as_alice, works_firmly):
    as_alice.post(f"/spots/{BACK}/sides/left")
    assert "Firm" in text_of(as_alice.get("/").text)
    say(as_alice, "bruises_easily")
    page = text_of(as_alice.get("/").text)
    assert "Light" in page
    assert "Firm" not in page
