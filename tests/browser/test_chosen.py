"""A person's list by touch and by keys: its order, a mark on the picture, and learning the feel."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import SPOT, Site, tap
from tracker.accounts.models import User
from tracker.spots.models import OwnSpot, TrackedSpot

SETTINGS = f"/spots/{SPOT}/sides/left/settings"


def names(page: Page) -> list[str]:
    return page.locator("ol.yours .row__name").all_text_contents()


def mark_of(site: Site, person: User) -> tuple[float | None, float | None]:
    (one,) = site.rows(select(TrackedSpot).where(TrackedSpot.user_id == person.id))
    return one.mark_x, one.mark_y


def tap_at(page: Page, x: float, y: float) -> None:
    """Touch the picture so far from its left and top, as parts of its size."""
    picture = page.locator(".place-mark__picture")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * x, box["y"] + box["height"] * y)


@pytest.fixture
def three(site: Site) -> User:
    person = site.person()
    for position, spot in enumerate((SPOT, "forearm-top", "foot-arch")):
        site.works_on(person, spot, position=position)
    return person


def test_a_spot_moves_up_by_touch(phone: Callable[..., Page], three: User) -> None:
    page = phone(three)
    page.goto("/spots/yours")
    page.get_by_role("button", name="Move up: Arch of the foot, left").tap()
    expect(page.get_by_role("status")).to_have_text("Arch of the foot, left is now number 2.")
    assert names(page)[1] == "Arch of the foot, left"


def test_by_keys_one_stays_on_the_same_button(phone: Callable[..., Page], three: User) -> None:
    page = phone(three)
    page.goto("/spots/yours")
    page.get_by_role("button", name="Move down: Top of the buttock, left").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Top of the buttock, left is now number 2.")
    down = page.get_by_role("button", name="Move down: Top of the buttock, left")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Top of the buttock, left is now number 3.")
    assert names(page)[2] == "Top of the buttock, left"


def test_the_order_is_the_same_without_javascript(phone: Callable[..., Page], three: User) -> None:
    page = phone(three, java_script_enabled=False)
    page.goto("/spots/yours")
    page.get_by_role("button", name="Move up: Arch of the foot, left").click()
    assert names(page)[1] == "Arch of the foot, left"


def test_a_tap_on_the_picture_puts_the_mark_there(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.works_on(person)
    page = phone(person)
    page.goto(SETTINGS)
    expect(page.locator(".own-mark")).to_be_hidden()
    tap_at(page, 0.25, 0.5)
    expect(page.locator(".own-mark")).to_be_visible()
    expect(page.locator("place-mark output")).to_have_text("Marked.")
    tap(page, "Save")
    expect(page).to_have_url(re.compile("/spots/yours$"))
    x, y = mark_of(site, person)
    assert x == pytest.approx(-62 + 100 / 4, abs=0.5)
    assert y == pytest.approx(164 + 88 / 2, abs=0.5)
    page.goto(f"/spots/{SPOT}")
    expect(page.locator(".own-mark")).to_be_visible()


def test_the_mark_moves_by_keys_and_can_be_taken_away(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.works_on(person, mark_x=-20.0, mark_y=200.0)
    page = phone(person)
    page.goto(SETTINGS)
    page.locator(".place-mark__picture").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator('input[name="x"]')).to_have_value("-22")
    expect(page.locator('input[name="y"]')).to_have_value("201")
    page.keyboard.press("Enter")
    expect(page.locator('input[name="x"]')).to_have_value("-22")
    tap(page, "Save")
    expect(page).to_have_url(re.compile("/spots/yours$"))
    assert mark_of(site, person) == (-22.0, 201.0)
    page.goto(SETTINGS)
    tap(page, "Take the mark away")
    expect(page.locator("place-mark output")).to_have_text("The mark is gone.")
    expect(page.locator(".place-mark__picture")).to_be_focused()
    tap(page, "Save")
    expect(page).to_have_url(re.compile("/spots/yours$"))
    assert mark_of(site, person) == (None, None)


def test_without_a_tap_the_first_arrow_starts_in_the_middle(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.works_on(person)
    page = phone(person)
    page.goto(SETTINGS)
    page.locator(".place-mark__picture").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator('input[name="x"]')).to_have_value("-12")
    expect(page.locator('input[name="y"]')).to_have_value("207")


def test_without_javascript_the_words_are_kept(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.works_on(person)
    page = phone(person, java_script_enabled=False)
    page.goto(SETTINGS)
    # Playwright switches scripts off behind the parser's back, so <noscript> is not shown.
    assert "Marking needs JavaScript." in (page.locator("noscript").text_content() or "")
    page.get_by_label("Where exactly it is on me").fill("Two fingers above the bone")
    tap(page, "Save")
    expect(page.get_by_text("Two fingers above the bone")).to_be_visible()


def test_a_spot_of_ones_own_is_placed_by_touch(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    own = site.own_spot(person)
    page = phone(person)
    page.goto(f"/spots/{own.id}")
    tap(page, "Place it on the body")
    tap_at(page, 0.5, 0.5)
    tap(page, "Save")
    expect(page.get_by_role("img", name="Where it is: The knot behind my knee")).to_be_visible()
    (kept,) = site.rows(select(OwnSpot).where(OwnSpot.user_id == person.id))
    assert kept.view == "front"


def test_the_feel_is_learnt_in_eight_taps_and_then_no_longer_offered(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    page.goto("/")
    page.get_by_role("link", name="Try it").tap()
    for word in ("Touch", "Light", "Medium", "Firm", "Too firm", "Good ache", "Three rules"):
        page.get_by_role("link", name="Next").tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(word)
    page.get_by_role("button", name="Done").tap()
    expect(page.get_by_role("heading", name="Where does it hurt?")).to_be_visible()
    expect(page.get_by_text("Learn the feel")).to_have_count(0)


def test_by_keys_too_and_back_is_the_step_before(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person())
    page.goto("/learn")
    for word in ("Touch", "Light"):
        page.get_by_role("link", name="Next").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(word)
    page.get_by_role("link", name="Back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Touch")


def test_skipped_on_today_it_is_gone_and_stays_under_you(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    page.goto("/")
    page.get_by_role("button", name=re.compile("^Skip.*Learn the feel")).tap()
    expect(page.get_by_role("link", name="Try it")).to_have_count(0)
    page.goto("/you")
    page.get_by_role("link", name="Learn the feel").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two minutes")
