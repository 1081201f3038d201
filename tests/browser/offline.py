"""What tests do with a phone that can start without network."""

from playwright.sync_api import Page, expect

from tests.browser.in_the_guide import wait_until

CONTROLLED = "() => Boolean(navigator.serviceWorker.controller)"
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      const { pathname } = new URL(request.url);
      found[pathname] = await (await caches.match(request, { ignoreVary: true })).text();
    }
  }
  return found;
}"""


def installed(page: Page, path: str = "/") -> None:
    """Open a page until the phone has the service worker, then once more, to keep what it needs."""
    page.goto(path)
    wait_until(page, CONTROLLED)
    page.goto(path)


def ready_for_offline(page: Page) -> None:
    """Have on the phone all that a session needs, and no network any more."""
    installed(page)
    expect(page.locator("sweet-kept[data-kept]")).to_be_attached()
    page.context.set_offline(True)


def cached(page: Page) -> dict[str, str]:
    """What is in the phone's caches, by path."""
    return page.evaluate(CACHED)
