"""The drawing of the body: its views, insets and regions, and where each spot is on it.

x = 0 is the midline, y runs downwards; left and right are the person's own. In front and back 2.8
units are 1 cm on a body of 1.70 m.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

from tracker.spots.catalog import CatalogError, catalog
from tracker.spots.records import read_record

__all__ = ["Area", "Body", "Mark", "Place", "View", "Zoom", "body", "figure", "shape"]

DRAWING = Path(__file__).parents[2] / "static" / "img" / "body.svg"
MEASURES = Path(__file__).with_name("catalog") / "body.toml"
MIDDLE = "mid"
OPPOSITE = {"left": "right", "right": "left", MIDDLE: MIDDLE}
SVG = "{http://www.w3.org/2000/svg}"
Place = tuple[str, str]  # a region and its side: left, right or mid
Shape = tuple[str, str]  # path data, and a transform or ""


@dataclass(frozen=True, slots=True)
class View:
    """One of the drawings; `box` is its viewBox."""

    id: str
    label: str
    box: str = ""


@dataclass(frozen=True, slots=True)
class Zoom:
    """A part of a view large enough to hit its narrow regions; paired: one for each side."""

    id: str
    view: str
    label: str
    box: str
    paired: bool
    side: str = MIDDLE


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a spot is: the middle and half the size (r wide, ry high if longer than wide)."""

    spot: str
    view: str
    x: float
    y: float
    r: float
    measured: str
    ry: float | None = None
    side: str = "left"
    main: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """The middle of a region's seen part, and how far from it a finger still hits the region."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class _Measures:
    views: tuple[View, ...]
    zooms: tuple[Zoom, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Everything there is to know of the drawing without looking at it."""

    views: Mapping[str, View]
    zooms: Mapping[str, Zoom]
    marks: tuple[Mark, ...]
    regions: Mapping[str, Mapping[Place, Area]]

    def marks_of(self, spot: str, side: str) -> tuple[Mark, ...]:
        """The marks of a spot on one side, its main one first; () for an own spot."""
        return tuple(mark for mark in self.marks if (mark.spot, mark.side) == (spot, side))


@cache
def body() -> Body:
    """The body this app comes with, read once."""
    return read_body(DRAWING, MEASURES)


def read_body(drawing: Path, measures: Path) -> Body:
    """Read and check a drawing and its measures; CatalogError names the file and the key."""
    drawn = _drawn(drawing)
    told = read_record(_Measures, measures)
    boxes = {view: element.get("viewBox", "") for view, element in drawn.items()}
    found = Body(
        views=MappingProxyType(
            {view.id: replace(view, box=boxes.get(view.id, "")) for view in told.views}
        ),
        zooms=MappingProxyType(dict(_both_zooms(told.zooms))),
        marks=tuple(_both_marks(told.marks)),
        regions=MappingProxyType({view: MappingProxyType(_areas(drawn[view])) for view in drawn}),
    )
    _check(found, drawing.name, measures.name)
    return found


def figure(view: str) -> str:
    """The body in one view as SVG markup to put inside an <svg>: no regions, nothing to tap."""
    return _figures()[view]


def shape(view: str, region: str, side: str) -> Shape:
    """A region's outline as path data and transform, for a soft field where pain is felt."""
    return _shapes()[view, region, side]


@cache
def _figures() -> dict[str, str]:
    text = DRAWING.read_text(encoding="utf-8")
    views = re.findall(r'<svg id="body-(\w+)"[^>]*>\n(.*?)\n</svg>', text, re.DOTALL)
    return {view: _without_regions(view, inner) for view, inner in views}


def _without_regions(view: str, inner: str) -> str:
    ids = {region for region, _side in body().regions[view]}
    lines = [line for line in inner.splitlines() if "data-region=" not in line]
    shapes = tuple(f'<path id="{view}-{region}" ' for region in ids)
    kept = "\n".join(line for line in lines if not line.startswith(shapes))
    return kept.replace('<g class="body__regions">\n</g>\n', "")


@cache
def _shapes() -> dict[tuple[str, str, str], Shape]:
    found = {}
    for view, element in _drawn(DRAWING).items():
        paths = {path.get("id"): path.get("d", "") for path in element.iter(f"{SVG}path")}
        for use in _tapped(element):
            key = (view, use.get("data-region", ""), use.get("data-side", ""))
            found.setdefault(key, (paths[use.get("href", "")[1:]], use.get("transform", "")))
    return found


def _drawn(drawing: Path) -> dict[str, ElementTree.Element]:
    try:
        root = ElementTree.parse(drawing).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise CatalogError(drawing.name, "", f"cannot be read ({error})") from error
    return {view.get("id", "").removeprefix("body-"): view for view in root.findall(f"{SVG}svg")}


def _tapped(view: ElementTree.Element) -> list[ElementTree.Element]:
    return [use for use in view.iter(f"{SVG}use") if use.get("data-region")]


def _areas(view: ElementTree.Element) -> dict[Place, Area]:
    """By place; what both profiles of the head show counts where it is drawn first."""
    found: dict[Place, Area] = {}
    for use in _tapped(view):
        x, y, r = map(float, use.get("data-at", "").split())
        found.setdefault((use.get("data-region", ""), use.get("data-side", "")), Area(x, y, r))
    return found


def _both_zooms(zooms: Iterable[Zoom]) -> Iterable[tuple[str, Zoom]]:
    for zoom in zooms:
        if not zoom.paired:
            yield zoom.id, zoom
            continue
        x, y, width, height = map(float, zoom.box.split())
        mirrored = f"{-x - width:g} {y:g} {width:g} {height:g}"
        yield f"{zoom.id}_left", replace(zoom, id=f"{zoom.id}_left", side="left")
        other = replace(zoom, id=f"{zoom.id}_right", side="right", box=mirrored)
        yield other.id, other


def _both_marks(marks: Iterable[Mark]) -> Iterable[Mark]:
    seen = set()
    for mark in marks:
        main = mark.spot not in seen
        seen.add(mark.spot)
        yield replace(mark, main=main)
        yield replace(mark, main=main, side="right", x=-mark.x)


def _check(found: Body, drawing: str, measures: str) -> None:
    for view in found.regions.keys() ^ found.views.keys():
        raise CatalogError(measures, "views", f"{view!r} is not both drawn and named")
    for zoom in found.zooms.values():
        if zoom.view not in found.views or len(zoom.box.split()) != 4:
            raise CatalogError(measures, f"zooms.{zoom.id}", "has no such view or no box")
    for mark in found.marks:
        if mark.view not in found.views or mark.spot not in catalog().spots:
            raise CatalogError(measures, f"marks.{mark.spot}", "has no such view or spot")
    for spot in catalog().spots.keys() - {mark.spot for mark in found.marks}:
        raise CatalogError(measures, "marks", f"{spot!r} has none")
    for spot in catalog().spots.values():
        if not any(mark.view == spot.closeup.view for mark in found.marks_of(spot.slug, "left")):
            raise CatalogError(measures, "marks", f"{spot.slug!r} has none in its close-up's view")
    _check_regions(found, drawing)


def _check_regions(found: Body, drawing: str) -> None:
    known = catalog().regions
    drawn = {place for places in found.regions.values() for place in places}
    for region in {region for region, _side in drawn} ^ known.keys():
        raise CatalogError(drawing, region, "is not both drawn and among the regions")
    for region, side in drawn:
        if (side != MIDDLE) != known[region].paired or (region, OPPOSITE[side]) not in drawn:
            raise CatalogError(drawing, region, "is not drawn on its sides")
