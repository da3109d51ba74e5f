"""Where things stand: positions and labels computed here, so that no browser has to."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from viz import letters

Side = Literal["above", "below", "left", "right"]
Numbers = NDArray[Any]
RADIUS: Final = {1: 7.0, 2: 10.0, 3: 14.0}
STEP_RADIUS: Final = 13.0
LABEL: Final = 13.0
LEADING: Final = 16.0
CLEAR: Final = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share more than an edge."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


@dataclass(frozen=True, slots=True)
class Place:
    """Where one thing stands, and its label: `head` is set bold over `lines`.

    `side` says where the label is, `lead` how many pixels further out than its usual place;
    `shown` is false when the label waits for a pointer or a focus, `strong` sets all of it bold.
    """

    id: str
    x: float
    y: float
    radius: float
    side: Side
    lines: tuple[str, ...]
    head: str = ""
    lead: float = 0.0
    shown: bool = True
    strong: bool = False

    @property
    def text(self) -> tuple[str, ...]:
        """Every line of the label, the bold one first."""
        return (self.head, *self.lines) if self.head else self.lines

    def anchor(self) -> tuple[float, float]:
        """Where the label's nearest edge meets the thing."""
        away = self.radius + CLEAR + self.lead
        return {
            "above": (self.x, self.y - away),
            "below": (self.x, self.y + away),
            "left": (self.x - away, self.y),
            "right": (self.x + away, self.y),
        }[self.side]

    def label(self) -> Box:
        """The rectangle of the label."""
        wide = (
            max((letters.width(t, size=LABEL, bold=self.strong or t == self.head) for t in self.text), default=0.0) + 4
        )
        high = LEADING * len(self.text)
        x, y = self.anchor()
        left = {"above": x - wide / 2, "below": x - wide / 2, "left": x - wide, "right": x}[self.side]
        top = {"above": y - high, "below": y, "left": y - high / 2, "right": y - high / 2}[self.side]
        return Box(left, top, left + wide, top + high)

    def mark(self) -> Box:
        """The rectangle of the shape itself."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Note:
    """A heading in a picture: the point of its baseline, its text, and which end of it stands there."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Path:
    """A line between two points, straight or bowed as vis-network bows it."""

    start: tuple[float, float]
    end: tuple[float, float]
    bow: float

    @property
    def control(self) -> tuple[float, float]:
        """The control point of the quadratic curve: vis-network's rule for curvedCW and curvedCCW."""
        (x0, y0), (x1, y1) = self.start, self.end
        if not self.bow:
            return (x0 + x1) / 2, (y0 + y1) / 2
        angle = math.atan2(y0 - y1, x1 - x0) + (self.bow * 0.5 + 0.5) * math.pi
        reach = (abs(self.bow) * 0.5 + 0.5) * math.hypot(x1 - x0, y1 - y0)
        return x0 + reach * math.sin(angle), y0 + reach * math.cos(angle)

    @classmethod
    def between(cls, one: Place, other: Place, bow: float) -> Path:
        """The line from centre to centre of two places."""
        return cls((one.x, one.y), (other.x, other.y), bow)

    def at(self, part: float) -> tuple[float, float]:
        """The point a part of the way along, 0 at the start and 1 at the end."""
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        control = self.control
        return (
            a * self.start[0] + b * control[0] + c * self.end[0],
            a * self.start[1] + b * control[1] + c * self.end[1],
        )


