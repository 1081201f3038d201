"""Before a session, what is due is asked on one sheet, and only then."""

from datetime import timedelta

import pytest
from markupsafe import escape
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.safety.conftest import BACK, NOW, asks, begins, prepare, say
from tracker.accounts.models import User
from tracker.safety.standing import SAFETY

DAY = timedelta(days=1)
SENT = f"/safety/answers?spot={BACK}&side=left"


def test_the_first_session_asks_every_gate_of_its_spot_and_the_list_on_one_sheet(as_newcomer):
    page = prepare(as_newcomer)
    assert page.count("None of these") == 1
    due = [SAFETY.gates[id_] for id_ in ("back_red_flags", "bleeding")]
    asked = [*(item for gate in due for item in gate.items), *SAFETY.conditions.values()]
    assert [each.id for each in asked if str(escape(each.text)) not in page] == []
    assert page.count('type="checkbox"') == len(asked)
    assert not begins(page)


def test_none_of_these_is_one_tap_to_prepare_and_is_kept_with_its_date(
    as_newcomer, answers, entries, rows
):
    sent = say(as_newcomer)
    assert (sent.status_code, sent.location) == (303, f"/sessions/new?spot={BACK}&side=left")
    assert begins(as_newcomer.get(sent.location).text)
    kept = [(row.gate, row.answered_at, row.chosen) for row in answers()]
    assert kept == [("back_red_flags", NOW, []), ("bleeding", NOW, [])]
    assert entries() == []
    assert rows(select(User.conditions_asked_at)) == [NOW]


@pytest.mark.parametrize(
    ("spot", "later", "asked"),
    [
        (BACK, 29 * DAY, False),
        (BACK, 30 * DAY, True),
        ("outer-shin", timedelta(minutes=29), False),
        ("outer-shin", timedelta(minutes=30), True),
        ("chest-front", timedelta(minutes=30), True),
        ("forearm-top", 89 * DAY, False),
        ("forearm-top", 90 * DAY, True),
    ],
)
def test_it_asks_again_when_it_is_due_and_not_before(as_newcomer, set_clock, spot, later, asked):
    say(as_newcomer, spot=spot)
    set_clock(NOW + later)
    assert asks(prepare(as_newcomer, spot)) is asked


def test_who_has_sessions_at_a_spot_is_not_asked_again_what_is_asked_once(
    as_alice, alice, add_session, set_clock
):
    set_clock(NOW + 40 * DAY)
    assert asks(prepare(as_alice, "foot-arch"))
    add_session(alice, "foot-arch")
    assert not asks(prepare(as_alice, "foot-arch"))


