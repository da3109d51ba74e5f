"""The world as one SVG, from Natural Earth 1:110 million (public domain) by way of world-atlas (ISC).

De facto lines; no position on disputed borders is taken, and the page says so.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup, escape

from graph.marks import controls
from viz.setting import Setting

ATLAS: Final = Path(__file__).parent / "static" / "vendor" / "world-atlas-2.0.2-countries-110m.json"
WIDTH: Final = 960
HEIGHT: Final = round(WIDTH * 0.49)
# Lands to which ISO 3166 gives no number, by the code that claims use or by their own name.
_UNNUMBERED: Final = {"Kosovo": "XKX"}
_BROAD_PIXELS: Final = 1216  # as wide as a page
_BROAD_LEAST: Final = 1.6
_BROAD_MOST: Final = 2.6
Frame = tuple[float, float, float, float]
Box = tuple[float, float, float, float]
_POINT: Final = re.compile(r"POINT\((-?[\d.]+) (-?[\d.]+)\)")
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where events happened: its page, its name, how many, and where it is on the map."""

    path: str
    name: str
    events: int
    x: float
    y: float


def marks(setting: Setting) -> list[Mark]:
    """The places of events, most events first."""
    shelf = setting.shelf
    count: Counter[str] = Counter()
    for claim in shelf.claims(predicate="tookPlaceIn"):
        if shelf.things[claim.value].kind in ("City", "Place"):
            count[claim.value] += 1
    found = []
    for place, events in sorted(count.items(), key=lambda kv: (-kv[1], kv[0])):
        where = point(next((c.value for c in shelf.claims(subject=place, predicate="coordinates")), ""))
        if where:
            x, y = (round(v, 1) for v in where)
            found.append(Mark(setting.to(place), shelf.things[place].name, events, x, y))
    return found


def point(text: str) -> tuple[float, float] | None:
    """Where coordinates like `POINT(49.8671 40.4093)` lie on the map; None for any other text."""
    match = _POINT.fullmatch(text)
    return project(float(match[1]), float(match[2])) if match else None


def centre(codes: Iterable[str]) -> tuple[float, float] | None:
    """The middle of the main land of a country of these ISO 3166 codes; None when it is not drawn."""
    box = next((land for code in codes if (land := _lands().get(code))), None)
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else None


def svg(
    links: Mapping[str, tuple[str, str]],
    places: Iterable[Mark] = (),
    *,
    root: str = "",
    label: str = "Map of the world",
    frame: Frame = (0.0, 0.0, WIDTH, HEIGHT),
) -> Markup:
    """The map; `links` gives (address, name) by ISO 3166 code, alpha-2, alpha-3 or numeric.

    `frame` is the part that is shown, as x, y, width and height; what lies outside it is left out.
    """
    parts = []
    for code, name, path in shapes():
        if not _meets(code, frame):
            continue
        found = next((links[c] for c in _codes(code) if c in links), None)
        if found:
            title = escape(controls(found[1]))
            parts.append(
                f'<a href="{escape(found[0])}" aria-label="{title}"><title>{title}</title><path d="{path}"/></a>'
            )
        else:
            parts.append(f'<path d="{path}"><title>{escape(name)}</title></path>')
    for place in places:
        label = escape(f"{controls(place.name)}: {place.events} event{'' if place.events == 1 else 's'}")
        radius = 2.5 + min(5.0, place.events**0.5)
        parts.append(
            f'<a class="spot" href="{escape(root + place.path)}" aria-label="{label}"><title>{label}</title>'
            f'<circle cx="{place.x}" cy="{place.y}" r="{radius:.1f}"/></a>'
        )
    shown, high = " ".join(f"{v:g}" for v in frame), round(_BROAD_PIXELS * frame[3] / frame[2])
    return Markup(  # noqa: S704 (numbers, and names escaped above)
        f'<svg class="world" viewBox="{shown}" width="{_BROAD_PIXELS}" height="{high}" role="group" '
        f'aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def frame(codes: Iterable[str]) -> Frame | None:
    """The part of the map around the main lands of countries; None when none of them is on it.

    A main land is a country's largest: France is framed without French Guiana.
    """
    wanted = set(codes)
    boxes = [box for code, *_ in shapes() if wanted & {*_codes(code)} and (box := _main_land(code))]
    if not boxes:
        return None
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    wide, high = max(b[2] for b in boxes) - left, max(b[3] for b in boxes) - top
    air = 0.08 * max(wide, high) + 4
    wide, high = wide + 2 * air, high + 2 * air
    broad, tall = max(wide, _BROAD_LEAST * high), max(high, wide / _BROAD_MOST)
    x, y = left - air - (broad - wide) / 2, top - air - (tall - high) / 2
    return round(x, 1), round(y, 1), round(broad, 1), round(tall, 1)


def drawn(codes: Iterable[str]) -> bool:
    """Whether the map is fine enough to show a country of these codes."""
    wanted = set(codes)
    return any(wanted & {*_codes(code)} for code, _, path in shapes() if path)


def _meets(code: str, frame: Frame) -> bool:
    x, y, wide, high = frame
    return any(b[0] <= x + wide and b[2] >= x and b[1] <= y + high and b[3] >= y for b in _boxes().get(code, ()))


def _main_land(code: str) -> Box | None:
    return max(_boxes().get(code, ()), key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), default=None)


