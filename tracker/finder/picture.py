"""What is drawn for one offered spot: felt there as fields, press here as marks, lines between.

The stage is 120 by 100 units; one view of the body fills it, or two stand side by side where the
mark and what is felt are not seen from the same direction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot

from tracker.finder.ranking import Match
from tracker.spots.body import MIDDLE, Area, Body, Mark

WIDTH, HEIGHT, GAP = 120.0, 100.0, 4.0
CLOSEST = 125.0  # units of the body from top to bottom of the stage, at least
AROUND = 16.0  # units of the body left free around what is shown
SHORTEST = 10.0  # a line shorter than this would hide what it joins
VIEWS = ("front", "back", "head", "sole")


@dataclass(frozen=True, slots=True)
class Panel:
    """A view of the body on the stage, and the regions felt in it; asked: those chosen."""

    view: str
    box: tuple[float, float, float, float]
    x: float
    width: float
    asked: tuple[tuple[str, str], ...]
    felt: tuple[tuple[str, str], ...]

    @property
    def scale(self) -> float:
        return HEIGHT / self.box[3]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the body on the stage."""
        return self.x + (x - self.box[0]) * self.scale, (y - self.box[1]) * self.scale


@dataclass(frozen=True, slots=True)
class Picture:
    """`presses`: x, y, rx, ry of each mark; `lines`: from a mark to where it is felt."""

    panels: tuple[Panel, ...]
    presses: tuple[tuple[float, ...], ...]
    lines: tuple[tuple[float, ...], ...]


def draw(match: Match, body: Body) -> Picture:
    """The picture of one offer, on the asked side or on both."""
    sides = (match.side,) if match.side else match.spot.sides
    targets = match.felt or match.reason.regions
    marks = [_mark(match, targets, side, body) for side in sides]
    here = _felt(marks[0].view, targets, sides, body) or _felt(
        marks[0].view, match.reason.regions, sides, body
    )
    elsewhere = "" if here else _view_of(targets, sides, body)
    wide = (WIDTH - GAP) / 2 if elsewhere else WIDTH
    panels = [_panel(match, marks[0].view, marks, here, 0, wide, sides, body)]
    if elsewhere:
        there = _felt(elsewhere, targets, sides, body)
        panels.append(_panel(match, elsewhere, [], there, wide + GAP, wide, sides, body))
    to = here or _felt(elsewhere, targets, sides, body)
    lines = (_line(mark, panels, body, to) for mark in marks)
    return Picture(
        panels=tuple(panels),
        presses=tuple(_press(mark, panels[0]) for mark in marks),
        lines=tuple(line for line in lines if line),
    )


def _mark(match: Match, targets: Iterable[str], side: str, body: Body) -> Mark:
    """The mark seen together with what is felt; else the main one."""
    marks = body.marks_of(match.spot.slug, side)
    seen = [mark for mark in marks if _felt(mark.view, targets, (side,), body)]
    return (seen or list(marks))[0]


def _felt(
    view: str, regions: Iterable[str], sides: Iterable[str], body: Body
) -> tuple[tuple[str, str], ...]:
    """Those of the regions that the view shows, on these sides."""
    drawn = body.regions.get(view, {})
    wanted = [(region, side) for region in regions for side in (*sides, MIDDLE)]
    return tuple(place for place in dict.fromkeys(wanted) if place in drawn)


def _view_of(regions: Iterable[str], sides: Iterable[str], body: Body) -> str:
    regions, sides = tuple(regions), tuple(sides)
    return next((view for view in VIEWS if _felt(view, regions, sides, body)), "")


def _panel(
    match: Match,
    view: str,
    marks: Iterable[Mark],
    near: Iterable[tuple[str, str]],
    x: float,
    width: float,
    sides: Iterable[str],
    body: Body,
) -> Panel:
    areas = [body.regions[view][place] for place in near]
    areas += [Area(mark.x, mark.y, mark.ry or mark.r) for mark in marks]
    asked = _felt(view, match.felt, sides, body)
    felt = _felt(view, (*match.reason.regions, *match.spot.felt_in), sides, body)
    return Panel(
        view=view,
        box=_box(areas, width / HEIGHT, body.views[view].box),
        x=x,
        width=width,
        asked=asked,
        felt=tuple(place for place in felt if place not in asked),
    )


def _box(areas: list[Area], shape: float, whole: str) -> tuple[float, float, float, float]:
    """A piece of the view of the given shape (width to height) around all areas."""
    left, top, wide, tall = map(float, whole.split())
    xs = [at for area in areas for at in (area.x - area.r - AROUND, area.x + area.r + AROUND)]
    ys = [at for area in areas for at in (area.y - area.r - AROUND, area.y + area.r + AROUND)]
    height = max(CLOSEST, max(ys) - min(ys), (max(xs) - min(xs)) / shape)
    x = _within((min(xs) + max(xs)) / 2, height * shape, left, wide)
    y = _within((min(ys) + max(ys)) / 2, height, top, tall)
    return round(x, 1), round(y, 1), round(height * shape, 1), round(height, 1)


def _within(middle: float, size: float, start: float, length: float) -> float:
    """Where a window of `size` begins, inside the drawing where it fits."""
    if size >= length:
        return start + (length - size) / 2
    return min(max(middle - size / 2, start), start + length - size)


def _press(mark: Mark, panel: Panel) -> tuple[float, ...]:
    x, y = panel.place(mark.x, mark.y)
    reach = (mark.r * panel.scale, (mark.ry or mark.r) * panel.scale)
    return tuple(round(n, 1) for n in (x, y, *reach))


def _line(
    mark: Mark, panels: list[Panel], body: Body, places: Iterable[tuple[str, str]]
) -> tuple[float, ...]:
    """From the mark to the middle of the nearest field on its side; () if it lies in there."""
    panel = panels[-1]
    areas = [body.regions[panel.view][one] for one in places if one[1] in (mark.side, MIDDLE)]
    if not areas:
        return ()
    x, y = panels[0].place(mark.x, mark.y)

    def away(area: Area) -> float:
        to_x, to_y = panel.place(area.x, area.y)
        return hypot(to_x - x, to_y - y)

    nearest = min(areas, key=away)
    if away(nearest) < max(SHORTEST + mark.r * panels[0].scale, nearest.r * panel.scale):
        return ()
    return tuple(round(n, 1) for n in (x, y, *panel.place(nearest.x, nearest.y)))


def said(picture: Picture) -> Mapping[str, object]:
    """The picture as plain data, for the page to draw."""
    return {
        "panels": [
            [p.view, " ".join(f"{n:g}" for n in p.box), p.x, p.width, p.asked, p.felt]
            for p in picture.panels
        ],
        "presses": picture.presses,
        "lines": picture.lines,
    }
