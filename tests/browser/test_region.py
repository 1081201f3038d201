"""Charts on a phone: their ranges, their table, a tap on a week, and what stands side by side."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from uuid_utils.compat import uuid7

from tests.browser.conftest import SPOT, Site
from tests.browser.test_every_page import AXE, FIND, SIDEWAYS, SMALL, TAGS
from tests.conftest import kept
from tracker.days.models import DailyRating

REDRAWN = """old => {
  const canvas = document.querySelector("canvas");
  return canvas && canvas.toDataURL() !== old;
}"""
LOW_BACK = "/progress/region/low_back/left"


def test_progress_leads_to_a_region_and_a_range_keeps_to_it(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.rated(person, 100)
    page = phone(person)
    page.goto("/progress/")
    page.get_by_role("link", name="Low back, left").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("three or more ratings")
    ranges = page.get_by_role("navigation", name="How far back")
    expect(ranges.locator("[aria-current]")).to_have_text("12 weeks")
    ranges.get_by_role("link", name="Year").click()
    expect(page).to_have_url(f"{site.url}{LOW_BACK}?range=1y")
    expect(ranges.locator("[aria-current]")).to_have_text("Year")


def test_the_table_unfolds_from_the_keyboard_and_holds_the_weeks(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.rated(person, 28)
    page = phone(person, java_script_enabled=False)
    page.goto(f"{LOW_BACK}?range=4w")
    assert page.locator(".plot__days").get_attribute("d")
    expect(page.get_by_role("table")).to_be_hidden()
    page.get_by_text("The same numbers", exact=True).locator("visible=true").press("Enter")
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(4)


def test_the_chart_is_drawn_again_in_the_dark(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.rated(person, 84)
    page = phone(person)
    page.goto(LOW_BACK)
    expect(page.locator("canvas")).to_have_count(1)
    light = page.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(REDRAWN, arg=light)


def test_the_line_through_the_medians_stays_under_the_chart(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.rated(person, 84)
    page = phone(person)
    page.goto(LOW_BACK)
    expect(page.locator("canvas")).to_have_count(1)
    width = "path => path.getBoundingClientRect().width"
    assert page.locator(".plot__before path").first.evaluate(width) == 0  # the chart draws it anew
    assert page.locator(".plot__through").evaluate(width) > 200
    expect(page.get_by_text("Line through the medians")).to_be_visible()


def test_a_tap_on_a_week_leads_closer_and_that_to_its_days(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.rated(person, 300)
    page = phone(person)
    page.goto(f"{LOW_BACK}?range=1y")
    expect(page.locator("canvas")).to_have_count(1)
    closer = page.locator("[data-part=closer]")
    expect(closer).to_be_hidden()
    for weeks, at in ((12, 0.5), (4, 0.5)):
        box = page.locator("canvas").bounding_box()
        assert box
        page.locator("canvas").click(position={"x": box["width"] * at, "y": box["height"] / 2})
        expect(closer).to_contain_text("Look closer")
        closer.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(" to ")
        expect(page.locator("canvas")).to_have_count(1)
        expect(page.locator("tbody tr")).to_have_count(weeks)
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("link", name="Earlier")).to_be_visible()
    expect(page.locator("canvas")).to_have_count(1)
    page.locator("canvas").click()
    closer.click()
    expect(page.get_by_role("heading", name="Your days")).to_be_visible()


def test_a_tap_on_a_week_of_days_alone_leads_to_that_week(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(person.time_zone)).date()
    same = {"region": "low_back", "side": "left", "pain_24h": 5, "time_zone": "UTC"}
    for ago in (*range(8, 43), 7):  # five weeks, and one day of the last
        day = today - timedelta(days=today.weekday() + ago)
        mine = {"user_id": person.id, "id": uuid7(), "local_date": day, "answered_at": now}
        kept(site.app, DailyRating(**mine | same))
    page = phone(person)
    page.goto(LOW_BACK)
    rows = json.loads(page.locator("script[data-part=data]").text_content() or "")["rows"]
    row = next(row for row in rows if row["at"] == 10)
    assert row["median"] == [None, 5, 5]
    canvas = page.locator("canvas")
    box = canvas.bounding_box()
    assert box
    canvas.click(position={"x": box["width"] * 10.5 / 12, "y": box["height"] / 2})
    closer = page.locator("a[data-part=closer]")
    expect(closer.locator("b")).to_have_text(row["week"])
    expect(closer).to_have_attribute("href", row["closer"])


def test_the_first_days_lead_closer_too(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.rated(person, 4)
    page = phone(person)
    page.goto(LOW_BACK)
    expect(page.locator("canvas")).to_have_count(1)
    expect(page.get_by_text("Tap a mark to look closer.")).to_be_visible()
    box = page.locator("canvas").bounding_box()
    assert box
    page.locator("canvas").click(position={"x": box["width"] * 11.5 / 12, "y": box["height"] / 2})
    page.locator("a[data-part=closer]").click()
    expect(page).to_have_url(re.compile(r"range=4w&week="))


@pytest.mark.parametrize("part", ["pain", "minutes"])
def test_a_tap_names_its_week_though_others_are_empty(
    phone: Callable[..., Page], site: Site, part: str
) -> None:
    person = site.person()
    for days in (1, 30, 60):
        site.session(person, days)
    page = phone(person)
    page.goto(f"/progress/{SPOT}?side=left")
    rows = json.loads(page.locator("script[data-part=data]").text_content() or "")["rows"]
    canvas = page.locator(f"[data-part={part}] canvas")
    box = canvas.bounding_box()
    assert box
    for row in rows:
        x = box["width"] * (row["at"] + 0.5) / 12
        canvas.click(position={"x": x, "y": box["height"] / 10})
        closer = page.locator("a[data-part=closer]")
        expect(closer.locator("b")).to_have_text(row["week"])
        expect(closer).to_have_attribute("href", row["closer"])


def test_a_spot_keeps_to_one_tool_and_says_which(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    for days, tool in ((2, "fingertips"), (4, "knuckle"), (6, "knuckle")):
        site.session(person, days, tool=tool)
    page = phone(person)
    page.goto(f"/progress/{SPOT}?side=left")
    page.get_by_text("Any tool").first.click()
    page.get_by_role("link", name="Knuckle").click()
    expect(page.get_by_text("2 sessions", exact=True).first).to_be_visible()
    expect(page.locator("details.picker", has_text="Any tool").locator("summary")).to_have_text(
        "Knuckle"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/progress/compare",
        f"/progress/compare?at={SPOT}.left&at=side-hip.left&at=foot-arch.left",
        "/progress/body?range=all",
        "/progress/body?show=pressed",
        f"/progress/{SPOT}/helps",
        f"/overall/{SPOT}/left",
        f"{LOW_BACK}?range=4w&week=2026-09-14",
    ],
)
def test_what_stands_side_by_side_fits_a_narrow_phone(
    phone: Callable[..., Page], site: Site, path: str
) -> None:
    person = site.person()
    site.twelve_weeks(person)
    site.session(person, 1, felt_in=["low_back", "buttock"])
    site.rated(person, 100)
    page = phone(person, viewport={"width": 320, "height": 640})
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(SIDEWAYS) <= 0
        assert page.evaluate(SMALL, 48) == []
    page.evaluate(AXE)
    assert page.evaluate(FIND, {"tags": TAGS, "guide": False}) == []
