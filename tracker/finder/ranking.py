"""From where it hurts to spots worth a try, best first, each with the reason it is there."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tracker.spots.content import Catalog, Spot

SIDES = ("left", "right")
ANSWERS = ("yes", "partly", "no")
FEW = 2  # with fewer spots of its own, a region is offered those of its neighbours too
MOST_BESIDE = 3
NOTHING_YET: Mapping[str, str] = MappingProxyType({})
UNSAID: Mapping[str, Collection[str]] = MappingProxyType({})


class ReasonCode(StrEnum):
    YOURS = "yours"  # the person said this is their pain, or felt it there
    LISTED = "listed"  # the article lists the spot under words that name the region
    FELT = "felt"  # the article says the spot is felt in the region
    NEAR = "near"  # one of the two for a region inside or around the chosen one
    BESIDE = "beside"  # few spots go with the chosen region; this one with a region next to it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a spot is offered; the code is the strongest reason, the rest is filled where true.

    `answer` is "yes", "partly" or "felt"; `listed_under` are the article's words; `regions` are the
    spot's own regions behind the match (not the chosen ones where the code is NEAR or BESIDE).
    """

    code: ReasonCode
    answer: str | None
    listed_under: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One offered spot; `felt` are the chosen regions it covers (none where it is BESIDE them).

    `side` is the one side on which all of these hurt, else None.
    """

    spot: Spot
    felt: tuple[str, ...]
    side: str | None
    reason: Reason


def find(
    regions: Collection[str],
    catalog: Catalog,
    sides: Mapping[str, Collection[str]] = UNSAID,
    recognised: Mapping[str, str] = NOTHING_YET,
    felt: Mapping[str, Collection[str]] = UNSAID,
) -> tuple[Match, ...]:
    """Rank the spots that go with the chosen regions; none chosen or none known gives ().

    First what the person recognised as their pain (`recognised`: slug -> yes, partly, no), then
    what they felt in a chosen region (`felt`: slug -> regions; not after "no"), then how many
    chosen regions a spot covers, how many of these it names itself rather than one inside or
    around, the article's own listing, its main spot, how early it names the region, and the
    spot's number; last, for a region that few spots cover, some of its neighbours'. `sides`: the
    sides on which each chosen region hurts. Unknown regions, sides, answers: ValueError.
    """
    _check(regions, catalog, sides, recognised)
    found = []
    for spot in catalog.spots.values():
        answer = recognised.get(spot.slug)
        own = () if answer == "no" else felt.get(spot.slug, ())
        match = _match(spot, regions, catalog, sides, answer, own)
        if match:
            found.append((_rank(match, own), match))
    # sorted() leaves equals in the catalogue's order, which is by number
    covering = tuple(match for _, match in sorted(found, key=lambda pair: pair[0]))
    return covering + _beside(regions, catalog, sides, covering)


def _beside(
    regions: Collection[str],
    catalog: Catalog,
    sides: Mapping[str, Collection[str]],
    covering: Collection[Match],
) -> tuple[Match, ...]:
    """For regions that few spots cover, a few felt next to them; none that is off by default."""
    times = Counter(region for match in covering for region in match.felt)
    bare = [one for one in catalog.regions if one in regions and times[one] < FEW]
    offered = {match.spot.slug for match in covering}
    found = []
    for spot in catalog.spots.values():
        if spot.guided and spot.slug not in offered:
            found += _next_to(spot, bare, catalog, sides)
    return tuple(match for _, match in sorted(found, key=lambda pair: pair[0])[:MOST_BESIDE])


def _next_to(
    spot: Spot, bare: Iterable[str], catalog: Catalog, sides: Mapping[str, Collection[str]]
) -> list[tuple[tuple[int, ...], Match]]:
    """The spot as one felt next to these regions, with its rank; nothing if it is not."""
    named = _named(spot, ())
    near = {region: catalog.regions[region].beside for region in bare}
    near = {region: beside for region, beside in near.items() if {*beside} & {*named}}
    if not near:
        return []
    behind = tuple(one for one in named if any(one in beside for beside in near.values()))
    closest = min(beside.index(one) for beside in near.values() for one in behind if one in beside)
    match = Match(spot, (), _asked(spot, near, sides), Reason(ReasonCode.BESIDE, None, (), behind))
    return [((-len(behind), closest, not spot.main, spot.number), match)]


def _asked(spot: Spot, regions: Iterable[str], sides: Mapping[str, Collection[str]]) -> str | None:
    named = {side for region in regions for side in sides.get(region, ())}
    return named.pop() if len(named) == 1 and named <= set(spot.sides) else None


def _check(
    regions: Collection[str],
    catalog: Catalog,
    sides: Mapping[str, Collection[str]],
    recognised: Mapping[str, str],
) -> None:
    for region in regions:
        if region not in catalog.regions:
            raise ValueError(f"unknown region {region!r}")
    for side in (side for named in sides.values() for side in named):
        if side not in SIDES:
            raise ValueError(f"unknown side {side!r}")
    for answer in recognised.values():
        if answer not in ANSWERS:
            raise ValueError(f"unknown answer {answer!r}")


def _match(
    spot: Spot,
    regions: Collection[str],
    catalog: Catalog,
    sides: Mapping[str, Collection[str]],
    answer: str | None,
    own: Collection[str],
) -> Match | None:
    chosen = [region for region in catalog.regions if region in regions]
    named = _named(spot, own)
    around = {region: _covering(region, named, catalog) for region in chosen}
    felt = tuple(region for region in chosen if around[region])
    if not felt:
        return None
    behind = tuple(region for region in named if any(region in around[one] for one in felt))
    listed = tuple(one.under for one in spot.listed if set(one.regions) & set(chosen))
    said = _said(answer, set(own) & set(chosen))
    code = _code(said, listed, direct=any(region in named for region in felt))
    return Match(spot, felt, _asked(spot, felt, sides), Reason(code, said, listed, behind))


def _said(answer: str | None, felt: Collection[str]) -> str | None:
    if answer in ("yes", "partly"):
        return answer
    return "felt" if felt else None


def _code(said: str | None, listed: tuple[str, ...], direct: bool) -> ReasonCode:
    if said:
        return ReasonCode.YOURS
    if listed:
        return ReasonCode.LISTED
    return ReasonCode.FELT if direct else ReasonCode.NEAR


def _named(spot: Spot, own: Collection[str]) -> tuple[str, ...]:
    """Regions tied to the spot: the article's felt in, those its listing names, the person's."""
    listed = (region for listing in spot.listed for region in listing.regions)
    return tuple(dict.fromkeys((*spot.felt_in, *listed, *own)))


def _covering(region: str, named: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """The spot's regions that are the chosen one, or else lie inside or around it."""
    if region in named:
        return (region,)
    inside = catalog.regions[region].includes
    return tuple(one for one in named if one in inside or region in catalog.regions[one].includes)


def _rank(match: Match, own: Collection[str]) -> tuple[int, ...]:
    spot, reason = match.spot, match.reason
    named = _named(spot, own)
    direct = sum(region in named for region in match.felt)
    behind = set(reason.regions)
    headings = [at for at, one in enumerate(spot.listed) if behind & set(one.regions)]
    return (
        ("yes", "partly", "felt", None).index(reason.answer),
        -len(match.felt),
        -direct,
        not headings,
        not spot.main,
        min(headings, default=0),
        min(named.index(region) for region in reason.regions),
    )
