"""In German, where words are longer: pages fit a small phone, and the guide speaks German."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SPOT, Site, let_pass, prepare, tap
from tests.browser.in_the_guide import expect_level, saved_by_now
from tracker.spots.catalog import catalog

NARROW = {"width": 320, "height": 740}
SIDES = ("left", "right")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Words that stick out of what holds them.
CUT = """() => [...document.querySelectorAll("h1, h2, h3, button, summary, .pill, .key, .bold")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .filter((each) => !each.closest(".sr-only") && each.scrollWidth > each.clientWidth + 4)
  .filter((each) => getComputedStyle(each).display !== "inline")
  .map((each) => each.textContent.trim())"""
# Words over the edge of the close-up of a spot.
OUTSIDE = """() => {
  const picture = document.querySelector(".closeup svg");
  const edge = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text")].filter((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    return left < edge.left || right > edge.right || top < edge.top - 1 || bottom > edge.bottom + 1;
  }).map((each) => each.textContent.trim());
}"""
VOICES = """() => {
  const said = (globalThis.said = []);
  const voices = ["en-GB", "de-DE"].map((lang) => ({ lang, localService: true, default: true }));
  Object.defineProperty(globalThis, "SpeechSynthesisUtterance", { value: class {
    constructor(text) { this.text = text; }
  } });
  Object.defineProperty(globalThis, "speechSynthesis", { value: Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: ({ text, lang, voice, volume }) => volume === 0 || said.push([text, lang, voice?.lang]),
    cancel: () => {},
  }) });
}"""


@pytest.fixture
def page(phone: Callable[..., Page], site: Site) -> Page:
    """A small phone in the hand of somebody who chose German, with a few weeks behind them."""
    person = site.person(locale="de")
    site.works_on(person, "forearm-top")
    site.twelve_weeks(person)
    site.rated(person, 84)
    return phone(person, viewport=NARROW)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/spots/",
        f"/spots/{SPOT}",
        f"/sessions/new?spot={SPOT}&side=left",
        "/sessions/several",
        "/sessions/add",
        "/sessions/",
        "/progress/",
        f"/progress/{SPOT}?side=left",
        "/progress/region/low_back/left",
        "/sharing/",
        "/you",
        "/you/reminders",
        "/safety/list",
        "/spots/about",
        "/learn/1",
        "/learn/3",
    ],
)
def test_every_word_fits_a_small_phone(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT) == []


def test_so_do_those_of_a_calendar(page: Page) -> None:
    page.goto("/you/reminders")
    page.get_by_role("button", name="Adresse anlegen").click()
    expect(page.get_by_role("button", name="Kopieren")).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [320, 430])
def test_every_word_stays_in_the_picture_of_a_spot(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    cut = {}
    for path in (f"/spots/{slug}?side={side}" for slug in catalog().spots for side in SIDES):
        page.goto(path)
        cut[path] = page.evaluate(OUTSIDE)
    assert {path: words for path, words in cut.items() if words} == {}
    assert len(cut) == 28


@pytest.mark.parametrize("path", ["/", "/login", "/register", "/spots/"])
def test_a_reader_without_an_account_changes_the_language(
    phone: Callable[..., Page], path: str
) -> None:
    page = phone(viewport=NARROW)
    page.goto(path)
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT) == []
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_guide_shows_and_speaks_german(page: Page) -> None:
    page.add_init_script(f"({VOICES})()")
    prepare(page)
    tap(page, "Los")
    expect(page.locator("sweet-guide")).to_be_visible()
    saved_by_now(page)
    expect_level(page, "1 Berührung")
    assert page.evaluate(CUT) == []
    let_pass(page, 25)
    assert page.evaluate("globalThis.said")[:2] == [
        ["Berührung. 20 Sekunden.", "de", "de-DE"],
        ["Leicht. 30 Sekunden.", "de", "de-DE"],
    ]
