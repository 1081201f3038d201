"""What is on this phone only: sent once, shown to its owner, and never lost on the way."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask_security import hash_password
from playwright.sync_api import Page, Route, expect
from sqlalchemy import update

from tests.browser.conftest import OFFLINE, SPOT, Complaints, Site, answer, begin, let_pass, tap
from tests.browser.in_the_guide import saved_by_now
from tracker.accounts.models import User
from tracker.database import db

WHOLE_S = 130
PASSWORD = "a bathroom floor at night"
CUT_OFF = "net::ERR_FAILED"
KEPT = "Kept on this phone"
SUMMARY = re.compile(r"/sessions/[0-9a-f-]{36}$")
WAITS = "1 session is on this phone only."


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def guide(phone: Callable[..., Page], person: User) -> Page:
    page = phone(person)
    begin(page)
    saved_by_now(page)
    return page


def left_offline(guide: Page, complaints: Complaints) -> Page:
    """A whole session without network; a new page of the same phone, which has one again."""
    complaints.expected.append(OFFLINE)
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect(guide.get_by_role("heading", name=KEPT)).to_be_visible()
    page = guide.context.new_page()
    complaints.listen(page)
    guide.close()
    return page


def held_back(page: Page, status: int | None = None, **body: Any) -> None:
    """Sessions do not get through, or are answered like this, until `let_through`."""

    def handle(route: Route) -> None:
        if status is None:
            return route.abort()
        return route.fulfill(status=status, json=body)

    page.context.route("**/api/sessions/*", handle)


def let_through(page: Page) -> None:
    page.context.unroute("**/api/sessions/*")


def hash_of(site: Site, password: str) -> str:
    with site.app.app_context():
        return hash_password(password)


def signed_in_as(page: Page, site: Site, person: User) -> None:
    page.context.clear_cookies()
    page.context.add_cookies([site.cookie(person)])


def unsent(page: Page) -> list[dict[str, Any]]:
    """What lies in the outbox by now."""
    return page.evaluate("""() => new Promise((resolve) => {
      const opening = indexedDB.open("sweetspot");
      opening.addEventListener("success", () => {
        const handle = opening.result;
        const all = handle.transaction("outbox").objectStore("outbox").getAll();
        all.addEventListener("success", () => {
          handle.close();
          resolve(all.result);
        });
      });
    })""")


def test_a_session_without_network_is_sent_by_the_next_page(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    assert site.sessions_of(person) == []
    page.context.set_offline(False)
    with page.expect_response("**/api/sessions/*") as sent:
        page.goto("/you")
    assert sent.value.status == 201
    assert [row.ended_by for row in site.sessions_of(person)] == ["finished"]
    page.goto("/unsent")
    expect(page.get_by_text("Nothing of yours waits here.")).to_be_visible()


def test_what_is_kept_is_on_the_phone_before_anything_is_sent(
    guide: Page, complaints: Complaints
) -> None:
    complaints.expected.append(CUT_OFF)
    there: list[int] = []

    def look(route: Route) -> None:
        there.append(1)
        route.abort()

    guide.route("**/api/sessions/*", look)
    let_pass(guide, WHOLE_S)
    expect(guide.get_by_role("heading", name=KEPT)).to_be_visible()
    assert there
    assert [record["state"] for record in unsent(guide)] == ["waiting"]


def test_a_reply_that_is_lost_after_the_commit_makes_no_second_session(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(CUT_OFF)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    guide.context.route("**/api/sessions/*", lose)
    let_pass(guide, WHOLE_S)
    expect(guide.get_by_role("heading", name=KEPT)).to_be_visible()
    (stored,) = site.sessions_of(person)
    let_through(guide)
    tap(guide, "Try again")
    guide.wait_for_url("**/after")
    (again,) = site.sessions_of(person)
    assert (again.id, again.revision) == (stored.id, stored.revision)
    assert unsent(guide) == []


def test_after_an_expired_sign_in_it_waits_and_is_sent_after_signing_in(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append("401")
    guide.context.clear_cookies()
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("Sign in again and it will be sent.")
    page = guide.context.new_page()
    complaints.listen(page)
    guide.close()
    page.goto("/unsent")
    expect(page.get_by_text("You are signed out. Sign in to send it.")).to_be_visible()
    expect(page.get_by_text("Top of the buttock, left")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to send")).to_be_visible()
    signed_in_as(page, site, person)
    page.reload()
    expect(page.get_by_text("Nothing of yours waits here.")).to_be_visible()
    assert len(site.sessions_of(person)) == 1


def test_two_tabs_that_send_at_once_store_each_once(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    page.context.set_offline(False)
    sent: list[str] = []
    page.context.on(
        "response", lambda answer: sent.append(answer.url) if "/api/s" in answer.url else None
    )
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto("/unsent", wait_until="commit")
    for tab in (page, other):
        expect(tab.get_by_text("Nothing of yours waits here.")).to_be_visible()
    assert len(sent) == 1
    assert len(site.sessions_of(person)) == 1


def test_somebody_else_on_this_phone_sees_only_that_something_waits(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    page.context.set_offline(False)
    somebody = site.person()
    signed_in_as(page, site, somebody)
    for path in ("/", "/unsent"):
        page.goto(path)
        waits = page.get_by_text("Something of someone else is waiting on this phone.")
        expect(waits).to_be_visible()
        expect(page.get_by_text("Top of the buttock")).to_be_hidden()
        expect(page.get_by_text(WAITS)).to_be_hidden()
    assert site.sessions_of(somebody) == site.sessions_of(person) == []
    signed_in_as(page, site, person)
    page.goto("/")
    expect(page.get_by_role("heading", name="Top of the buttock")).to_be_visible()
    assert len(site.sessions_of(person)) == 1


def test_one_the_server_refuses_is_shown_and_the_others_go(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    complaints.expected.append("422")
    addresses: list[str] = []

    def refuse_the_first(route: Route) -> None:
        addresses.append(route.request.url)
        if addresses[0] != addresses[-1]:
            return route.fallback()
        return route.fulfill(status=422, json={"error": "This spot is not one of yours."})

    page.context.route("**/api/sessions/*", refuse_the_first)
    page.context.set_offline(False)
    begin(page)
    let_pass(page, WHOLE_S)
    page.wait_for_url("**/after")
    assert len(site.sessions_of(person)) == 1
    page.goto("/unsent")
    expect(page.get_by_text("This spot is not one of yours.")).to_be_visible()
    with page.expect_download() as taken:
        tap(page, "Take out as a file")
    file = json.loads(taken.value.path().read_text())
    assert [addresses[0].endswith(record["id"]) for record in file["records"]] == [True]
    let_through(page)
    tap(page, "Send now")
    expect(page.get_by_text("Nothing of yours waits here.")).to_be_visible()
    assert len(site.sessions_of(person)) == 2


def test_one_can_be_removed_after_being_asked(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    held_back(page)
    complaints.expected.append(CUT_OFF)
    page.context.set_offline(False)
    page.goto("/unsent")
    tap(page, "Remove")
    dialog = page.get_by_role("dialog", name="Remove it from this phone?")
    dialog.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Waits to be sent.")).to_be_visible()
    tap(page, "Remove")
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing of yours waits here.")).to_be_visible()
    let_through(page)
    page.goto("/")
    assert site.sessions_of(person) == []


@pytest.fixture
def leaving(guide: Page, complaints: Complaints) -> Page:
    """On You with one session that does not get through."""
    page = left_offline(guide, complaints)
    complaints.expected.append(CUT_OFF)
    held_back(page)
    page.context.set_offline(False)
    page.goto("/you")
    tap(page, "Sign out")
    expect(page.get_by_role("dialog", name=WAITS)).to_be_visible()
    return page


def about(page: Page, person: User) -> list[str]:
    """Under which names this phone keeps anything of this person outside the outbox."""
    keys = page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if str(person.id) in key]


def choose(page: Page, key: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=key).click()


def test_signing_out_sends_first_where_it_can(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    held_back(page)
    complaints.expected.append(CUT_OFF)
    page.context.set_offline(False)
    page.goto("/you")
    page.wait_for_load_state("networkidle")
    let_through(page)
    tap(page, "Sign out")
    expect(page.get_by_role("link", name="Get started")).to_be_visible()
    assert len(site.sessions_of(person)) == 1


def test_signing_out_can_send_now(leaving: Page, site: Site, person: User) -> None:
    assert about(leaving, person)
    choose(leaving, "Send now")
    expect(leaving.get_by_text("It could not be sent just now.")).to_be_visible()
    let_through(leaving)
    choose(leaving, "Send now")
    expect(leaving.get_by_role("link", name="Get started")).to_be_visible()
    assert len(site.sessions_of(person)) == 1
    assert about(leaving, person) == []


def test_signing_out_can_keep_it_here(leaving: Page, site: Site, person: User) -> None:
    choose(leaving, "Keep on this phone")
    expect(leaving.get_by_role("link", name="Get started")).to_be_visible()
    let_through(leaving)
    leaving.goto("/unsent")
    waits = leaving.get_by_text("Something of someone else is waiting on this phone.")
    expect(waits).to_be_visible()  # whoever holds the phone now is nobody
    assert site.sessions_of(person) == []
    signed_in_as(leaving, site, person)
    leaving.goto("/")
    expect(leaving.get_by_role("heading", name="Top of the buttock")).to_be_visible()
    assert len(site.sessions_of(person)) == 1


def test_signing_out_can_delete_it(leaving: Page, site: Site, person: User) -> None:
    choose(leaving, "Delete it")
    expect(leaving.get_by_role("link", name="Get started")).to_be_visible()
    assert unsent(leaving) == []
    let_through(leaving)
    signed_in_as(leaving, site, person)
    leaving.goto("/")
    assert site.sessions_of(person) == []


def test_one_can_stay_signed_in(leaving: Page) -> None:
    choose(leaving, "Stay signed in")
    expect(leaving.get_by_role("dialog")).to_be_hidden()
    leaving.reload()
    expect(leaving.get_by_role("heading", name="You", exact=True)).to_be_visible()


def test_a_full_phone_keeps_it_in_its_other_place_until_it_is_sent(
    phone: Callable[..., Page], site: Site, person: User, complaints: Complaints
) -> None:
    guide = phone(person)
    begin(guide)
    saved_by_now(guide)
    wire = guide.context.new_cdp_session(guide)
    wire.send("Storage.overrideQuotaForOrigin", {"origin": site.url, "quotaSize": 1})
    page = left_offline(guide, complaints)
    held_back(page)
    complaints.expected.append(CUT_OFF)
    page.context.set_offline(False)
    page.goto("/unsent")
    expect(page.get_by_text("Waits to be sent.")).to_be_visible()
    assert "sweetspot.outbox" in page.evaluate("Object.keys(localStorage)")
    let_through(page)
    tap(page, "Send now")
    expect(page.get_by_text("Nothing of yours waits here.")).to_be_visible()
    assert len(site.sessions_of(person)) == 1


NOWHERE = """() => {
  indexedDB.open = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""


def test_a_phone_without_any_room_gives_it_as_a_file_and_sends_it_from_the_open_page(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append(OFFLINE)
    guide.evaluate(NOWHERE)
    guide.context.set_offline(True)
    let_pass(guide, WHOLE_S)
    expect(guide.locator("sweet-guide")).to_contain_text("There is no room for it on this phone.")
    with guide.expect_download() as taken:
        tap(guide, "Take out as a file")
    (record,) = json.loads(taken.value.path().read_text())["records"]
    assert record["body"]["spot"] == SPOT
    guide.context.set_offline(False)
    guide.wait_for_url("**/after")
    assert [str(row.id) for row in site.sessions_of(person)] == [record["id"]]


def as_a_visitor(page: Page) -> None:
    """What was done belongs to nobody yet."""
    page.goto("/healthz")  # where nothing sends it
    page.evaluate("""() => new Promise((resolve) => {
      const opening = indexedDB.open("sweetspot");
      opening.addEventListener("success", () => {
        const change = opening.result.transaction("outbox", "readwrite");
        const rows = change.objectStore("outbox");
        rows.getAll().addEventListener("success", ({ target }) => {
          for (const row of target.result) rows.put({ ...row, owner: "visitor" });
        });
        change.addEventListener("complete", resolve);
      });
    })""")


QUESTION = "1 session was done on this phone before you signed in."


def test_what_a_visitor_did_joins_the_account_once_after_being_asked(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    page.context.set_offline(False)
    complaints.expected.append("favicon.ico")
    as_a_visitor(page)
    page.goto("/")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    assert site.sessions_of(person) == []
    tap(page, "Add to my account")
    expect(page.get_by_role("heading", name="Top of the buttock")).to_be_visible()
    assert len(site.sessions_of(person)) == 1
    signed_in_as(page, site, site.person())
    page.goto("/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(QUESTION)).to_be_hidden()


def test_what_a_visitor_did_can_be_let_go_of(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    page.context.set_offline(False)
    complaints.expected.append("favicon.ico")
    as_a_visitor(page)
    page.goto("/")
    tap(page, "No, delete")
    expect(page.get_by_text(QUESTION)).to_be_hidden()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(QUESTION)).to_be_hidden()
    assert site.sessions_of(person) == []


@pytest.fixture
def two_phones(phone: Callable[..., Page], site: Site, person: User) -> tuple[Page, Page]:
    """The questions after one session, open on two phones."""
    massage = site.session(person, 0.01, pain_after=None, note="")
    pages = phone(person), phone(person)
    for page in pages:
        page.goto(f"/sessions/{massage.id}/after")
    return pages


def test_answers_from_two_phones_are_merged_field_by_field(
    two_phones: tuple[Page, Page], site: Site, person: User, complaints: Complaints
) -> None:
    complaints.expected.append("409")
    first, second = two_phones
    answer(first, "Pain now, in this area", 3)
    first.get_by_label("Note").fill("On the first.")
    tap(first, "Save")
    first.wait_for_url(SUMMARY)
    answer(second, "Strongest discomfort", 2)
    second.get_by_label("Note").fill("On the second.")
    tap(second, "Save")
    second.wait_for_url(SUMMARY)
    (kept,) = site.sessions_of(person)
    assert (kept.pain_after, kept.peak_discomfort) == (3, 2)
    expect(second.locator(".note")).to_have_text("On the second. On the first.")
    expect(second.get_by_text("1 entry was changed elsewhere, too.")).to_be_visible()
    tap(second, "Look at it")
    expect(second.get_by_text("differed in: the note.")).to_be_visible()
    tap(second, "OK")
    expect(second.get_by_text("Nothing of yours waits here.")).to_be_visible()
    expect(first.get_by_text("was changed elsewhere, too.")).to_be_hidden()


def test_answers_without_network_are_kept_and_sent_later(
    two_phones: tuple[Page, Page], site: Site, person: User, complaints: Complaints
) -> None:
    page, _other = two_phones
    complaints.expected.append(OFFLINE)
    page.context.set_offline(True)
    answer(page, "Pain now, in this area", 3)
    tap(page, "Save")
    expect(page.get_by_text("It could not be sent just now")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("is on this phone only.")).to_be_hidden()
    page.wait_for_load_state("networkidle")  # what was sent lets Today look again
    page.goto("/unsent")
    expect(page.get_by_text("Nothing of yours waits here.")).to_be_visible()
    assert [row.pain_after for row in site.sessions_of(person)] == [3]


def test_who_leaves_takes_along_what_is_theirs_on_this_phone_and_nothing_else(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    page = left_offline(guide, complaints)
    held_back(page)
    complaints.expected.append(CUT_OFF)
    page.context.set_offline(False)
    somebody = site.person(password=hash_of(site, PASSWORD))
    signed_in_as(page, site, somebody)
    page.goto("/you/leave")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_text("Delete everything.").click()
    tap(page, "Delete the account")
    expect(page.get_by_text("Your account and everything in it is deleted.")).to_be_visible()
    expect(page.locator("sweet-left")).to_have_attribute("data-cleared", "")
    assert [record["owner"] for record in unsent(page)] == [str(person.id)]


def test_who_leaves_leaves_nothing_unsent_behind(
    guide: Page, site: Site, person: User, complaints: Complaints
) -> None:
    with site.app.app_context():
        change = update(User).where(User.id == person.id)
        db.session.execute(change.values(password=hash_password(PASSWORD)))
        db.session.commit()
    page = left_offline(guide, complaints)
    held_back(page)
    complaints.expected.append(CUT_OFF)
    page.context.set_offline(False)
    page.goto("/you/leave")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_text("Delete everything.").click()
    tap(page, "Delete the account")
    expect(page.locator("sweet-left")).to_have_attribute("data-cleared", "")
    assert unsent(page) == []
    assert about(page, person) == []
