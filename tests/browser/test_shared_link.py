"""The life of a link in two browsers: handed over, opened by somebody else, and ended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SPOT, Complaints, Site, tap
from tracker.accounts.models import User


@pytest.fixture
def owner(site: Site) -> User:
    """Somebody with sessions at two spots, a rated day, and something not meant for others."""
    person = site.person()
    for days_ago in (1, 3, 5):
        site.session(person, days_ago, note="Not for others.")
    site.session(person, 2, "foot-arch")
    site.rated(person, 20, region="buttock")
    return person


def make(page: Page) -> str:
    """Make a link to one spot of two, without the activities; its address."""
    page.goto("/you")
    tap(page, "New link")
    page.get_by_label("Arch of the foot").uncheck()
    page.get_by_label("Activities").uncheck()
    page.get_by_label("Name on it").fill("Anna A.")
    page.get_by_text("7 days", exact=True).click()
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_role("textbox", name="Address").input_value()


def test_a_therapist_sees_what_was_chosen_until_it_is_ended(
    phone: Callable[..., Page], owner: User, complaints: Complaints
) -> None:
    complaints.expected.append("404")
    mine, theirs = phone(owner), phone()
    address = make(mine)
    token = address.partition("#")[2]
    asked: list[str] = []
    theirs.on("request", lambda request: asked.append(request.url))

    theirs.goto(address)
    expect(theirs.get_by_role("heading", name="Anna A.")).to_be_visible()
    expect(theirs.get_by_role("rowheader", name="Top of the buttock, left")).to_be_visible()
    expect(theirs.locator(".report__plot")).to_have_count(1)
    for hidden in ("Arch of the foot", "Activities", "Not for others."):
        expect(theirs.get_by_text(hidden)).to_have_count(0)
    assert token not in theirs.url
    assert not any(token in url for url in asked)
    with theirs.expect_download() as download:
        theirs.get_by_role("link", name="Sessions as a CSV file").click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert all(SPOT in line and "Not for others" not in line for line in lines[1:])

    mine.goto("/sharing/links/")
    expect(mine.get_by_text("Opened once")).to_be_visible()
    mine.get_by_role("button", name="End the link").click()
    expect(mine.get_by_text("The link is ended.")).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_role("heading", name="This link does not open")).to_be_visible()
    theirs.goto(address)
    expect(theirs.get_by_role("heading", name="This link does not open")).to_be_visible()


def test_it_leaves_the_address_out_of_the_history(phone: Callable[..., Page], owner: User) -> None:
    mine, theirs = phone(owner), phone()
    address = make(mine)
    theirs.goto("/spots/")
    theirs.goto(address)
    expect(theirs.get_by_role("heading", name="Anna A.")).to_be_visible()
    theirs.go_back()
    expect(theirs).not_to_have_url(address)
    assert "#" not in theirs.url


def test_who_is_signed_in_sees_the_links_view(
    phone: Callable[..., Page], site: Site, owner: User
) -> None:
    somebody = site.person()
    address = make(phone(owner))
    theirs = phone(somebody)
    theirs.goto(address)
    expect(theirs.get_by_role("heading", name="Anna A.")).to_be_visible()
    expect(theirs.get_by_role("navigation", name="Main")).to_have_count(0)
    theirs.goto("/you")
    expect(theirs.get_by_text(somebody.email)).to_be_visible()


def test_the_address_is_copied_with_a_tap(phone: Callable[..., Page], owner: User) -> None:
    page = phone(owner, permissions=["clipboard-read", "clipboard-write"])
    address = make(page)
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_without_javascript_the_address_can_be_pasted(
    phone: Callable[..., Page], owner: User
) -> None:
    address = make(phone(owner))
    theirs = phone(java_script_enabled=False)
    theirs.goto(address)
    theirs.get_by_label("The whole address you were given").fill(address)
    theirs.get_by_role("button", name="Open").click()
    expect(theirs.get_by_role("heading", name="Anna A.")).to_be_visible()


def test_the_report_prints_without_what_is_around_it(
    phone: Callable[..., Page], owner: User
) -> None:
    page = phone(owner)
    page.goto("/sharing/report")
    page.get_by_role("button", name="Look at it here").click()
    expect(page.locator(".report__plot")).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".report__caveat")).to_be_visible()
    for around in (".tabbar", ".report__bar", ".skip"):
        expect(page.locator(around).first).to_be_hidden()
    white = "getComputedStyle(document.querySelector('.report')).backgroundColor"
    assert page.evaluate(white) == "rgb(255, 255, 255)"


def test_the_name_is_in_no_address_and_going_back_loses_nothing(
    phone: Callable[..., Page], owner: User
) -> None:
    page = phone(owner)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto("/sharing/report")
    page.get_by_label("Name on it").fill("Anna A.")
    page.get_by_label("Activities").uncheck()
    page.get_by_label("From").fill("2026-01-02")
    for back in (page.go_back, lambda: tap(page, "Choose again")):
        page.get_by_role("button", name="Look at it here").click()
        expect(page.get_by_role("heading", name="Anna A.")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Anna A.")).to_be_visible()
        back()
        expect(page.get_by_label("Name on it")).to_have_value("Anna A.")
        expect(page.get_by_label("Activities")).not_to_be_checked()
        expect(page.get_by_label("From")).to_have_value("2026-01-02")
    assert not any("Anna" in each or "?" in each for each in addresses)
