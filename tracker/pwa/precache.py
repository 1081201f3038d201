"""What the phone keeps so that Sweetspot opens without network: files, and what they import."""

import re
from collections.abc import Callable
from pathlib import Path

# Static, relative: import "./x.js", from "../y.js", import("./z.js").
IMPORTED = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
SCRIPTS = (
    "js/phone/app.js",
    "js/elements/sweet-fold.js",
    "js/elements/press-count.js",
    "js/elements/sweet-shell.js",
    "js/elements/sweet-waiting.js",
    "js/elements/sweet-guide.js",
)


def files_for_shell(
    folder: Path, asset: Callable[[str], str], sheets: Callable[[], object]
) -> list[str]:
    """Addresses of the style sheets, the icon and the scripts, with all that these import.

    `asset` and `sheets` are what assets.py gives to templates; `folder` is where static files are.
    """
    scripts = [asset(path) for path in SCRIPTS]
    found = [*sheets(), asset("icons/favicon.svg"), *scripts]  # type: ignore[misc]
    prefix = scripts[0].split("/js/")[0].removesuffix("/vendor")
    for script in scripts:
        path = folder / script.removeprefix(f"{prefix}/")
        found += [f"{prefix}/{each.relative_to(folder)}" for each in imported(path)]
    return list(dict.fromkeys(found))


def imported(path: Path) -> list[Path]:
    """Every module that a script imports, and those that they do, each once."""
    found: dict[Path, None] = {}
    waiting = [path]
    while waiting:
        here = waiting.pop()
        for name in IMPORTED.findall(here.read_text(encoding="utf-8")):
            there = (here.parent / name).resolve()
            if there not in found:
                found[there] = None
                waiting.append(there)
    return list(found)
