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

from viz.setting import Setting

ATLAS: Final = Path(__file__).parent / "static" / "vendor" / "world-atlas-2.0.2-countries-110m.json"
WIDTH: Final = 960
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
    for claim in shelf.said.values():
        if claim.predicate == "tookPlaceIn" and shelf.things[claim.value].kind in ("City", "Place"):
            count[claim.value] += 1
    found = []
    for place, events in sorted(count.items(), key=lambda kv: (-kv[1], kv[0])):
        point = next((c.value for c in shelf.claims(subject=place, predicate="coordinates")), "")
        match = _POINT.fullmatch(point)
        if match:
            x, y = project(float(match[1]), float(match[2]))
            found.append(Mark(setting.to(place), shelf.things[place].name, events, round(x, 1), round(y, 1)))
    return found


def svg(links: Mapping[str, tuple[str, str]], places: Iterable[Mark] = (), *, root: str = "") -> Markup:
    """The map; `links` gives (address, name) by ISO 3166 code, alpha-2, alpha-3 or numeric."""
    parts = []
    for code, name, path in shapes():
        found = next((links[c] for c in _codes(code) if c in links), None)
        if found:
            title = escape(found[1])
            parts.append(
                f'<a href="{escape(found[0])}" aria-label="{title}"><title>{title}</title><path d="{path}"/></a>'
            )
        else:
            parts.append(f'<path d="{path}"><title>{escape(name)}</title></path>')
    for place in places:
        label = escape(f"{place.name}: {place.events} event{'' if place.events == 1 else 's'}")
        radius = 2.5 + min(5.0, place.events**0.5)
        parts.append(
            f'<a class="spot" href="{escape(root + place.path)}" aria-label="{label}"><title>{label}</title>'
            f'<circle cx="{place.x}" cy="{place.y}" r="{radius:.1f}"/></a>'
        )
    height = round(WIDTH * 0.49)
    return Markup(  # noqa: S704 (numbers, and names escaped above)
        f'<figure class="band strong map"><svg class="world" viewBox="0 0 {WIDTH} {height}" role="group" '
        'aria-label="Map of the world" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg></figure>'
    )


@functools.cache
def shapes() -> tuple[tuple[str, str, str], ...]:
    """Every country as (numeric code, name, SVG path) in Equal Earth projection."""
    world = json.loads(ATLAS.read_text(encoding="utf-8"))
    arcs = [_decoded(a, world["transform"]) for a in world["arcs"]]
    found = []
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        path = "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)
        found.append((str(shape.get("id", "")), str(shape["properties"]["name"]), path))
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


def _codes(numeric: str) -> tuple[str, ...]:
    import pycountry

    found = pycountry.countries.get(numeric=numeric)
    return (found.alpha_2, found.alpha_3, numeric) if found else (numeric,)
