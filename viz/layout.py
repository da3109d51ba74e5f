"""Where things stand: positions and labels computed here, so that no browser has to."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from viz import letters

Side = Literal["above", "below", "left", "right"]
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


@dataclass(frozen=True)
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

    @cached_property
    def text(self) -> tuple[str, ...]:
        """Every line of the label, the bold one first."""
        return (self.head, *self.lines) if self.head else self.lines

    @cached_property
    def anchor(self) -> tuple[float, float]:
        """Where the label's nearest edge meets the thing."""
        away = self.radius + CLEAR + self.lead
        return {
            "above": (self.x, self.y - away),
            "below": (self.x, self.y + away),
            "left": (self.x - away, self.y),
            "right": (self.x + away, self.y),
        }[self.side]

    @cached_property
    def label(self) -> Box:
        """The rectangle of the label."""
        wide = (
            max((letters.width(t, size=LABEL, bold=self.strong or t == self.head) for t in self.text), default=0.0) + 4
        )
        high = LEADING * len(self.text)
        x, y = self.anchor
        left = {"above": x - wide / 2, "below": x - wide / 2, "left": x - wide, "right": x}[self.side]
        top = {"above": y - high, "below": y, "left": y - high / 2, "right": y - high / 2}[self.side]
        return Box(left, top, left + wide, top + high)

    @cached_property
    def mark(self) -> Box:
        """The rectangle of the shape itself."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    @cached_property
    def whole(self) -> Box:
        """The rectangle of shape and label together, with a little air."""
        mark, label = self.mark, self.label
        return Box(
            min(mark.x0, label.x0) - 5,
            min(mark.y0, label.y0) - 2,
            max(mark.x1, label.x1) + 5,
            max(mark.y1, label.y1) + 2,
        )


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


@dataclass(frozen=True)
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

    @cached_property
    def _boxes(self) -> list[Box]:
        return [box for p in self.places.values() for box in (p.label, p.mark)]

    def free(self, path: Path) -> float:
        """Where along a line, 0 to 1, a small mark stands clear of shapes and labels, near its middle."""
        for part in (0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78):
            x, y = path.at(part)
            here = Box(x - 8, y - 8, x + 8, y + 8)
            if not any(here.meets(box) for box in self._boxes):
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
