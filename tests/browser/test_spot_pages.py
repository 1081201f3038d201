"""The marks after each claim, and the close-up: by touch, by key, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SPOT, Site
from tracker.spots.catalog import catalog

BLEED = "Sun F, Yuan QL, Zhang YG. Large Buttocks Hematoma"
HOW_STRONG = "A single case report: it shows that this can happen, not how often."
INSIDE = """svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")]
    .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
    .filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
    .map(({ text }) => text);
}"""
SMALLEST = """svg => Math.min(...[...svg.querySelectorAll("text")]
  .map((text) => parseFloat(text.getAttribute("font-size")) * svg.getScreenCTM().a))"""


def care(page: Page) -> Locator:
    return page.locator("section").filter(has=page.get_by_role("heading", name="Take care"))


@pytest.mark.parametrize("script", [True, False])
def test_a_tap_on_a_mark_shows_the_source_its_kind_and_how_strong_it_is(
    phone: Callable[..., Page], script: bool
) -> None:
    page = phone(java_script_enabled=script)
    page.goto(f"/spots/{SPOT}")
    expect(page.get_by_role("dialog")).to_have_count(0)
    care(page).get_by_role("button", name="a case report says").first.tap()
    sheet = page.get_by_role("dialog", name="a case report says")
    expect(sheet).to_be_in_viewport(ratio=1)
    for words in ("A case report", BLEED, HOW_STRONG):
        expect(sheet).to_contain_text(words)
    expect(sheet.get_by_role("link", name="PubMed 26176792")).to_be_visible()
    page.touchscreen.tap(180, 40)
    expect(sheet).to_be_hidden()


def test_by_key_a_mark_opens_leads_on_into_its_sheet_and_gets_the_focus_back(
    phone: Callable[..., Page],
) -> None:
    page = phone()
    page.goto(f"/spots/{SPOT}")
    mark = care(page).get_by_role("button", name="a case report says").first
    mark.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="a case report says")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    expect(sheet.get_by_role("link", name="PubMed")).to_be_focused()
    page.keyboard.press("Tab")
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Space")
    sheet.get_by_role("button", name="Close").press("Enter")
    expect(sheet).to_be_hidden()


def test_one_sees_a_claim_above_its_opened_sources_on_the_narrowest_phone(
    phone: Callable[..., Page],
) -> None:
    page = phone(viewport={"width": 320, "height": 640})
    page.goto(f"/spots/{SPOT}")
    care(page).get_by_role("button", name="a case report says").first.tap()
    box = page.get_by_role("dialog").bounding_box()
    assert box
    assert box["height"] <= 640 * 0.76
    assert box["y"] + box["height"] == pytest.approx(640, abs=1)


def test_the_other_side_is_one_tap_away_also_by_key(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person())
    page.goto(f"/spots/{SPOT}?at=low_back.left")
    expect(page.get_by_role("img", name="Back, left, with an arrow")).to_be_visible()
    shown = page.get_by_role("navigation", name="In the picture:")
    shown.get_by_role("link", name="Right").tap()
    expect(page.get_by_role("img", name="Back, right, with an arrow")).to_be_visible()
    expect(shown.get_by_role("link", name="Right")).to_have_attribute("aria-current", "true")
    shown.get_by_role("link", name="Left").press("Enter")
    expect(page.get_by_role("img", name="Back, left, with an arrow")).to_be_visible()
    assert "at=low_back.left" in page.url


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_landmark_is_read_in_whole_at_320_px(phone: Callable[..., Page], side: str) -> None:
    page = phone(viewport={"width": 320, "height": 640})
    cut, small = {}, {}
    for slug in catalog().spots:
        page.goto(f"/spots/{slug}?side={side}")
        picture = page.locator(".closeup svg")
        cut[slug] = picture.evaluate(INSIDE)
        small[slug] = picture.evaluate(SMALLEST)
    assert not any(cut.values()), cut
    assert min(small.values()) >= 14.9, small
