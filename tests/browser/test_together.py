"""Several spots in one session, on a phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, answer, let_pass, tap
from tests.browser.in_the_guide import expect_status, part


def test_left_and_right_are_one_choice_and_two_records(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person(gap_s=10)
    page = phone(person)
    page.clock.install()
    page.goto("/sessions/new?spot=top-of-buttock&side=left")
    tap(page, "Both, one after the other")
    answer(page, "Pain now", 6)
    answer(page, "Tenderness", 4)
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Begin")
    expect(part(page, "place")).to_have_text("Top of the buttock, left")
    let_pass(page, 130)
    expect_status(page, "changing")
    let_pass(page, 10)
    expect(part(page, "place")).to_have_text("Top of the buttock, right")
    expect_status(page, "running")
    let_pass(page, 130)
    page.wait_for_url("**/after?then=*")
    page.clock.resume()
    expect(page.get_by_text("1 of 2")).to_be_visible()
    answer(page, "Pain now", 4)
    tap(page, "Save")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(page.get_by_role("group", name="Pain now")).to_have_count(0)
    tap(page, "Save")
    expect(page.get_by_role("heading", name="In the same go")).to_be_visible()
    left, right = site.sessions_of(person)
    assert (left.side, left.pain_before, left.pain_after, left.tenderness_before) == (
        "left",
        6,
        4,
        4,
    )
    assert (right.side, right.pain_before, right.pain_after) == ("right", 6, 4)
    assert right.tenderness_before is None
    assert (left.completed, right.completed) == (True, True)


def test_from_today_to_several_running_spots(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    for spot in ("top-of-buttock", "foot-arch"):
        site.works_on(person, spot)
    page = phone(person)
    page.goto("/")
    tap(page, "Several in one go")
    tap(page, "Go on")
    tap(page, "Begin")
    expect(page.locator("sweet-guide")).to_be_visible()
    expect(part(page, "place")).to_have_text("Top of the buttock, left")
