"""Flight mode: open the app, start a spot, be guided, answer; it is sent when back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    OFFLINE,
    SLOWEST_MS,
    SPOT,
    Complaints,
    Site,
    answer,
    let_pass,
    tap,
)
from tests.browser.in_the_guide import expect_status, saved_by_now, wait_until
from tests.browser.offline import installed, ready_for_offline
from tracker.accounts.models import User

SHIN = "/sessions/new?spot=outer-shin&side=left"


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def page(phone: Callable[..., Page], person: User, complaints: Complaints) -> Page:
    complaints.expected.append(OFFLINE)
    return phone(person, service_workers="allow")


def asked_on_the_phone(page: Page) -> None:
    """Wait for the questions of After as the shell asks them; the worker may have to wake up."""
    expect(page.locator("sweet-shell [data-view=after]")).to_be_visible(timeout=SLOWEST_MS)


def test_a_whole_session_from_a_cold_start(page: Page, site: Site, person: User) -> None:
    site.works_on(person)
    ready_for_offline(page)
    page.clock.install()
    page.goto("/")
    expect(page.get_by_role("heading", name="Top of the buttock, left")).to_be_visible()
    expect(page.get_by_text("To try")).to_be_visible()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Start")
    expect(
        page.get_by_text("Stays at Light.").or_(page.get_by_text("Opens at Touch"))
    ).to_be_visible()
    answer(page, "Pain now", 6)
    tap(page, "Begin")
    expect_status(page, "running")
    let_pass(page, 140)
    asked_on_the_phone(page)
    answer(page, "Pain now, in this area", 3)
    page.get_by_label("Note").fill("On the bathroom floor.")
    tap(page, "Save")
    expect(page.get_by_role("heading", name="Kept on this phone")).to_be_visible()
    expect(page.get_by_text("6 before, 3 after")).to_be_visible()
    assert site.sessions_of(person) == []
    page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("Resting").first).to_be_visible()
    (massage,) = site.sessions_of(person)
    assert (massage.pain_before, massage.pain_after) == (6, 3)
    assert massage.completed
    page.goto(f"/sessions/{massage.id}")
    expect(page.locator(".note")).to_have_text("On the bathroom floor.")


def test_after_an_offline_session_the_same_side_rests(page: Page, site: Site, person: User) -> None:
    site.works_on(person)
    site.works_on(person, "foot-arch", position=1)
    ready_for_offline(page)
    page.clock.install()
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Begin")
    expect_status(page, "running")
    let_pass(page, 140)
    asked_on_the_phone(page)
    tap(page, "Save")
    expect(page.get_by_role("heading", name="Kept on this phone")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="Arch of the foot, left")).to_be_visible()
    expect(page.get_by_text("A session waits on this phone.")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="Top of the buttock, left")
    expect(row).to_contain_text("Once a day on each side is enough.")
    row.get_by_role("link").click()
    expect(page.get_by_text("Once a day on each side is enough.")).to_be_visible()
    expect(page.get_by_role("link", name="Start")).to_be_hidden()


def test_a_session_that_was_just_sent_counts_too(page: Page, site: Site, person: User) -> None:
    site.works_on(person)
    installed(page)
    expect(page.locator("sweet-kept[data-kept]")).to_be_attached()
    page.clock.install()
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Begin")
    expect_status(page, "running")
    let_pass(page, 140)
    expect(page.get_by_role("heading", name="And now?")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_text("Once a day on each side is enough.")).to_be_visible()


def test_a_network_that_goes_during_a_session_loses_nothing(
    page: Page, site: Site, person: User
) -> None:
    site.works_on(person)
    installed(page)
    page.clock.install()
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Begin")
    expect_status(page, "running")
    page.context.set_offline(True)
    let_pass(page, 140)
    asked_on_the_phone(page)


def test_a_session_left_in_the_middle_can_be_resumed(page: Page, site: Site, person: User) -> None:
    site.works_on(person)
    ready_for_offline(page)
    page.clock.install()
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))
    tap(page, "Begin")
    expect_status(page, "running")
    let_pass(page, 30)
    saved_by_now(page)
    page.goto("/")
    tap(page, "Resume")
    expect_status(page, "away")
    tap(page, "End here")
    asked_on_the_phone(page)


def test_a_gate_of_every_session_is_asked_without_network_too(
    page: Page, site: Site, person: User
) -> None:
    site.works_on(person, "outer-shin")
    ready_for_offline(page)
    page.goto(SHIN)
    expect(page.get_by_role("heading", name="Is any of this so?")).to_be_visible()
    tap(page, "None of these")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    page.goto(SHIN)
    expect(page.get_by_role("button", name="Begin")).to_be_visible()  # it counts for this session


def test_a_warning_sign_without_network_closes_the_spot_here_and_on_the_server(
    page: Page, site: Site, person: User
) -> None:
    site.works_on(person, "outer-shin")
    ready_for_offline(page)
    page.goto(SHIN)
    page.get_by_label("One calf or thigh swollen").check()
    tap(page, "Go on with these")
    expect(page.get_by_role("heading", name="Not now")).to_be_visible()
    expect(page.get_by_text("Get medical advice today.")).to_be_visible()
    page.goto(SHIN)
    expect(page.get_by_text("Get medical advice today.").filter(visible=True)).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    page.goto("/")
    expect(page.get_by_text("What you answered waits on this phone.")).to_be_visible()
    with page.expect_response("**/api/answers/*"):  # else Today may be asked for before it is there
        page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("Closed").first).to_be_visible()
    page.goto(SHIN)
    expect(page.get_by_text("Get medical advice today.").first).to_be_visible()


def test_whom_to_call_stands_in_an_emergency_without_network(
    phone: Callable[..., Page], site: Site, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    person = site.person(emergency_call="0171 2345")
    for spot in ("chest-front", SPOT):
        site.works_on(person, spot)
    page = phone(person, service_workers="allow")
    ready_for_offline(page)
    whom = page.get_by_role("link", name="0171 2345").filter(visible=True)
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.get_by_role("button", name="Begin").click()
    expect_status(page, "running")
    expect(whom).to_have_count(0)
    tap(page, "Stop")
    tap(page, "Dizzy")
    expect(whom).to_have_attribute("href", "tel:01712345")
    page.goto("/sessions/new?spot=chest-front&side=left")
    page.get_by_label("brought on by effort").check()
    tap(page, "Go on with these")
    expect(page.get_by_text("Call your local emergency number").first).to_be_visible()
    expect(whom).to_have_attribute("href", "tel:01712345")


def test_what_only_asks_for_care_caps_the_plan(page: Page, site: Site, person: User) -> None:
    site.works_on(person, "outer-shin")
    ready_for_offline(page)
    page.goto(SHIN)
    page.get_by_label("Long travel in the last six weeks").check()
    tap(page, "Go on with these")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    expect(page.get_by_text("Stop for swelling, warmth or throbbing in one leg.")).to_be_visible()


def test_all_that_is_due_is_asked_without_network_and_not_again_with_one(
    phone: Callable[..., Page], site: Site, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    person = site.person(answered=False)
    site.works_on(person)
    page = phone(person, service_workers="allow")
    ready_for_offline(page)
    page.goto("/")
    tap(page, "Start")
    expect(page.get_by_text("To be careful with")).to_be_visible()
    tap(page, "None of these")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    page.context.set_offline(False)
    with page.expect_response("**/api/answers/*"):
        page.goto("/")
    other = page.context.new_page()  # this one loads itself again, with what was sent
    other.goto(f"/sessions/new?spot={SPOT}&side=left")
    expect(other.get_by_role("button", name="Begin")).to_be_visible()


def test_an_answer_that_another_page_sent_meanwhile_makes_today_anew_once(
    page: Page, site: Site, person: User
) -> None:
    site.works_on(person)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    form = page.locator("form.rating").get_attribute("action")
    keep = "(sent) => localStorage.setItem('sweetspot.sent', JSON.stringify(sent))"
    for sent, anew in (([form.replace("left", "right")], False), ([form], True), ([], False)):
        page.evaluate("window.same = true")
        page.evaluate(keep, sent)
        page.evaluate("dispatchEvent(new Event('online'))")
        wait_until(page, "localStorage.getItem('sweetspot.sent') === null")
        if anew:
            wait_until(page, "!window.same")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("!window.same") is anew


def test_the_day_is_answered_without_network_and_sent_later(
    page: Page, site: Site, person: User
) -> None:
    site.works_on(person)
    ready_for_offline(page)
    page.goto("/")
    expect(page.get_by_role("heading", name="Buttock, left", exact=True)).to_be_visible()
    tap(page, "4")
    expect(page.get_by_role("heading", name="Buttock, left", exact=True)).to_be_hidden()
    expect(page.get_by_text("What you answered waits on this phone.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("What you answered waits on this phone.")).to_be_visible()
    expect(page.get_by_role("heading", name="Buttock, left", exact=True)).to_be_hidden()
    page.context.set_offline(False)
    page.goto("/")
    expect(page.locator(".daily__said")).to_contain_text("Buttock, left 4")


def test_of_two_quick_taps_the_last_stands(page: Page, site: Site, person: User) -> None:
    site.works_on(person)
    ready_for_offline(page)
    page.goto("/")
    expect(page.get_by_role("heading", name="Buttock, left", exact=True)).to_be_visible()
    page.locator("[data-part=daily-form]").evaluate(
        "form => { for (const n of [4, 6]) form.querySelector(`[value='${n}']`).click(); }"
    )
    expect(page.get_by_text("What you answered waits on this phone.")).to_be_visible()
    expect(page.get_by_role("heading", name="Buttock, left", exact=True)).to_be_hidden()
    page.context.set_offline(False)
    page.goto("/")
    expect(page.locator(".daily__said")).to_contain_text("Buttock, left 6")


def test_an_answer_that_does_not_stand_is_told(
    page: Page, phone: Callable[..., Page], site: Site, person: User
) -> None:
    site.works_on(person)
    ready_for_offline(page)
    page.goto("/")
    tap(page, "4")
    expect(page.get_by_text("What you answered waits on this phone.")).to_be_visible()
    other = phone(person)
    other.goto("/")
    tap(other, "7")
    expect(other.locator(".daily__said")).to_contain_text("Buttock, left 7")
    page.context.set_offline(False)
    page.goto("/")
    expect(page.locator(".daily__said")).to_contain_text("Buttock, left 7")
    expect(page.get_by_text("1 entry was changed elsewhere, too.")).to_be_visible()
    tap(page, "Look at it")
    expect(page.get_by_text("A later answer for that day stands.")).to_be_visible()


def test_where_it_went_numb_a_yes_is_asked_without_network(
    page: Page, site: Site, person: User
) -> None:
    site.works_on(person)
    site.session(person, 5, ended_by="nerve", nerve_events=1, entry="guided")
    ready_for_offline(page)
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    page.get_by_role("radio", name="No", exact=True).check()
    expect(page.get_by_text("fully normal").filter(visible=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    page.get_by_role("radio", name="Yes").check()
    expect(page.get_by_role("button", name="Begin")).to_be_enabled()


def test_the_shell_speaks_the_language_of_the_person(
    phone: Callable[..., Page], site: Site, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    person = site.person(locale="de")
    site.works_on(person)
    page = phone(person, service_workers="allow")  # whose browser speaks English
    ready_for_offline(page)
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    page.wait_for_url("**/offline/de?spot=*")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("button", name="Los")).to_be_visible()


def test_a_phone_that_keeps_nothing_says_what_to_do(
    phone: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    page = phone(service_workers="allow")
    installed(page, "/login")
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    expect(page.get_by_text("Open Sweetspot once with a network")).to_be_visible()
