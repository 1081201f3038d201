"""The part of the body's drawing around a spot, and whether a place is within it.

Places are in units of the drawing: x = 0 is the midline, 2.8 units are 1 cm in front and back.
"""

from dataclasses import dataclass

from tracker.spots.body import MIDDLE, Body, Mark
from tracker.spots.closeup import CloseUp, mirrored

PLACE, REGION = 40.0, 60.0  # how much is shown to each side of one


@dataclass(frozen=True, slots=True)
class Around:
    """A rectangle of one view; marks are what the catalogue says is there."""

    view: str
    left: float
    top: float
    width: float
    height: float
    marks: tuple[Mark, ...] = ()

    @property
    def box(self) -> str:
        """As a viewBox."""
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        across, down = x - self.left, y - self.top
        return 0 <= across <= self.width and 0 <= down <= self.height


def around_spot(drawing: Body, spot: str, close_up: CloseUp, side: str) -> Around:
    """What the close-up of a spot of the catalogue shows."""
    shown = mirrored(close_up) if side == "right" else close_up
    marks = tuple(mark for mark in drawing.marks_of(spot, side) if mark.view == shown.view)
    left, top, width, height = shown.box
    return Around(shown.view, left, top, width, height, marks)


def around_place(view: str, x: float, y: float, side: str) -> Around:
    """Around a place that was told on the left; on the right it is the mirror image."""
    return _square(view, -x if side == "right" else x, y, PLACE)


def around_region(drawing: Body, region: str, side: str) -> dict[str, Around]:
    """Around a region, in each view that shows it on that side."""
    where = region, MIDDLE if side == "middle" else side
    return {
        view: _square(view, areas[where].x, areas[where].y, REGION)
        for view, areas in drawing.regions.items()
        if where in areas
    }


def _square(view: str, x: float, y: float, reach: float) -> Around:
    return Around(view, x - reach, y - reach, 2 * reach, 2 * reach)
