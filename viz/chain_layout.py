"""A chain as a drawing: events along a time axis, and on both sides of it the cast of each party.

On wide screens time runs left to right, the first party stands above and the second below; a
chain without two parties has its whole cast above. On narrow screens time runs top to bottom and
the cast stands at the right. Labels lie on an opaque ground, so a line that must pass one goes
behind it.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from graph.when import Day
from viz import letters
from viz.layout import (
    CLEAR,
    LABEL,
    LEADING,
    RADIUS,
    STEP_RADIUS,
    Drawing,
    Path,
    Place,
    Side,
    bow_of,
    spread,
)
from viz.settling import settle
from viz.view import Relation, Thing, View

WIDE: Final = 840.0
TALL: Final = 358.0
_EDGE: Final = 6.0
_FAN: Final = 56.0
_LANE_GAP: Final = 8.0
_CAST_LABEL: Final = 124.0
_CAST_ROWS: Final = 4
# On narrow screens: where events and cast stand, and how many of the cast.
_COLUMN: Final = 138.0
_SIDE: Final = 232.0
_EVENT_LEAD: Final = 14.0
_CAST_LEAST: Final = 8
_CAST_MOST: Final = 10


def wide(view: View, days: Mapping[str, Day]) -> Drawing:
    """The chain with time from left to right, `WIDE` pixels wide; `days` gives each event's day."""
    steps = _steps(view)
    columns = _columns([days[t.id] for t in steps])
    xs = dict(zip((t.id for t in steps), columns, strict=True))
    upper, lower = _sides(view)
    above = [_lane(lane, "above", xs, view.relations) for lane in _lanes(upper, view.relations, xs)]
    below = [_lane(lane, "below", xs, view.relations) for lane in reversed(_lanes(lower, view.relations, xs))]
    placed, lanes, top = _stack(above, _EDGE)
    axis = top + (_FAN if above else _EDGE) + STEP_RADIUS
    gap = min((b - a for a, b in itertools.pairwise(columns)), default=WIDE / 2)
    events = {
        t.id: _event(t, xs[t.id], axis, most=min(gap, 2 * min(xs[t.id], WIDE - xs[t.id]), 170.0) - 6) for t in steps
    }
    labels = max(p.whole.y1 for p in events.values())
    under, lower_lanes, _ = _stack(below, labels + _FAN * 0.7)
    lines = [(r.subject, r.object) for r in view.relations if not r.chain]
    settled = settle(events | placed | under, lines, lanes=[*lanes, *lower_lanes], width=WIDE)
    return _lowered(settled, view, _bows(view.relations, view, settled, "x"))


def _lowered(places: Mapping[str, Place], view: View, bows: Mapping[str, float]) -> Drawing:
    """The drawing so far down that no arc over the topmost lane leaves it."""
    drawn = (r for r in view.relations if bows.get(r.id))
    paths = (Path.between(places[r.subject], places[r.object], bows[r.id]) for r in drawn)
    down = max(0.0, _EDGE - min((path.at(part)[1] for path in paths for part in (0.3, 0.5, 0.7)), default=_EDGE))
    moved = {name: replace(p, y=p.y + down) for name, p in places.items()}
    return Drawing(WIDE, round(max(p.whole.y1 for p in moved.values()) + _EDGE), _rounded(moved), bows)


def tall(view: View) -> Drawing:
    """The chain with time from top to bottom, `TALL` pixels wide, for narrow screens.

    Only the parties and who takes part most are drawn, and of the lines only the chain and who took
    part in what: more cannot be followed in so little room.
    """
    events: list[Place] = []
    top = _EDGE
    for thing in _steps(view):
        label = _lines(thing.name, _COLUMN - _EVENT_LEAD - STEP_RADIUS - CLEAR - 4, rows=5)
        place = Place(thing.id, _COLUMN, 0, STEP_RADIUS, "left", label, thing.short, lead=_EVENT_LEAD)
        high = max(LEADING * len(place.text) + 20, 64)
        events.append(replace(place, y=top + high / 2))
        top += high
    ys = {p.id: p.y for p in events}
    cast = _by_crossings(_leading(view, ys), view.relations, ys)
    others = []
    for thing in cast:
        label = _lines(thing.name, TALL - _SIDE - RADIUS[thing.size] - CLEAR - 4, rows=_CAST_ROWS)
        others.append(Place(thing.id, _SIDE, 0, RADIUS[thing.size], "right", label, strong=thing.party))
    sizes = [max(2 * p.radius, LEADING * len(p.text)) + 12 for p in others]
    height = max(top, sum(sizes) + 2 * _EDGE)
    stretch = height / top
    room = (height - 2 * _EDGE) / max(1, len(others))
    wanted = [_EDGE + room * (at + 0.5) for at in range(len(others))]
    centres = spread(wanted, sizes, low=_EDGE, high=height - _EDGE)
    placed = {p.id: replace(p, y=p.y * stretch) for p in events}
    placed |= {p.id: replace(p, y=y) for p, y in zip(others, centres, strict=True)}
    told = [r for r in view.relations if r.chain or (r.subject in ys) != (r.object in ys)]
    return Drawing(TALL, round(height + _EDGE), _rounded(placed), _bows(told, view, placed, "y"))


