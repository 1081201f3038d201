"""The day's question on the phone: one tap, Start in sight, by keyboard, and without JavaScript."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import Site, tap
from tests.browser.test_every_page import AXE, FIND, SIDEWAYS, SMALL, TAGS, WHOLE
from tracker.accounts.models import User
from tracker.days.models import DailyRating

SPOTS = (
    *(("top-of-buttock", "left"), ("foot-arch", "right"), ("side-hip", "left")),
    *(("upper-back", "left"), ("chewing-muscle", "right"), ("outer-thigh", "left")),
    *(("forearm-top", "right"), ("shoulder-blade", "left")),
)
PHONE = {"width": 360, "height": 780}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
COVERED = 72  # by the tab bar
ASKED = "On average over the last 24 hours"


def works_on(site: Site, spots: int) -> User:
    person = site.person(learnt_at=datetime.now(UTC))
    for spot, side in SPOTS[:spots]:
        site.works_on(person, spot, side)
    return person


def said(site: Site, person: User) -> list[tuple[str, int, bool]]:
    mine = select(DailyRating).where(DailyRating.user_id == person.id).order_by(DailyRating.id)
    return [(row.region, row.pain_24h, row.replaced_at is None) for row in site.rows(mine)]


def number(page: Page, n: int) -> None:
    page.get_by_role("button", name=str(n), exact=True).first.click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_one_tap_each_then_it_folds_and_can_be_corrected(
    phone: Callable[..., Page], site: Site, script: bool
) -> None:
    person = works_on(site, 2)
    page = phone(person, java_script_enabled=script)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Buttock, left")
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    number(page, 6)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sole of the foot, right")
    number(page, 0)
    expect(page.get_by_text(ASKED)).to_have_count(0)
    expect(page.locator(".daily--told")).to_contain_text("Buttock, left 6")
    expect(page.locator(".daily--told")).to_contain_text("Sole of the foot, right 0")
    tap(page, "Correct")
    expect(page.locator("[aria-pressed=true]")).to_have_text(["6", "0"])
    number(page, 4)
    expect(page.locator("[aria-pressed=true]")).to_have_text(["4", "0"])
    expect(page.get_by_text("Was 6 until")).to_be_visible()
    assert said(site, person) == [
        ("buttock", 6, False),
        ("foot_sole", 0, True),
        ("buttock", 4, True),
    ]


@pytest.mark.parametrize("spots", [1, 3, 8])
def test_start_is_in_the_first_screen_however_much_is_asked(
    phone: Callable[..., Page], site: Site, spots: int
) -> None:
    page = phone(works_on(site, spots), viewport=PHONE)
    for answered in (False, True):
        page.goto("/")
        for _each in range(spots if answered else 0):
            number(page, 3)
        expect(page.get_by_text(ASKED)).to_have_count(0 if answered else 1)
        start = page.get_by_role("link", name="Start").first.bounding_box()
        assert start
        assert start["y"] + start["height"] <= PHONE["height"] - COVERED


def test_with_a_keyboard_a_number_is_reached_and_sent(
    phone: Callable[..., Page], site: Site
) -> None:
    person = works_on(site, 1)
    page = phone(person)
    page.goto("/")
    page.get_by_role("button", name="0", exact=True).focus()
    for _step in range(7):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".daily--told")).to_contain_text("7")
    assert said(site, person) == [("buttock", 7, True)]


def test_a_past_day_is_filled_in_with_what_else_there_was(
    phone: Callable[..., Page], site: Site
) -> None:
    person = works_on(site, 1)
    page = phone(person)
    page.goto("/days/")
    yesterday = datetime.now(ZoneInfo(person.time_zone)).date() - timedelta(days=1)
    page.locator(f'a[href="/days/{yesterday}"]').click()
    number(page, 8)
    expect(page.locator("[aria-pressed=true]")).to_have_text("8")
    page.get_by_label("A flare").check()
    page.get_by_label("Other treatment").fill("Physiotherapy")
    tap(page, "Save")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.goto("/days/")
    row = page.locator(f'a[href="/days/{yesterday}"]')
    for words in ("Buttock, left 8", "A flare", "Physiotherapy"):
        expect(row).to_contain_text(words)


@pytest.mark.parametrize("path", ["/", "/days/", "/days/{today}", "/days/activities/", "told"])
@pytest.mark.parametrize("spots", [1, 8])
def test_every_view_of_the_days_is_accessible_and_fits(
    phone: Callable[..., Page], site: Site, path: str, spots: int
) -> None:
    person = works_on(site, spots)
    today = datetime.now(ZoneInfo(person.time_zone)).date()
    page = phone(person, viewport=PHONE)
    page.goto("/" if path == "told" else path.format(today=today))
    if path == "told":
        for _each in range(spots):
            number(page, 3)
        expect(page.get_by_text(ASKED)).to_have_count(0)
    page.evaluate(AXE)
    for screen, scheme in ((PHONE, "light"), (NARROW, "dark"), (DESKTOP, "light")):
        page.set_viewport_size(screen)
        assert page.evaluate(SIDEWAYS) <= 0
        assert page.evaluate(SMALL, 48) == []
        page.set_viewport_size(screen | {"height": page.evaluate(WHOLE)})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(FIND, {"tags": TAGS, "guide": False}) == []


def test_how_it_changed_overall_is_one_tap_below_start(
    phone: Callable[..., Page], site: Site
) -> None:
    person = works_on(site, 1)  # on the list for 13 weeks
    site.session(person, 40, pain_before=5)
    page = phone(person, viewport=PHONE)
    page.goto("/")
    number(page, 3)
    ask = page.get_by_role("group", name="Since you started with this spot")
    expect(ask).to_be_visible()
    start, first = page.get_by_role("link", name="Start").first, ask.get_by_role("button").first
    begins, asks = start.bounding_box(), first.bounding_box()
    assert begins
    assert asks
    assert begins["y"] + begins["height"] <= min(PHONE["height"] - COVERED, asks["y"])
    ask.get_by_role("button", name="Minimally improved").click()
    expect(ask).to_have_count(0)
    page.goto("/progress/top-of-buttock?side=left")
    expect(page.get_by_text("Minimally improved")).to_be_visible()
    page.get_by_role("link", name="Correct").click()
    tap(page, "No change")
    expect(page.locator("[aria-pressed=true]")).to_have_text("No change")


def test_not_now_takes_the_question_away(phone: Callable[..., Page], site: Site) -> None:
    person = works_on(site, 1)
    site.session(person, 40)
    page = phone(person, viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    number(page, 3)
    tap(page, "Not now, ask in a week")
    expect(page.get_by_role("group", name="Since you started with this spot")).to_have_count(0)
