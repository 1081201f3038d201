"""What a phone keeps, in a real IndexedDB: over pages and tabs, and where there is no room."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site


@pytest.fixture
def on(site: Site) -> Callable[..., Any]:
    """Run code on a page with `box`, its outbox shelf, at hand."""
    with site.app.test_request_context():
        address = site.app.jinja_env.globals["asset"]("js/phone/shelf.js")

    def run(page: Page, code: str) -> Any:
        return page.evaluate(
            f"""async (address) => {{
              const {{ shelf }} = await import(address);
              const box = shelf("outbox");
              {code}
            }}""",
            address,
        )

    return run


@pytest.fixture
def page(phone: Callable[..., Page]) -> Page:
    page = phone()
    page.goto("/")
    return page


def local(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage)")


def without_room(page: Page) -> None:
    """Before the page's first write: Chromium goes on with what it has granted."""
    wire = page.context.new_cdp_session(page)
    origin = page.url.rstrip("/")
    wire.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})


def test_what_was_put_is_there_after_a_reload_and_in_another_tab(
    page: Page, on: Callable[..., Any]
) -> None:
    on(page, "await box.put({ id: 's1', n: 1 }); await box.put({ id: 's2', n: 2 });")
    page.reload()
    assert on(page, "return box.all();") == [{"id": "s1", "n": 1}, {"id": "s2", "n": 2}]
    tab = page.context.new_page()
    tab.goto("/")
    on(tab, "await box.remove('s1');")
    assert on(page, "return box.all();") == [{"id": "s2", "n": 2}]
    assert on(page, "return (await box.get('s1')) ?? null;") is None
    assert local(page) == []


def test_a_change_in_two_tabs_at_once_loses_neither(page: Page, on: Callable[..., Any]) -> None:
    on(page, "await box.put({ id: 's1', n: 0 });")
    tab = page.context.new_page()
    tab.goto("/")
    add = "box.change('s1', ({ n }) => ({ id: 's1', n: n + 1 }))"
    for each in (page, tab):
        each.evaluate("globalThis.done = null")
    many = f"globalThis.done = Promise.all(Array.from({{ length: 50 }}, () => {add})); return 0;"
    for each in (page, tab):
        on(each, many)
    for each in (page, tab):
        each.evaluate("globalThis.done.then(() => 0)")
    assert on(page, "return (await box.get('s1')).n;") == 100


def test_a_handle_that_died_is_taken_anew(page: Page, on: Callable[..., Any]) -> None:
    on(page, "await box.put({ id: 's1' });")
    killed = """
      const { transaction } = IDBDatabase.prototype;
      let dead = true;
      IDBDatabase.prototype.transaction = function (...what) {
        if (!dead) return transaction.apply(this, what);
        dead = false;
        throw new DOMException("The connection is closed.", "InvalidStateError");
      };
      await box.put({ id: 's2' });
      return box.all();
    """
    assert on(page, killed) == [{"id": "s1"}, {"id": "s2"}]
    assert local(page) == []


def test_a_newer_version_of_the_app_is_not_kept_waiting(page: Page, on: Callable[..., Any]) -> None:
    on(page, "await box.put({ id: 's1' });")
    opened = on(
        page,
        """return new Promise((resolve) => {
          const request = indexedDB.open("sweetspot", 2);
          for (const type of ["success", "blocked"]) {
            request.addEventListener(type, () => resolve(type));
          }
        });""",
    )
    assert opened == "success"


FULL_ONCE = """
  const { put } = IDBObjectStore.prototype;
  let room = false;
  IDBObjectStore.prototype.put = function (row) {
    if (room || this.name !== "outbox") return put.call(this, row);
    room = true;
    const full = new DOMException("full", "QuotaExceededError");
    Object.defineProperty(this.transaction, "error", { value: full });
    this.transaction.abort();
  };
"""


def test_a_full_phone_lets_go_of_what_can_be_fetched_again(
    page: Page, on: Callable[..., Any]
) -> None:
    fill = """
      const { shelf: other } = await import(address);
      await other("sessions").put({ id: "copy" });
      await caches.open("assets");
    """
    on(page, fill)
    on(page, f"{FULL_ONCE} await box.put({{ id: 's1' }});")
    assert on(page, "return box.all();") == [{"id": "s1"}]
    assert on(page, "return (await import(address)).shelf('sessions').all();") == []
    assert on(page, "return caches.keys();") == []
    assert local(page) == []


def test_a_phone_that_stays_full_keeps_it_in_its_other_place(
    page: Page, on: Callable[..., Any]
) -> None:
    without_room(page)
    on(page, "await box.put({ id: 's1', n: 1 }); await box.put({ id: 's2', n: 2 });")
    on(page, "await box.put({ id: 's1', n: 3 });")
    assert local(page) == ["sweetspot.outbox"]
    page.reload()
    kept = on(page, "return box.all();")
    assert sorted((row["id"], row["n"]) for row in kept) == [("s1", 3), ("s2", 2)]
    on(page, "await box.remove('s1'); await box.remove('s2');")
    assert on(page, "return box.all();") == []