def _leading(view: View, at: Mapping[str, float]) -> list[Thing]:
    """The parties, then whoever takes part in two events or more, then others while there is room."""
    joined = _joined(view.relations, at)
    cast = sorted(_cast(view), key=lambda t: (not t.party, -len(joined[t.id]), t.rank, t.id))
    often = sum(t.party or len(joined[t.id]) > 1 for t in cast)
    return cast[: min(max(often, _CAST_LEAST), _CAST_MOST)]


def _by_crossings(cast: Sequence[Thing], relations: Sequence[Relation], at: Mapping[str, float]) -> list[Thing]:
    """The cast from top to bottom so that few lines to the events cross: by mean, then by swaps."""
    joined = _joined(relations, at)
    ends = {t.id: sorted(at[e] for e in joined[t.id]) for t in cast}
    middle = sum(at.values()) / len(at)
    order = sorted(cast, key=lambda t: (sum(ends[t.id]) / len(ends[t.id]) if ends[t.id] else middle, t.id))

    def crossings(one: Thing, other: Thing) -> int:
        """How many lines cross when one stands above the other."""
        return sum(a > b for a in ends[one.id] for b in ends[other.id])

    for _ in range(len(order)):
        swaps = [i for i in range(len(order) - 1) if crossings(*order[i : i + 2]) > crossings(*order[i : i + 2][::-1])]
        if not swaps:
            break
        order[swaps[0] : swaps[0] + 2] = order[swaps[0] : swaps[0] + 2][::-1]
    return order


def _joined(relations: Sequence[Relation], at: Mapping[str, float]) -> dict[str, set[str]]:
    """The events each thing has a line to."""
    joined: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        for one, other in ((relation.subject, relation.object), (relation.object, relation.subject)):
            if other in at:
                joined[one].add(other)
    return joined


def _steps(view: View) -> list[Thing]:
    return sorted((t for t in view.things if t.step), key=lambda t: t.step)


def _cast(view: View) -> list[Thing]:
    return sorted((t for t in view.things if not t.step), key=lambda t: (t.rank, t.id))


def _sides(view: View) -> tuple[list[Thing], list[Thing]]:
    """The cast above and below: the parties' own, and whoever belongs to neither where there is room."""
    cast = _cast(view)
    if not any(t.side for t in cast):
        return cast, []
    sides: tuple[list[Thing], list[Thing]] = ([], [])
    for thing in (*(t for t in cast if t.side), *(t for t in cast if not t.side)):
        fuller = len(sides[1]) < len(sides[0])
        sides[thing.side - 1 if thing.side else int(fuller)].append(thing)
    return sides


def _columns(days: Sequence[Day]) -> list[float]:
    """The x of each event: gaps grow with the logarithm of the days between."""
    if len(days) == 1:
        return [WIDE / 2]
    margin = min(66.0, WIDE / len(days) / 2)
    weights = [1 + 0.16 * math.log10(1 + max(0, b - a)) for a, b in itertools.pairwise(days)]
    room = (WIDE - 2 * margin) / sum(weights)
    return [margin + room * total for total in itertools.accumulate(weights, initial=0.0)]


def _event(thing: Thing, x: float, y: float, *, most: float) -> Place:
    return Place(thing.id, x, y, STEP_RADIUS, "below", _lines(thing.name, most, rows=5), thing.short)


def _lines(name: str, most: float, *, rows: int) -> tuple[str, ...]:
    return letters.lines(name, size=LABEL, most=most, rows=rows)


def _wanted(name: str, at: Mapping[str, float], relations: Sequence[Relation], *, default: float) -> float:
    ends = [
        at[other]
        for r in relations
        for one, other in ((r.subject, r.object), (r.object, r.subject))
        if one == name and other in at
    ]
    return sum(ends) / len(ends) if ends else default


