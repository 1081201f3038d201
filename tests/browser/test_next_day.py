"""The day after: answered on Today with a thumb, and what Prepare makes of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SPOT, Site, let_pass, prepare, tap
from tests.browser.in_the_guide import expect_level
from tracker.accounts.models import User

PLAN = "[data-variant]:not([hidden])"


def well(site: Site, person: User, days_ago: float, **columns: Any) -> None:
    """A session that stayed comfortable, and so did the day after."""
    answered = datetime.now(UTC) - timedelta(days=days_ago - 1)
    good = {"peak_discomfort": 3, "next_day_soreness": 1, "still_sore": False, "bruise": False}
    site.session(person, days_ago, next_day_at=answered, **good | columns)


def ready_for_more(site: Site) -> User:
    person = site.person()
    for days_ago in (3, 6, 9):
        well(site, person, days_ago)
    return person


def test_the_questions_are_folded_below_start_and_answered_in_four_taps(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    site.works_on(person)
    site.works_on(person, "foot-arch")
    site.session(person, 1)
    page = phone(person)
    page.goto("/")
    expect(page.get_by_role("radio", name="Yes")).to_have_count(0)
    page.get_by_text("How is it since then?").click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    card = page.locator(".next-day")
    card.get_by_role("radio", name="6", exact=True).click()
    card.get_by_role("group", name="Still sore?").get_by_role("radio", name="No").click()
    tap(page, "Save")
    expect(page.get_by_role("status").filter(has_text="a day more of rest")).to_be_visible()
    expect(card).to_have_count(0)
    (kept,) = site.sessions_of(person)
    assert (kept.next_day_soreness, kept.still_sore, kept.bruise) == (6, False, None)


def test_a_bruise_closes_the_spot_until_it_is_said_to_be_gone(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person()
    long_ago = datetime.now(UTC) - timedelta(days=19)
    site.session(person, 20, next_day_at=long_ago, bruise=True)
    page = phone(person)
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    tap(page, "Is the bruise gone?")
    gone = page.get_by_role("group", name="Is the bruise gone?")
    gone.get_by_role("radio", name="Yes").click()
    tap(page, "Save")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    expect(page.get_by_role("button", name="Begin")).to_be_enabled()


def test_a_firmer_level_is_one_tap_and_staying_needs_none(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(ready_for_more(site))
    prepare(page)
    expect(page.get_by_role("radio", name="Stay at Light")).to_be_checked()
    expect(page.locator(PLAN)).to_contain_text("Opens at Touch, up to Light.")
    page.get_by_role("radio", name="Up to Medium").click()
    expect(page.locator(PLAN)).to_contain_text("Opens at Touch, up to Medium.")
    expect(page.locator(PLAN)).to_contain_text("Your choice: one level more")
    tap(page, "Begin")
    let_pass(page, 145)
    expect(page.locator(".guide__level")).to_contain_text("Medium")


def test_whoever_says_nothing_stays_where_they_are(phone: Callable[..., Page], site: Site) -> None:
    page = phone(ready_for_more(site))
    prepare(page)
    tap(page, "Begin")
    let_pass(page, 145)
    expect_level(page, "2 Light")


def test_the_offer_goes_with_the_side_and_the_tool_it_was_made_for(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(ready_for_more(site))
    prepare(page)
    page.get_by_role("radio", name="Up to Medium").click()
    page.get_by_role("radio", name="Firm ball, wall").click()
    expect(page.get_by_role("radio", name="Up to Medium")).to_be_hidden()
    expect(page.locator(PLAN)).to_contain_text("A firmer tool than last time")
    page.get_by_role("radio", name="Fingertips").click()
    page.get_by_role("radio", name="Right").click()
    expect(page.get_by_role("radio", name="Up to Medium")).to_be_hidden()
    expect(page.locator(PLAN)).to_contain_text("The first two sessions at a spot are gentle")


def test_against_a_soft_limit_begin_says_what_it_is(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.session(person, 1.5)
    page = phone(person)
    prepare(page)
    expect(page.get_by_role("note")).to_contain_text("Two days between sessions")
    expect(page.get_by_role("button", name="Start anyway")).to_be_enabled()
    page.get_by_role("radio", name="Right").click()
    expect(page.get_by_role("button", name="Begin")).to_be_enabled()
    expect(page.get_by_role("button", name="Start anyway")).to_have_count(0)
    page.get_by_role("radio", name="Left").click()
    tap(page, "Start anyway")
    expect(page.locator("sweet-guide")).to_be_visible()


@pytest.mark.parametrize("word", ["No", "Yes"])
def test_where_it_went_numb_begin_waits_for_a_yes(
    phone: Callable[..., Page], site: Site, word: str
) -> None:
    person = site.person()
    site.session(person, 4, nerve_events=1, ended_by="nerve")
    page = phone(person)
    prepare(page)
    begin = page.get_by_role("button", name="Begin")
    note = page.get_by_text("Wait until it feels fully normal again.")
    expect(begin).to_be_disabled()
    expect(note).to_be_hidden()
    normal = page.get_by_role("group", name="Does it feel fully normal again?")
    normal.get_by_role("radio", name=word).click()
    if word == "Yes":
        expect(begin).to_be_enabled()
        expect(note).to_be_hidden()
    else:
        expect(begin).to_be_disabled()
        expect(note).to_be_visible()
    page.get_by_role("radio", name="Right").click()
    expect(begin).to_be_enabled()


def test_after_pain_rose_every_spot_waits_until_tomorrow(
    phone: Callable[..., Page], site: Site
) -> None:
    person = site.person(time_zone="UTC")
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    ago = (datetime.now(UTC) - midnight) / timedelta(days=1) / 2
    site.session(person, ago, pain_before=3, pain_after=6)
    page = phone(person)
    page.goto("/sessions/new?spot=foot-arch&side=left")
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    expect(page.locator(PLAN)).to_contain_text("Pain rose over a session today")


def test_why_opens_and_names_who_says_so(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person())
    page.goto(f"/sessions/new?spot={SPOT}&side=left")
    said = page.get_by_text("From the article: start gently and build slowly.").first
    expect(said).to_be_hidden()
    page.locator(PLAN).get_by_text("Why", exact=True).click()
    expect(said).to_be_visible()
