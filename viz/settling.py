"""Things moved along their lanes until few lines run through labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from viz.layout import Box, Place, whole

Numbers = NDArray[Any]
ROUNDS: Final = 3
STEPS: Final = np.array(sorted(range(-132, 133, 12), key=abs), dtype=np.float64)
_CROSSING: Final = 40.0
"""One line less through a label is worth so many pixels of a way, at `_PIXEL` each."""
_PIXEL: Final = 0.4


def settle(
    places: Mapping[str, Place], lines: Iterable[tuple[str, str]], *, lanes: Iterable[Sequence[str]], width: float
) -> dict[str, Place]:
    """The places, each moved along its lane to where few lines run through labels; order in a lane is kept.

    A deterministic coordinate descent: each thing tries steps to both sides, three rounds at most.
    """
    found = _Placed(places, lines)
    for _ in range(ROUNDS):
        moved = False
        for lane in lanes:
            for at in range(len(lane)):
                moved |= found.move(lane, at, width)
        if not moved:
            break
    return {name: replace(p, x=float(found.x[at])) for at, (name, p) in enumerate(places.items())}


class _Placed:
    """Places as numbers: where each stands, and how far its label, its shape and both reach from there."""

    def __init__(self, places: Mapping[str, Place], lines: Iterable[tuple[str, str]]) -> None:
        self.number = {name: at for at, name in enumerate(places)}
        self.x = np.array([p.x for p in places.values()])
        self.y = np.array([p.y for p in places.values()])
        self.label = _reaching(places, Place.label)
        self.mark = _reaching(places, Place.mark)
        self.whole = _reaching(places, whole)
        pairs = sorted({(a, b) for a, b in lines if a != b})
        self.ends = np.array([(self.number[a], self.number[b]) for a, b in pairs], dtype=np.intp).reshape(-1, 2)

    def move(self, lane: Sequence[str], at: int, width: float) -> bool:
        """Move one thing of a lane between its neighbours to where it stands best; whether it moved."""
        here = self.number[lane[at]]
        beside = [
            (self.number[n], side) for side, some in ((-1, lane[at - 1 : at]), (1, lane[at + 1 : at + 2])) for n in some
        ]
        steps = STEPS[self._free(here, beside, width)]
        if len(steps) < 2:
            return False
        costs = self._crossings(here, self.x[here] + steps) * _CROSSING + np.abs(steps) * _PIXEL
        step = steps[int(np.argmin(costs))]
        self.x[here] += step
        return bool(step)

    def _free(self, here: int, beside: Iterable[tuple[int, int]], width: float) -> NDArray[np.bool_]:
        """Which steps leave a thing inside the picture, on its side of its neighbours and apart from them."""
        x, box = self.x[here] + STEPS, self.whole[here]
        free: NDArray[np.bool_] = (x + box[0] >= 0) & (x + box[2] <= width) & (self.y[here] + box[1] >= 0)
        for other, side in beside:
            theirs, down = self.whole[other], self.y[other] - self.y[here]
            level = box[1] < theirs[3] + down and theirs[1] + down < box[3]
            over = (x + box[0] < self.x[other] + theirs[2]) & (self.x[other] + theirs[0] < x + box[2])
            free &= (side * x < side * self.x[other]) & ~(over & level)
        return free

    def _crossings(self, here: int, x: Numbers) -> Numbers:
        """For each x where one thing might stand: how many labels and shapes lines then run through.

        Counted is what the thing has to do with: its lines through any label or shape, and any line
        through its own.
        """
        y = self.y[here]
        labels, marks = (_boxes(x, np.full_like(x, y), reach[here]) for reach in (self.label, self.mark))
        first, last = self.ends[:, 0], self.ends[:, 1]
        own = (first == here) | (last == here)
        foreign = np.column_stack((self.x[first], self.y[first], self.x[last], self.y[last]))[~own]
        both = np.concatenate((labels, marks))
        total: Numbers = crossed(both[:, None], foreign).sum(axis=1).reshape(2, len(x)).sum(axis=0)
        ends = np.where(first == here, last, first)[own]
        if len(ends):
            lines = np.empty((len(x), len(ends), 4))
            lines[:, :, 0], lines[:, :, 1], lines[:, :, 2], lines[:, :, 3] = x[:, None], y, self.x[ends], self.y[ends]
            others = np.flatnonzero(np.arange(len(self.x)) != here)
            apart = (others[:, None] != ends)[:, None, :]
            for reach in (self.label, self.mark):
                boxes = _boxes(self.x[others], self.y[others], reach[others])
                total = total + (crossed(boxes[:, None, None], lines) & apart).sum(axis=(0, 2))
            total = total + crossed(labels[:, None], lines).sum(axis=1)
        return total


def _reaching(places: Mapping[str, Place], box: Callable[[Place], Box]) -> Numbers:
    def reach(place: Place) -> tuple[float, float, float, float]:
        found = box(place)
        return found.x0 - place.x, found.y0 - place.y, found.x1 - place.x, found.y1 - place.y

    return np.array([reach(p) for p in places.values()]).reshape(-1, 4)


def _boxes(x: Numbers, y: Numbers, reach: Numbers) -> Numbers:
    return np.column_stack((x, y, x, y)) + reach


def crossed(boxes: Numbers, lines: Numbers) -> NDArray[np.bool_]:
    """Whether lines (x, y, x, y) enter boxes (left, top, right, bottom), which are broadcast against each other.

    They do where no axis keeps them apart: neither of the box's two, nor the one across the line.
    Source: S. Gottschalk, Separating Axis Theorem, 1996.
    """
    wide, high = (boxes[..., 2] - boxes[..., 0]) / 2, (boxes[..., 3] - boxes[..., 1]) / 2
    dx, dy = (lines[..., 2] - lines[..., 0]) / 2, (lines[..., 3] - lines[..., 1]) / 2
    x = (lines[..., 0] + lines[..., 2]) / 2 - (boxes[..., 0] + boxes[..., 2]) / 2
    y = (lines[..., 1] + lines[..., 3]) / 2 - (boxes[..., 1] + boxes[..., 3]) / 2
    far, deep = np.abs(dx), np.abs(dy)
    found: NDArray[np.bool_] = (
        (np.abs(x) < wide + far) & (np.abs(y) < high + deep) & (np.abs(x * dy - y * dx) < wide * deep + high * far)
    )
    return found
