"""What the phone in hand can do, said without an account."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

MISSING = "delete Navigator.prototype.vibrate; delete Navigator.prototype.wakeLock;"


def answer(page: Page, check: str) -> object:
    return page.locator(f'[data-check="{check}"]')


def test_it_says_what_this_phone_has(phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto("/diagnostics")
    for check in ("secure", "storage", "screen", "sound", "vibration", "tabs"):
        expect(answer(page, check)).to_have_text("Yes")


def test_it_says_what_is_missing(phone: Callable[..., Page]) -> None:
    page = phone()
    page.add_init_script(MISSING)
    page.goto("/diagnostics")
    for check in ("screen", "vibration"):
        expect(answer(page, check)).to_have_text("No")
    expect(answer(page, "sound")).to_have_text("Yes")


PLAIN_HTTP = "Object.defineProperty(globalThis, 'isSecureContext', { value: false });"


def test_today_says_what_plain_http_costs(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person())
    told = page.get_by_text("This page came over plain http")
    page.goto("/")
    expect(page.locator("sweet-kept")).to_be_attached()
    expect(told).to_be_hidden()
    page.add_init_script(PLAIN_HTTP)
    page.reload()
    expect(told).to_be_visible()
    page.get_by_role("link", name="What this phone can do").click()
    expect(answer(page, "secure")).to_have_text("No")
