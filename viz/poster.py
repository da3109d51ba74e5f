"""A drawing as one SVG: what readers see before, or without, any script, and in print."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from viz import look
from viz.layout import LEADING, Box, Drawing, Place
from viz.templating import environment
from viz.view import View

_SIDES: Final = {"above": "middle", "below": "middle", "left": "end", "right": "start"}


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn relation: its path, the classes that style it, whether an arrow ends it, its mark if contested."""

    path: str
    classes: str
    arrow: bool
    mark: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn thing: outline path, group, step number, label lines with their baselines."""

    path: str
    group: str
    number: str
    x: float
    y: float
    anchor: str
    label_x: float
    lines: tuple[tuple[float, str, str], ...]
    ground: Box | None


def svg(view: View, drawing: Drawing, *, name: str, title: str, described: str) -> Markup:
    """The SVG of a view; `name` makes its ids unique on the page, `described` says it in words."""
    template = environment().get_template("poster.svg")
    return Markup(  # noqa: S704 (rendered with autoescape on)
        template.render(
            name=name,
            title=title,
            described=described,
            width=drawing.width,
            height=drawing.height,
            lines=tuple(_lines(view, drawing)),
            notes=drawing.notes,
            marks=tuple(_marks(view, drawing)),
        )
    )


def _lines(view: View, drawing: Drawing) -> Iterator[Line]:
    groups = {t.id: t.group for t in view.things}
    for relation in sorted(view.relations, key=lambda r: r.chain):
        if relation.id not in drawing.bows:
            continue
        line = drawing.path(relation.id, relation.subject, relation.object)
        x, y = line.control
        start = _edge(drawing.places[relation.subject], (x, y), 0)
        context = "event" not in (groups[relation.subject], groups[relation.object])
        arrow = not relation.chain and not context
        end = _edge(drawing.places[relation.object], (x, y), 3 if arrow else 0)
        path = f"M{start[0]:.0f} {start[1]:.0f}"
        path += f"Q{x:.0f} {y:.0f} {end[0]:.0f} {end[1]:.0f}" if line.bow else f"L{end[0]:.0f} {end[1]:.0f}"
        names = {"chain": relation.chain, "context": context, "computed": not relation.stated}
        classes = " ".join(["line", *(name for name, on in names.items() if on)])
        mark = line.at(drawing.free(line)) if relation.said.contested else None
        yield Line(path, classes, arrow, (round(mark[0], 1), round(mark[1], 1)) if mark else None)


def _edge(place: Place, towards: tuple[float, float], gap: float) -> tuple[float, float]:
    """The point where a line to `towards` leaves the shape."""
    dx, dy = towards[0] - place.x, towards[1] - place.y
    length = math.hypot(dx, dy) or 1.0
    return round(place.x + dx / length * (place.radius + gap), 1), round(
        place.y + dy / length * (place.radius + gap), 1
    )


def _marks(view: View, drawing: Drawing) -> Iterator[Mark]:
    groups = look.load().groups
    for thing in view.things:
        place = drawing.places.get(thing.id)
        if place is None:
            continue
        x, _ = place.anchor
        box = place.label
        yield Mark(
            outline(groups[thing.group].shape, place.x, place.y, place.radius),
            groups[thing.group].colour,
            str(thing.step) if thing.step else "",
            place.x,
            place.y,
            _SIDES[place.side],
            round(x, 1),
            tuple(
                (
                    round(box.y0 + LEADING * (at + 0.76), 1),
                    text,
                    "strong" if place.strong else "head" if place.head and at == 0 else "name",
                )
                for at, text in enumerate(place.text)
            )
            if place.shown
            else (),
            box if place.shown else None,
        )


def outline(shape: str, x: float, y: float, radius: float) -> str:
    """The SVG path of a shape, with the proportions vis-network draws it in."""
    if shape == "dot":
        half = f"a{radius:g} {radius:g} 0 1 0"
        return f"M{x - radius:g} {y:g}{half} {2 * radius:g} 0{half} {-2 * radius:g} 0Z"
    return "M" + "L".join(f"{x + dx * radius:.1f} {y + dy * radius:.1f}" for dx, dy in _POINTS[shape]) + "Z"


def _triangle(sign: int) -> tuple[tuple[float, float], ...]:
    # vis-network enlarges triangles by 1.15 and lowers them by .275 so that they look centred.
    size, shift = 1.15, 0.275 * 1.15
    height = math.sqrt(3) * size
    inner = math.sqrt(3) / 3 * size
    top = -(height - inner) + shift
    return ((0, sign * top), (size, sign * (inner + shift)), (-size, sign * (inner + shift)))


def _star() -> tuple[tuple[float, float], ...]:
    size, shift = 0.82, 0.1 * 0.82
    return tuple(
        (
            (size * 1.3 if n % 2 == 0 else size * 0.5) * math.sin(n * 2 * math.pi / 10),
            -(size * 1.3 if n % 2 == 0 else size * 0.5) * math.cos(n * 2 * math.pi / 10) + shift,
        )
        for n in range(10)
    )


_POINTS: Final = {
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": _triangle(1),
    "triangleDown": _triangle(-1),
    "star": _star(),
    "hexagon": tuple((math.cos(n * math.pi / 3), math.sin(n * math.pi / 3)) for n in range(6)),
}
