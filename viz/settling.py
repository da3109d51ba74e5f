"""Things moved along their lanes until few lines run through labels."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viz.layout import Place

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
    """Places as numbers: where each stands, and how far its shape and label together reach from there.

    After the last x stands a 0 that is nobody's, see `_Meetings`.
    """

    def __init__(self, places: Mapping[str, Place], lines: Iterable[tuple[str, str]]) -> None:
        self.number = {name: at for at, name in enumerate(places)}
        self.x = np.array([*(p.x for p in places.values()), 0.0])
        self.y = np.array([p.y for p in places.values()])
        self.whole = _reaching(places.values(), "whole")
        pairs = sorted({(self.number[a], self.number[b]) for a, b in lines if a != b})
        ends = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        labels, marks = _reaching(places.values(), "label"), _reaching(places.values(), "mark")
        self.meetings = _meetings(self.y, ends, labels, marks)

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
        """For each x where one thing might stand: how many labels and shapes lines then run through."""
        m, at = self.meetings[here], self.x
        first, last = at[m.first], at[m.last]
        apart = (first + last) / 2 - at[m.box] - m.aside + m.apart_by * x[:, None]
        across = (last - first) / 2 + m.across_by * x[:, None]
        total: Numbers = enters(apart, m.under, across, m.down, m.wide, m.high).sum(axis=1)
        return total


class _Meetings(NamedTuple):
    """The lines and boxes that could meet as one thing moves along its lane, in columns.

    A line has its ends, `first` and `last`, and half its fall, `down`; a box whose it is, `box`, how far
    aside from there its middle is, `aside`, and half its size, `wide` and `high`; `under` is how far the
    line's middle is below the box's. What moves is nobody among them: with each pixel the middles go
    `apart_by` further apart, and half the line's way across grows by `across_by`.
    """

    first: Numbers
    last: Numbers
    box: Numbers
    aside: Numbers
    wide: Numbers
    high: Numbers
    under: Numbers
    down: Numbers
    apart_by: Numbers
    across_by: Numbers


def _meetings(y: Numbers, ends: Numbers, labels: Numbers, marks: Numbers) -> list[_Meetings]:
    """For each thing what it has to do with: its lines and the boxes of others, its boxes and the lines of others.

    Of its own line and box only the label counts, since lines begin at its shape.
    """
    nobody = len(y)
    reach = np.concatenate((labels, marks))
    wide, high = (reach[:, 2] - reach[:, 0]) / 2, (reach[:, 3] - reach[:, 1]) / 2
    aside, below = (reach[:, 0] + reach[:, 2]) / 2, (reach[:, 1] + reach[:, 3]) / 2
    line, box = (found.ravel() for found in np.indices((len(ends), len(reach))))
    owner, first, last = box % nobody, ends[line, 0], ends[line, 1]
    under, down = (y[first] + y[last]) / 2 - y[owner] - below[box], (y[last] - y[first]) / 2
    level = np.abs(under) < high[box] + np.abs(down)
    others = np.flatnonzero(level & (owner != first) & (owner != last))
    counted = np.flatnonzero(level & ((owner != first) & (owner != last) | (box < nobody)))
    moving = np.concatenate((first[others], last[others], owner[counted]))
    row = np.concatenate((others, others, counted))
    order = np.argsort(moving, kind="stable")
    moving, row = moving[order], row[order]
    at_first, at_last, at_box = (some[row] == moving for some in (first, last, owner))
    ends_of = [np.where(at, nobody, some[row]) for at, some in ((at_first, first), (at_last, last), (at_box, owner))]
    sizes = [some[box[row]] for some in (aside, wide, high)]
    by = at_first / 2 + at_last / 2 - at_box, at_last / 2 - at_first / 2
    columns = (*ends_of, *sizes, under[row], down[row], *by)
    cuts = np.searchsorted(moving, np.arange(nobody + 1))
    return [_Meetings._make(column[a:b] for column in columns) for a, b in itertools.pairwise(cuts)]


def _reaching(places: Iterable[Place], of: Literal["whole", "label", "mark"]) -> Numbers:
    """How far a rectangle of each place reaches from where it stands: left, up, right, down, shape (places, 4)."""
    boxes = ((p, getattr(p, of)) for p in places)
    return np.array([(b.x0 - p.x, b.y0 - p.y, b.x1 - p.x, b.y1 - p.y) for p, b in boxes]).reshape(-1, 4)


def enters(x: Numbers, y: Numbers, dx: Numbers, dy: Numbers, wide: Numbers, high: Numbers) -> NDArray[np.bool_]:
    """Whether lines enter boxes: x and y from the box's middle to the line's, half the line's way, half the box's size.

    They do where no axis keeps them apart: neither of the box's two, nor the one across the line.
    Source: S. Gottschalk, Separating Axis Theorem, 1996.
    """
    far, deep = np.abs(dx), np.abs(dy)
    found: NDArray[np.bool_] = np.abs(x) < wide + far
    found &= np.abs(y) < high + deep
    found &= np.abs(x * dy - y * dx) < wide * deep + high * far
    return found
