"""What holds for every request: its headers, and where a change may come from."""

import re

from flask import Flask, Response, abort, request

from tracker.api import asked_for_api

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
# A file runs nothing and sends nobody on: on a chart page the full set would weigh 2 kB more.
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
YEAR_S = 31_536_000
# The same for everybody: nothing personal is in them.
PUBLIC = {"pwa.worker": "no-cache", "pwa.manifest": "max-age=86400"}
SPEAK_JSON = frozenset({"push"})  # blueprints that take and answer no pages, beside /api
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*$")


def is_local_path(target: str) -> bool:
    """Whether `target` stays on this site: one leading slash, no backslash or control."""
    return bool(LOCAL_PATH.fullmatch(target))


def init_app(app: Flask) -> None:
    app.before_request(_refuse_other_origins)
    app.before_request(_refuse_json_for_forms)
    app.after_request(add_headers)


def _refuse_other_origins() -> None:
    """Refuse a change that another site's page asked for, whatever cookies came along."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        abort(403)


def _refuse_json_for_forms() -> None:
    """A form is a form: WTForms would take JSON for one, with values that are no texts."""
    speaks_json = asked_for_api() or request.blueprint in SPEAK_JSON
    if request.is_json and request.blueprint and not speaks_json:
        abort(415)


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Static files do not come by here.
    response.headers["Cache-Control"] = PUBLIC.get(request.endpoint or "", "no-store")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR_S}"
    return response
