"""A page that is hidden or frozen by the phone: what was not seen is never counted.

Playwright always shows its pages, so these run in Chromium under chromedriver, in real time.
"""

import json
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.chromium import FLAGS, browser_path, driver_path
from tests.browser.conftest import SPOT, Site
from tracker.accounts.models import User

LONGEST_S = 20
NO_DRIVER = "The tests of hidden pages need chromedriver: apt-get install chromium-driver"
AWAY_MS = 6000
# Opening and closing a tab takes a while in which the guide is still seen, on a busy machine more.
OPENING_S = 4
GLANCE_S = 2  # from three seconds on it is no glance any more
IS_SAVED = "return Object.keys(localStorage).some((key) => key.includes('.run.'))"


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = browser_path() or ""
    for flag in (*FLAGS, "--headless=new", "--window-size=412,900"):
        options.add_argument(flag)
    try:
        chrome = Chrome(options, ChromeService(driver_path()))
    except (WebDriverException, ValueError):
        pytest.fail(NO_DRIVER, pytrace=False)
    yield chrome
    chrome.quit()


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def guide(driver: Chrome, site: Site, person: User) -> Chrome:
    """The guide at Touch, in the only tab of somebody who is signed in."""
    driver.get(f"{site.url}/static/")
    driver.delete_all_cookies()
    cookie = site.cookie(person)
    driver.add_cookie({"name": cookie["name"], "value": cookie["value"]})
    driver.get(f"{site.url}/sessions/new?spot={SPOT}&side=left")
    driver.find_element(By.CSS_SELECTOR, '[data-part="begin"]').click()
    until(driver, lambda: status(driver) == "running" and count(driver) < 20)
    until(driver, lambda: driver.execute_script(IS_SAVED))
    return driver


def until(driver: Chrome, happens: Callable[[], bool]) -> None:
    WebDriverWait(driver, LONGEST_S, poll_frequency=0.1).until(lambda _driver: happens())


def status(driver: Chrome) -> str:
    return driver.find_element(By.TAG_NAME, "sweet-guide").get_attribute("data-status") or ""


def count(driver: Chrome) -> int:
    """The seconds left of the phase, also where the ring makes room for what is asked."""
    ring = driver.find_element(By.CSS_SELECTOR, '[data-part="count"]')
    return int(ring.get_attribute("textContent") or "")


def counted_s(driver: Chrome, person: User) -> float:
    """The seconds of the run as it is saved on the phone."""
    script = "return localStorage.getItem(arguments[0])"
    kept = json.loads(driver.execute_script(script, f"sweetspot.run.{person.id}"))
    phases = kept["trip"]["run"]["phases"]
    return sum(sum(phase["ms"]) for phase in phases) / 1000


def stay_away(driver: Chrome, site: Site) -> None:
    """Look at another tab for a while, by that tab's clock."""
    driver.switch_to.new_window("tab")
    driver.get(f"{site.url}/login")
    driver.execute_async_script("setTimeout(arguments[1], arguments[0])", AWAY_MS)


def come_back(driver: Chrome) -> None:
    driver.close()
    driver.switch_to.window(driver.window_handles[0])


def test_a_hidden_page_counts_nothing_that_was_not_seen(
    guide: Chrome, site: Site, person: User
) -> None:
    left = count(guide)
    stay_away(guide, site)
    come_back(guide)
    until(guide, lambda: status(guide) == "away")
    assert left - OPENING_S <= count(guide) <= left
    assert counted_s(guide, person) <= 20 - count(guide) + 1


def test_a_frozen_page_asks_when_it_thaws(guide: Chrome, site: Site) -> None:
    left = count(guide)
    first = guide.current_window_handle
    guide.execute_cdp_cmd("Page.enable", {})
    guide.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "frozen"})
    stay_away(guide, site)
    come_back(guide)
    assert guide.current_window_handle == first
    guide.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "active"})
    until(guide, lambda: status(guide) == "away")
    assert left - OPENING_S <= count(guide) <= left


def test_a_glance_at_another_tab_is_counted_and_asks_nothing(guide: Chrome, site: Site) -> None:
    took = LONGEST_S
    while took > GLANCE_S:  # on a busy machine it may be no glance: then it may ask
        left = count(guide)
        took = glance(guide)
        until(guide, lambda seen=left: status(guide) == "away" or count(guide) < seen)
        if took > GLANCE_S and status(guide) == "away":
            guide.find_element(By.CSS_SELECTOR, '[data-part="go-on"]').click()
    assert status(guide) == "running"


def glance(driver: Chrome) -> float:
    """Open another tab and come back; how many seconds it took."""
    begun = monotonic()
    driver.switch_to.new_window("tab")
    come_back(driver)
    return monotonic() - begun
