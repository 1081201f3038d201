"""Static files under an address that changes with their contents, so that they never go stale."""

import hashlib
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from tracker.security import FILE_HEADERS, YEAR_S

FIRST, LAST = ("tokens", "reset", "base"), ("utilities",)
BUNDLE = "vendor/app.css"


def init_app(app: Flask, folder: Path) -> None:
    """Serve `folder` and give templates `asset(path)` and `stylesheets()`."""
    prefix = f"/static/{fingerprint(folder)}"
    small = (folder / BUNDLE).exists() and not app.debug
    sheets = [BUNDLE] if small else stylesheets(folder)

    def asset(path: str) -> str:
        built = f"vendor/{path}"
        return f"{prefix}/{built if small and (folder / built).exists() else path}"

    if not app.debug:  # what is served does not change until the next start
        asset = cache(asset)
    app.jinja_env.globals.update(asset=asset, stylesheets=lambda: map(asset, sheets))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=prefix,
        max_age=0 if app.debug else YEAR_S,
        autorefresh=app.debug,
        immutable_file_test=lambda path, url: not app.debug,
        add_headers_function=_add_headers,
        allow_all_origins=False,
    )


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in FILE_HEADERS.items():
        headers[name] = value


def fingerprint(folder: Path) -> str:
    """Twelve hex digits that change when any file under `folder` does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".br", ".gz"}:
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def stylesheets(folder: Path) -> list[str]:
    """The style sheets in the order in which they apply."""
    css = folder / "css"
    components = sorted((css / "components").glob("*.css"))
    sheets = [*(css / f"{name}.css" for name in FIRST), *components]
    sheets += [css / f"{name}.css" for name in LAST]
    return [str(path.relative_to(folder)) for path in sheets]
