"""A phone: Chromium, the app on a free port, and people with their sessions in it."""

import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import Select, insert
from uuid_utils.compat import uuid7
from waitress import wasyncore
from waitress.server import create_server

from tests.browser.chromium import FLAGS, browser_path, install_browser, shell_path
from tests.conftest import does_not_wait_for_the_disk, kept, make_app, new_person, sign_in
from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.sessions.models import MassageSession
from tracker.spots.models import OwnSpot, TrackedSpot

NO_BROWSER = "The browser tests need Chromium: apt-get install chromium"
SLOWEST_MS = 10_000
SPOT = "top-of-buttock"
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
COUNT_TAPS = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1;
}, { capture: true });"""
numbers = count()


class Chromium:
    """Browsers, each started when it is asked for first."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        device = playwright.devices["Pixel 7"]
        self.phone = {key: value for key, value in device.items() if key != "default_browser_type"}

    @cached_property
    def shell(self) -> Browser:
        """For pages alone."""
        return self._started(shell_path())

    @cached_property
    def whole(self) -> Browser:
        """With all that service workers and notifications need."""
        return self._started(browser_path())

    def _started(self, path: str | None) -> Browser:
        return self._playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    if not browser_path():
        install_browser()
    with sync_playwright() as playwright:
        found = Chromium(playwright)
        try:
            started = [found.shell]
        except PlaywrightError:
            if "PYTEST_XDIST_WORKER" in os.environ:  # an exit there would drown in a traceback
                pytest.fail(NO_BROWSER, pytrace=False)
            pytest.exit(NO_BROWSER, returncode=1)
        yield found
        if "whole" in vars(found):
            started.append(found.whole)
        for browser in started:
            browser.close()


