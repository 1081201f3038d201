"""Where does it hurt: from places to spots, ranked, each with its reason."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from tracker.database import db
from tracker.finder.picture import draw, said
from tracker.finder.places import Asked, read
from tracker.finder.queries import felt_by, recognised_by
from tracker.finder.ranking import Match, find
from tracker.finder.words import felt, pressed, reason, where, why_elsewhere
from tracker.safety.words import signs_of
from tracker.spots.body import Zoom, body
from tracker.spots.catalog import catalog
from tracker.spots.content import Spot, groups
from tracker.spots.queries import UnknownSpot, own_spots_of, tracked_of
from tracker.spots.words import place, side_word

bp = Blueprint("finder", __name__)
View = str | tuple[str, int]
CHEST = {"chest", "upper_chest"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One spot to try, as the page tells it."""

    spot: Spot
    href: str
    why: str
    elsewhere: str | None


@bp.get("/spots/")
def index() -> View:
    # "region" is what addresses said before they had sides
    asked = read(request.args.getlist("at") + request.args.getlist("region"), catalog())
    return _page(asked), 422 if asked.unknown else 200


@bp.app_errorhandler(UnknownSpot)
def unknown_spot(_error: UnknownSpot) -> View:
    return _page(read([], catalog()), unknown_spot=True), 404


def _page(asked: Asked, **more: bool) -> str:
    regions = tuple(asked.sides)
    matches = find(regions, catalog(), asked.sides, **_known_to_be_theirs(asked))
    covered = {region for match in matches for region in match.felt}
    return render_template(
        "finder/index.html",
        groups=groups(catalog()),
        asked=asked,
        taken=[
            (where(region, sides), url_for("finder.index", at=asked.without(region).values()))
            for region, sides in asked.sides.items()
        ],
        offers=[_offer(match, asked) for match in matches if match.felt],
        beside=[_offer(match, asked) for match in matches if not match.felt],
        pictures=[_picture(match, asked) for match in matches],
        uncovered=[region for region in regions if region not in covered],
        spots=catalog().spots.values(),
        body=body(),
        zooms=[_inset(zoom) for zoom in body().zooms.values()],
        chest=bool(CHEST & set(regions)),
        clot=signs_of("dvt") if "calf" in regions else [],
        **_mine(regions),
        **more,
    )


def _known_to_be_theirs(asked: Asked) -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {}
    sides = asked.pressed_sides()
    return {
        "recognised": recognised_by(current_user, sides),
        "felt": felt_by(current_user, sides),
    }


def _offer(match: Match, asked: Asked) -> Offer:
    href = url_for("spots.show", slug=match.spot.slug, side=match.side, at=asked.values())
    return Offer(match.spot, href, reason(match), why_elsewhere(match))


def _inset(zoom: Zoom) -> dict[str, object]:
    label = _(zoom.label)
    return {
        "view": zoom.view,
        "box": zoom.box,
        "both": not zoom.paired,
        "label": place(label, zoom.side) if zoom.paired else label,
    }


def _picture(match: Match, asked: Asked) -> dict[str, object]:
    """The picture of one offer, and the same in words."""
    picture = draw(match, body())
    several = len(picture.panels) > 1
    press, there = pressed(match), felt(match, asked.sides)
    next_to = _("Next to it: %(places)s", places=there)
    return {
        "press": press,
        "felt": there,
        "said": there if match.felt else next_to,
        "told": f"{_('Press here')}: {press}. "
        + (f"{_('Felt there')}: {there}." if match.felt else f"{next_to}."),
        "views": [_(body().views[panel.view].label) for panel in picture.panels if several],
        **said(picture),
    }


def _mine(chosen: tuple[str, ...]) -> dict[str, Any]:
    """What the signed-in person works on, and their own spots that go with the choice."""
    if not current_user.is_authenticated:
        return {"own": [], "worked_on": {}, "names": {}}
    own = db.session.scalars(own_spots_of(current_user)).all()
    names = {spot.slug: _(spot.name) for spot in catalog().spots.values()}
    names |= {str(spot.id): spot.name for spot in own}
    worked_on: dict[str, list[str]] = {}
    for one in db.session.scalars(tracked_of(current_user)):
        if one.spot_id in names:
            worked_on.setdefault(one.spot_id, []).append(side_word(one.side))
    return {
        "own": [spot for spot in own if not chosen or {spot.region, *spot.felt_in} & {*chosen}],
        "worked_on": worked_on,
        "names": names,
    }
