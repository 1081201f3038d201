"""From the landing page to a line in a CSV file, on a phone."""

import csv
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import (
    COUNT_TAPS,
    SPOT,
    Site,
    answer,
    let_pass,
    tap,
)
from tests.browser.in_the_guide import (
    expect_level,
    expect_status,
)
from tracker.accounts.models import User

GENTLE = (
    (20, "1 Touch"),
    (20, "2 Light"),
    (20, "1 Touch"),
    (10, "1 Touch"),
    (20, "2 Light"),
    (20, "1 Touch"),
    (20, "0 Let go"),
)
INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((byte, at) => at % 4 === 3 && byte > 0);
}"""


def test_a_new_person_does_the_whole_job(phone: Callable[..., Page], site: Site) -> None:
    page = phone(timezone_id="America/New_York")
    page.clock.install()
    page.goto("/")
    tap(page, "Get started")
    page.get_by_label("mail").fill("newcomer@example.org")
    page.get_by_label("Password", exact=True).fill("lamp orchard seventeen")
    page.get_by_role("checkbox").check()
    tap(page, "Get started")

    tap(page, "Find a spot")
    page.get_by_role("button", name="Back", exact=True).tap()
    page.locator('[data-drawn="back"]').get_by_role("checkbox", name="Low back, left").tap()
    tap(page, "Show spots")
    tap(page, "Top of the buttock")
    page.get_by_role("link", name="Start left").click()
    tap(page, "None of these")
    answer(page, "Pain now", 6)
    answer(page, "Tenderness", 5)
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Begin")

    expect_status(page, "ready")
    let_pass(page, 15)
    for seconds, shown in GENTLE:
        let_pass(page, seconds / 2)
        expect_level(page, shown)
        let_pass(page, seconds / 2)
    page.wait_for_url("**/after")
    page.clock.resume()

    answer(page, "Tenderness", 3)
    answer(page, "Pain now", 4)
    answer(page, "Strongest discomfort", 3)
    page.get_by_role("radio", name="Good ache").click()
    page.get_by_role("checkbox", name="Low back").click()
    page.get_by_role("group", name="Is this your pain?").get_by_role("radio", name="Yes").click()
    page.get_by_label("Note").fill("Warm, then softer.")
    tap(page, "Save")

    expect(page.locator(".duo dd")).to_have_text(["6", "4"])
    tap(page, "Done")
    tap(page, "History")
    row = page.get_by_role("link", name="Top of the buttock, left")
    expect(row).to_contain_text("2 Light")
    expect(row).to_contain_text("before: 6, after: 4")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="Progress").click()
    page.get_by_role("link", name="Top of the buttock, left").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pain before and after, by week")
    expect(page.get_by_text("1 session", exact=True)).to_be_visible()
    for canvas in (page.locator("canvas").first, page.locator("canvas").nth(1)):
        assert canvas.evaluate(INK)
    table = page.get_by_role("table")
    week = table.locator("tbody tr").filter(has_not_text="no sessions")
    assert week.locator("td").all_inner_texts()[:5:2] == ["6", "4", "5"]

    page.get_by_role("link", name="You").click()
    tap(page, "CSV file")
    with page.expect_download() as download:
        tap(page, "Download")
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert {name: line[name] for name in line if name in EXPECTED} == EXPECTED
    assert site.rows(select(User.time_zone).where(User.email == "newcomer@example.org")) == [
        "America/New_York"
    ]


EXPECTED = {
    "tz": "America/New_York",
    "spot_number": "12",
    "spot_slug": SPOT,
    "side": "left",
    "protocol_id": "gentle",
    "target_level": "2",
    "peak_level": "2",
    "peak_discomfort": "3",
    "tool": "fingertips",
    "planned_s": "130",
    "pressure_s": "40",
    "completed": "true",
    "ended_by": "finished",
    "sharp_events": "0",
    "nerve_events": "0",
    "pain_before": "6",
    "pain_after": "4",
    "tenderness_before": "5",
    "tenderness_after": "3",
    "quality": "good_ache",
    "felt_in": "low_back",
    "your_pain": "yes",
    "entry": "guided",
    "bruise": "",
    "note": "Warm, then softer.",
}


def test_a_returning_person_taps_at_most_four_times_to_a_running_session(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.works_on(person)
    site.session(person, days_ago=3)
    page = phone(person)
    page.add_init_script(COUNT_TAPS)
    page.goto("/")
    tap(page, "Start")
    answer(page, "Pain now", 6)
    answer(page, "Tenderness", 5)
    tap(page, "Begin")
    expect_status(page, "running")
    assert page.evaluate("Number(sessionStorage.taps)") <= 4


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/St_Johns"])
def test_the_time_zone_comes_from_the_phone(
    phone: Callable[..., Page], site: Site, zone: str
) -> None:
    email = f"{zone.split('/')[1].lower()}@example.org"
    page = phone(timezone_id=zone)
    page.goto("/register")
    page.get_by_label("mail").fill(email)
    page.get_by_label("Password", exact=True).fill("lamp orchard seventeen")
    page.get_by_role("checkbox").check()
    tap(page, "Get started")
    page.wait_for_url("/")
    assert site.rows(select(User.time_zone).where(User.email == email)) == [zone]
