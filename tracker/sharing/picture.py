"""The body in the report: what was pressed, and where it was felt, with its colours written in.

A printed page has no style sheet inside its pictures, so every colour is an attribute.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.spots.body import MIDDLE, Body, Mark, figure, shape

VIEWS = ("front", "back", "head", "sole")
WHOLE = VIEWS[:2]
PAINT = {
    "body__skin": 'fill="#f6e3d3"',
    "body__rim": 'fill="none" stroke="none"',
    "body__shadow": 'fill="#b0502a" fill-opacity=".12"',
    "body__outline": 'fill="none" stroke="none"',
    "body__firm": 'fill="none" stroke="#4a3a30" stroke-width="1" stroke-opacity=".5"',
    "body__soft": 'fill="none" stroke="#4a3a30" stroke-width="1" stroke-opacity=".25"',
}
FELT = 'fill="#35439c" fill-opacity=".42"'
CLASS = re.compile(r'class="(body__\w+)"')


@dataclass(frozen=True, slots=True)
class Panel:
    """One view: the marks of what was pressed, and the regions (with side) it was felt in."""

    view: str
    box: str
    pressed: tuple[Mark, ...]
    felt: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        return self.view in WHOLE


def panels(
    body: Body, pressed: Iterable[Mark], felt: Iterable[tuple[str, str]]
) -> tuple[Panel, ...]:
    """Front and back where they show it all; the head and the sole for what only they show."""
    pressed, felt = tuple(pressed), tuple(felt)
    found = []
    for view in VIEWS:
        here = tuple(mark for mark in pressed if mark.view == view)
        regions = tuple(
            place
            for place in felt
            if place in body.regions[view] and (view in WHOLE or not _shown(body, place))
        )
        if here or regions:
            found.append(Panel(view, body.views[view].box, here, regions))
    return tuple(found)


def marks(body: Body, spot: str, side: str) -> tuple[Mark, ...]:
    """The marks of a catalogue spot in front and back, or where else it is seen."""
    every = body.marks_of(spot, MIDDLE if side == "middle" else side)
    return tuple(mark for mark in every if mark.view in WHOLE) or every[:1]


def painted(view: str) -> str:
    """The body in one view, coloured for paper, and half its outline to cut fields to."""
    drawn = CLASS.sub(lambda found: PAINT[found[1]], figure(view))
    clip = f'<clipPath id="{view}-clip"><use href="#{view}-half"/></clipPath>'
    return drawn.replace("</defs>", f"{clip}</defs>", 1)


def field(view: str, region: str, side: str) -> str:
    """Where it was felt, cut to the body: once for each half, as WeasyPrint cuts to one path."""
    d, transform = shape(view, region, side)
    mirror = 'transform="scale(-1 1)"'
    turned = f' transform="{transform}"' if transform else ""
    path = f'<path d="{d}"{turned} {FELT}/>'
    cut = f'clip-path="url(#{view}-clip)"'
    return f"<g {cut}>{path}</g><g {mirror}><g {cut}><g {mirror}>{path}</g></g></g>"


def _shown(body: Body, place: tuple[str, str]) -> bool:
    return any(place in body.regions[view] for view in WHOLE)
