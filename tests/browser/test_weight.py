"""What a page weighs on the wire, with nothing in the cache, in kB of 1000 bytes."""

import gzip
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.conftest import SPOT, Site, tap
from tests.conftest import sign_in
from tracker.accounts.models import User
from tracker.settings import ROOT

KB = 1000
FIRST_VISIT, PAGE, CHART_PAGE = 30, 40, 90
SCRIPT, CHART_SCRIPT = 15, 75
STATIC = ROOT / "static"


class Scale:
    """Adds up what comes over the wire."""

    def __init__(self, wire: CDPSession) -> None:
        self.bytes = 0
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        wire.on("Network.loadingFinished", self._add)
        wire.on("Network.responseReceived", self._note)
        wire.send("Network.enable")

    def _add(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _note(self, event: dict[str, dict[str, str]]) -> None:
        self.addresses.append(event["response"]["url"])
        if event["response"]["mimeType"].endswith("javascript"):
            self.scripts.append(event["response"]["url"].split("/static/")[1].split("/", 1)[1])

    @property
    def kilobytes(self) -> float:
        return self.bytes / KB

    @property
    def script_kilobytes(self) -> float:
        return sum(len(gzip.compress((STATIC / each).read_bytes())) for each in self.scripts) / KB


def weigh(page: Page, path: str) -> Scale:
    scale = Scale(page.context.new_cdp_session(page))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return scale


@pytest.mark.parametrize("path", [f"/try/{SPOT}", "/offline/en", "/offline/de"])
def test_a_page_for_a_visitor_or_no_network_is_at_most_40_kb(
    phone: Callable[..., Page], path: str
) -> None:
    scale = weigh(phone(), path)
    assert 0 < scale.kilobytes <= PAGE
    assert scale.script_kilobytes <= SCRIPT  # the guide comes when it is about to begin


def test_what_is_kept_for_no_network_is_at_most_90_kb_once(
    phone: Callable[..., Page], site: Site
) -> None:
    """The service worker fetches it after the page, when the browser is idle."""
    worker = site.app.test_client().get("/sw.js")
    files = re.findall(r"\"(/(?:static|offline)/[^\"]+)\"", worker.text)
    assert len(files) > 5
    client = site.app.test_client()
    total = len(gzip.compress(worker.data))
    for path in files:
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
            total += len(answer.data) + len(str(answer.headers))
    assert total / KB <= CHART_PAGE


def test_a_first_visit_is_at_most_30_kb(phone: Callable[..., Page]) -> None:
    scale = weigh(phone(), "/")
    assert 0 < scale.kilobytes <= FIRST_VISIT
    assert scale.script_kilobytes <= SCRIPT


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/spots/",
        "/spots/?at=low_back.left",
        "/spots/?at=head&at=arm&at=low_back&at=chest&at=hip&at=foot_sole",
        f"/spots/{SPOT}",
        "/spots/new",
        "/spots/about",
        "/spots/yours",
        f"/spots/{SPOT}/sides/left/settings",
        "/learn/4",
        f"/sessions/new?spot={SPOT}&side=left",
        f"/sessions/together?stop={SPOT}/left&stop={SPOT}/right",
        "/sessions/",
        f"/sessions/add?spot={SPOT}",
        "/progress/",
        "/sharing/",
        "/sharing/report",
        "/sharing/links/new",
        "/you",
    ],
)
def test_a_page_without_a_chart_is_at_most_40_kb(
    phone: Callable[..., Page], site: Site, path: str
) -> None:
    person = site.person()
    site.twelve_weeks(person)
    scale = weigh(phone(person), path)
    assert 0 < scale.kilobytes <= PAGE
    assert scale.script_kilobytes <= SCRIPT


def test_the_report_is_at_most_40_kb(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.twelve_weeks(person)
    page = phone(person)
    page.goto("/sharing/report")
    tap(page, "Look at it here")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    assert 0 < weigh(page, page.url).kilobytes <= PAGE


# Two years of weeks, and eight in fours, make the most marks.
@pytest.mark.parametrize(("span", "weeks"), [("12w", 12), ("all", 103), ("all", 415)])
def test_a_chart_page_is_at_most_90_kb(
    phone: Callable[..., Page], site: Site, span: str, weeks: int
) -> None:
    person = site.person()
    site.years(person, weeks)
    check_chart_page(phone(person), site, person, f"/progress/{SPOT}?side=left&range={span}")


@pytest.mark.parametrize(("span", "days"), [("12w", 84), ("all", 720), ("all", 3650)])
def test_the_chart_of_a_region_is_at_most_90_kb(
    phone: Callable[..., Page], site: Site, span: str, days: int
) -> None:
    person = site.person()
    site.rated(person, days)
    check_chart_page(phone(person), site, person, f"/progress/region/low_back/left?range={span}")


def check_chart_page(page: Page, site: Site, person: User, path: str) -> None:
    scale = weigh(page, path)
    page.locator("canvas").first.wait_for()
    assert "vendor/chart.js" in scale.scripts
    assert scale.kilobytes <= CHART_PAGE
    assert scale.script_kilobytes <= CHART_SCRIPT
    assert gzipped_kilobytes(site, person, scale.addresses) <= CHART_PAGE


def gzipped_kilobytes(site: Site, person: User, addresses: list[str]) -> float:
    """What the same answers weigh for a browser without brotli, as over plain http."""
    client = sign_in(site.app, person)
    total = 0
    for address in addresses:
        path = address.removeprefix(site.url)
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.status_code == 200
            total += len(answer.data) + len(str(answer.headers))
    return total / KB
