"""With JavaScript off: no guide, but nothing else is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import SPOT, Complaints, Site, answer, tap
from tracker.spots.models import TrackedSpot


def test_a_session_is_logged_by_hand(phone: Callable[..., Page]) -> None:
    page = phone(java_script_enabled=False)
    page.goto("/register")
    page.get_by_label("mail").fill("no.script@example.org")
    page.get_by_label("Password", exact=True).fill("lamp orchard seventeen")
    page.get_by_role("checkbox").check()
    tap(page, "Get started")
    tap(page, "History")
    tap(page, "Add a past session")
    page.get_by_label("Spot").select_option(SPOT)
    page.get_by_role("radio", name="Right").click()
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    page.get_by_label("Day").fill(yesterday.isoformat())
    page.get_by_label("Start").fill("18:30")
    answer(page, "Pain before", 7)
    answer(page, "Pain after", 5)
    page.get_by_label("Note").fill("On the sofa.")
    tap(page, "Save")
    expect(page.locator(".duo dd")).to_have_text(["7", "5"])
    tap(page, "Done")
    tap(page, "History")
    row = page.get_by_role("link", name="Top of the buttock, right")
    expect(row).to_contain_text("before: 7, after: 5")


def test_prepare_says_how_to_log_instead(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person(), java_script_enabled=False)
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    # Playwright switches scripts off behind the parser's back, so <noscript> is not shown.
    assert "The guide needs JavaScript." in (page.locator("noscript").text_content() or "")
    page.goto(page.locator("noscript a").get_attribute("href") or "")
    expect(page.get_by_label("Spot")).to_have_value(SPOT)


@pytest.mark.parametrize(
    "path", [f"new?spot={SPOT}&side=left", f"together?stop={SPOT}/left&stop={SPOT}/right"]
)
def test_begin_stands_only_where_it_begins(
    phone: Callable[..., Page], site: Site, path: str
) -> None:
    person = site.person()
    for scripts in (True, False):
        page = phone(person, java_script_enabled=scripts)
        page.goto(f"/sessions/{path}")
        expect(page.locator("[data-part=begin]")).to_be_visible(visible=scripts)
        expect(page.get_by_label("to get ready")).to_be_visible(visible=scripts)


def test_a_mark_cannot_be_moved_and_stays(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.works_on(person, mark_x=-20.5, mark_y=205)
    for scripts in (True, False):
        page = phone(person, java_script_enabled=scripts)
        page.goto(f"/spots/{SPOT}/sides/left/settings")
        expect(page.locator(".place-mark__picture")).to_be_visible(visible=scripts)
        expect(page.locator("[data-part=clear]")).to_be_visible(visible=scripts)
        assert "Marking needs JavaScript." in (page.locator("noscript").text_content() or "")
    page.get_by_label("Where exactly it is on me").fill("Right of the bone.")
    tap(page, "Save")
    (kept,) = site.rows(select(TrackedSpot).where(TrackedSpot.user_id == person.id))
    assert (kept.note, kept.mark_x, kept.mark_y) == ("Right of the bone.", -20.5, 205)


def test_the_numbers_stand_below_a_drawn_chart(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.twelve_weeks(person)
    page = phone(person, java_script_enabled=False)
    page.goto(f"/progress/{SPOT}")
    assert page.locator(".plot__before path").first.get_attribute("d")
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(12)


def test_what_is_missing_is_said_beside_it_and_the_rest_is_kept(
    phone: Callable[..., Page], site: Site, complaints: Complaints
) -> None:
    complaints.expected.append("422")
    page = phone(site.person(), java_script_enabled=False)
    page.goto(f"/sessions/add?spot={SPOT}")
    page.get_by_label("Note").fill("Keep me.")
    tap(page, "Save")
    expect(page.get_by_role("group", name="Side")).to_contain_text("Which side was it?")
    expect(page.get_by_label("Note")).to_have_value("Keep me.")