def _lanes(cast: Sequence[Thing], relations: Sequence[Relation], at: Mapping[str, float]) -> list[list[Thing]]:
    """The cast in lanes from far to near: the party itself furthest, then whoever takes part most."""
    joined = _joined(relations, at)
    parties = [t for t in cast if t.party]
    order = sorted((t for t in cast if t not in parties), key=lambda t: (-len(joined[t.id]), t.rank, t.id))
    total = sum(_label_width(t) for t in order)
    rows = max(1, math.ceil(total / (WIDE * 0.8)))
    lanes: list[list[Thing]] = [parties] if parties else []
    own: list[list[Thing]] = [[] for _ in range(rows)]
    used = [0.0] * rows
    for thing in order:
        row = next((r for r in range(rows) if used[r] + _label_width(thing) <= total / rows * 1.06), rows - 1)
        own[row].append(thing)
        used[row] += _label_width(thing)
    return [*lanes, *(lane for lane in own if lane)]


def _label_width(thing: Thing) -> float:
    label = _lines(thing.name, _CAST_LABEL, rows=_CAST_ROWS)
    return max(2 * RADIUS[thing.size], *(letters.width(t, size=LABEL) for t in label)) + 20


def _lane(lane: Sequence[Thing], side: Side, at: Mapping[str, float], relations: Sequence[Relation]) -> list[Place]:
    wanted = {t.id: _wanted(t.id, at, relations, default=WIDE / 2) for t in lane}
    order = sorted(lane, key=lambda t: (wanted[t.id], t.id))
    centres = spread([wanted[t.id] for t in order], [_label_width(t) for t in order], low=_EDGE, high=WIDE - _EDGE)
    found = []
    for thing, x in zip(order, centres, strict=True):
        text = _lines(thing.name, _CAST_LABEL, rows=_CAST_ROWS)
        found.append(
            Place(thing.id, x, 0, RADIUS[thing.size], "right" if thing.party else side, text, strong=thing.party)
        )
    return found


def _stack(lanes: Sequence[Sequence[Place]], top: float) -> tuple[dict[str, Place], list[list[str]], float]:
    """Lanes one under another from `top`: their places, their names, and where the last one ends."""
    placed: dict[str, Place] = {}
    for lane in lanes:
        up = max(-p.whole.y0 for p in lane)
        down = max(p.whole.y1 for p in lane)
        placed |= {p.id: replace(p, y=top + up) for p in lane}
        top += up + down + _LANE_GAP
    return placed, [[p.id for p in lane] for lane in lanes], top - (_LANE_GAP if lanes else 0)


def _bows(
    relations: Iterable[Relation], view: View, places: Mapping[str, Place], along: Literal["x", "y"]
) -> dict[str, float]:
    """Straight lines, but arcs along the axis or a lane, and where lines would lie on each other.

    Arcs bend towards the cast, away from the events' labels, by about the same few pixels however
    long they are.
    """
    seen: dict[tuple[str, str], int] = defaultdict(int)
    arcs = 0
    order = [t.id for t in _steps(view)]
    bows: dict[str, float] = {}
    drawn = (r for r in relations if r.subject in places and r.object in places)
    for relation in sorted(drawn, key=lambda r: (not r.chain, r.id)):
        a, b = places[relation.subject], places[relation.object]
        pair = (min(a.id, b.id), max(a.id, b.id))
        nth = seen[pair]
        seen[pair] += 1
        level = abs(a.y - b.y) < 1 if along == "x" else abs(a.x - b.x) < 1
        bow = (0.0, 0.18, -0.18, 0.34, -0.34)[min(nth, 4)]
        if level and not (relation.chain and nth == 0 and _adjacent(a.id, b.id, order)):
            forward = (b.x - a.x if along == "x" else b.y - a.y) > 0
            length = abs(b.x - a.x) + abs(b.y - a.y)
            outward = 1.0 if (forward == (along == "x")) else -1.0
            reach = 17 + 0.06 * length + 12 * nth if along == "x" else 18 + 4 * min(arcs, 2)
            arcs += 1
            bow = outward * bow_of(reach, length)
        bows[relation.id] = round(bow, 2)
    return bows


def _adjacent(one: str, other: str, order: Sequence[str]) -> bool:
    return one in order and other in order and abs(order.index(one) - order.index(other)) == 1


def _rounded(places: Mapping[str, Place]) -> dict[str, Place]:
    return {name: replace(p, x=round(p.x), y=round(p.y)) for name, p in sorted(places.items())}