@functools.cache
def _lands() -> dict[str, Box]:
    """The main land of each country by each of its codes."""
    return {c: land for code, *_ in reversed(shapes()) if (land := _main_land(code)) for c in _codes(code)}


@functools.cache
def _boxes() -> dict[str, tuple[Box, ...]]:
    """The left, top, right and bottom of each land of each country, by numeric code."""
    found: dict[str, tuple[Box, ...]] = {}
    for code, _, path in shapes():
        lands = [[tuple(map(float, p.split())) for p in land.rstrip("Z").split("L")] for land in path.split("M")[1:]]
        boxes = (
            (min(x for x, _ in land), min(y for _, y in land), max(x for x, _ in land), max(y for _, y in land))
            for land in lands
        )
        found[code] = (*found.get(code, ()), *boxes)
    return found


@functools.cache
def shapes() -> tuple[tuple[str, str, str], ...]:
    """Every country as (code, name, SVG path) in Equal Earth projection; the code is numeric where ISO 3166 has one."""
    world = json.loads(ATLAS.read_text(encoding="utf-8"))
    arcs = [_decoded(a, world["transform"]) for a in world["arcs"]]
    found = []
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        path = "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)
        name = str(shape["properties"]["name"])
        found.append((str(shape.get("id") or _UNNUMBERED.get(name, name)), name, path))
    return tuple(found)


def _decoded(arc: Iterable[Any], transform: Mapping[str, Any]) -> list[tuple[float, float]]:
    """A delta-encoded TopoJSON arc as longitudes and latitudes."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((x * kx + dx, y * ky + dy))
    return points


def _ring(ring: Iterable[int], arcs: list[list[tuple[float, float]]]) -> str:
    points: list[tuple[float, float]] = []
    for at in ring:
        arc = arcs[at] if at >= 0 else arcs[~at][::-1]
        points.extend(arc[1 if points else 0 :])
    return "".join(_outline(part) for part in _halves(points))


def _halves(points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """A ring cut where it crosses the 180th meridian: its part on the map, and what comes back at the other edge.

    Crossing once and not returning means that a pole lies inside, as in Antarctica: one ring then.
    """
    turned, shift = [points[0]], 0.0
    for (before, _), (longitude, latitude) in itertools.pairwise(points):
        shift += 360.0 * ((longitude - before < -180) - (longitude - before > 180))
        turned.append((longitude + shift, latitude))
    if shift or all(-180 <= x <= 180 for x, _ in turned):
        return [points]
    away = 360.0 if max(x for x, _ in turned) > 180 else -360.0
    return [_clipped(turned), _clipped([(x - away, y) for x, y in turned])]


def _clipped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring with what lies beyond the edges of the map pressed onto them."""
    return [(min(180.0, max(-180.0, x)), y) for x, y in points]


def _outline(points: list[tuple[float, float]]) -> str:
    drawn = dict.fromkeys(f"{x:.1f} {y:.1f}" for x, y in (project(*p) for p in points))
    return f"M{'L'.join(drawn)}Z" if len(drawn) > 2 else ""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth (B. Šavrič, T. Patterson, B. Jenny, 2018), scaled to `WIDTH`."""
    a1, a2, a3, a4 = _A
    root = math.sqrt(3) / 2
    t = math.asin(root * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2**3
    x = math.radians(longitude) * math.cos(t) / (root * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    scale = WIDTH / 5.4133
    return WIDTH / 2 + x * scale, WIDTH * 0.245 - y * scale


@functools.cache
def _codes(numeric: str) -> tuple[str, ...]:
    import pycountry

    found = pycountry.countries.get(numeric=numeric)
    return (found.alpha_2, found.alpha_3, numeric) if found else (numeric,)
