"""The close-up of a spot: landmarks and the way to press, over the drawing of the body.

Points are x and y in units of the drawing's view, for the person's left; the right is mirrored.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import hypot
from textwrap import wrap

KINDS = ("point", "line", "band", "measure")
NARROWEST_PX, LETTER_PX = 320, 15  # a label is this high where the screen is narrowest
LETTER_WIDTH = 0.66  # of its height, in a wide bold typeface
LINE, GAP, EDGE = 1.15, 0.35, 0.4  # of the height: a line, before a leader, beside a long word
MIDDLE = 0.06  # of the width of the picture
BEFORE = {"start": 0, "middle": 0.5, "end": 1}  # how much of a label is left of its point
Point = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """What one sees or feels there; `to` makes it a line, a band of muscle or a measured length."""

    name: str
    at: Point
    label: Point
    to: Point | None = None
    kind: str = "point"


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way to press, from start to end, told in words at `label`."""

    start: Point
    end: Point
    words: str
    label: Point


@dataclass(frozen=True, slots=True)
class CloseUp:
    """What to cut from a view: box is x, y, width and height of its viewBox."""

    view: str
    box: Point
    landmarks: tuple[Landmark, ...]
    arrow: Arrow


@dataclass(frozen=True, slots=True)
class Label:
    """A text in lines, each with its baseline, and where its leader runs."""

    x: float
    anchor: str
    lines: tuple[tuple[float, str], ...]
    leader: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A close-up of one side, laid out: numbers are units of the view, paths are path data."""

    view: str
    side: str
    box: str
    letter: float
    names: tuple[str, ...]
    press: str
    marks: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]
    arrow: str
    press_label: Label


def mirrored(close_up: CloseUp) -> CloseUp:
    """The same on the person's right."""
    x, y, width, height = close_up.box
    arrow = close_up.arrow
    return replace(
        close_up,
        box=(-x - width, y, width, height),
        landmarks=tuple(
            replace(
                one, at=_across(one.at), label=_across(one.label), to=one.to and _across(one.to)
            )
            for one in close_up.landmarks
        ),
        arrow=replace(
            arrow, start=_across(arrow.start), end=_across(arrow.end), label=_across(arrow.label)
        ),
    )


def laid_out(close_up: CloseUp, side: str, translate: Callable[[str], str]) -> Picture:
    """The picture of one side, its texts translated and broken into lines where they have room."""
    shown = mirrored(close_up) if side == "right" else close_up
    names = tuple(translate(one.name) for one in shown.landmarks)
    press = translate(shown.arrow.words)
    return Picture(
        view=shown.view,
        side=side,
        box=" ".join(f"{number:g}" for number in shown.box),
        letter=_letter(shown),
        names=names,
        press=press,
        marks=tuple((one.kind, _mark(one, _letter(shown))) for one in shown.landmarks),
        labels=tuple(
            _label(shown, name, one.label, _target(one))
            for name, one in zip(names, shown.landmarks, strict=True)
        ),
        arrow=_arrow(shown.arrow, _letter(shown)),
        press_label=_label(shown, press, shown.arrow.label, shown.arrow.start),
    )


def _across(point: Point) -> Point:
    x, y = point
    return -x, y


def _letter(close_up: CloseUp) -> float:
    return round(close_up.box[2] * LETTER_PX / NARROWEST_PX, 2)


def _target(landmark: Landmark) -> Point:
    """Where a leader ends: at the point, or halfway along the line."""
    if landmark.to is None:
        return landmark.at
    return tuple((a + b) / 2 for a, b in zip(landmark.at, landmark.to, strict=True))


def _label(close_up: CloseUp, text: str, at: Point, target: Point) -> Label:
    letter = _letter(close_up)
    left, top, width, height = close_up.box
    (x, y), aside = at, at[0] - target[0]
    anchor = "middle" if abs(aside) < MIDDLE * width else "start" if aside > 0 else "end"
    word = letter * (LETTER_WIDTH * max(map(len, text.split())) + EDGE)
    x = _within(x, BEFORE[anchor] * word, word, (left, left + width))
    rooms = {"end": x - left, "start": left + width - x}
    room = rooms.get(anchor) or 2 * min(rooms.values())
    lines = wrap(text, max(1, int(room / letter / LETTER_WIDTH)), break_long_words=False)
    first = y + letter * _first_line(anchor, y < target[1], len(lines))
    high = letter * (1 + GAP + LINE * (len(lines) - 1))
    first = _within(first, letter, high, (top, top + height))
    return Label(
        x=x,
        anchor=anchor,
        lines=tuple((round(first + n * letter * LINE, 2), line) for n, line in enumerate(lines)),
        leader=_path((x + letter * GAP * (2 * BEFORE[anchor] - 1), y), target),
    )


def _within(at: float, before: float, size: float, room: tuple[float, float]) -> float:
    """A place moved inward where what starts `before` it, of this size, would be cut off."""
    return round(max(room[0] + before, min(at, room[1] - size + before)), 2)


def _first_line(anchor: str, above: bool, lines: int) -> float:
    """The first baseline below the label's point: beside it the lines are centred on it."""
    if anchor != "middle":
        return GAP - LINE * (lines - 1) / 2
    return -GAP - LINE * (lines - 1) if above else 1


def _mark(landmark: Landmark, letter: float) -> str:
    (x, y), end = landmark.at, landmark.to
    if end is None:
        return f"M{x:g} {y:g}h0"
    ticks = ""
    if landmark.kind == "measure":
        ticks = "".join(
            f"M{a - letter / 4:.2f} {b:g}h{letter / 2:.2f}" for a, b in (landmark.at, end)
        )
    return _path(landmark.at, end) + ticks


def _arrow(arrow: Arrow, letter: float) -> str:
    """A shaft, and a head of two strokes."""
    (x, y), (to_x, to_y) = arrow.start, arrow.end
    long = hypot(to_x - x, to_y - y)
    ux, uy = (to_x - x) / long * letter, (to_y - y) / long * letter
    barbs = (
        (to_x - ux - uy * 0.8, to_y - uy + ux * 0.8),
        (to_x - ux + uy * 0.8, to_y - uy - ux * 0.8),
    )
    return _path(arrow.start, arrow.end) + _path(barbs[0], arrow.end, barbs[1])


def _path(*points: Point) -> str:
    return "M" + "L".join(f"{x:.5g} {y:.5g}" for x, y in points)
