"""A person takes everything along and leaves; where they go on, it is all there again."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_security.utils import hash_password
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Site, served, tap
from tests.sharing.conftest import bit_of_everything
from tracker.accounts.models import User
from tracker.database import db

PASSWORD = "lamp orchard seventeen"


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("elsewhere")) as found:
        yield found


@pytest.fixture
def owner(site: Site) -> User:
    """Somebody with a bit of everything, and a password that opens it."""
    with site.app.app_context():
        person = site.person(password=hash_password(PASSWORD))
        for rows in bit_of_everything(person):
            db.session.add_all(rows)
            db.session.flush()
        db.session.commit()
    return person


def taken_along(page: Page, folder: Path, name: str = "everything.json") -> Path:
    """Download everything, as a person does."""
    page.goto("/sharing/")
    page.get_by_label("With what you answered about safety").check()
    with page.expect_download() as download:
        tap(page, "Download everything")
    download.value.save_as(folder / name)
    return folder / name


def content(file: Path) -> dict[str, Any]:
    """All but who took it out and when."""
    found = json.loads(file.read_text("utf-8"))
    return {key: value for key, value in found.items() if key not in {"owner", "made_at"}}


def registered(page: Page, email: str) -> None:
    page.goto("/register")
    page.get_by_label("mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("checkbox").check()
    tap(page, "Get started")
    page.wait_for_url("**/")


def looked_at(page: Page, file: Path) -> Page:
    """Choose the file with the browser's own dialogue, and look at what it would do."""
    page.goto("/sharing/")
    tap(page, "Bring back a file")
    with page.expect_file_chooser() as chooser:
        page.get_by_label("File", exact=True).click()
    chooser.value.set_files(file)
    tap(page, "Look at it")
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()
    return page


def expect_counts(page: Page, **counts: int) -> None:
    told = page.locator("dl .setting")
    for what, count in counts.items():
        row = told.filter(has_text=what.replace("_", " "))
        expect(row.locator("dd")).to_have_text(str(count))


def all_of_it_comes_back(page: Page, sent: Path) -> None:
    before = content(sent)
    everything = sum(len(rows) for name, rows in before.items() if isinstance(rows, list))
    looked_at(page, sent)
    expect(page.get_by_role("heading", name="Line by line")).to_be_visible()
    expect_counts(page, Added=everything, Left_out=0)
    tap(page, "Keep all of this")
    expect(page.get_by_text(f"Kept: {everything} added")).to_be_visible()
    assert content(taken_along(page, sent.parent, "again.json")) == before
    looked_at(page, sent)
    expect(page.get_by_text("There is nothing to keep")).to_be_visible()


def test_who_left_registers_anew_and_has_everything_again(
    phone: Callable[..., Page], owner: User, tmp_path: Path
) -> None:
    page = phone(owner)
    page.goto("/you/leave")
    tap(page, "Take everything along first")
    sent = taken_along(page, tmp_path)
    page.goto("/you/leave")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_text("Delete everything.").click()
    tap(page, "Delete the account")
    expect(page.get_by_text("Your account and everything in it is deleted.")).to_be_visible()

    registered(page, owner.email)
    all_of_it_comes_back(page, sent)
    page.goto("/sessions/")
    expect(page.get_by_text("Top of the buttock").first).to_be_visible()


def test_an_empty_server_has_everything_that_was_taken_along(
    phone: Callable[..., Page], owner: User, empty_server: Site, tmp_path: Path
) -> None:
    sent = taken_along(phone(owner), tmp_path)
    there = phone(base_url=empty_server.url)
    registered(there, "who.moves@example.org")
    all_of_it_comes_back(there, sent)


def test_a_table_comes_back_and_half_of_it_is_refused(
    phone: Callable[..., Page], site: Site, owner: User, tmp_path: Path, complaints: Complaints
) -> None:
    page = phone(owner)
    page.goto("/sharing/")
    with page.expect_download() as download:
        tap(page, "Download sessions.csv")
    sent = tmp_path / "sessions.csv"
    download.value.save_as(sent)
    somebody = site.person()
    theirs = phone(somebody)
    looked_at(theirs, sent)
    # A session with what it tells of its day; the other is at a spot of somebody else's own.
    expect_counts(theirs, Added=2, Left_out=1)
    tap(theirs, "Keep all of this")
    expect(theirs.get_by_text("Kept: 2 added")).to_be_visible()
    expect_counts(looked_at(theirs, sent), Added=0, Here_already=2, Left_out=1)

    complaints.expected.append("422")
    half = tmp_path / "half.csv"
    half.write_bytes(sent.read_bytes()[:-4])
    theirs.goto("/sharing/back/")
    theirs.get_by_label("File", exact=True).set_input_files(half)
    tap(theirs, "Look at it")
    expect(theirs.locator("#file-error")).to_contain_text("Line 4: A quotation mark opens here")
    assert len(site.sessions_of(somebody)) == 1
