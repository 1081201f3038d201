"""On every page, light and dark: axe-core finds nothing, it fits, and a thumb hits what it aims at.

A scene is how to get a person to a page in a certain state.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from uuid_utils.compat import uuid7

from tests.browser.conftest import (
    OFFLINE,
    SLOWEST_MS,
    SPOT,
    Complaints,
    Site,
    begin,
    let_pass,
    prepare,
    tap,
)
from tests.browser.in_the_guide import (
    saved_by_now,
    two_sides,
)
from tests.conftest import kept
from tracker.accounts.models import Device, User
from tracker.progress.models import Trial
from tracker.reminders.models import PushSubscription
from tracker.settings import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the dark only colours differ, so only those are looked at once more.
FIND = """async ({ tags, guide, dark }) => {
  const contrast = ["color-contrast", ...(guide ? ["color-contrast-enhanced"] : [])];
  const { violations } = await axe.run({
    runOnly: dark ? { type: "rule", values: contrast } : { type: "tag", values: tags },
    ...(!dark && { rules: { "color-contrast-enhanced": { enabled: guide } } }),
    resultTypes: ["violations"],
    preload: false, // of style sheets, which only experimental rules read
    iframes: false,
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""
# The target of a radio or a checkbox is its label; a link within a sentence is exempt.
SMALL = """(tall) => {
  const box = (control) => (control.closest("label") ?? control).getBoundingClientRect();
  const words = (element) => element.textContent.trim();
  const inSentence = (link) =>
    getComputedStyle(link).display === "inline" && words(link.parentElement) !== words(link);
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((control) => control.checkVisibility({ visibilityProperty: true }))
    .filter((control) => !control.closest("[inert], [type=hidden]") && !inSentence(control))
    .map((control) => ({ control, width: box(control).width, height: box(control).height }))
    .filter(({ width, height }) => width < 47.99 || height < tall - 0.01)
    .map(({ control, width, height }) => `${width} x ${height} ${control.outerHTML}`);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WHOLE = "document.documentElement.scrollHeight"
TAP, TAP_IN_GUIDE = 48, 88
NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 360, "height": 780}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
SCREENS: dict[str, ViewportSize] = {
    "narrow": NARROW,
    "landscape": {"width": 740, "height": 360},
    "desktop": DESKTOP,
    "phone": PHONE,
}
Scheme = Literal["light", "dark"]
LOOKED_AT: dict[str, tuple[Scheme, ...]] = {"desktop": ("light",), "phone": ("light", "dark")}
NOBODY, UNASKED, NEWCOMER, REGULAR = "nobody", "unasked", "newcomer", "regular"


@dataclass(frozen=True)
class Stage:
    """Where a scene plays."""

    page: Page
    site: Site
    person: User | None
    complaints: Complaints

    def goto(self, path: str) -> None:
        self.page.goto(path)


def at(path: str, *, wrong: str = "") -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.complaints.expected.append(wrong or "never")
        stage.goto(path)

    return play


def refused(path: str, key: str, **typed: str) -> Callable[[Stage], None]:
    """Send a form as it is, or with these fields, and have it come back."""

    def play(stage: Stage) -> None:
        stage.complaints.expected.append("422")
        stage.goto(path)
        for name, text in typed.items():
            stage.page.locator(f"#{name}").fill(text)
        stage.page.get_by_role("main").get_by_role("button", name=key, exact=True).click()
        stage.page.locator(".error, [role=alert]").first.wait_for()

    return play


def own_spot(stage: Stage) -> None:
    assert stage.person
    stage.goto(f"/spots/{stage.site.own_spot(stage.person).id}")


def edit_own_spot(stage: Stage) -> None:
    assert stage.person
    stage.goto(f"/spots/{stage.site.own_spot(stage.person).id}/edit")


def place_own_spot(stage: Stage) -> None:
    assert stage.person
    stage.goto(f"/spots/{stage.site.own_spot(stage.person, 'knee').id}/place")
    stage.page.get_by_role("button", name="Place it on the picture").click()


def some_away(stage: Stage) -> None:
    """One with all that can be set, one paused, one archived."""
    assert stage.person
    now = datetime.now(UTC)
    set_for = {"level_cap": 1, "days_between": 3, "note": "Two fingers above the bone. " * 3}
    stage.site.works_on(stage.person, **set_for)
    stage.site.works_on(stage.person, "foot-arch", paused_at=now)
    stage.site.works_on(stage.person, "side-hip", archived_at=now)
    stage.goto("/spots/yours")
    unfold(stage.page)


def marked(stage: Stage) -> None:
    assert stage.person
    stage.site.works_on(stage.person)
    stage.goto(f"/spots/{SPOT}/sides/left/settings")
    stage.page.get_by_role("button", name="Mark the place").click()
    stage.page.get_by_role("button", name="Save").click()
    stage.goto(f"/spots/{SPOT}/sides/left/settings")
    expect(stage.page.locator(".own-mark")).to_be_visible()


def a_test(
    begun: int, kind: str = "fair", ended_by: str | None = None, then: str = ""
) -> Callable[[Stage], None]:
    """A test that began so many days ago, with a session that ended so, or one of its buttons."""

    def play(stage: Stage) -> None:
        assert stage.person
        stage.site.works_on(stage.person)
        today = datetime.now(UTC).astimezone(ZoneInfo(stage.person.time_zone)).date()
        test = kept(
            stage.site.app,
            Trial(
                user_id=stage.person.id,
                id=uuid7(),
                kind=kind,
                spot_id=SPOT,
                side="left",
                region="buttock",
                starts_on=today - timedelta(days=begun),
                order="10" * 3 if kind == "fair" else "",
                drawn_at=datetime.now(UTC) - timedelta(days=begun + 1),
                target=2,
            ),
        )
        stage.site.rated(stage.person, max(begun, 1), "buttock")
        for ago in range(2, begun, 4):
            stage.site.session(stage.person, ago)
        if ended_by:
            stage.site.session(stage.person, 1, ended_by=ended_by)
        stage.goto(f"/progress/tests/{test.id}")
        unfold(stage.page)
        if then:
            stage.complaints.expected.append("422")
            stage.page.get_by_role("button", name=then, exact=True).click()
            stage.page.locator(".error, [role=alert]").first.wait_for()

    return play


def felt(stage: Stage) -> None:
    """Where it was felt over a few sessions, more often in one place than another."""
    assert stage.person
    for ago, regions in enumerate((["hip"], ["hip", "low_back"], ["hip", "neck_back"]), 1):
        stage.site.session(stage.person, 3 * ago, felt_in=regions)
    stage.goto("/progress/body")
    unfold(stage.page)


def reviewed(stage: Stage) -> None:
    """A spot after six weeks, with the days rated."""
    assert stage.person
    stage.site.works_on(stage.person)
    for ago in range(1, 44, 3):
        stage.site.session(stage.person, ago)
    stage.site.rated(stage.person, 60, "buttock")
    stage.goto(f"/progress/{SPOT}?side=left")
    expect(stage.page.get_by_role("heading", name="After six weeks")).to_be_visible()
    unfold(stage.page)


def of_session(path: str, **columns: Any) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        assert stage.person
        newest = stage.site.session(
            stage.person, 1, side="right", note="A note.\nOf two lines.", **columns
        )
        stage.goto(path.format(newest.id))

    return play


def deleted(stage: Stage) -> None:
    of_session("/sessions/{}")(stage)
    stage.page.locator("details.more").last.evaluate("details => { details.open = true; }")
    tap(stage.page, "Delete")
    expect(stage.page.get_by_text("Deleted.")).to_be_visible()


def report(stage: Stage) -> None:
    """As a page, with all its parts."""
    assert stage.person
    stage.site.works_on(stage.person)
    stage.site.session(stage.person, 2, felt_in=["hip"])
    stage.site.rated(stage.person, 84, region="buttock")
    stage.goto("/sharing/report")
    stage.page.get_by_label("Notes").check()
    stage.page.get_by_label("Name on it").fill("Anna, 1 November")
    stage.page.get_by_role("button", name="Look at it here").click()
    expect(stage.page.locator(".report__plot")).to_be_visible()


def link_made(stage: Stage) -> None:
    stage.goto("/sharing/links/new")
    stage.page.get_by_role("button", name="Make the link").click()
    expect(stage.page.get_by_role("img", name="QR code")).to_be_visible()


def links(stage: Stage) -> None:
    link_made(stage)
    link_made(stage)
    stage.goto("/sharing/links/")
    stage.page.get_by_role("button", name="End the link").first.click()
    expect(stage.page.get_by_text("Never opened.").first).to_be_visible()


def link_opened(stage: Stage) -> None:
    link_made(stage)
    stage.goto(stage.page.get_by_role("textbox", name="Address").input_value())
    expect(stage.page.locator(".report__caveat")).to_be_visible()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def unfolded(path: str) -> Callable[[Stage], None]:
    """With everything that folds open."""

    def play(stage: Stage) -> None:
        stage.goto(path)
        unfold(stage.page)

    return play


def opened(path: str) -> Callable[[Stage], None]:
    """With the sources of a claim."""

    def play(stage: Stage) -> None:
        stage.goto(path)
        stage.page.get_by_role("button", name="studies say").or_(
            stage.page.get_by_role("button", name="a case report says")
        ).first.click()
        expect(stage.page.get_by_role("dialog")).to_be_visible()

    return play


def asked_today(stage: Stage) -> None:
    assert stage.person
    stage.site.works_on(stage.person)
    for days_ago, spot in ((1.1, SPOT), (1, "foot-arch")):
        stage.site.session(stage.person, days_ago, spot)
    bruised = {"next_day_at": datetime.now(UTC) - timedelta(days=2), "bruise": True}
    stage.site.session(stage.person, 3, "upper-back", **bruised)
    unfolded("/")(stage)


def asked_today_refused(stage: Stage) -> None:
    stage.complaints.expected.append("422")
    asked_today(stage)
    five = stage.page.locator("[name=s0-soreness]").nth(5)
    five.evaluate("radio => { radio.value = '11'; radio.checked = true; }")
    tap(stage.page, "Save")
    stage.page.locator(".error, [role=alert]").first.wait_for()


def days_after(stage: Stage) -> None:
    assert stage.person
    then = datetime.now(UTC) - timedelta(days=4)
    told = {"still_sore": True, "bruise": True, "next_day_soreness": 10}
    massage = stage.site.session(stage.person, 5, next_day_at=then, **told)
    stage.goto(f"/sessions/{massage.id}/next-day")


def told_what_follows(stage: Stage) -> None:
    asked_today(stage)
    for sore in stage.page.get_by_role("group", name="Any bruise?").all():
        sore.get_by_role("radio", name="Yes").click()
    tap(stage.page, "Save")
    expect(stage.page.get_by_role("status").filter(has_text="the bruise").first).to_be_visible()


def offered(stage: Stage) -> None:
    assert stage.person
    for days_ago in (3, 6, 9):
        then = datetime.now(UTC) - timedelta(days=days_ago - 1)
        said = {"next_day_soreness": 1, "still_sore": False, "bruise": False}
        stage.site.session(stage.person, days_ago, peak_discomfort=3, next_day_at=then, **said)
    unfolded(f"/sessions/new?spot={SPOT}&side=left")(stage)
    stage.page.get_by_role("radio", name="Up to Medium").click()


def asked_if_normal(stage: Stage) -> None:
    assert stage.person
    stage.site.session(stage.person, 4, nerve_events=1, ended_by="nerve")
    unfolded(f"/sessions/new?spot={SPOT}&side=left")(stage)
    normal = stage.page.get_by_role("group", name="Does it feel fully normal again?")
    normal.get_by_role("radio", name="No").click()


def resting(stage: Stage) -> None:
    assert stage.person
    stage.site.session(stage.person, 1.5)
    unfolded(f"/sessions/new?spot={SPOT}&side=left")(stage)


def bruised(stage: Stage) -> None:
    assert stage.person
    then = datetime.now(UTC) - timedelta(days=2)
    stage.site.session(stage.person, 3, next_day_at=then, bruise=True)
    unfolded(f"/sessions/new?spot={SPOT}&side=left")(stage)


def waiting(stage: Stage) -> None:
    assert stage.person
    stage.site.session(stage.person, 0.1, "foot-arch", "right")
    prepare(stage.page, "foot-arch", "right")


def sheet(*ticks: str, spot: str = SPOT, then: str = "") -> Callable[[Stage], None]:
    """Meet the one sheet, tick these, and go on."""

    def play(stage: Stage) -> None:
        stage.goto(f"/sessions/new?spot={spot}&side=left")
        for text in ticks:
            stage.page.get_by_text(text).click()
        if ticks:
            tap(stage.page, "Go on with these")
        if then:
            stage.goto(then)
        unfold(stage.page)

    return play


def sheet_refused(stage: Stage) -> None:
    stage.complaints.expected.append("422")
    sheet()(stage)
    stage.page.get_by_text("Bruising easily").click()
    stage.page.locator("[name=none]").evaluate("key => key.click()")
    expect(stage.page.get_by_role("alert")).to_contain_text("Which one is it?")


def guide(*act: Callable[[Page], Any], firm: bool = False) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        assert stage.person
        if firm:
            for days_ago in (9, 6, 3):
                stage.site.session(stage.person, days_ago, stayed_level=4, target_level=4)
        begin(stage.page)
        for step in act:
            step(stage.page)

    return play


def ready(stage: Stage) -> None:
    prepare(stage.page)
    stage.page.locator("[name=get_ready]").select_option("300")
    tap(stage.page, "Begin")


def unsent(stage: Stage) -> None:
    stage.complaints.expected.append(OFFLINE)
    begin(stage.page)
    stage.page.context.set_offline(True)
    let_pass(stage.page, 300)
    expect(stage.page.locator("sweet-guide")).to_contain_text("kept on this phone")


def on_this_phone_only(path: str, shows: str, key: str = "") -> Callable[[Stage], None]:
    """With a session that does not get through."""

    def play(stage: Stage) -> None:
        unsent(stage)
        stage.complaints.expected.append("net::ERR_FAILED")
        stage.page.context.route("**/api/sessions/*", lambda route: route.abort())
        stage.page.clock.resume()
        stage.page.context.set_offline(False)
        stage.goto(path)
        if key:
            tap(stage.page, key)
        expect(stage.page.get_by_text(shows).first).to_be_visible()

    return play


def next_spot(key: str = "") -> Callable[[Stage], None]:
    """Between two spots, or at the first one after this key."""

    def play(stage: Stage) -> None:
        two_sides(stage.page)
        let_pass(stage.page, 25 if key else 135)
        if key:
            tap(stage.page, key)

    return play


def _left_running(stage: Stage) -> None:
    before = stage.page.context.new_page()
    begin(before)
    saved_by_now(before)


def in_another_tab(stage: Stage) -> None:
    _left_running(stage)
    stage.goto(f"/sessions/new?spot={SPOT}&side=left")
    expect(stage.page.get_by_role("dialog")).to_be_visible()


def to_resume(stage: Stage) -> None:
    _left_running(stage)
    stage.page.context.pages[-1].close()
    stage.goto("/")
    expect(stage.page.get_by_role("link", name="Resume")).to_be_visible()


def does(name: str) -> Callable[[Page], None]:
    return lambda page: tap(page, name)


def ticks(text: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_text(text).click()


def waits(seconds: float) -> Callable[[Page], None]:
    return lambda page: let_pass(page, seconds)


def sleeps(page: Page) -> None:
    page.clock.fast_forward(100_000)


def feels_dizzy(page: Page) -> None:
    tap(page, "Stop")
    tap(page, "Dizzy")


def reminded(stage: Stage) -> None:
    """With a calendar, and one phone on the list."""
    assert stage.person
    now = datetime.now(UTC)
    device = {"user_id": stage.person.id, "id": uuid7(), "signed_in_at": now}
    kept(stage.site.app, Device(**device, label="Samsung Internet, Android"))
    phone = {"user_id": stage.person.id, "device_id": device["id"], "made_at": now}
    told = {"endpoint": "https://push.example.org/x", "p256dh": "x", "auth": "x"}
    here = {"locale": "en", "site": "https://sweetspot.example.org"}
    kept(stage.site.app, PushSubscription(**phone | told | here))
    stage.goto("/you/reminders")
    tap(stage.page, "Make an address")
    stage.page.get_by_role("button", name="Copy").wait_for()


def reminded_refused(stage: Stage) -> None:
    reminded(stage)
    stage.complaints.expected.append("422")
    stage.page.get_by_label("Notify me at").fill("23:00")
    tap(stage.page, "Save")
    stage.page.locator(".error, [role=alert]").first.wait_for()


def after_refused(stage: Stage) -> None:
    of_session("/sessions/{}/after")(stage)
    stage.complaints.expected.append("422")
    stage.page.get_by_label("Note").evaluate("note => { note.value = 'x'.repeat(10001); }")
    tap(stage.page, "Save")
    stage.page.locator(".error, [role=alert]").first.wait_for()


def rated(days: int, query: str = "") -> Callable[[Stage], None]:
    """A region after so many days, with sessions at one of its spots."""

    def play(stage: Stage) -> None:
        stage.site.rated(stage.person, days)
        for ago in range(0, days, 4):
            stage.site.session(stage.person, ago, "low-back-pit")
        unfolded(f"/progress/region/low_back/left{query}")(stage)

    return play


FOREIGN = """Day,Spot,Side,Pain before,Note
2026-01-10,foot-arch,left,6,A note with rather many words in it
2026-01-11,the moon,left,77,
"""


NO_SUCH_DAYS = "/sharing/sessions.csv?from=2026-11-12&to=2026-11-11"
LOOK = "Look at it Changes nothing yet"


def brought(table: str, *keys: str) -> Callable[[Stage], None]:
    """Choose a table of somebody else's, and tap these."""

    def play(stage: Stage) -> None:
        stage.goto("/sharing/back/")
        file = {"name": "a-diary-of-mine.csv", "mimeType": "text/csv", "buffer": table.encode()}
        stage.page.locator("[type=file]").set_input_files(file)
        tap(stage.page, "Look at it")
        expect(stage.page.get_by_role("heading", name="Which column is what?")).to_be_visible()
        for key in keys:
            tap(stage.page, key)
        if keys:
            expect(stage.page.get_by_role("heading", name="Which column")).to_have_count(0)
        if len(keys) > 1:
            expect(stage.page.get_by_role("button", name="Undo")).to_be_visible()

    return play


def chosen_on_the_body(stage: Stage) -> None:
    unfolded("/spots/")(stage)
    stage.page.locator('.places [name="at"]').first.check(force=True)
    stage.page.locator('[data-drawn="front"] [data-region="abdomen"]').click()


def larger_on_the_body(stage: Stage) -> None:
    at("/spots/")(stage)
    touch = {"detail": 1, "pointerType": "touch"}
    stage.page.locator("sweet-body[data-ready]").wait_for()
    stage.page.locator('[data-drawn="front"] [data-region="jaw"]').first.dispatch_event(
        "click", touch
    )
    stage.page.get_by_role("button", name="Whole body").wait_for()


KEEP = """async (path) => {
  const { keepFor } = await import(path);
  await keepFor(await (await fetch("/api/kept")).json());
}"""


def without_network(query: str = "") -> Callable[[Stage], None]:
    """The shell, with what the phone keeps of somebody who works on three spots."""

    def play(stage: Stage) -> None:
        assert stage.person
        for place, spot in enumerate((SPOT, "foot-arch", "outer-shin")):
            stage.site.works_on(stage.person, spot, position=place)
        stage.site.session(stage.person, 0.2, "foot-arch")
        stage.goto("/")
        with stage.site.app.app_context():
            kept = stage.site.app.jinja_env.globals["asset"]("js/phone/kept.js")
        stage.page.evaluate(KEEP, kept)
        stage.goto(f"/offline/en{query}")
        stage.page.locator("[data-view]:not([hidden])").wait_for()
        unfold(stage.page)

    return play


def trying(*act: Callable[[Page], Any]) -> Callable[[Stage], None]:
    """A visitor at a spot, after these steps."""

    def play(stage: Stage) -> None:
        stage.page.clock.install()
        stage.goto(f"/try/{SPOT}")
        stage.page.clock.pause_at(stage.page.evaluate("Date.now() / 1000 + 3"))
        for step in act:
            step(stage.page)
        unfold(stage.page)

    return play


def to_after(page: Page) -> None:
    tap(page, "None of these")
    page.locator("[name=get_ready]").select_option("0")
    tap(page, "Begin")
    expect(page.locator("sweet-guide")).to_have_attribute("data-status", "running")
    let_pass(page, 140)
    expect(page.locator("[data-view=after]")).to_be_visible(timeout=SLOWEST_MS)


SCENES: dict[str, tuple[str, Callable[[Stage], None]]] = {
    "landing": (NOBODY, at("/")),
    "register": (NOBODY, at("/register")),
    "register, refused": (NOBODY, refused("/register", "Get started", email="no", password="12")),
    "sign in": (NOBODY, at("/login")),
    "sign in, refused": (
        NOBODY,
        refused("/login", "Sign in", email="nobody@example.org", password="a wrong one"),
    ),
    "forgot": (NOBODY, at("/reset")),
    "spots, signed out": (NOBODY, at("/spots/")),
    "spot, signed out": (NOBODY, at(f"/spots/{SPOT}")),
    "try, questions": (NOBODY, trying()),
    "try, closed": (NOBODY, trying(ticks("worst at night"), does("Go on with these"))),
    "try, prepare": (NOBODY, trying(does("None of these"))),
    "try, after": (NOBODY, trying(to_after)),
    "try, kept": (NOBODY, trying(to_after, does("Save"))),
    "no network, nothing kept": (NOBODY, at("/offline/en")),
    "no network": (NEWCOMER, without_network()),
    "no network, questions": (NEWCOMER, without_network("?spot=outer-shin&side=left")),
    "no network, prepare": (NEWCOMER, without_network(f"?spot={SPOT}&side=left")),
    "no network, rests": (NEWCOMER, without_network("?spot=foot-arch&side=left")),
    "no such page": (NOBODY, at("/nowhere", wrong="404")),
    "today, empty": (NEWCOMER, at("/")),
    "today": (REGULAR, at("/")),
    "today, asked": (NEWCOMER, asked_today),
    "today, asked, refused": (NEWCOMER, asked_today_refused),
    "today, what follows": (NEWCOMER, told_what_follows),
    "the days after": (NEWCOMER, days_after),
    "today, to resume": (REGULAR, to_resume),
    "where does it hurt": (REGULAR, at("/spots/")),
    "where does it hurt, chosen": (NEWCOMER, chosen_on_the_body),
    "where does it hurt, larger": (NOBODY, larger_on_the_body),
    "where does it hurt, unknown": (NOBODY, at("/spots/?at=nowhere", wrong="422")),
    "offers": (NEWCOMER, unfolded("/spots/?at=low_back.left&at=chest")),
    "no offers at all": (NEWCOMER, at("/spots/?at=calf.left&at=thigh_front")),
    "no offers": (NEWCOMER, at("/spots/?region=knee")),
    "spot": (REGULAR, unfolded(f"/spots/{SPOT}")),
    "spot, a claim's sources": (NEWCOMER, opened(f"/spots/{SPOT}?side=right")),
    "spot that is off": (NEWCOMER, unfolded("/spots/side-of-neck")),
    "own spot, new": (NEWCOMER, unfolded("/spots/new")),
    "own spot, refused": (NEWCOMER, refused("/spots/new", "Save", name="x" * 80)),
    "own spot": (NEWCOMER, own_spot),
    "own spot, edit": (NEWCOMER, edit_own_spot),
    "own spot, to place": (NEWCOMER, place_own_spot),
    "your spots": (REGULAR, at("/spots/yours")),
    "your spots, none": (NEWCOMER, at("/spots/yours")),
    "your spots, some away": (NEWCOMER, some_away),
    "settings": (REGULAR, at(f"/spots/{SPOT}/sides/left/settings")),
    "settings, refused": (
        REGULAR,
        refused(f"/spots/{SPOT}/sides/left/settings", "Save", note="x\x07"),
    ),
    "settings, marked": (NEWCOMER, marked),
    "learn, begin": (NOBODY, at("/learn")),
    "learn, Touch": (NEWCOMER, at("/learn/2")),
    "learn, Firm": (NEWCOMER, at("/learn/5")),
    "learn, Too firm": (NEWCOMER, at("/learn/6")),
    "learn, ache": (NEWCOMER, at("/learn/7")),
    "learn, stop": (NEWCOMER, at("/learn/8")),
    "about": (NEWCOMER, unfolded("/spots/about")),
    "about, a claim's sources": (NOBODY, opened("/spots/about")),
    "questions": (UNASKED, sheet()),
    "questions, refused": (UNASKED, sheet_refused),
    "help now": (UNASKED, sheet("brought on by effort", spot="chest-front")),
    "closed": (UNASKED, sheet("worst at night", "Pregnant, or")),
    "closed, its spot": (UNASKED, sheet("worst at night", then=f"/spots/{SPOT}")),
    "where": (UNASKED, sheet("Broken or suspected", "Pacemaker")),
    "prepare, light": (UNASKED, sheet("Bruising easily", "No better after")),
    "careful with": (UNASKED, sheet("worst at night", "Pregnant, or", then="/safety/list")),
    "careful with, nothing": (NEWCOMER, at("/safety/list")),
    "why we ask": (NOBODY, unfolded("/safety/why")),
    "prepare": (NEWCOMER, unfolded(f"/sessions/new?spot={SPOT}&side=left")),
    "prepare, standard": (REGULAR, at(f"/sessions/new?spot={SPOT}&side=left")),
    "prepare, refused": (NEWCOMER, waiting),
    "prepare, offered": (NEWCOMER, offered),
    "prepare, normal again": (NEWCOMER, asked_if_normal),
    "prepare, resting": (NEWCOMER, resting),
    "prepare, bruised": (NEWCOMER, bruised),
    "guide, ready": (NEWCOMER, ready),
    "guide, Touch": (NEWCOMER, guide(waits(5))),
    "guide, Light": (NEWCOMER, guide(waits(25))),
    "guide, Medium": (NEWCOMER, guide(waits(60), firm=True)),
    "guide, Firm": (NEWCOMER, guide(waits(145), firm=True)),
    "guide, let go": (NEWCOMER, guide(waits(115))),
    "guide, eased": (NEWCOMER, guide(waits(25), does("Tap to ease off"))),
    "guide, sharp": (NEWCOMER, guide(waits(25), does("Sharp or hot"))),
    "guide, pulsing": (NEWCOMER, guide(waits(25), does("Pulsing"))),
    "guide, asked": (NEWCOMER, guide(waits(61))),
    "guide, next spot": (NEWCOMER, next_spot()),
    "guide, next spot after numbness": (NEWCOMER, next_spot("Numb, tingling or shooting")),
    "guide, stop with more": (NEWCOMER, next_spot("Stop")),
    "guide, in another tab": (NEWCOMER, in_another_tab),
    "guide, paused": (NEWCOMER, guide(waits(25), does("Pause"))),
    "guide, away": (NEWCOMER, guide(waits(25), sleeps)),
    "guide, stop": (NEWCOMER, guide(waits(25), does("Stop"))),
    "guide, help": (NEWCOMER, guide(waits(25), feels_dizzy)),
    "guide, unsent": (NEWCOMER, unsent),
    "unsent": (NEWCOMER, on_this_phone_only("/unsent", "Waits to be sent.")),
    "unsent, nothing": (NOBODY, at("/unsent")),
    "unsent, remove": (NEWCOMER, on_this_phone_only("/unsent", "it will be gone", "Remove")),
    "unsent, today": (NEWCOMER, on_this_phone_only("/", "is on this phone only.")),
    "unsent, sign out": (
        NEWCOMER,
        on_this_phone_only("/logout", "is on this phone only.", "Sign out"),
    ),
    "after": (REGULAR, of_session("/sessions/{}/after")),
    "after, elsewhere": (NEWCOMER, of_session("/sessions/{}/after", felt_in=["jaw"])),
    "after, refused": (REGULAR, after_refused),
    "after, firm": (REGULAR, of_session("/sessions/{}/after", peak_level=4)),
    "summary, firm": (REGULAR, of_session("/sessions/{}", peak_level=4)),
    "summary": (REGULAR, of_session("/sessions/{}")),
    "correct": (REGULAR, of_session("/sessions/{}/edit")),
    "history, empty": (NEWCOMER, at("/sessions/")),
    "history": (REGULAR, at("/sessions/")),
    "history, deleted": (REGULAR, deleted),
    "add": (REGULAR, at("/sessions/add")),
    "add, refused": (REGULAR, refused(f"/sessions/add?spot={SPOT}", "Save")),
    "progress, empty": (NEWCOMER, at("/progress/")),
    "progress": (REGULAR, at("/progress/")),
    "chart, empty": (NEWCOMER, at(f"/progress/{SPOT}")),
    "chart": (REGULAR, unfolded(f"/progress/{SPOT}?range=all")),
    "region, empty": (NEWCOMER, at("/progress/region/low_back/left")),
    "region, the first days": (NEWCOMER, rated(5)),
    "region": (NEWCOMER, rated(84)),
    "region, years": (NEWCOMER, rated(1000, "?range=all")),
    "region, no such range": (NEWCOMER, at("/progress/region/low_back/left?range=2w", wrong="422")),
    "fair test, none": (NEWCOMER, unfolded("/progress/tests/")),
    "fair test": (REGULAR, unfolded("/progress/tests/")),
    "fair test, refused": (
        REGULAR,
        refused("/progress/tests/", "Draw the order and begin", start="2026-01-01"),
    ),
    "fair test, running": (NEWCOMER, a_test(19)),
    "fair test, begins": (NEWCOMER, a_test(-2)),
    "fair test, over": (NEWCOMER, a_test(50)),
    "fair test, ended": (NEWCOMER, a_test(19, ended_by="sharp")),
    "fair test, no reason": (NEWCOMER, a_test(19, then="Stop the test")),
    "quick look, running": (NEWCOMER, a_test(19, "quick")),
    "quick look, over": (NEWCOMER, a_test(30, "quick")),
    "review": (NEWCOMER, reviewed),
    "side by side, nothing": (NEWCOMER, at("/progress/compare")),
    "side by side, to choose": (REGULAR, unfolded("/progress/compare")),
    "side by side": (REGULAR, unfolded(f"/progress/compare?at={SPOT}.left&at=foot-arch.left")),
    "side by side, too few": (REGULAR, at(f"/progress/compare?at={SPOT}.left", wrong="422")),
    "on the body, nothing": (NEWCOMER, at("/progress/body")),
    "on the body": (NEWCOMER, felt),
    "on the body, pressed": (REGULAR, unfolded("/progress/body?show=pressed&range=all")),
    "what helps, nothing": (NEWCOMER, at(f"/progress/{SPOT}/helps")),
    "what helps": (REGULAR, unfolded(f"/progress/{SPOT}/helps?range=all")),
    "report, to choose": (REGULAR, unfolded("/sharing/report")),
    "report, nothing to choose": (NEWCOMER, at("/sharing/report")),
    "report, refused": (
        REGULAR,
        refused("/sharing/report", "Look at it here", first="2199-01-01", name="Anna"),
    ),
    "report": (NEWCOMER, report),
    "link, new": (REGULAR, at("/sharing/links/new")),
    "link, made": (REGULAR, link_made),
    "links": (REGULAR, links),
    "links, none": (NEWCOMER, at("/sharing/links/")),
    "link, not sent yet": (NOBODY, at("/shared/")),
    "link, opened": (REGULAR, link_opened),
    "link, dead": (NOBODY, at("/shared/report", wrong="404")),
    "leaving": (NEWCOMER, at("/you/leave")),
    "leaving, refused": (NEWCOMER, refused("/you/leave", "Delete the account for good")),
    "for my therapist": (REGULAR, unfolded("/sharing/")),
    "for my therapist, no such day": (REGULAR, at(NO_SUCH_DAYS, wrong="422")),
    "bring back": (NEWCOMER, at("/sharing/back/")),
    "bring back, refused": (NEWCOMER, refused("/sharing/back/", LOOK)),
    "bring back, columns": (NEWCOMER, brought(FOREIGN)),
    "bring back, preview": (NEWCOMER, brought(FOREIGN, "Look at it")),
    "bring back, undo": (NEWCOMER, brought(FOREIGN, "Look at it", "Keep all of this")),
    "you": (REGULAR, at("/you")),
    "reminders": (REGULAR, at("/you/reminders")),
    "reminders, on": (NEWCOMER, reminded),
    "reminders, refused": (NEWCOMER, reminded_refused),
    "several": (REGULAR, at("/sessions/several")),
    "several, none": (REGULAR, at("/sessions/together", wrong="422")),
    "together": (
        REGULAR,
        unfolded("/sessions/together?stop=side-hip/right&stop=chewing-muscle/left"),
    ),
    "diagnostics": (REGULAR, at("/diagnostics")),
    "devices": (REGULAR, at("/you/devices")),
    "change password": (REGULAR, at("/change")),
    "sign out": (REGULAR, at("/logout")),
}


@pytest.fixture(scope="module")
def regular(site: Site) -> User:
    person = site.person()
    site.twelve_weeks(person)
    return person


@pytest.fixture(params=SCENES)
def scene(
    request: pytest.FixtureRequest,
    phone: Callable[..., Page],
    site: Site,
    regular: User,
    complaints: Complaints,
) -> tuple[str, Page]:
    who, play = SCENES[request.param]
    person = {
        NOBODY: lambda: None,
        UNASKED: lambda: site.person(answered=False),
        NEWCOMER: site.person,
        REGULAR: lambda: regular,
    }[who]()
    page = phone(person, viewport=PHONE)
    play(Stage(page, site, person, complaints))
    return request.param, page


def test_it_fits_a_thumb_hits_what_it_aims_at_and_axe_finds_nothing(
    scene: tuple[str, Page],
) -> None:
    name, page = scene
    guide = is_guide(name)
    page.clock.resume()  # axe waits now and then
    page.wait_for_load_state()  # what was tapped last may have led to a page without its style yet
    page.evaluate(AXE)
    wide, small, found = {}, {}, {}
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        wide[screen] = page.evaluate(SIDEWAYS)
        small[screen] = page.evaluate(SMALL, TAP_IN_GUIDE if guide else TAP)
        # What a page of its own looks like on a desktop, its states do too: they have a comma.
        looks = () if screen == "desktop" and "," in name else LOOKED_AT.get(screen, ())
        for scheme in looks:
            found[screen, scheme] = faults_of(page, size, scheme, guide=guide)
    assert not any(wide.values()), wide
    assert not any(small.values()), small
    assert not any(found.values()), found


def faults_of(page: Page, size: ViewportSize, scheme: Scheme, *, guide: bool) -> list[str]:
    """What axe finds on a screen of this width, on the whole of the page."""
    page.emulate_media(color_scheme=scheme)
    if scheme == "light" and not guide:  # else a bar at the foot half covers what is behind it
        page.set_viewport_size({"width": size["width"], "height": page.evaluate(WHOLE)})
    return page.evaluate(FIND, {"tags": TAGS, "guide": guide, "dark": scheme == "dark"})


def is_guide(name: str) -> bool:
    return name.startswith("guide")
