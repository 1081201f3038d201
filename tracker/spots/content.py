"""What the catalogue is made of: spots, body regions, tools, sources. Text is for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.spots.closeup import CloseUp


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Region:
    """A place where pain is felt; `includes` are narrower regions inside this one.

    `beside` are its neighbours on the body, the closest first.
    """

    id: str
    label: str
    group: str
    paired: bool
    includes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so; `strength` is one sentence on how far to trust it."""

    id: str
    kind: str
    strength: str
    cite: str | None = None
    pmid: str | None = None

    @property
    def url(self) -> str | None:
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else None


@dataclass(frozen=True, slots=True)
class Tool:
    """What one presses with; rung 1 is the gentlest."""

    id: str
    label: str
    rung: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard limits of one spot and side: levels 1-4, seconds per hold, seconds per local day."""

    max_level: int
    max_hold_s: int
    max_pressure_s_per_day: int
    start_tool: str
    tools_allowed: tuple[str, ...]
    both_sides_at_once_ok: bool
    opt_in_only: bool
    gates: tuple[str, ...]
    every_session_gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A heading the article lists the spot under (never the app's claim), and regions it names."""

    under: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A text and the ids of the sources that say so."""

    text: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MistakenFor:
    """What this spot passes for: what speaks for the spot, and the other way round."""

    what: str
    note: str
    by: tuple[str, ...]
    other_way: Claim


@dataclass(frozen=True, slots=True)
class Pair:
    """Another spot that goes with this one."""

    spot: str
    text: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where the article contradicts itself, and which reading is followed; told at `about`."""

    about: str
    text: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is said about all spots together."""

    id: str
    heading: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Snomed:
    """A code seen in a public source; not verified against a SNOMED browser."""

    code: str
    display: str
    seen_in: str


@dataclass(frozen=True, slots=True)
class Change:
    date: date
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One spot: pressed in `region`, felt in `felt_in`, with the sources of each field."""

    number: int
    slug: str
    name: str
    region: str
    paired: bool
    felt_in: tuple[str, ...]
    muscles: tuple[str, ...]
    location: str
    find: tuple[str, ...]
    technique: str
    feel: str
    shift_hint: str
    tools: tuple[str, ...]
    cautions: tuple[Claim, ...]
    sources: tuple[str, ...]
    listed: tuple[Listing, ...]
    limits: Limits
    closeup: CloseUp
    provenance: Mapping[str, tuple[str, ...]] = field(hash=False)
    mistaken_for: tuple[MistakenFor, ...] = ()
    pairs: tuple[Pair, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    snomed: tuple[Snomed, ...] = ()
    main: bool = False
    no_dimples: str | None = None
    anatomy: str | None = None
    landmark: str | None = None
    reassurance: str | None = None
    sharp: str | None = None
    tolerance: str | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        return ("left", "right") if self.paired else ("middle",)

    @property
    def listed_under(self) -> tuple[str, ...]:
        return tuple(listing.under for listing in self.listed)

    @property
    def guided(self) -> bool:
        """False where it stays off until the person switches it on."""
        return not self.limits.opt_in_only


@dataclass(frozen=True, slots=True)
class OwnSpots:
    """What holds for spots people add; in log-only regions they are noted, never guided."""

    log_only_regions: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Everything, by id and in the order shown; spots by slug in number order."""

    version: str
    review: str
    changes: tuple[Change, ...]
    gates: tuple[str, ...]
    own_spots: OwnSpots
    groups: Mapping[str, Group]
    regions: Mapping[str, Region]
    sources: Mapping[str, Source]
    tools: Mapping[str, Tool]
    spots: Mapping[str, Spot]
    chapters: tuple[Chapter, ...]


def groups(catalog: Catalog) -> dict[Group, tuple[Region, ...]]:
    """Regions by body part, head to foot, for a list to choose from."""
    return {
        group: tuple(region for region in catalog.regions.values() if region.group == group.id)
        for group in catalog.groups.values()
    }
