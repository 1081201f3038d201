"""A person's spots: the catalogue's and their own, looked up in one way."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, or_, select
from werkzeug.exceptions import NotFound

from tracker.accounts.models import User
from tracker.database import db
from tracker.language import gettext as _
from tracker.language import language
from tracker.spots.around import Around, around_place, around_spot
from tracker.spots.body import body
from tracker.spots.catalog import OWN_LOG_ONLY_REGIONS, OWN_SPOT_LIMITS, Limits, Spot, catalog
from tracker.spots.chosen import Chosen, Rhythm, rhythm
from tracker.spots.models import OwnSpot, TrackedSpot
from tracker.spots.words import SIDES

TRACKED = TrackedSpot.__table__.c
ORDER = (TRACKED.position, TRACKED.since, TRACKED.spot_id, TRACKED.side)
MINE = select().where(TRACKED.user_id == bindparam("user_id"))
LISTED_OR_HELD = MINE.where(or_(TRACKED.archived_at.is_(None), TRACKED.held_until.is_not(None)))
SPOT_SIDES = LISTED_OR_HELD.add_columns(*(TRACKED[name] for name in Chosen._fields)).order_by(
    *ORDER
)
SPOT_IDS = MINE.add_columns(TRACKED.spot_id)
HURTS_IN = MINE.add_columns(TRACKED.spot_id, TRACKED.side, TRACKED.hurts_in).where(
    TRACKED.hurts_in.is_not(None)
)
SpotSide = tuple[str, str]


class UnknownSpot(NotFound):
    """No spot goes by this address, for this person; the finder answers with the body."""


class Regions(NamedTuple):
    """Of a spot and side: the region it is worked on for, and the one that is pressed."""

    hurting: str
    pressed: str


@dataclass(frozen=True, slots=True)
class AnySpot:
    """What a session needs to know of a spot, whoever described it.

    `id` is the slug, or the UUID of a spot of one's own; texts are in the reader's language.
    """

    id: str
    name: str
    region: str
    sides: tuple[str, ...]
    felt_in: tuple[str, ...]
    limits: Limits
    guided: bool
    shift_hint: str
    cautions: tuple[str, ...] = ()
    number: int | None = None
    gentle: bool = False  # only by the gentle protocol, after a safety answer
    place: tuple[str, float, float] | None = None  # of an own spot: the view, and where on the left

    @property
    def own(self) -> bool:
        return self.number is None

    def around(self, side: str) -> Around | None:
        """The part of the body around it; None for a spot of one's own that was not placed."""
        if self.place:
            return around_place(*self.place, side)
        if self.own:
            return None
        return around_spot(body(), self.id, catalog().spots[self.id].closeup, side)


def own_spots_of(user: User) -> Select[tuple[OwnSpot]]:
    """The spots this person added, oldest first."""
    mine = select(OwnSpot).where(OwnSpot.user_id == user.id)
    return mine.order_by(OwnSpot.created_at, OwnSpot.id)


def ever_tracked_of(user: User) -> Select[tuple[TrackedSpot]]:
    """Every spot-side this person ever chose, in their order, the archived ones too."""
    return select(TrackedSpot).where(TrackedSpot.user_id == user.id).order_by(*ORDER)


def tracked_of(user: User) -> Select[tuple[TrackedSpot]]:
    """The spot-sides on this person's list, in their order."""
    return ever_tracked_of(user).where(TrackedSpot.archived_at.is_(None))


def chosen_of(user: User) -> list[Chosen]:
    """The same without what only its own page needs, for the pages that are asked for most."""
    return [one for one in chosen_or_held_of(user) if one.archived_at is None]


def chosen_or_held_of(user: User) -> list[Chosen]:
    """The same with those off the list of which a test is not over yet."""
    return [*map(Chosen._make, db.session.execute(SPOT_SIDES, {"user_id": user.id}))]


def spot_ids_of(user: User) -> set[str]:
    """The ids of all spots this person ever chose."""
    return {*db.session.scalars(SPOT_IDS, {"user_id": user.id})}


def tracked_at(user: User, spot_id: str) -> dict[str, TrackedSpot]:
    """What this person set for one spot, by side, the archived ones too."""
    rows = db.session.scalars(ever_tracked_of(user).where(TrackedSpot.spot_id == spot_id))
    return {row.side: row for row in rows}


def rhythm_of(user: User, spot_id: str, side: str) -> Rhythm:
    """What stands in for the usual rest there: the person's own rhythm, or that of their test."""
    return rhythm(tracked_at(user, spot_id).get(side))


def last_position(user: User) -> int:
    """The place after all that are on this person's list."""
    last = select(func.max(TrackedSpot.position)).where(TrackedSpot.user_id == user.id)
    position = db.session.scalar(last)
    return 0 if position is None else position + 1


def find_spot(user: User, spot_id: str) -> AnySpot | None:
    """The spot with this slug, or this person's own with this id; None where there is none."""
    known = catalog().spots.get(spot_id)
    if known:
        return as_switched(user, from_catalog(known))
    own_id = as_uuid(spot_id)
    if own_id is None:
        return None
    own = db.session.scalar(own_spots_of(user).where(OwnSpot.id == own_id))
    return from_own(own) if own else None