@dataclass(frozen=True)
class Site:
    """The app as it is served, and what a test needs of its database."""

    app: Flask
    url: str

    def person(self, **columns: Any) -> User:
        """Somebody without a wait to get ready; `answered=False`: to be asked about safety."""
        email = f"person{next(numbers)}@example.org"
        return new_person(self.app, email, **{"get_ready_s": 0} | columns)

    def cookie(self, person: User) -> dict[str, str]:
        """The cookie of somebody who is signed in."""
        cookie = sign_in(self.app, person).get_cookie("session")
        assert cookie
        return {"name": "session", "value": cookie.value, "url": self.url}

    def works_on(self, person: User, spot: str = SPOT, side: str = "left", **columns: Any) -> None:
        since = datetime.now(UTC) - timedelta(weeks=13)
        who = {"user_id": person.id, "spot_id": spot, "side": side, "since": since}
        kept(self.app, TrackedSpot(**who | columns))

    def own_spot(self, person: User, region: str = "shin") -> OwnSpot:
        return kept(
            self.app,
            OwnSpot(
                user_id=person.id,
                id=uuid7(),
                name="The knot behind my knee",
                region=region,
                felt_in=[],
                notes="",
                created_at=datetime.now(UTC),
            ),
        )

    def session(
        self, person: User, days_ago: float, spot: str = SPOT, side: str = "left", **columns: Any
    ) -> MassageSession:
        """One that the guide ran to its end, unless columns say otherwise."""
        return kept(
            self.app, MassageSession(**self._values(person, days_ago, spot, side, **columns))
        )

    def _values(
        self, person: User, days_ago: float, spot: str = SPOT, side: str = "left", **columns: Any
    ) -> dict[str, Any]:
        started = datetime.now(UTC) - timedelta(days=days_ago)
        values: dict[str, Any] = {
            "user_id": person.id,
            "id": uuid7(),
            "spot_id": spot,
            "side": side,
            "entry": "guided",
            "started_at": started,
            "ended_at": started + timedelta(minutes=3),
            "time_zone": person.time_zone,
            "local_date": started.astimezone(ZoneInfo(person.time_zone)).date(),
            "received_at": started,
            "protocol": "gentle",
            "protocol_version": "1",
            "tool": "fingertips",
            "start_level": 1,
            "target_level": 2,
            "peak_level": 2,
            "stayed_level": 2,
            "finished_holds": 2,
            "planned_s": 130,
            "level_1_s": 70,
            "level_2_s": 40,
            "level_3_s": 0,
            "level_4_s": 0,
            "completed": True,
            "ended_by": "finished",
            "sharp_events": 0,
            "nerve_events": 0,
            "too_much_events": 0,
            "pain_before": 6,
            "pain_after": 4,
            "tenderness_before": 5,
            "tenderness_after": 4,
            "felt_in": [],
            "note": "",
        }
        return values | columns

    def years(self, person: User, weeks: int) -> None:
        """Two sessions a week over many weeks at one spot, no two weeks alike."""
        chance = random.Random(weeks)
        ratings = ("pain_before", "pain_after", "tenderness_before")
        rows = [
            self._values(
                person,
                7 * weeks - 3.5 * number,
                **{name: chance.randint(0, 10) for name in ratings},
                level_1_s=chance.randint(30, 90),
                level_2_s=chance.randint(0, 60),
                stayed_level=chance.randint(1, 3),
            )
            for number in range(2 * weeks)
        ]
        with self.app.app_context():
            db.session.add_all(MassageSession(**row) for row in rows)
            db.session.commit()

    def rated(self, person: User, days: int, region: str = "low_back", side: str = "left") -> None:
        """The day's question answered on four of five days, the last of them today."""
        now, chance = datetime.now(UTC), random.Random(days)
        today = now.astimezone(ZoneInfo(person.time_zone)).date()
        same = {"user_id": person.id, "region": region, "side": side, "answered_at": now}
        rows = [
            {"id": uuid7(), "local_date": today - timedelta(days=ago), "time_zone": "UTC"}
            | {"pain_24h": chance.randint(2, 8)}
            | same
            for ago in range(days)
            if ago % 5 != 4
        ]
        with self.app.app_context():
            db.session.execute(insert(DailyRating), rows)
            db.session.commit()

    def twelve_weeks(self, person: User) -> MassageSession:
        """Sessions over twelve weeks at four spots, two and a half days apart; the newest."""
        for number, spot in enumerate((SPOT, "side-hip", "upper-back", "foot-arch")):
            self.works_on(person, spot)
            for week in range(12):
                ago = 7 * week + 3 + number / 2
                pain = 4 + (week + number) % 5
                ratings = {"pain_before": pain, "pain_after": max(0, pain - 2)}
                newest = self.session(person, ago, spot, **ratings, note="Warm afterwards.")
        return newest

    def rows(self, query: Select[Any]) -> list[Any]:
        with self.app.app_context():
            found = list(db.session.scalars(query))
            db.session.expunge_all()
        return found

    def sessions_of(self, person: User) -> list[MassageSession]:
        mine = Select(MassageSession).where(MassageSession.user_id == person.id)
        return self.rows(mine.order_by(MassageSession.received_at))


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A server of its own with an empty database in this folder."""
    app = does_not_wait_for_the_disk(make_app(f"sqlite:///{folder}/test.db", folder))
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=True)
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.effective_port}")
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))
    thread.join()
    server.task_dispatcher.shutdown()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("site")) as found:
        yield found


class Complaints:
    """What the browser had to say, apart from what a test says it will."""

    def __init__(self) -> None:
        self.expected = ["Service Worker registration blocked by Playwright"]
        self.said: list[str] = []

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.text} ({message.location.get('url')})")

    def unexpected(self) -> list[str]:
        return [text for text in self.said if not any(word in text for word in self.expected)]


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def phone(chromium: Chromium, site: Site, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """A function that gives a phone with nothing in its cache, in the hand of `person`.

    Other keywords are Playwright's, for its context. A service worker comes in only where it is
    asked for (`service_workers="allow"`): it would fetch and keep behind a test's back. Whatever
    a page puts on the console, or a rule of the CSP that it breaks, fails the test.
    """
    contexts: list[BrowserContext] = []

    def take(person: User | None = None, **options: Any) -> Page:
        kind = {**chromium.phone, "base_url": site.url, "locale": "en"}
        kind["service_workers"] = "block"
        workers = options.get("service_workers") == "allow"
        context = (chromium.whole if workers else chromium.shell).new_context(
            **kind | {"device_scale_factor": 1, "reduced_motion": "reduce"} | options
        )
        contexts.append(context)
        context.set_default_timeout(SLOWEST_MS)
        if person:
            context.add_cookies([site.cookie(person)])
        page = context.new_page()
        complaints.listen(page)
        return page

    yield take
    for context in contexts:
        context.close()
    assert complaints.unexpected() == []


def prepare(page: Page, spot: str = SPOT, side: str = "left") -> None:
    """Open Prepare with a clock that stands still until `let_pass`."""
    page.clock.install()
    page.goto(f"/sessions/new?spot={spot}&side={side}")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 3"))


def begin(page: Page, **where: str) -> None:
    """Be in the guide, in its first phase."""
    prepare(page, **where)
    tap(page, "Begin")
    expect(page.locator("sweet-guide")).to_be_visible()


def tap(page: Page, name: str) -> None:
    """Tap the button or link that begins with these words and can be seen."""
    starts = page.locator("button, a").filter(visible=True)
    starts.filter(has_text=name).first.click()


def let_pass(page: Page, seconds: float) -> None:
    page.clock.run_for(round(seconds * 1000))


def answer(page: Page, question: str, number: int) -> None:
    group = page.get_by_role("group", name=question)
    group.get_by_role("radio", name=str(number), exact=True).click()
