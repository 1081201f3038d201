"""Sweetspot as an app on the phone: it can be installed, and keeps nothing personal in a cache."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SPOT, Complaints, Site
from tests.browser.in_the_guide import expect_status, wait_until
from tests.browser.offline import CONTROLLED, cached, installed


@pytest.fixture
def page(phone: Callable[..., Page]) -> Page:
    return phone(service_workers="allow")


def test_it_can_be_installed(page: Page) -> None:
    installed(page)
    wire = page.context.new_cdp_session(page)
    found = wire.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A test's browser is always in a private window, which installs nothing.
    assert [error["errorId"] for error in found] in ([], ["in-incognito"])
    manifest = wire.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.en.webmanifest")


def test_no_cache_holds_a_signed_in_page(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    newest = site.twelve_weeks(person)
    page = phone(person, service_workers="allow")
    installed(page)
    for path in ("/", "/you", "/sessions/", f"/sessions/{newest.id}", "/progress/", "/offline/"):
        page.goto(path)
    for path in (f"/spots/{SPOT}", "/spots/about", "/spots/yours", f"/spots/{SPOT}"):
        page.goto(path)
    wait_until(page, f"async () => Boolean(await caches.match('/spots/{SPOT}'))")
    kept = cached(page)
    pages = {path for path in kept if not path.startswith("/static/")}
    yours = {f"/spots/{spot}" for spot in ("side-hip", "upper-back", "foot-arch")}
    shells = {"/offline/en", "/offline/de", "/unsent"}  # filled in by the phone
    assert pages - yours == {*shells, f"/spots/{SPOT}", "/spots/about"}
    for path in pages:
        assert str(person.id) not in kept[path]
        assert person.email not in kept[path]
        assert 'class="tabbar"' not in kept[path]


def test_a_spot_that_was_read_can_be_read_without_network(page: Page) -> None:
    installed(page, f"/spots/{SPOT}")
    wait_until(page, f"async () => Boolean(await caches.match('/spots/{SPOT}'))")
    page.context.set_offline(True)
    page.goto(f"/spots/{SPOT}?side=right")
    expect(page.get_by_role("heading", name="Top of the buttock")).to_be_visible()


def test_the_spots_of_ones_list_can_be_read_without_network(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.works_on(person, "foot-arch")
    page = phone(person, service_workers="allow")
    installed(page)
    wait_until(page, "async () => Boolean(await caches.match('/spots/foot-arch'))")
    assert 'class="tabbar"' not in cached(page)["/spots/foot-arch"]


def test_without_network_the_shell_stands_in_for_any_other_page(
    page: Page, complaints: Complaints
) -> None:
    installed(page)
    page.context.set_offline(True)
    page.goto("/progress/")
    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    expect(page.get_by_text("That page needs a network.")).to_be_visible()


def test_the_shell_stands_in_while_the_server_is_down(page: Page, complaints: Complaints) -> None:
    complaints.expected.append("502")
    installed(page)
    page.context.route("**/progress/", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.goto("/progress/")
    expect(page.get_by_role("heading", name="No network")).to_be_visible()


def new_version(site: Site, monkeypatch: pytest.MonkeyPatch, source: str | None = None) -> None:
    """From now on the server has another worker."""
    made = site.app.view_functions["pwa.worker"]

    def serve(**known):
        answer = made(**known)
        answer.set_data(source or answer.get_data(as_text=True).replace('VERSION="', 'VERSION="x'))
        return answer

    monkeypatch.setitem(site.app.view_functions, "pwa.worker", serve)


NAMES = "async (start) => (await caches.keys()).every((name) => name.startsWith(start))"


def test_a_new_worker_takes_over_and_the_old_cache_goes(
    page: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(page)
    new_version(site, monkeypatch)
    page.goto("/")
    wait_until(page, NAMES, "sweetspot-x")


def test_a_new_worker_waits_while_a_guide_runs(
    phone: Callable[..., Page], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone(site.person(), service_workers="allow")
    installed(page)
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.get_by_role("button", name="Begin").click()
    expect_status(page, "running")
    page.evaluate("window.same = true")
    new_version(site, monkeypatch)
    waits = """async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      return Boolean(registration.waiting);
    }"""
    wait_until(page, waits)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect_status(page, "running")
    assert page.evaluate("window.same")
    assert page.evaluate(waits)
    page.evaluate("document.querySelector('sweet-guide').remove()")
    # No guide any more. On a page that loads more later Chromium may keep a new worker waiting.
    page.goto("/spots/about")
    wait_until(page, NAMES, "sweetspot-x")


def test_a_new_worker_waits_while_something_is_typed(
    page: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(page, "/login")
    page.get_by_role("textbox").first.fill("half@")
    new_version(site, monkeypatch)
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
    wait_until(
        page, "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
    )
    expect(page.get_by_role("textbox").first).to_have_value("half@")


def test_switched_off_it_clears_its_caches_and_goes(
    page: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(page)
    monkeypatch.setitem(site.app.config, "SERVICE_WORKER", False)
    page.goto("/")
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each?.update())")
    gone = """async () => (await caches.keys()).length === 0 &&
      (await navigator.serviceWorker.getRegistration()) === undefined"""
    wait_until(page, gone)
    page.goto("/")
    assert not page.evaluate(CONTROLLED)


def test_a_browser_without_a_worker_asks_for_no_kept_plan(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/api/kept" in url]
