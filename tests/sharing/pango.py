"""Pango, which WeasyPrint draws text with, and Poppler, which turns pages into pictures."""

import shutil

import pytest

from tests.browser.chromium import alone, apt_install
from tracker import pdf

MISSING = (
    "The tests of the PDF need Pango and Poppler: apt-get install libpango-1.0-0 poppler-utils"
)
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "poppler-utils")


def ready() -> bool:
    return pdf.available() and bool(shutil.which("pdftoppm"))


def install() -> None:
    """Get them from Debian as root, or fail in one line."""
    if not ready():
        with alone():
            pdf.available.cache_clear()
            if not ready():
                apt_install(*PACKAGES)
                pdf.available.cache_clear()
    if not ready():
        pytest.fail(MISSING, pytrace=False)
