"""Path data of the drawing as polygons: only what body.svg uses (M, then l h v q c s z)."""

import re
from itertools import pairwise

ARGUMENTS = {"M": 2, "m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "s": 4}
STEPS = 8


def polygons(d):
    """The closed shapes of one path, each a list of complex points."""
    shapes, pen, bend = [], 0j, 0j
    for letter, numbers in re.findall(r"([MmlhvqcszZ])([^MmlhvqcszZ]*)", d):
        values = [float(n) for n in re.findall(r"-?(?:\d*\.\d+|\d+)", numbers)]
        if letter in "zZ":
            continue
        size = ARGUMENTS[letter]
        assert len(values) % size == 0, (letter, numbers)
        for at in range(0, len(values), size):
            part = values[at : at + size]
            if letter == "M" and at == 0:
                pen = complex(*part)
                shapes.append([pen])
                continue
            points = _points(letter, part, pen, bend)
            shapes[-1] += _curve([pen, *points])
            bend = points[-1] - points[-2] if len(points) == 3 else 0j
            pen = points[-1]
    return shapes


def _points(letter, part, pen, bend):
    if letter == "h":
        return [pen + part[0]]
    if letter == "v":
        return [pen + 1j * part[0]]
    points = [pen + complex(x, y) for x, y in zip(part[::2], part[1::2], strict=True)]
    return [pen + bend, *points] if letter == "s" else points


def _curve(points):
    if len(points) == 2:
        return points[1:]
    found = []
    for step in range(1, STEPS + 1):
        rest, t = points, step / STEPS
        while len(rest) > 1:
            rest = [a + (b - a) * t for a, b in pairwise(rest)]
        found.append(rest[0])
    return found


def mirrored(shapes):
    return [[-point.conjugate() for point in shape] for shape in shapes]


def holds(shape, point):
    """Whether the point lies inside the polygon (even and odd crossings)."""
    inside = False
    for a, b in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (a.imag > point.imag) != (b.imag > point.imag):
            across = (b.real - a.real) * (point.imag - a.imag) / (b.imag - a.imag) + a.real
            inside ^= point.real < across
    return inside


def to_edge(shape, point):
    """How far the point is from the polygon's edge."""
    return min(
        _to_line(point, a, b) for a, b in zip(shape, [*shape[1:], shape[0]], strict=True) if a != b
    )


def _to_line(point, a, b):
    along = ((point - a) * (b - a).conjugate()).real / abs(b - a) ** 2
    return abs(point - a - (b - a) * min(1, max(0, along)))
