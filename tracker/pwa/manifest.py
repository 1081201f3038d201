"""The web app manifest: what a phone shows of Sweetspot once it is installed."""

from collections.abc import Callable
from typing import Any

from tracker.language import gettext as _
from tracker.language import language

PAPER = "#f4f3ef"
ICONS = (("icon", "any"), ("maskable", "maskable"))
SIZES = (192, 512)


def manifest(asset: Callable[[str], str]) -> dict[str, Any]:
    """In the language of this request."""
    return {
        "id": "/",
        "name": "Sweetspot",
        "short_name": "Sweetspot",
        "description": _("A notebook and a timer for gentle self-massage."),
        "lang": language().code,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["health", "lifestyle"],
        "icons": [_icon(asset, name, purpose, size) for name, purpose in ICONS for size in SIZES],
        "shortcuts": [
            {"name": _("Start"), "url": "/start"},
            {"name": _("Log a session"), "short_name": _("Log"), "url": "/sessions/add"},
        ],
    }


def _icon(asset: Callable[[str], str], name: str, purpose: str, size: int) -> dict[str, str]:
    return {
        "src": asset(f"icons/{name}-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
