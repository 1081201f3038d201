"""From where it hurts to spots worth a try, best first, each with the reason it is there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tracker.spots.content import Catalog, Group, Region, Spot

SIDES = ("left", "right")
ANSWERS = ("yes", "partly", "no")
NOTHING_YET: Mapping[str, str] = MappingProxyType({})


class ReasonCode(StrEnum):
    YOURS = "yours"  # the person said this is their pain
    LISTED = "listed"  # the article lists the spot under words that name the region
    FELT = "felt"  # the article says the spot is felt in the region
    NEAR = "near"  # one of the two for a region inside or around the chosen one


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a spot is offered; the code is the strongest reason, the rest is filled where true.

    `answer` is "yes" or "partly"; `listed_under` are the article's words; `regions` are the
    spot's own regions behind the match (not the chosen ones where the code is NEAR).
    """

    code: ReasonCode
    answer: str | None
    listed_under: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One offered spot; `felt` are the chosen regions it covers, `side` the one asked for."""

    spot: Spot
    felt: tuple[str, ...]
    side: str | None
    reason: Reason


def find(
    regions: Collection[str],
    catalog: Catalog,
    side: str | None = None,
    recognised: Mapping[str, str] = NOTHING_YET,
) -> tuple[Match, ...]:
    """Rank the spots that go with the chosen regions; none chosen or none known gives ().

    First what the person recognised as their pain (`recognised`: slug -> yes, partly, no), then
    how many chosen regions a spot covers, the article's own listing, its main spot, how early
    it names the region, and the spot's number. Unknown regions, sides, answers: ValueError.
    """
    _check(regions, catalog, side, recognised)
    found = []
    for spot in catalog.spots.values():
        match = _match(spot, regions, catalog, side, recognised.get(spot.slug))
        if match:
            found.append((_rank(match), match))
    # sorted() leaves equals in the catalogue's order, which is by number
    return tuple(match for _, match in sorted(found, key=lambda pair: pair[0]))


def groups(catalog: Catalog) -> dict[Group, tuple[Region, ...]]:
    """Regions by body part, head to foot, for a list to choose from."""
    return {
        group: tuple(region for region in catalog.regions.values() if region.group == group.id)
        for group in catalog.groups.values()
    }


def _check(
    regions: Collection[str], catalog: Catalog, side: str | None, recognised: Mapping[str, str]
) -> None:
    for region in regions:
        if region not in catalog.regions:
            raise ValueError(f"unknown region {region!r}")
    if side is not None and side not in SIDES:
        raise ValueError(f"unknown side {side!r}")
    for answer in recognised.values():
        if answer not in ANSWERS:
            raise ValueError(f"unknown answer {answer!r}")


def _match(
    spot: Spot,
    regions: Collection[str],
    catalog: Catalog,
    side: str | None,
    answer: str | None,
) -> Match | None:
    chosen = [region for region in catalog.regions if region in regions]
    named = _named(spot)
    around = {region: _covering(region, named, catalog) for region in chosen}
    felt = tuple(region for region in chosen if around[region])
    if not felt:
        return None
    behind = tuple(region for region in named if any(region in around[one] for one in felt))
    listed = tuple(one.under for one in spot.listed if set(one.regions) & set(chosen))
    own = answer if answer in ("yes", "partly") else None
    code = _code(own, listed, direct=any(region in named for region in felt))
    asked = side if side in spot.sides else None
    return Match(spot, felt, asked, Reason(code, own, listed, behind))


def _code(own: str | None, listed: tuple[str, ...], direct: bool) -> ReasonCode:
    if own:
        return ReasonCode.YOURS
    if listed:
        return ReasonCode.LISTED
    return ReasonCode.FELT if direct else ReasonCode.NEAR


def _named(spot: Spot) -> tuple[str, ...]:
    """Regions the article ties to the spot: felt in first, then those its listing names."""
    listed = (region for listing in spot.listed for region in listing.regions)
    return tuple(dict.fromkeys((*spot.felt_in, *listed)))


def _covering(region: str, named: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """The spot's regions that are the chosen one, or else lie inside or around it."""
    if region in named:
        return (region,)
    inside = catalog.regions[region].includes
    return tuple(one for one in named if one in inside or region in catalog.regions[one].includes)


def _rank(match: Match) -> tuple[int, ...]:
    spot, reason = match.spot, match.reason
    named = _named(spot)
    direct = sum(region in named for region in match.felt)
    behind = set(reason.regions)
    headings = [at for at, one in enumerate(spot.listed) if behind & set(one.regions)]
    return (
        ("yes", "partly", None).index(reason.answer),
        -direct,
        direct - len(match.felt),
        not headings,
        not spot.main,
        min(headings, default=0),
        min(named.index(region) for region in reason.regions),
    )
