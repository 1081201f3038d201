"""On the phone: reminders are switched on by a tap, copied, shown and opened."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import Complaints, Site
from tests.browser.in_the_guide import wait_until
from tests.reminders.push_service import Browser
from tracker.reminders.models import CalendarFeed, PushSubscription

ENDPOINT = "https://push.example.org/phone"
BUTTON = "Notify me on this phone"
# Chromium here reaches no push service: what it would say comes from this.
BROWSER = """({ answer, permission, subscription, registered }) => {
  const asked = [];
  window.asked = asked;
  Object.defineProperty(Notification, "permission", { get: () => permission, configurable: true });
  Notification.requestPermission = async () => {
    asked.push(navigator.userActivation.isActive ? "permission" : "permission without a tap");
    permission = answer;
    return answer;
  };
  const pushManager = {
    getSubscription: async () => ({ unsubscribe: async () => asked.push("unsubscribe") }),
    subscribe: async (options) => {
      asked.push(`subscribe ${options.userVisibleOnly} ${options.applicationServerKey.length}`);
      return { toJSON: () => subscription, unsubscribe: async () => asked.push("unsubscribe") };
    },
  };
  const there = { pushManager };
  Object.defineProperty(navigator, "serviceWorker", {
    get: () => ({
      getRegistration: async () => (registered ? there : undefined),
      ready: registered ? Promise.resolve(there) : new Promise(() => {}),
    }),
    configurable: true,
  });
}"""


def can_be_told(page: Page, answer: str = "granted", **other: Any) -> None:
    """Be a browser whose person answers so when they are asked."""
    said = {
        "answer": answer,
        "permission": "default",
        "subscription": Browser().subscription(ENDPOINT),
        "registered": True,
    }
    page.add_init_script(f"({BROWSER})({json.dumps(said | other)})")


@pytest.fixture
def opened(phone: Callable[..., Page], site: Site) -> Callable[..., Page]:
    def open_page(answer: str = "granted", options: dict[str, Any] | None = None, **said) -> Page:
        page = phone(site.person(), **options or {})
        can_be_told(page, answer, **said)
        page.goto("/you/reminders")
        return page

    return open_page


def status(page: Page) -> Any:
    return page.locator("notify-me [role=status]")


def test_one_tap_asks_and_switches_on(opened: Callable[..., Page], site: Site) -> None:
    page = opened()
    key = page.get_by_role("button", name=BUTTON)
    expect(key).to_be_visible()
    assert page.evaluate("asked") == []
    with page.expect_request("**/you/reminders/phones") as sent:
        key.click()
    assert sent.value.headers["content-type"] == "application/json"
    expect(page.get_by_text("this one")).to_be_visible()
    expect(key).to_have_count(0)
    (mine,) = site.rows(select(PushSubscription).where(PushSubscription.endpoint == ENDPOINT))
    assert mine.locale == "en"
    page.get_by_role("button", name="Stop notifying it").click()
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert site.rows(select(PushSubscription).where(PushSubscription.endpoint == ENDPOINT)) == []


def test_it_asks_within_the_tap_and_leaves_no_old_address(opened: Callable[..., Page]) -> None:
    page = opened()
    page.route(
        "**/you/reminders/phones",
        lambda route: route.fulfill(
            status=422, json={"error": "This browser gave an address that cannot be used."}
        ),
    )
    page.get_by_role("button", name=BUTTON).click()
    expect(status(page)).to_contain_text("cannot be used")
    assert page.evaluate("asked") == [
        "permission",
        "unsubscribe",
        "subscribe true 87",
        "unsubscribe",
    ]


@pytest.fixture(autouse=True)
def refusals_are_said(complaints: Complaints) -> None:
    complaints.expected.append("422")


def test_no_is_taken_for_an_answer(opened: Callable[..., Page], site: Site) -> None:
    page = opened("denied")
    page.get_by_role("button", name=BUTTON).click()
    expect(status(page)).to_contain_text("Notifications are blocked for this page.")
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()
    assert page.evaluate("asked") == ["permission"]


def test_waved_away_it_can_be_tapped_again(opened: Callable[..., Page]) -> None:
    page = opened("default")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("button", name=BUTTON)).to_be_enabled()
    expect(status(page)).to_be_empty()


def test_what_was_blocked_before_is_said_at_once(opened: Callable[..., Page]) -> None:
    page = opened(permission="denied")
    expect(status(page)).to_contain_text("Notifications are blocked for this page.")


def test_without_a_worker_nothing_is_switched_on(opened: Callable[..., Page]) -> None:
    page = opened(registered=False)
    page.get_by_role("button", name=BUTTON).click()
    expect(status(page)).to_contain_text("nothing was switched on")


def test_an_iphone_is_told_about_the_home_screen(opened: Callable[..., Page]) -> None:
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Safari/605"
    page = opened(options={"user_agent": iphone})
    expect(status(page)).to_contain_text("home screen")
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()


def test_without_javascript_the_page_says_so_and_the_calendar_works(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person(), java_script_enabled=False)
    page.goto("/you/reminders")
    expect(page.get_by_text("Needs JavaScript")).to_be_visible()
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("Address of your calendar")).to_have_value(re.compile(r"\.ics$"))


def test_the_address_is_copied(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person(), permissions=["clipboard-read", "clipboard-write"])
    page.goto("/you/reminders")
    page.get_by_role("button", name="Make an address").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Address of your calendar").input_value()
    link = page.get_by_role("link", name="Open in the calendar app")
    assert link.get_attribute("href") == copied.replace("http://", "webcal://")


def test_it_is_made_discreet_and_taken_back(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    page = phone(person)
    page.goto("/you/reminders")
    page.get_by_role("button", name="Make an address").click()
    page.get_by_role("button", name="Say only “Sweetspot”").click()
    expect(page.get_by_text("once a day.", exact=False).last).to_be_visible()
    page.get_by_role("button", name="Name the spots").click()
    expect(page.get_by_role("button", name="Say only “Sweetspot”")).to_be_visible()
    page.get_by_role("button", name="Switch the calendar off").click()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()
    assert site.rows(select(CalendarFeed).where(CalendarFeed.user_id == person.id)) == []


def test_a_worker_shows_what_is_pushed(phone: Callable[..., Page], site: Site) -> None:
    """The listeners run in a real worker, with a real push message."""
    page = phone(site.person(), permissions=["notifications"], service_workers="allow")
    page.goto("/you/reminders")
    asset = page.locator("script[type=module]").first.get_attribute("src")
    script = f"{re.match(r'/static/[^/]+/', asset)[0]}js/sw-push.js"
    devtools = page.context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda e: known.extend(e["registrations"])
    )
    devtools.send("ServiceWorker.enable")
    page.evaluate(
        """async (script) => {
          const registration = await navigator.serviceWorker.register(script);
          const worker = registration.installing ?? registration.waiting ?? registration.active;
          await new Promise((done) => {
            const look = () => worker.state === "activated" && done();
            worker.addEventListener("statechange", look);
            look();
          });
          window.shown = async () =>
            (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
        }""",
        script,
    )
    ours = next(each for each in known if each["scopeURL"].endswith("/js/"))
    push = {
        "origin": site.url,
        "registrationId": ours["registrationId"],
        "data": json.dumps({"title": "Sweetspot", "body": "Something is due."}),
    }
    wait_until(  # its tag makes one notification of several
        page,
        "async () => (await shown()).length === 1",
        again=lambda: devtools.send("ServiceWorker.deliverPushMessage", push),
    )
    assert page.evaluate("shown()") == ["Sweetspot: Something is due."]