def spots_by_id(user: User, ids: Iterable[str]) -> dict[str, AnySpot]:
    """Every spot of `ids` that exists, with no query at all unless some are the person's own."""
    wanted = set(ids)
    spots = catalog().spots
    found = {id_: as_switched(user, from_catalog(spots[id_])) for id_ in wanted & spots.keys()}
    own_ids = [own for own in map(as_uuid, wanted - spots.keys()) if own]
    if own_ids:
        mine = db.session.scalars(own_spots_of(user).where(OwnSpot.id.in_(own_ids)))
        found |= {str(own.id): from_own(own) for own in mine}
    return found


def regions_of(
    user: User, ids: Iterable[str], connection: Connection | None = None
) -> dict[str, str]:
    """The region of every spot of `ids` that exists; asks only where some are the person's own."""
    wanted = set(ids)
    spots = catalog().spots
    found = {id_: spots[id_].region for id_ in wanted & spots.keys()}
    own_ids = [own for own in map(as_uuid, wanted - spots.keys()) if own]
    if own_ids:
        mine = own_spots_of(user).where(OwnSpot.id.in_(own_ids))
        named = mine.with_only_columns(OwnSpot.id, OwnSpot.region)
        rows = (connection or db.session).execute(named)
        found |= {str(own_id): region for own_id, region in rows}
    return found


def hurting_at(user: User, spot_sides: Iterable[SpotSide]) -> dict[SpotSide, str]:
    """The region that hurts, by spot and side: what the person said, else the one they press.

    Spots that do not exist are left out.
    """
    return {at: there.hurting for at, there in hurting_and_pressed(user, spot_sides).items()}


def hurting_and_pressed(user: User, spot_sides: Iterable[SpotSide]) -> dict[SpotSide, Regions]:
    """The same with the region they press."""
    wanted = list(spot_sides)
    pressed = regions_of(user, {spot_id for spot_id, _side in wanted})
    said = _said_to_hurt(user)
    return {
        at: Regions(said.get(at, pressed[at[0]]), pressed[at[0]])
        for at in wanted
        if at[0] in pressed
    }


def worked_on_for(user: User, region: str) -> dict[str, list[str]]:
    """The spots that are pressed for a region that hurts, by side: their ids."""
    said = _said_to_hurt(user)
    mine = own_spots_of(user).with_only_columns(OwnSpot.id, OwnSpot.region)
    pressed = {spot.slug: spot.region for spot in catalog().spots.values()}
    pressed |= {str(own_id): there for own_id, there in db.session.execute(mine)}
    return {
        side: found
        for side in SIDES
        if (found := [id_ for id_ in pressed if said.get((id_, side), pressed[id_]) == region])
    }


def regions_about(
    user: User, ids: Collection[str], connection: Connection | None = None
) -> set[str]:
    """Every region that one of these spots is in, or is worked on for."""
    said = _said_to_hurt(user, connection)
    hurting = {region for (spot_id, _side), region in said.items() if spot_id in ids}
    return hurting | {*regions_of(user, ids, connection).values()}


def _said_to_hurt(user: User, connection: Connection | None = None) -> dict[SpotSide, str]:
    rows = (connection or db.session).execute(HURTS_IN, {"user_id": user.id})
    return {(spot_id, side): region for spot_id, side, region in rows}


def all_spots(user: User) -> list[AnySpot]:
    """The catalogue in its order, then the person's own."""
    mine = db.session.scalars(own_spots_of(user))
    known = (as_switched(user, from_catalog(spot)) for spot in catalog().spots.values())
    return [*known, *map(from_own, mine)]


def as_uuid(text: str) -> UUID | None:
    """The UUID written in the one way it is written here, or None."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def as_switched(user: User, spot: AnySpot) -> AnySpot:
    """A spot that is off until switched on is not guided before."""
    if spot.limits.opt_in_only and not user.side_of_neck:
        return replace(spot, guided=False)
    return spot


def from_catalog(spot: Spot) -> AnySpot:
    return _translated(spot.slug, language().code)


@cache
def _translated(slug: str, _code: str) -> AnySpot:
    spot = catalog().spots[slug]
    return AnySpot(
        id=spot.slug,
        name=_(spot.name),
        region=spot.region,
        sides=spot.sides,
        felt_in=spot.felt_in,
        limits=spot.limits,
        guided=True,
        shift_hint=_(spot.shift_hint),
        cautions=tuple(caution.text for caution in spot.cautions),
        number=spot.number,
    )


def placed(own: OwnSpot) -> tuple[str, float, float] | None:
    """The view and the place on the left, where it has been placed on the body."""
    if own.view is None or own.x is None or own.y is None:
        return None
    return own.view, own.x, own.y


def from_own(own: OwnSpot) -> AnySpot:
    return AnySpot(
        id=str(own.id),
        name=own.name,
        region=own.region,
        sides=("left", "right") if catalog().regions[own.region].paired else ("middle",),
        felt_in=tuple(own.felt_in),
        limits=OWN_SPOT_LIMITS,
        guided=own.region not in OWN_LOG_ONLY_REGIONS,
        shift_hint=_("Move a few millimetres, off the bone."),
        place=placed(own),
    )
