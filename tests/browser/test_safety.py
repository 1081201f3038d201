"""On a phone: one sheet, one tap, and no script needed to answer it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COUNT_TAPS, SPOT, Site, answer, tap
from tests.browser.in_the_guide import expect_status

NEW = f"/sessions/new?spot={SPOT}&side=left"


def test_with_every_question_due_it_is_five_taps_from_today_to_a_running_session(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person(answered=False)
    site.works_on(person)
    site.session(person, days_ago=3)
    page = phone(person)
    page.add_init_script(COUNT_TAPS)
    page.goto("/")
    tap(page, "Start")
    tap(page, "None of these")
    answer(page, "Pain now", 6)
    answer(page, "Tenderness", 5)
    tap(page, "Begin")
    expect_status(page, "running")
    assert page.evaluate("Number(sessionStorage.taps)") <= 5


@pytest.mark.parametrize("scripts", [True, False])
def test_one_key_under_the_thumb_says_what_the_ticks_say(
    phone: Callable[..., Page], site: Site, scripts: bool
) -> None:
    page = phone(site.person(answered=False), java_script_enabled=scripts)
    page.goto(NEW)
    none = page.get_by_role("button", name="None of these")
    some = page.get_by_role("button", name="Go on with these")
    expect(none).to_be_in_viewport()
    expect(some).to_be_hidden()
    page.get_by_text("Bruising easily").click()
    expect(some).to_be_in_viewport()
    expect(none).to_be_hidden()
    page.get_by_text("Bruising easily").click()
    expect(none).to_be_in_viewport()
    page.get_by_text("Bruising easily").click()
    some.click()
    expect(page.get_by_text("Nothing above Light.")).to_be_visible()


def test_without_scripts_a_place_is_asked_and_kept(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person(answered=False), java_script_enabled=False)
    page.goto("/sessions/new?spot=outer-shin&side=left")
    page.get_by_text("Broken or suspected broken bone here").click()
    tap(page, "Go on with these")
    page.get_by_label("Where").select_option("shin")
    page.get_by_role("radio", name="Left").click()
    tap(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not now")
    tap(page, "Start")
    expect(page.get_by_text("Take care")).to_be_visible()
    page.goto("/safety/list")
    expect(page.get_by_text("Shin, left")).to_be_visible()
    tap(page, "Take off")
    expect(page.get_by_text("Nothing is on your list.")).to_be_visible()


def test_an_emergency_fills_the_screen_and_leads_quietly_back(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person(answered=False))
    page.goto("/sessions/new?spot=chest-front&side=left")
    page.get_by_text("Chest pain brought on by effort").click()
    tap(page, "Go on with these")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Call your local emergency number now.")
    expect(page.get_by_role("navigation")).to_have_count(0)
    tap(page, "Back to Today")
    expect(page.get_by_role("heading", name="Where does it hurt?")).to_be_visible()