def bow_of(reach: float, length: float) -> float:
    """The bow, 0 to 0.5, with which a line of this length bends so many pixels out of the straight in its middle."""
    low, high = 0.0, 0.5
    for _ in range(12):
        middle = (low + high) / 2
        far = abs(Path((0, 0), (length, 0), middle).at(0.5)[1])
        low, high = (middle, high) if far < reach else (low, middle)
    return high


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: its size, every place by id, and how far each relation's line bows.

    A picture with little room leaves things and lines out: they have no place and no bow.
    A bow of 0 is a straight line; otherwise it is the `roundness` of a curve to the left (negative)
    or right (positive) of the way from subject to object, as vis-network understands it.
    """

    width: float
    height: float
    places: Mapping[str, Place]
    bows: Mapping[str, float]
    notes: tuple[Note, ...] = ()

    def path(self, relation: str, subject: str, object: str) -> Path:
        """The line of a relation from centre to centre."""
        return Path.between(self.places[subject], self.places[object], self.bows[relation])

    def free(self, path: Path) -> float:
        """Where along a line, 0 to 1, a small mark stands clear of shapes and labels, near its middle."""
        boxes = [box for p in self.places.values() for box in (p.label(), p.mark())]
        for part in (0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78):
            x, y = path.at(part)
            here = Box(x - 8, y - 8, x + 8, y + 8)
            if not any(here.meets(box) for box in boxes):
                return part
        return 0.5


def spread(wanted: Sequence[float], widths: Sequence[float], *, low: float, high: float) -> list[float]:
    """Centres nearest to those wanted (least squares), in the same order, with nothing overlapping.

    `wanted` must ascend. When the widths do not fit between `low` and `high` they are squeezed.
    Pool-adjacent-violators on the positions less the room taken before them (Barlow et al., 1972).
    """
    if not wanted:
        return []
    squeeze = min(1.0, (high - low) / sum(widths))
    sizes = [w * squeeze for w in widths]
    offsets = [sizes[0] / 2]
    for before, after in itertools.pairwise(sizes):
        offsets.append(offsets[-1] + (before + after) / 2)
    pools: list[list[float]] = []
    for target, offset in zip(wanted, offsets, strict=True):
        pools.append([target - offset, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * count) / (pools[-1][1] + count), pools[-1][1] + count]
    top = max(low, high - sum(sizes))
    return [
        min(max(mean, low), top) + offset
        for (mean, offset) in zip((m for m, n in pools for _ in range(int(n))), offsets, strict=True)
    ]


def settle(
    places: Mapping[str, Place],
    lines: Iterable[tuple[str, str]],
    *,
    lanes: Iterable[Sequence[str]],
    width: float,
    along: Literal["x", "y"] = "x",
) -> dict[str, Place]:
    """Places moved along their lanes until few lines run through labels; order in a lane is kept.

    A deterministic coordinate descent: each thing tries steps to both sides, three rounds.
    """
    found = dict(places)
    pairs = sorted(set(lines))
    for _ in range(3):
        for lane in lanes:
            for at, name in enumerate(lane):
                before = found[lane[at - 1]] if at else None
                after = found[lane[at + 1]] if at + 1 < len(lane) else None
                found[name] = _best(found, name, (before, after), pairs, width, along)
    return found


def _best(
    places: Mapping[str, Place],
    name: str,
    neighbours: tuple[Place | None, Place | None],
    lines: Sequence[tuple[str, str]],
    width: float,
    along: Literal["x", "y"],
) -> Place:
    here = places[name]
    free = []
    for step in sorted(range(-132, 133, 12), key=abs):
        moved = replace(here, x=here.x + step) if along == "x" else replace(here, y=here.y + step)
        box = whole(moved)
        inside = box.x0 >= 0 and box.x1 <= width and box.y0 >= 0
        if inside and not any(_touch(moved, n) for n in neighbours if n) and _between(moved, neighbours, along):
            free.append((step, moved))
    if not free:
        return here
    found = crossings(places, [moved for _, moved in free], lines)
    costs = [n * 40 + abs(step) * 0.4 for n, (step, _) in zip(found, free, strict=True)]
    return free[costs.index(min(costs))][1]


def _between(place: Place, neighbours: tuple[Place | None, Place | None], along: Literal["x", "y"]) -> bool:
    before, after = ((p.x if along == "x" else p.y) if p else None for p in neighbours)
    here = place.x if along == "x" else place.y
    return (before is None or before < here) and (after is None or here < after)


def _touch(first: Place, second: Place) -> bool:
    return whole(first).meets(whole(second))


def whole(place: Place) -> Box:
    """The rectangle of shape and label together, with a little air."""
    mark, label = place.mark(), place.label()
    return Box(
        min(mark.x0, label.x0) - 5, min(mark.y0, label.y0) - 2, max(mark.x1, label.x1) + 5, max(mark.y1, label.y1) + 2
    )


def crossings(places: Mapping[str, Place], tried: Sequence[Place], lines: Sequence[tuple[str, str]]) -> list[int]:
    """For each place where one thing might stand: how many labels and shapes lines then run through.

    Counted is what the thing has to do with: its lines through any label or shape, and any line
    through its own.
    """
    name = tried[0].id
    at = {p.id: (p.x, p.y) for p in places.values()}
    others = [p for p in places.values() if p.id != name]
    ends = [b if a == name else a for a, b in lines if name in (a, b) and a != b]
    foreign = _table([(*at[a], *at[b]) for a, b in lines if name not in (a, b)])
    own = _table([(t.x, t.y, *at[e]) for t in tried for e in ends])
    labels, marks = (_table([_edges(box(t)) for t in tried]) for box in (Place.label, Place.mark))
    total = crossed(labels, foreign).sum(axis=1) + crossed(marks, foreign).sum(axis=1)
    if ends:
        boxes = _table([_edges(box) for p in others for box in (p.label(), p.mark())])
        apart = np.array([[p.id != e for e in ends] for p in others for _ in range(2)]).reshape(len(boxes), len(ends))
        through = crossed(boxes, own).reshape(len(boxes), len(tried), len(ends)) & apart[:, None, :]
        mine = crossed(labels, own).reshape(len(tried), len(tried), len(ends))
        total = total + through.sum(axis=(0, 2)) + mine[np.arange(len(tried)), np.arange(len(tried))].sum(axis=1)
    return [int(n) for n in total]


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _table(rows: Sequence[tuple[float, ...]]) -> Numbers:
    return np.array(rows, dtype=np.float64).reshape(len(rows), 4)


def crossed(boxes: Numbers, lines: Numbers) -> NDArray[np.bool_]:
    """Whether each line (x, y, x, y) enters each box (left, top, right, bottom): boxes down, lines across.

    Source: Y.-D. Liang and B. A. Barsky, A New Concept and Method for Line Clipping, 1984.
    """
    x, y, dx, dy = lines[:, 0], lines[:, 1], lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    low = np.zeros((len(boxes), len(lines)))
    high = np.ones_like(low)
    inside = np.ones(low.shape, dtype=np.bool_)
    for start, step, first, last in ((x, dx, boxes[:, 0], boxes[:, 2]), (y, dy, boxes[:, 1], boxes[:, 3])):
        level = step == 0
        safe = np.where(level, 1.0, step)
        near, far = (first[:, None] - start) / safe, (last[:, None] - start) / safe
        low = np.where(level, low, np.maximum(low, np.minimum(near, far)))
        high = np.where(level, high, np.minimum(high, np.maximum(near, far)))
        inside &= ~level | ((first[:, None] < start) & (start < last[:, None]))
    return inside & (low < high)
