"""The part of the body's drawing around a spot, and whether a place is within it.

Places are in units of the drawing: x = 0 is the midline, 2.8 units are 1 cm in front and back.
"""

from dataclasses import dataclass

from tracker.spots.body import MIDDLE, Body, Mark

AROUND_SPOT = 40.0  # a hand's width and more to each side
AROUND_REGION = 60.0


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A square of one view, and the middle of it; marks are what the catalogue says is there."""

    view: str
    x: float
    y: float
    reach: float = AROUND_SPOT
    marks: tuple[Mark, ...] = ()

    @property
    def box(self) -> str:
        """As a viewBox."""
        size = 2 * self.reach
        return f"{self.x - self.reach:g} {self.y - self.reach:g} {size:g} {size:g}"

    def holds(self, x: float, y: float) -> bool:
        return abs(x - self.x) <= self.reach and abs(y - self.y) <= self.reach


def of_spot(drawing: Body, spot: str, side: str) -> CloseUp | None:
    """Around a spot of the catalogue; None for one that is not drawn."""
    marks = drawing.marks_of(spot, side)
    if not marks:
        return None
    main = marks[0]
    return CloseUp(main.view, main.x, main.y, marks=tuple(m for m in marks if m.view == main.view))


def of_place(view: str, x: float, y: float, side: str) -> CloseUp:
    """Around a place that was told on the left; on the right it is the mirror image."""
    return CloseUp(view, mirrored(x, side), y)


def of_region(drawing: Body, region: str, side: str) -> dict[str, CloseUp]:
    """Around a region, in each view that shows it on that side."""
    drawn = MIDDLE if side == "middle" else side
    return {
        view: CloseUp(view, areas[region, drawn].x, areas[region, drawn].y, AROUND_REGION)
        for view, areas in drawing.regions.items()
        if (region, drawn) in areas
    }


def mirrored(x: float, side: str) -> float:
    """A place of the left as it is on that side, and the other way round."""
    return -x if side == "right" else x
