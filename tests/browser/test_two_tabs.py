"""One guide over all tabs: a second one may take it over, and the first falls silent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    SPOT,
    Site,
    begin,
    let_pass,
    prepare,
    tap,
)
from tests.browser.in_the_guide import (
    expect_left,
    expect_status,
    saved_by_now,
    two_sides,
)
from tracker.accounts.models import User

ELSEWHERE = "A session runs in another tab."
NEW = f"/sessions/new?spot={SPOT}&side=left"


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def first(phone: Callable[..., Page], person: User) -> Page:
    """A tab with the guide, 25 s in."""
    page = phone(person)
    begin(page)
    saved_by_now(page)
    let_pass(page, 25)
    return page


def test_a_second_tab_takes_the_session_over_and_the_first_stops(
    first: Page, site: Site, person: User
) -> None:
    tap(first, "Pause")  # what changes is saved at once
    second = first.context.new_page()
    second.goto(NEW)
    expect(second.get_by_role("dialog", name=ELSEWHERE)).to_be_visible()
    tap(second, "Go on here")
    expect_status(second, "away")
    expect_left(second, 15)
    expect(first.get_by_role("heading", name="The guide goes on in another tab.")).to_be_visible()
    expect(first.get_by_role("link", name="Today")).to_be_visible()
    tap(second, "End here")
    second.wait_for_url("**/after")
    assert [(row.ended_by, row.level_2_s) for row in site.sessions_of(person)] == [("away", 5)]


def test_left_where_it_is_the_first_tab_goes_on(first: Page, site: Site, person: User) -> None:
    second = first.context.new_page()
    second.goto(NEW)
    tap(second, "Leave it there")
    expect(second.get_by_role("button", name="Begin")).to_be_visible()
    let_pass(first, 105)
    first.wait_for_url("**/after")
    assert [row.ended_by for row in site.sessions_of(person)] == ["finished"]


def test_two_tabs_that_were_open_before_run_one_guide(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    first = phone(person)
    prepare(first)
    second = first.context.new_page()
    prepare(second)
    tap(first, "Begin")
    saved_by_now(first)
    let_pass(first, 5)
    tap(second, "Begin")
    expect(second.get_by_role("dialog", name=ELSEWHERE)).to_be_visible()
    tap(second, "Leave it there")
    let_pass(first, 125)
    first.wait_for_url("**/after")
    assert [row.ended_by for row in site.sessions_of(person)] == ["finished"]


def test_a_plan_that_another_tab_has_overtaken_is_made_anew_before_it_begins(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    first = phone(person)
    prepare(first)
    second = first.context.new_page()
    second.goto(NEW)
    tap(first, "Begin")
    saved_by_now(first)
    let_pass(first, 130)
    first.wait_for_url("**/after")
    with second.expect_navigation():
        tap(second, "Begin")
    expect(second.get_by_role("button", name="Begin")).to_be_disabled()
    assert len(site.sessions_of(person)) == 1


def test_today_sends_no_record_that_the_way_to_the_next_spot_can_still_change(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    guide = phone(person)
    two_sides(guide)
    let_pass(guide, 135)
    expect_status(guide, "changing")
    today = guide.context.new_page()
    today.goto("/")
    today.wait_for_load_state("networkidle")
    assert site.sessions_of(person) == []
    tap(guide, "Stop")
    with guide.expect_response("**/api/sessions/*"):
        guide.get_by_role("dialog").get_by_role("button", name="Numb, tingling or shooting").click()
    assert [row.nerve_events for row in site.sessions_of(person)] == [1]


def test_today_offers_nothing_while_another_tab_runs_it(first: Page) -> None:
    second = first.context.new_page()
    with second.expect_response("**/leftover*"):
        second.goto("/")
    expect(second.get_by_text("A session is waiting on this phone.")).to_be_hidden()
    let_pass(first, 5)
    expect_status(first, "running")
