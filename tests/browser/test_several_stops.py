"""Several spots in one session: in turn, by themselves, each kept as its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import (
    OFFLINE,
    Complaints,
    Site,
    begin,
    let_pass,
    tap,
)
from tests.browser.in_the_guide import (
    expect_left,
    expect_level,
    expect_status,
    part,
    two_sides,
)
from tracker.accounts.models import User
from tracker.sessions.models import MassageSession

WHOLE_S = 130
MOVE = "Move to Top of the buttock, right. It starts by itself."


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def guide(phone: Callable[..., Page], person: User) -> Page:
    page = phone(person)
    two_sides(page)
    return page


def stop_because(page: Page, choice: str) -> None:
    tap(page, "Stop")
    page.get_by_role("dialog").get_by_role("button", name=choice).click()


def kept(site: Site, person: User) -> list[tuple[str, str]]:
    return [(row.side, row.ended_by) for row in site.sessions_of(person)]


def test_left_and_right_are_done_without_a_touch(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, WHOLE_S)
    expect_status(guide, "changing")
    expect_left(guide, 15)
    expect(part(guide, "level-word")).to_have_text("Next spot")
    expect(part(guide, "cue")).to_have_text(MOVE)
    with guide.expect_response("**/api/sessions/*") as sent:
        let_pass(guide, 15)
    expect_level(guide, "1 Touch")
    assert sent.value.ok
    assert kept(site, person) == [("left", "finished")]
    let_pass(guide, WHOLE_S)
    guide.wait_for_url("**/after?then=*")
    left, right = site.sessions_of(person)
    assert guide.url.endswith(f"/sessions/{left.id}/after?then={right.id}")
    assert kept(site, person) == [("left", "finished"), ("right", "finished")]


def test_the_gap_can_be_cut_short(guide: Page) -> None:
    let_pass(guide, WHOLE_S)
    tap(guide, "Start now")
    expect_status(guide, "running")
    expect_left(guide, 20)


@pytest.mark.parametrize(
    ("choice", "ended_by", "why"),
    [
        ("Done", "user", ""),
        ("Too much", "discomfort", "Too much is a good reason to stop. "),
        ("Pulsing", "pulse", "A pulse under the finger: do not press there. "),
    ],
)
def test_stopping_one_spot_goes_on_to_the_next(
    guide: Page, site: Site, person: User, choice: str, ended_by: str, why: str
) -> None:
    let_pass(guide, 5)
    stop_because(guide, choice)
    expect_status(guide, "changing")
    expect(part(guide, "cue")).to_have_text(why + MOVE)
    with guide.expect_response("**/api/sessions/*"):
        let_pass(guide, 15)
    assert kept(site, person) == [("left", ended_by)]


def test_sharp_three_times_goes_on_to_the_next_spot_afresh(guide: Page) -> None:
    for _time in range(3):
        tap(guide, "Sharp or hot")
    expect(part(guide, "cue")).to_contain_text("Sharp three times: enough for today.")
    let_pass(guide, 15 + 25)
    expect_level(guide, "2 Light")


def test_after_numbness_the_next_spot_waits_for_a_tap(
    guide: Page, site: Site, person: User
) -> None:
    with guide.expect_response("**/api/sessions/*"):
        tap(guide, "Numb, tingling or shooting")
    expect(guide.locator("sweet-guide")).to_contain_text("not back to normal in 15 minutes")
    let_pass(guide, 60)
    expect_status(guide, "ended")
    assert kept(site, person) == [("left", "nerve")]
    tap(guide, "Next spot")
    expect_status(guide, "changing")
    expect(part(guide, "cue")).to_have_text(MOVE)
    let_pass(guide, 15 + WHOLE_S)
    guide.wait_for_url("**/after?then=*")


def test_after_numbness_it_can_end_there(guide: Page, site: Site, person: User) -> None:
    tap(guide, "Numb, tingling or shooting")
    tap(guide, "How is it now?")
    guide.wait_for_url("**/after")
    assert kept(site, person) == [("left", "nerve")]


def test_numb_on_the_way_belongs_to_the_spot_before_and_the_next_one_waits(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, WHOLE_S + 5)
    with guide.expect_response("**/api/sessions/*"):
        stop_because(guide, "Numb, tingling or shooting")
    expect_status(guide, "ended")
    expect(guide.locator("sweet-guide")).to_contain_text("not back to normal in 15 minutes")
    (left,) = site.sessions_of(person)
    assert (left.side, left.ended_by, left.nerve_events) == ("left", "nerve", 1)
    (trace,) = site.rows(select(MassageSession.trace).where(MassageSession.id == left.id))
    assert (trace["events"][-1]["kind"], trace["events"][-1]["at_s"]) == ("numb", WHOLE_S)
    tap(guide, "Next spot")
    expect_left(guide, 15)
    let_pass(guide, 15)
    expect_level(guide, "1 Touch")


def test_too_much_on_the_way_is_kept_with_the_spot_before(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, WHOLE_S + 5)
    stop_because(guide, "Too much")
    expect_status(guide, "changing")
    with guide.expect_response("**/api/sessions/*"):
        let_pass(guide, 10)
    assert kept(site, person) == [("left", "discomfort")]
    expect_level(guide, "1 Touch")


def test_an_emergency_on_the_way_is_kept_with_the_spot_before(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, WHOLE_S + 5)
    stop_because(guide, "Dizzy")
    guide.get_by_role("dialog").get_by_role("button", name="End here").click()
    guide.wait_for_url("**/after")
    assert kept(site, person) == [("left", "emergency")]


def test_before_the_first_press_there_is_nothing_to_have_felt(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person(get_ready_s=30))
    begin(page)
    tap(page, "Stop")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Dizzy")).to_be_visible()
    for felt in ("Too much", "Pulsing", "Pain running", "Numb, tingling or shooting"):
        expect(sheet.get_by_role("button", name=felt)).to_be_hidden()


def test_an_emergency_ends_everything(guide: Page, site: Site, person: User) -> None:
    stop_because(guide, "Dizzy")
    expect(guide.get_by_role("dialog", name="Call your local emergency")).to_be_visible()
    guide.get_by_role("dialog").get_by_role("button", name="End here").click()
    guide.wait_for_url("**/after")
    assert kept(site, person) == [("left", "emergency")]


def test_end_all_ends_all(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, 5)
    tap(guide, "Stop")
    sheet = guide.get_by_role("dialog")
    expect(sheet).to_contain_text(
        "This ends the spot you are at. Top of the buttock, right is next."
    )
    sheet.get_by_role("button", name="End all").click()
    guide.wait_for_url("**/after")
    assert kept(site, person) == [("left", "user")]


def test_the_last_spot_offers_no_end_all(phone: Callable[..., Page], person: User) -> None:
    page = phone(person)
    begin(page)
    tap(page, "Stop")
    expect(page.get_by_role("dialog").get_by_role("button", name="Done")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("button", name="End all")).to_be_hidden()


def test_a_spot_that_was_never_pressed_is_not_kept(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, WHOLE_S)
    stop_because(guide, "Done")
    guide.wait_for_url("**/after")
    assert kept(site, person) == [("left", "finished")]


def test_without_a_network_both_stay_on_the_phone_until_there_is_one(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect_status(guide, "changing")
    let_pass(guide, 15 + WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("Your session is kept on this phone.")
    assert kept(site, person) == []
    guide.context.set_offline(False)
    guide.wait_for_url("**/after?then=*")
    assert {side for side, _ended in kept(site, person)} == {"left", "right"}
