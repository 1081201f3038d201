"""Before a session: the plan for this side and this tool, and when to wait."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import SPOT, Site, answer, begin, prepare, tap

PLAN = "[data-variant]:not([hidden])"


def test_another_side_has_a_plan_of_its_own(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    for days_ago in (9, 6, 3):
        site.session(person, days_ago)
    page = phone(person)
    prepare(page)
    expect(page.locator(PLAN)).to_contain_text("Light stayed comfortable")
    expect(page.get_by_role("button", name="Begin")).to_contain_text("3:10")
    page.get_by_role("radio", name="Right").click()
    expect(page.locator(PLAN)).to_contain_text("The first two sessions at a spot are gentle")
    expect(page.get_by_role("button", name="Begin")).to_contain_text("2:10")
    tap(page, "Begin")
    expect(page.locator("sweet-guide")).to_contain_text("Top of the buttock, right")
    expect(page.locator('sweet-guide [data-part="phase"]')).to_have_count(7)


def test_a_firmer_tool_goes_less_far(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    for days_ago in (9, 6, 3):
        site.session(person, days_ago, stayed_level=3, target_level=3, peak_level=3)
    page = phone(person)
    prepare(page)
    expect(page.locator(PLAN)).to_contain_text("Opens at Light, up to Medium")
    page.get_by_role("radio", name="Firm ball, wall").click()
    expect(page.locator(PLAN)).to_contain_text("Opens at Touch, up to Light")
    expect(page.locator(PLAN)).to_contain_text("A firmer tool than last time")


def test_a_side_done_today_waits_and_the_other_may_start(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.session(person, days_ago=0.1)
    page = phone(person)
    prepare(page, side="left")
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    expect(page.get_by_role("note")).to_contain_text("Come back")
    page.get_by_role("radio", name="Right").click()
    expect(page.get_by_role("button", name="Begin")).to_be_enabled()
    expect(page.get_by_role("note")).to_be_hidden()


def test_the_side_of_the_neck_can_be_read_and_logged_but_not_started(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    page.goto("/spots/side-of-neck")
    expect(page.get_by_role("heading", name="Take care")).to_be_visible()
    expect(page.get_by_role("link", name="Start")).to_have_count(0)
    expect(page.get_by_role("link", name="Log one by hand")).to_be_visible()
    page.goto("/sessions/new?spot=side-of-neck")
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)


def test_the_cautions_stand_above_begin(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person())
    prepare(page, spot="upper-back")
    page.mouse.wheel(0, 10_000)
    expect(page.locator(".cautions li").last).to_be_in_viewport()
    caution = page.locator(".cautions li").last.bounding_box()
    start = page.get_by_role("button", name="Begin").bounding_box()
    assert caution
    assert start
    assert caution["y"] + caution["height"] <= start["y"]


def test_an_answered_question_folds_and_the_next_one_opens(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    prepare(page)
    assert page.get_by_role("radio", checked=True).evaluate_all("all => all.map(r => r.name)") == [
        "side",
        "tool",
    ]
    answer(page, "Pain now", 7)
    expect(page.locator("summary").filter(has_text="Pain now")).to_contain_text("7")
    expect(page.locator("#pain-before")).to_be_hidden()
    expect(page.locator("#tenderness-before")).to_be_visible()


def test_an_answer_can_be_taken_back(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person())
    prepare(page)
    answer(page, "Pain now", 7)
    page.locator("summary").filter(has_text="Pain now").click()
    page.locator("#pain-before").get_by_role("radio", name="Clear").click()
    assert page.evaluate('new FormData(document.querySelector("form")).get("pain_before")') == ""


def test_behind_the_guide_nothing_else_can_be_reached(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    begin(page, spot=SPOT)
    seen = set()
    for _key in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.closest('sweet-guide') !== null"))
    assert True in seen
    assert page.evaluate("document.querySelector('sweet-prepare').inert")
