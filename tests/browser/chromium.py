"""Where Chromium and its driver are, and how to get them where they can be had."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"  # the same engine without a desktop around it: less to do
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


def browser_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def shell_path() -> str | None:
    """Debian's, installed where it can be; else the whole browser does it all."""
    if not shutil.which(SHELL):
        with alone():
            if not shutil.which(SHELL):
                apt_install(SHELL)
    return shutil.which(SHELL) or browser_path()


def driver_path() -> str | None:
    """Debian's chromedriver, of the same release as its Chromium; installed where it can be."""
    if not shutil.which("chromedriver"):
        with alone():
            apt_install("chromium", "chromium-driver")
    return shutil.which("chromedriver")


def install_browser() -> None:
    """Get Chromium from Debian as root, else Playwright's own."""
    with alone():
        if not browser_path():
            apt_install("chromium")
        if not browser_path():
            _quietly(sys.executable, "-m", "playwright", "install", "chromium")


@contextmanager
def alone() -> Iterator[None]:
    """Another worker may be at it."""
    with open(Path(tempfile.gettempdir()) / f"chromium-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def apt_install(*packages: str) -> None:
    if os.getuid() == 0 and shutil.which("apt-get"):
        _quietly("apt-get", "update", "-q")
        _quietly("apt-get", "install", "-qy", *packages)


def _quietly(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
