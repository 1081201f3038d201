"""The app on the phone: its manifest, its service worker, and what works without network."""

import json
from functools import partial
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required

from tracker import clock
from tracker.api import Operation, described, signed_out
from tracker.language import LOCALES
from tracker.pwa.kept import kept_for
from tracker.pwa.manifest import manifest as manifest_of
from tracker.pwa.precache import files_for_shell
from tracker.pwa.visitor import can_be_tried, visitors_session
from tracker.pwa.words import shell
from tracker.settings import ROOT
from tracker.spots.catalog import catalog
from tracker.spots.queries import from_catalog
from tracker.today.board import board_for

bp = Blueprint("pwa", __name__)
STATIC = ROOT / "static"
script = partial(Response, content_type="text/javascript; charset=utf-8")


@bp.get("/manifest.webmanifest", defaults={"language": None})
@bp.get("/manifest.<language>.webmanifest")
def manifest(language: str | None) -> Response:
    """In the language of its address: the browser asks for it without cookies."""
    if language not in (None, *LOCALES):
        abort(404)
    made = manifest_of(_asset)
    return Response(json.dumps(made), content_type="application/manifest+json")


@bp.get("/sw.js")
def worker() -> Response:
    """The service worker; where it is switched off, one that clears up and goes."""
    if not current_app.config["SERVICE_WORKER"]:
        return script(_source("sw-off"))
    known = {
        "VERSION": _asset("").split("/")[2],
        "FILES": files_for_shell(STATIC, _asset, current_app.jinja_env.globals["stylesheets"]),
        "SHELLS": _shells(),
    }
    constants = "".join(f"const {name}={json.dumps(value)};" for name, value in known.items())
    return script(f"{constants}\n{_source('sw')}\n{_source('sw-push')}")


@bp.get("/offline/", defaults={"language": None})
@bp.get("/offline/<language>")
def offline(language: str | None) -> str:
    """The shell: the same for everybody, whoever is signed in."""
    if language not in (None, *LOCALES):
        abort(404)
    closed = _(
        "What you ticked is kept on this phone, and sent when there is a network. Until then this "
        "spot stays closed; after that, Sweetspot says what opens it."
    )
    return render_template("pwa/offline.html", shells=_shells(), closed_text=closed, **shell())


@bp.get("/try/<slug>")
def try_(slug: str) -> Any:
    """A whole session without an account, at one of the article's spots."""
    spot = catalog().spots.get(slug)
    if spot is None or not can_be_tried(spot):
        abort(404)
    side = request.args.get("side")
    if current_user.is_authenticated:
        return redirect(url_for("sessions.new", spot=slug, side=side))
    closed = _(
        "Nothing of this was kept or sent. Leave this spot for now. With an account Sweetspot can "
        "keep a spot light, or closed until a clinician has looked, as it should be."
    )
    kept = visitors_session(from_catalog(spot), clock.now())
    made = shell(kept["stops"][0]["asks"]) | {"kept": kept}
    return render_template("pwa/offline.html", shells=_shells(), closed_text=closed, **made)


@bp.get("/api/kept")
@described(Operation("All a phone keeps to start without network.", {200: {"type": "object"}}))
def kept() -> Any:
    """All that this phone needs of the person to start without network."""
    if not current_user.is_authenticated:
        return signed_out()
    now = clock.now()
    cards = board_for(current_user, now).cards
    return kept_for(current_user, now, [(card.spot.id, card.side) for card in cards]), 200


@bp.get("/start")
@login_required
def start() -> Any:
    """The shortcut of the installed app: the first spot that may be started, else Today."""
    cards = board_for(current_user, clock.now()).cards
    first = next((card for card in cards if card.startable), None)
    if first is None:
        return redirect(url_for("today.today"))
    return redirect(url_for("sessions.new", spot=first.spot.id, side=first.side))


def _shells() -> dict[str, str]:
    return {code: url_for("pwa.offline", language=code) for code in LOCALES}


def _asset(path: str) -> str:
    """The address of a static file, as templates have it."""
    return current_app.jinja_env.globals["asset"](path)


def _source(name: str) -> str:
    """A script as it is served: small, where it was built."""
    built = _asset(f"js/{name}.js").split("/", 3)[3]
    return (STATIC / built).read_text(encoding="utf-8")
