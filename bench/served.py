"""The app as it is served, and a page of a phone that somebody signed in on."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, Playwright
from waitress import wasyncore
from waitress.server import create_server

SLOWDOWN = 4  # times: what a phone's CPU takes longer than this machine's


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve it on this machine alone; its address."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))
        thread.join()
        server.task_dispatcher.shutdown()


def chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )


def phone(playwright: Playwright, browser: Browser, url: str, cookie: str, **more: Any) -> Page:
    """A page on a phone of its own, signed in; `slow_down` makes it as slow as one."""
    kind = {**playwright.devices["Pixel 7"]}
    kind.pop("default_browser_type")
    context = browser.new_context(**kind, base_url=url, locale="en", **more)
    context.add_cookies([{"name": "session", "value": cookie, "url": url}])
    return context.new_page()


def slow_down(page: Page) -> None:
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
