"""A visitor tries a whole session before signing up; nothing of it leaves the phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import SPOT, Site, answer, let_pass, tap
from tests.browser.in_the_guide import expect_level, expect_status
from tracker.accounts.models import User


@pytest.fixture
def page(phone: Callable[..., Page]) -> Page:
    return phone()


def to_prepare(page: Page) -> None:
    page.goto(f"/spots/{SPOT}")
    tap(page, "Try it now")
    expect(page.get_by_role("heading", name="Is any of this so?")).to_be_visible()
    tap(page, "None of these")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def whole_session(page: Page) -> None:
    """From the page of a spot to what is kept of it on the phone."""
    page.clock.install()
    to_prepare(page)
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    answer(page, "Pain now", 5)
    page.get_by_role("radio", name="Right").check(force=True)
    page.locator("[name=get_ready]").select_option("0")
    tap(page, "Begin")
    expect_status(page, "running")
    let_pass(page, 25)
    expect_level(page, "2 Light")
    let_pass(page, 115)
    page.wait_for_url("**/offline/**after=*")
    expect(page.get_by_role("heading", name="And now?")).to_be_visible()
    answer(page, "Pain now, in this area", 2)
    page.get_by_role("checkbox", name="Low back").check(force=True)
    tap(page, "Save")
    expect(page.get_by_role("heading", name="Kept on this phone")).to_be_visible()
    expect(
        page.get_by_role("paragraph").filter(has_text="Top of the buttock, right")
    ).to_be_visible()
    expect(page.get_by_text("5 before, 2 after")).to_be_visible()
    expect(page.get_by_role("link", name="Create an account to keep it")).to_be_visible()


def test_a_visitors_session_stays_on_the_phone(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    whole_session(page)
    assert not [each for each in asked if "/api/" in each or not each.startswith("GET")]


def test_a_visitor_becomes_a_member_with_the_session(page: Page, site: Site) -> None:
    whole_session(page)
    page.clock.resume()
    tap(page, "Create an account to keep it")
    page.get_by_label("mail").fill("visitor@example.org")
    page.get_by_label("Password", exact=True).fill("lamp orchard seventeen")
    page.get_by_role("checkbox").check()
    tap(page, "Get started")
    tap(page, "Add to my account")
    expect(page.get_by_text("Resting")).to_be_visible()
    (member,) = site.rows(select(User).where(User.email == "visitor@example.org"))
    (massage,) = site.sessions_of(member)
    assert (massage.spot_id, massage.side) == (SPOT, "right")
    assert (massage.pain_before, massage.pain_after) == (5, 2)
    assert massage.protocol == "gentle"
    page.reload()
    expect(page.get_by_text("Resting")).to_be_visible()
    expect(page.get_by_role("button", name="Add to my account")).to_be_hidden()


def test_a_visitor_may_do_one_a_day_like_anybody(page: Page) -> None:
    whole_session(page)
    page.goto(f"/try/{SPOT}?side=right")
    expect(page.get_by_text("Once a day on each side is enough.")).to_be_visible()


def test_what_is_ticked_leaves_the_spot_alone(page: Page) -> None:
    page.goto(f"/try/{SPOT}")
    page.get_by_text("worst at night").click()
    tap(page, "Go on with these")
    expect(page.get_by_role("heading", name="Not now")).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()


def test_an_emergency_says_what_to_do_now(page: Page) -> None:
    page.goto("/try/chest-front")
    page.get_by_text("brought on by effort").click()
    tap(page, "Go on with these")
    expect(page.get_by_text("Call your local emergency number now.")).to_be_visible()


def test_the_side_of_the_neck_cannot_be_tried(page: Page) -> None:
    page.goto("/spots/side-of-neck")
    expect(page.get_by_role("link", name="Get started")).to_be_visible()
    expect(page.get_by_role("link", name="Try it now")).to_have_count(0)
