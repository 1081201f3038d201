"""A fair test on the phone, from the page that explains it to its verdict."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.browser.conftest import SPOT, Complaints, Site, tap
from tests.conftest import kept
from tracker import clock
from tracker.accounts.models import User
from tracker.days.models import DailyRating
from tracker.progress.models import Trial
from tracker.progress.plans import PlannedDay
from tracker.progress.trials import plan_of

PAIN = {True: 2, False: 6}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[date, User], None]:
    """Let it be nine in the evening of a day for the server."""

    def move(day: date, person: User) -> None:
        moment = datetime.combine(day, time(21), ZoneInfo(person.time_zone)).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


def begin(page: Page) -> None:
    page.goto("/progress/")
    tap(page, "Is it doing anything?")
    page.get_by_text("Top of the buttock, left").click()
    tap(page, "Draw the order and begin")
    expect(page.get_by_role("heading", level=1)).to_contain_text("It begins on")


def answer_the_day(page: Page, pain: int) -> None:
    page.get_by_role("button", name=str(pain), exact=True).first.click()
    expect(page.locator(".daily--told")).to_contain_text(f"Buttock, left {pain}")


def log_a_session(page: Page, day: date) -> None:
    page.goto(f"/sessions/add?spot={SPOT}")
    page.get_by_text("Left", exact=True).click()
    page.locator("#day").fill(day.isoformat())
    page.locator("#start").fill("18:00")
    tap(page, "Save")
    expect(page.get_by_text("Your test says each day", exact=False).first).to_be_visible()


def went_on(site: Site, person: User, days: list[PlannedDay]) -> None:
    """The same on these days, as the app keeps it."""
    for day in days:
        moment = datetime.combine(day.on, time(8), UTC)
        rated = {"local_date": day.on, "region": "buttock", "side": "left", "time_zone": "UTC"}
        pain = PAIN[day.with_massage]
        mine = {"user_id": person.id, "id": uuid7(), "pain_24h": pain, "answered_at": moment}
        kept(site.app, DailyRating(**mine | rated))
        if day.massage_due:
            when = {"started_at": moment, "ended_at": moment, "local_date": day.on}
            site.session(person, 0, **when)


def test_a_fair_test_from_start_to_verdict(
    phone: Callable[..., Page], site: Site, at: Callable[[date, User], None]
) -> None:
    person = site.person(learnt_at=datetime.now(UTC))
    site.works_on(person)
    site.session(person, 6)
    page = phone(person)
    begin(page)
    test = site.rows(select(Trial).where(Trial.user_id == person.id))[0]
    drawn = plan_of(test)
    by_hand, by_data = drawn.all_days()[:8], drawn.all_days()[8:]
    for day in by_hand:  # both blocks of the first pair
        at(day.on, person)
        said = "massage today" if day.massage_due else "no massage today"
        page.goto("/")
        expect(page.get_by_text(f"Fair test, day {day.number} of 48: {said}.")).to_be_visible()
        answer_the_day(page, PAIN[day.with_massage])
        if day.massage_due:
            log_a_session(page, day.on)
    went_on(site, person, by_data)
    at(drawn.last + timedelta(days=1), person)
    page.goto("/")
    expect(page.get_by_text("it is over. See what came of it.")).to_be_visible()
    tap(page, "Your test")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your ratings were lower in the blocks with massage."
    )
    expect(page.get_by_text("12 of 12 planned")).to_be_visible()
    tap(page, "Finish")
    page.goto("/")
    expect(page.get_by_text("Fair test")).to_have_count(0)


def test_it_can_be_stopped_at_any_time(phone: Callable[..., Page], site: Site) -> None:
    person = site.person()
    site.works_on(person)
    page = phone(person)
    begin(page)
    page.get_by_text("Stop it early").click()
    page.get_by_text("It did not fit into my days").click()
    tap(page, "Stop the test")
    expect(page.get_by_role("heading", level=1)).to_contain_text("there is no verdict")
    expect(page.get_by_text("It did not fit into my days")).to_be_visible()


def test_what_is_missing_is_said_where_the_page_lands(
    phone: Callable[..., Page], site: Site, complaints: Complaints
) -> None:
    complaints.expected.append("422")
    person = site.person()
    site.works_on(person)
    page = phone(person)
    page.goto("/progress/tests/")
    tap(page, "Draw the order and begin")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the places on your list.")
    begin(page)
    page.get_by_text("Stop it early").click()
    tap(page, "Stop the test")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("Choose a reason, or the last one.")
