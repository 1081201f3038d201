"""In the guide: with the hands busy and the eyes away, and when something gets in between."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import (
    OFFLINE,
    Complaints,
    Site,
    begin,
    let_pass,
    prepare,
    tap,
)
from tests.browser.in_the_guide import (
    expect_left,
    expect_level,
    expect_status,
    part,
)
from tracker.accounts.models import User

WHOLE_S = 130
CUT_OFF = "net::ERR_FAILED"


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def guide(phone: Callable[..., Page], person: User) -> Page:
    """A phone with the guide running at Touch, its clock standing still."""
    page = phone(person)
    begin(page)
    expect_level(page, "1 Touch")
    return page


def kept(site: Site, person: User, page: Page) -> Any:
    """The one session that was kept, once the phone has moved on to After."""
    page.wait_for_url("**/after")
    (massage,) = site.sessions_of(person)
    return massage


@pytest.mark.parametrize("screen", [(412, 839), (320, 568), (740, 360), (1280, 800)])
def test_the_whole_ring_area_eases_off(guide: Page, screen: tuple[int, int]) -> None:
    width, height = screen
    guide.set_viewport_size({"width": width, "height": height})
    stage = guide.locator(".guide__stage").bounding_box()
    assert stage
    right, foot = stage["width"] - 2, stage["height"] - 2
    for x, y in [
        (2, 2),
        (right, 2),
        (right / 2, foot / 2),
        (2, foot / 2),
        (2, foot),
        (right, foot),
    ]:
        guide.mouse.click(x, y)
        expect_level(guide, "0 Let go")
        tap(guide, "Undo")
        expect_level(guide, "1 Touch")


def expect_all_in_view(page: Page, *asked: str) -> None:
    for key in (
        "Sharp or hot",
        "Numb, tingling or shooting",
        "Pulsing",
        "Pause",
        "Dim",
        "Stop",
        *asked,
    ):
        expect(page.get_by_role("button", name=key)).to_be_in_viewport(ratio=1)


def test_a_lean_that_makes_no_click_eases_off_once(guide: Page) -> None:
    let_pass(guide, 25)
    expect_level(guide, "2 Light")
    ring = guide.locator(".guide__ring").bounding_box()
    assert ring
    guide.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    guide.mouse.down()
    expect_level(guide, "1 Touch")
    guide.mouse.up()
    let_pass(guide, 1)
    expect_level(guide, "1 Touch")


@pytest.mark.parametrize("screen", [(320, 568), (360, 640), (740, 360)])
def test_on_a_small_phone_no_key_has_to_be_scrolled_to(
    guide: Page, screen: tuple[int, int]
) -> None:
    guide.set_viewport_size({"width": screen[0], "height": screen[1]})
    let_pass(guide, 25)
    for name in ("Tap to ease off", "Sharp or hot"):
        tap(guide, name)
        expect_all_in_view(guide)
    let_pass(guide, 10 + 35)  # the end of the first hold
    expect_all_in_view(guide, "Easier", "Good ache")
    tap(guide, "Stop")
    for key in guide.get_by_role("dialog").get_by_role("button").all():
        expect(key).to_be_in_viewport(ratio=1)


def test_a_pause_stops_the_count(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, 5)
    tap(guide, "Pause")
    let_pass(guide, 60)
    expect_left(guide, 15)
    tap(guide, "Go on")
    let_pass(guide, 5)
    expect_left(guide, 10)
    let_pass(guide, WHOLE_S - 10)
    assert kept(site, person, guide).level_1_s == 70


@pytest.mark.parametrize(
    ("choice", "ended_by", "advice"),
    [
        ("Done", "user", None),
        ("Too much", "discomfort", "Too much is a good reason to stop."),
        ("Pulsing", "pulse", "do not press there"),
    ],
)
def test_stop_asks_why_and_keeps_the_answer(
    guide: Page, site: Site, person: User, choice: str, ended_by: str, advice: str | None
) -> None:
    let_pass(guide, 5)
    tap(guide, "Stop")
    guide.get_by_role("dialog").get_by_role("button", name=choice).click()
    massage = kept(site, person, guide)
    assert massage.ended_by == ended_by
    assert not massage.completed
    assert massage.level_1_s == 5
    if advice:
        expect(guide.get_by_role("alert")).to_contain_text(advice)
    else:
        expect(guide.get_by_role("alert")).to_have_count(0)


def test_dizzy_shows_what_to_do_now_before_anything_else(
    guide: Page, site: Site, person: User
) -> None:
    tap(guide, "Stop")
    guide.get_by_role("button", name="Dizzy, weak, chest pressure, breathless").click()
    help_now = guide.get_by_role("dialog", name="Call your local emergency number now.")
    expect(help_now).to_contain_text("this needs help, not massage")
    expect(help_now).to_contain_text("Sit or lie down. Do not drive yourself.")
    help_now.get_by_role("button", name="End here").click()
    assert kept(site, person, guide).ended_by == "emergency"


@pytest.mark.parametrize("close", ["Go on", "Escape"])
def test_going_on_from_the_stop_sheet_loses_nothing(guide: Page, close: str) -> None:
    let_pass(guide, 5)
    tap(guide, "Stop")
    let_pass(guide, 30)
    if close == "Escape":
        guide.keyboard.press("Escape")
    else:
        guide.get_by_role("dialog").get_by_role("button", name=close).click()
    expect_status(guide, "running")
    expect_left(guide, 15)


def test_who_had_paused_is_still_paused_after_looking_at_the_stop_sheet(guide: Page) -> None:
    let_pass(guide, 5)
    tap(guide, "Pause")
    tap(guide, "Stop")
    guide.keyboard.press("Escape")
    expect(guide.get_by_role("dialog")).to_be_hidden()
    expect_status(guide, "paused")
    tap(guide, "Stop")
    guide.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect_status(guide, "running")


def test_stopping_while_getting_ready_keeps_nothing(phone: Callable[..., Page], site: Site) -> None:
    person = site.person(get_ready_s=15)
    page = phone(person)
    begin(page)
    let_pass(page, 5)
    expect_left(page, "10")
    tap(page, "Stop")
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert site.sessions_of(person) == []


def test_dizzy_while_getting_ready_still_shows_what_to_do_now(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person(get_ready_s=15)
    page = phone(person)
    begin(page)
    tap(page, "Stop")
    page.get_by_role("button", name="Dizzy, weak, chest pressure, breathless").click()
    help_now = page.get_by_role("dialog", name="Call your local emergency number now.")
    expect(help_now).to_be_visible()
    help_now.get_by_role("button", name="End here").click()
    expect(page).to_have_url(f"{site.url}/")
    assert site.sessions_of(person) == []


def test_getting_ready_can_be_skipped(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person(get_ready_s=300))
    begin(page)
    expect_left(page, "5:00")
    tap(page, "Start now")
    expect_status(page, "running")
    expect_left(page, 20)


@pytest.fixture
def slept(guide: Page) -> Page:
    """The phone was asleep for 90 seconds, 5 seconds into the first phase."""
    let_pass(guide, 5)
    guide.clock.fast_forward(90_000)
    expect(part(guide, "away-title")).to_have_text("You were away for 1 min 30 s.")
    expect(part(guide, "away-text")).to_contain_text("with 15 s to go")
    return guide


def test_time_asleep_is_told_and_not_counted(slept: Page, site: Site, person: User) -> None:
    tap(slept, "Go on")
    expect_left(slept, 15)
    let_pass(slept, WHOLE_S - 5)
    assert kept(site, person, slept).level_1_s == 70


def test_after_a_sleep_the_hold_can_be_done_again(slept: Page, site: Site, person: User) -> None:
    tap(slept, "Redo this hold")
    expect_left(slept, 20)
    let_pass(slept, WHOLE_S)
    massage = kept(site, person, slept)
    assert (massage.level_1_s, massage.completed) == (75, True)


def test_after_a_sleep_it_can_end_there(slept: Page, site: Site, person: User) -> None:
    tap(slept, "End here")
    massage = kept(site, person, slept)
    assert (massage.ended_by, massage.level_1_s, massage.completed) == ("away", 5, False)


@pytest.mark.parametrize("hours", [3, -1])
def test_a_clock_that_is_set_anew_changes_no_counted_time(
    guide: Page, site: Site, person: User, hours: int
) -> None:
    let_pass(guide, 5)
    guide.clock.set_system_time(guide.evaluate("Date.now() / 1000") + hours * 3600)
    let_pass(guide, 5)
    expect_status(guide, "running")
    expect_left(guide, 10)
    let_pass(guide, WHOLE_S - 10)
    massage = kept(site, person, guide)
    assert (massage.level_1_s, massage.level_2_s, massage.completed) == (70, 40, True)


def test_begin_asks_for_no_answer_and_blanks_stay_blank(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, WHOLE_S)
    guide.wait_for_url("**/after")
    tap(guide, "Save")
    expect(guide.locator(".duo dd")).to_have_text(["No answer", "No answer"])
    (massage,) = site.sessions_of(person)
    answers = ("pain_before", "pain_after", "tenderness_before", "tenderness_after", "quality")
    assert {getattr(massage, name) for name in answers} == {None}


def test_answers_given_in_prepare_are_kept(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    page = phone(person)
    prepare(page, side="right")
    page.locator("#pain-before").get_by_role("radio", name="0", exact=True).click()
    tap(page, "Begin")
    let_pass(page, WHOLE_S)
    massage = kept(site, person, page)
    assert (massage.side, massage.pain_before, massage.tenderness_before) == ("right", 0, None)


def test_without_a_network_the_session_stays_on_the_phone_until_there_is_one(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("Your session is kept on this phone.")
    tap(guide, "Try again")
    expect(guide.locator("sweet-guide")).to_contain_text("Your session is kept on this phone.")
    assert site.sessions_of(person) == []

    guide.context.set_offline(False)  # the open page tries again by itself
    assert kept(site, person, guide).ended_by == "finished"


def test_today_sends_what_a_closed_guide_left_on_the_phone(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("Your session is kept on this phone.")
    later = guide.context.new_page()
    guide.close()
    guide.context.set_offline(False)
    later.goto("/")
    expect(later.get_by_role("heading", name="Top of the buttock")).to_be_visible()
    expect(later.get_by_text("is on this phone only.")).to_be_hidden()
    assert [massage.ended_by for massage in site.sessions_of(person)] == ["finished"]


def test_a_lost_answer_makes_no_second_session(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(CUT_OFF)
    sent: list[str] = []

    def lose_the_first(route: Route) -> None:
        sent.append(route.request.url)
        if len(sent) > 1:
            return route.fallback()
        route.fetch()
        return route.abort()

    guide.route("**/api/sessions/*", lose_the_first)
    let_pass(guide, WHOLE_S)
    assert kept(site, person, guide).completed
    assert len(sent) == 2
    assert sent[0] == sent[1]


def test_signed_out_meanwhile_it_is_sent_after_signing_in(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append("401")
    guide.context.clear_cookies()
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("Sign in again and it will be sent.")
    guide.context.add_cookies([site.cookie(person)])
    guide.clock.resume()
    guide.goto("/")
    expect(guide.get_by_role("heading", name="Top of the buttock")).to_be_visible()
    assert len(site.sessions_of(person)) == 1


def test_somebody_elses_unsent_session_is_neither_shown_nor_sent(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected += [OFFLINE, "403"]
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("Your session is kept on this phone.")
    guide.context.clear_cookies()
    somebody = site.person()
    guide.context.add_cookies([site.cookie(somebody)])
    with guide.expect_response("**/api/sessions/*") as answer:
        guide.context.set_offline(False)  # the open page tries again by itself
    assert answer.value.status == 403
    guide.clock.resume()
    with guide.expect_response("**/sweet-unsent.js"):
        guide.goto("/")
    expect(guide.get_by_role("heading", level=1)).to_have_text("Where does it hurt?")
    expect(guide.get_by_text("is on this phone only.")).to_be_hidden()
    assert site.sessions_of(somebody) == site.sessions_of(person) == []
