"""Where does it hurt: from places to spots, ranked, each with its reason."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from tracker.database import db
from tracker.finder.queries import felt_by, recognised_by
from tracker.finder.ranking import find
from tracker.finder.words import reason, why_elsewhere
from tracker.spots.catalog import catalog
from tracker.spots.content import Region, groups
from tracker.spots.queries import own_spots_of, tracked_of
from tracker.spots.words import side_word

bp = Blueprint("finder", __name__)
View = str | tuple[str, int]
CHEST = {"chest", "upper_chest"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to choose or to take back: one tap, one address."""

    label: str
    href: str
    chosen: bool


@bp.get("/spots/")
def index() -> View:
    asked = list(dict.fromkeys(request.args.getlist("region")))
    known = catalog().regions
    chosen = tuple(region for region in known if region in asked)
    matches = find(chosen, catalog(), **_known_to_be_theirs())
    covered = {region for match in matches for region in match.felt}
    page = render_template(
        "finder/index.html",
        groups={
            _(group.label): [_choice(region, chosen) for region in regions]
            for group, regions in groups(catalog()).items()
        },
        taken=[_choice(known[region], chosen) for region in chosen],
        chosen=chosen,
        unknown=len(asked) > len(chosen),
        offers=[(match, reason(match), why_elsewhere(match)) for match in matches],
        uncovered=[region for region in chosen if region not in covered],
        spots=catalog().spots.values(),
        chest=bool(CHEST & set(chosen)),
        **_mine(chosen),
    )
    return page, 422 if len(asked) > len(chosen) else 200


def _known_to_be_theirs() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {}
    return {"recognised": recognised_by(current_user), "felt": felt_by(current_user)}


def _choice(region: Region, chosen: tuple[str, ...]) -> Choice:
    there = region.id in chosen
    others = [one for one in chosen if one != region.id]
    after = others if there else [*chosen, region.id]
    return Choice(_(region.label), url_for("finder.index", region=after), there)


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
