"""Who says what: each claim of a page with its sources, by kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from tracker.spots.content import Catalog, Source, Spot


@dataclass(frozen=True, slots=True)
class Saying:
    """The sources of one kind that say the same; `id` is the same wherever they say it."""

    kind: str
    sources: tuple[Source, ...]

    @property
    def id(self) -> str:
        return "-".join(source.id for source in self.sources)


def said_in(spot: Spot) -> dict[str, tuple[str, ...]]:
    """Every claim of a spot, by its place in the file, with the ids of who says so."""
    said = {f"provenance.{key}": by for key, by in spot.provenance.items()}
    for name in ("cautions", "mistaken_for", "pairs", "conflicts"):
        said |= {f"{name}[{at}].by": one.by for at, one in enumerate(getattr(spot, name))}
    for at, other in enumerate(spot.mistaken_for):
        said[f"mistaken_for[{at}].other_way.by"] = other.other_way.by
    return said


def said_about(catalog: Catalog) -> list[tuple[str, ...]]:
    """Who says each claim about all spots together."""
    claims = chain.from_iterable(chapter.claims for chapter in catalog.chapters)
    conflicts = chain.from_iterable(spot.conflicts for spot in catalog.spots.values())
    return [claim.by for claim in (*claims, *conflicts)]


def sayings(by: Iterable[str], sources: Mapping[str, Source]) -> tuple[Saying, ...]:
    """One saying for each kind of source, in the order they are named."""
    named = [sources[source] for source in by]
    kinds = dict.fromkeys(source.kind for source in named)
    return tuple(
        Saying(kind, tuple(source for source in named if source.kind == kind)) for kind in kinds
    )


def all_sayings(said: Iterable[Iterable[str]], sources: Mapping[str, Source]) -> tuple[Saying, ...]:
    """Every saying of a page, once."""
    every = chain.from_iterable(sayings(by, sources) for by in said)
    return tuple(dict.fromkeys(every))
