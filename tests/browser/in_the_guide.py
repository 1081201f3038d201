"""What tests do and see in the guide. It changes when it does: every comparison here waits."""

import re
from collections.abc import Callable
from time import monotonic
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SLOWEST_MS, prepare

BEGIN_STOPS = """(sides) => {
  const { spot, places, shiftHint, plans, gapSeconds } =
    JSON.parse(document.getElementById("guide-data").textContent);
  const stops = sides.map((side) =>
    ({ spot, side, tool: "fingertips", place: places[side], shiftHint, plan: plans[0] }));
  document.querySelector("sweet-guide").begin({ stops, getReadySeconds: 0, gapSeconds });
}"""
PAUSE_MS = 50
IS_SAVED = "() => Object.keys(localStorage).some((key) => key.includes('.run.'))"
CAN_SEND = """() => new Promise((resolve) => {
  const isPost = ({ name, responseEnd }) => name.includes("/post-") && responseEnd > 0;
  const look = (list) => resolve(list.getEntries().some(isPost));
  new PerformanceObserver(look).observe({ type: "resource", buffered: true });
})"""


def two_sides(page: Page) -> None:
    """Be in the guide at the left side of a spot, with the right side to follow."""
    prepare(page)
    page.evaluate(BEGIN_STOPS, ["left", "right"])
    expect(page.locator("sweet-guide")).to_be_visible()


def saved_by_now(page: Page) -> None:
    """Wait until the guide has what it loads later, and keeps its run on this phone."""
    wait_until(page, IS_SAVED)
    wait_until(page, CAN_SEND)


def wait_until(
    page: Page, happens: str, about: Any = None, *, again: Callable[[], object] = lambda: None
) -> None:
    """Ask from outside: the page's own clock stands still, and so does what waits by it.

    What may not be heard at once is done `again` as long as it did not come true.
    """
    latest = monotonic() + SLOWEST_MS / 1000
    while not _is(page, happens, about):
        assert monotonic() < latest, f"It never came true: {happens}"
        again()
        page.wait_for_timeout(PAUSE_MS)  # a page that is asked without a pause never gets idle


def _is(page: Page, happens: str, about: Any) -> bool:
    try:
        return bool(page.evaluate(happens, about))
    except PlaywrightError as error:
        if "navigation" in str(error):  # the page is just being left: ask the next one
            return False
        raise


def expect_level(page: Page, told: str) -> None:
    """Wait for what the guide says in large: "2 Light"."""
    shown = re.compile(r"^\s*" + r"\s*".join(map(re.escape, told.split())) + r"\s*$")
    expect(page.locator(".guide__level")).to_have_text(shown)


def expect_status(page: Page, status: str) -> None:
    expect(page.locator("sweet-guide")).to_have_attribute("data-status", status)


def expect_left(page: Page, seconds: int | str) -> None:
    """Wait for the number in the ring."""
    expect(part(page, "count")).to_have_text(str(seconds))


def part(page: Page, name: str) -> Locator:
    return page.locator(f'sweet-guide [data-part="{name}"]')