def test_a_reload_of_a_refused_sheet_leads_back_to_the_questions(as_newcomer):
    assert as_newcomer.get(SENT).location == f"/sessions/new?spot={BACK}&side=left"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"none": ""}, "Tick what holds for you, or choose None of these."),
        ({"chosen": ["worst_at_night"]}, "Which one is it?"),
        ({"chosen": ["no_such_sign"]}, "One of these is not known here."),
        ({"chosen": ["chest_pressure"]}, "One of these is not known here."),
        ({"entries": ["no_such_entry"], "none": ""}, "One of these is not known here."),
        ({"entries": ["cancer"], "asks_list": "", "none": ""}, "One of these is not known here."),
        ({"gates": [BACK, "bleeding"]}, "This form is not whole."),
        ({"id": ""}, "This form is not whole."),
        ({"id": "1\x002"}, "This form is not whole."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(as_newcomer, answers, entries, changes, told):
    refused = say(as_newcomer, **changes)
    assert refused.status_code == 422
    assert told in refused.text
    assert "Nothing was saved yet." in refused.text
    assert answers() == entries() == []
    assert asks(prepare(as_newcomer))


def test_ticks_are_still_there_after_a_refusal(as_newcomer):
    page = say(as_newcomer, "worst_at_night", "cancer", none="y").text
    for value in ("worst_at_night", "cancer"):
        assert f'value="{value}" checked' in page
    assert page.count(" checked") == 2


def test_a_sheet_that_asked_nothing_is_refused(as_newcomer, answers):
    assert say(as_newcomer, gates=[], asks_list="").status_code == 400
    assert answers() == []


def test_a_sheet_sent_twice_is_kept_once(as_newcomer, answers, entries):
    form_id = str(uuid7())
    for _time in range(2):
        assert say(as_newcomer, "bruises_easily", "dizzy_bp", id=form_id).status_code == 303
    assert len(answers()) == 2
    assert len(entries()) == 1


def test_other_answers_on_a_page_gone_back_to_are_kept_too(as_newcomer, answers):
    same = {"id": str(uuid7())}
    say(as_newcomer, **same)
    say(as_newcomer, "saddle_numbness", **same)
    assert ["saddle_numbness"] in [row.chosen for row in answers()]
    assert "Call your local emergency number now." in prepare(as_newcomer)


def test_an_empty_form_is_refused_and_keeps_nothing(as_newcomer, answers):
    answer = as_newcomer.post("/safety/answers?spot=top-of-buttock&side=left")
    assert answer.status_code in {400, 422}
    assert answers() == []


def test_what_is_asked_once_is_asked_again_while_it_keeps_a_spot_light(
    as_newcomer, newcomer, add_session, set_clock
):
    add_session(newcomer, "foot-arch")
    say(as_newcomer, "reduced_feeling", spot="foot-arch")
    assert begins(prepare(as_newcomer, "foot-arch"))
    set_clock(NOW + timedelta(days=40))
    assert asks(prepare(as_newcomer, "foot-arch"))


def test_who_has_to_wait_anyway_is_asked_nothing(as_newcomer, newcomer, add_session):
    for side in ("left", "right"):
        add_session(newcomer, side=side, on=NOW.date())
    page = prepare(as_newcomer)
    assert not asks(page)
    assert "data-refused" in page


def test_two_tabs_do_no_harm(as_newcomer, answers, entries):
    say(as_newcomer, "bruises_easily", "dizzy_bp")
    say(as_newcomer, "bruises_easily", "dizzy_bp")
    assert len(answers()) == 4
    assert len(entries()) == 1
    assert begins(prepare(as_newcomer))


def test_a_tick_in_one_tab_is_not_undone_by_none_in_another(as_newcomer):
    say(as_newcomer, "worst_at_night")
    say(as_newcomer)
    assert not begins(prepare(as_newcomer))


def test_own_spots_are_asked_by_their_part_of_the_body(as_alice, set_clock):
    form = {"name": "Beside the spine", "region": "low_back"}
    own = as_alice.post("/spots/new", data=form).location.rsplit("/", 1)[1]
    set_clock(NOW + 31 * DAY)
    page = as_alice.get(f"/sessions/new?spot={own}&side=left").text
    assert 'value="back_red_flags"' in page
    assert 'value="chest_pain"' in page
    assert 'value="dvt"' not in page


def test_anothers_own_spot_is_not_there(as_alice, as_bob):
    form = {"name": "Inside of the heel", "region": "foot_sole"}
    own = as_alice.post("/spots/new", data=form).location.rsplit("/", 1)[1]
    assert say(as_bob, spot=own).status_code == 404


@pytest.mark.parametrize("where", ["", "?spot=nowhere&side=left", f"?spot={BACK}&side=up"])
def test_answers_for_a_spot_that_is_not_there_are_not_taken(as_newcomer, answers, where):
    assert as_newcomer.post(f"/safety/answers{where}").status_code == 404
    assert answers() == []


@pytest.mark.parametrize("path", [SENT, "/safety/list", "/safety/where?entry=x"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    assert "/login" in client.get(path).location
    assert "/login" in client.post(path).location


def test_everybody_may_read_why_it_is_asked_and_who_says_so(client):
    page = client.get("/safety/why").text
    said = [*SAFETY.gates.values(), *SAFETY.conditions.values()]
    named = {source for each in said for source in each.sources}
    texts = [getattr(each, "label", None) or each.text for each in said]
    texts += [SAFETY.sources[one].cite or SAFETY.sources[one].strength for one in named]
    assert [text for text in texts if str(escape(text)) not in page] == []
    assert SAFETY.version in page
    assert "/safety/why" in client.get("/spots/about").text
