"""A reload, a crash, a closed tab or an empty battery: the session is there, and asks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    OFFLINE,
    SPOT,
    Complaints,
    Site,
    begin,
    let_pass,
    tap,
)
from tests.browser.in_the_guide import (
    expect_left,
    expect_status,
    part,
    saved_by_now,
    two_sides,
)
from tracker.accounts.models import User

WHOLE_S = 130
HALF_A_DAY_MS = 12 * 60 * 60 * 1000


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def guide(phone: Callable[..., Page], person: User) -> Page:
    page = phone(person)
    begin(page)
    saved_by_now(page)
    return page


def come_back(page: Page) -> None:
    page.reload()
    expect_status(page, "away")


def kept(site: Site, person: User, page: Page) -> list[tuple[str, int, int]]:
    page.wait_for_url("**/after")
    return [(row.ended_by, row.level_1_s, row.level_2_s) for row in site.sessions_of(person)]


@pytest.mark.parametrize("at_s", [5, 25, 45, 65, 75, 95, 115])
def test_a_reload_in_any_step_asks_and_goes_on_where_it_was(
    guide: Page, site: Site, person: User, at_s: int
) -> None:
    let_pass(guide, at_s)
    left = part(guide, "count").inner_text()
    come_back(guide)
    expect_left(guide, left)
    let_pass(guide, 60)
    tap(guide, "Go on")
    expect_status(guide, "running")
    expect_left(guide, left)
    let_pass(guide, WHOLE_S - at_s)
    assert kept(site, person, guide) == [("finished", 70, 40)]


def test_after_a_reload_the_hold_can_be_done_again(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, 25)
    come_back(guide)
    tap(guide, "Redo this hold")
    expect_left(guide, 20)
    let_pass(guide, WHOLE_S)
    assert kept(site, person, guide) == [("finished", 70, 45)]


@pytest.mark.parametrize(
    ("felt", "ended_by"), [("Numb, tingling or shooting", "nerve"), ("Too much", "discomfort")]
)
def test_after_a_reload_what_was_felt_can_be_said(
    guide: Page, site: Site, person: User, felt: str, ended_by: str
) -> None:
    let_pass(guide, 25)
    come_back(guide)
    tap(guide, "Something felt wrong")
    guide.get_by_role("dialog").get_by_role("button", name=felt).click()
    assert kept(site, person, guide) == [(ended_by, 20, 5)]


@pytest.mark.parametrize("screen", [(360, 640), (360, 740), (412, 839)])
def test_after_a_reload_no_key_has_to_be_scrolled_to(guide: Page, screen: tuple[int, int]) -> None:
    guide.set_viewport_size({"width": screen[0], "height": screen[1]})
    let_pass(guide, 25)
    come_back(guide)
    for name in ("Redo this hold", "Go on", "End here", "Something felt wrong"):
        expect(guide.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


def test_after_a_reload_nothing_wrong_leads_back_to_the_question(guide: Page) -> None:
    let_pass(guide, 25)
    come_back(guide)
    tap(guide, "Something felt wrong")
    guide.keyboard.press("Escape")
    expect_status(guide, "away")
    tap(guide, "Something felt wrong")
    guide.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect_status(guide, "running")


def test_after_a_reload_it_can_end_there(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, 25)
    come_back(guide)
    tap(guide, "End here")
    assert kept(site, person, guide) == [("away", 20, 5)]


def test_a_reload_while_paused_asks_too(guide: Page) -> None:
    let_pass(guide, 5)
    tap(guide, "Pause")
    come_back(guide)
    tap(guide, "Go on")
    expect_status(guide, "running")
    expect_left(guide, 15)


def test_a_reload_after_sharp_lets_go_for_ten_seconds_again(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Sharp or hot")
    let_pass(guide, 8)
    come_back(guide)
    tap(guide, "Go on")
    expect_status(guide, "shifting")
    expect_left(guide, 10)


def test_a_reload_while_getting_ready_goes_on_getting_ready(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person(get_ready_s=30))
    begin(page)
    saved_by_now(page)
    let_pass(page, 10)
    come_back(page)
    expect(page.get_by_role("button", name="Redo this hold")).to_be_hidden()
    tap(page, "Go on")
    expect_status(page, "ready")
    expect_left(page, 20)


def test_a_reload_between_two_spots_still_knows_the_second(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    page = phone(person)
    two_sides(page)
    saved_by_now(page)
    let_pass(page, WHOLE_S + 5)
    expect_status(page, "changing")
    come_back(page)
    tap(page, "Go on")
    expect_status(page, "changing")
    expect_left(page, 10)
    with page.expect_response("**/api/sessions/*"):
        let_pass(page, 10)
    let_pass(page, WHOLE_S)
    page.wait_for_url("**/after?then=*")
    assert {row.side for row in site.sessions_of(person)} == {"left", "right"}


def test_a_reload_after_numbness_still_waits_for_a_tap(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    page = phone(person)
    two_sides(page)
    saved_by_now(page)
    let_pass(page, 5)
    tap(page, "Numb, tingling or shooting")
    expect_status(page, "ended")
    page.reload()
    expect(page.locator("sweet-guide")).to_contain_text("not back to normal in 15 minutes")
    tap(page, "Next spot")
    expect_status(page, "changing")
    let_pass(page, 15 + WHOLE_S)
    page.wait_for_url("**/after?then=*")
    assert [row.ended_by for row in site.sessions_of(person)] == ["nerve", "finished"]


def test_what_was_eased_stays_eased_after_a_reload(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Tap to ease off")
    come_back(guide)
    tap(guide, "Go on")
    let_pass(guide, 46)
    expect(part(guide, "level-word")).to_have_text("Touch")


def test_today_offers_to_resume_what_a_closed_tab_left(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, 25)
    tap(guide, "Pause")  # which saves what is there by now
    expect_status(guide, "paused")
    page = guide.context.new_page()
    guide.close()
    page.goto("/")
    expect(page.get_by_text("A session is waiting on this phone.")).to_be_visible()
    expect(page.get_by_text("Top of the buttock, left").first).to_be_visible()
    tap(page, "Resume")
    expect_status(page, "away")
    tap(page, "End here")
    assert kept(site, person, page) == [("away", 20, 5)]
    page.goto("/")
    expect(page.get_by_text("A session is waiting on this phone.")).to_be_hidden()


def test_today_can_keep_what_was_done_without_going_on(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, 25)
    tap(guide, "Pause")  # which saves what is there by now
    expect_status(guide, "paused")
    page = guide.context.new_page()
    guide.close()
    page.goto("/")
    with page.expect_response("**/api/sessions/*"):
        tap(page, "End it and save")
    expect(page.get_by_role("heading", name="Top of the buttock")).to_be_visible()
    expect(page.get_by_text("A session is waiting on this phone.")).to_be_hidden()
    assert [row.ended_by for row in site.sessions_of(person)] == ["away"]


@pytest.mark.parametrize("where", ["/", f"/sessions/new?spot={SPOT}&side=left"])
def test_after_half_a_day_what_was_done_is_kept_and_nothing_asks(
    guide: Page, site: Site, person: User, where: str
) -> None:
    let_pass(guide, 25)
    tap(guide, "Pause")  # which saves what is there by now
    expect_status(guide, "paused")
    page = guide.context.new_page()
    guide.close()
    page.clock.install(time=page.evaluate("Date.now()") / 1000 + HALF_A_DAY_MS / 1000 + 60)
    with page.expect_response("**/api/sessions/*"):
        page.goto(where)
    expect(page.locator("sweet-resume, sweet-guide")).to_be_hidden()
    assert [(row.ended_by, row.level_2_s) for row in site.sessions_of(person)] == [("away", 5)]


def test_somebody_else_on_this_phone_is_offered_nothing(guide: Page, site: Site) -> None:
    let_pass(guide, 25)
    guide.context.clear_cookies()
    guide.context.add_cookies([site.cookie(site.person())])
    guide.reload()
    expect(guide.get_by_role("button", name="Begin")).to_be_visible()
    expect(guide.locator("sweet-guide")).to_be_hidden()


def test_a_finished_session_leaves_nothing_to_resume(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, WHOLE_S)
    assert len(kept(site, person, guide)) == 1
    assert guide.evaluate("Object.keys(localStorage).filter((key) => key.includes('.run.'))") == []


NO_ROOM = """() => {
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    if (key === "sweetspot.outbox") throw new DOMException("full", "QuotaExceededError");
    return setItem.call(this, key, value);
  };
  indexedDB.open = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""


def test_a_phone_without_room_for_a_record_keeps_the_run_until_it_is_sent(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    guide.evaluate(NO_ROOM)
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("There is no room for it on this phone.")
    guide.context.set_offline(False)
    guide.reload()
    assert kept(site, person, guide) == [("finished", 70, 40)]
