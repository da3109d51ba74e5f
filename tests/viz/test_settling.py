"""Things settle where fewer lines run through labels, in order, apart and inside the picture."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from viz.layout import Box, Place
from viz.settling import enters, settle

WIDTH = 840.0
Ends = tuple[int, int, int, int]
corner = st.integers(-12, 12)
segments = st.tuples(corner, corner, corner, corner)
rectangles = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), corner, corner, st.integers(1, 9), st.integers(1, 9))


def clipped(box: Ends, line: Ends) -> bool:
    """Whether a line has a point inside a box, in whole fractions: the box clips it, side by side."""
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    low, high = Fraction(0), Fraction(1)
    for start, step, first, last in ((x, dx, box[0], box[2]), (y, dy, box[1], box[3])):
        if step == 0:
            if not first < start < last:
                return False
            continue
        near, far = sorted((Fraction(first - start, step), Fraction(last - start, step)))
        low, high = max(low, near), min(high, far)
    return low < high


def entered(boxes: NDArray[Any], lines: NDArray[Any]) -> NDArray[Any]:
    """Whether lines enter boxes, both as corners x, y, x, y along the last axis."""
    (x0, y0, x1, y1), (left, top, right, bottom) = np.moveaxis(lines, -1, 0), np.moveaxis(boxes, -1, 0)
    x, y = (x0 + x1 - left - right) / 2, (y0 + y1 - top - bottom) / 2
    return enters(x, y, (x1 - x0) / 2, (y1 - y0) / 2, (right - left) / 2, (bottom - top) / 2)


@given(st.lists(rectangles, min_size=1, max_size=5), st.lists(segments, min_size=1, max_size=5))
def test_a_line_enters_a_box_or_does_not(boxes: list[Ends], lines: list[Ends]) -> None:
    found = entered(np.array(boxes, dtype=float)[:, None], np.array(lines, dtype=float))
    assert found.tolist() == [[clipped(b, line) for line in lines] for b in boxes]


@st.composite
def pictures(draw: st.DrawFn) -> tuple[dict[str, Place], list[list[str]], list[tuple[str, str]]]:
    """Lanes of labelled things that stand apart, and lines between some of them."""
    places, lanes = {}, []
    for row in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 5))
        lane = [f"{row}{at}" for at in range(count)]
        for at, name in enumerate(lane):
            label = "Name" * draw(st.integers(1, 3))
            places[name] = Place(name, (at + 0.5) * WIDTH / count, 40.0 + 110 * row, 7.0, "above", (label,))
        lanes.append(lane)
    names = st.sampled_from(sorted(places))
    return places, lanes, draw(st.lists(st.tuples(names, names), max_size=14))


def through(places: dict[str, Place], lines: list[tuple[str, str]]) -> int:
    """How many labels and shapes lines run through that are no end of theirs, and labels of their own ends."""
    pairs = {(a, b) for a, b in lines if a != b}
    return sum(
        enters_box(box, places[a], places[b])
        for (a, b), (name, place) in itertools.product(pairs, places.items())
        for box in ((place.label,) if name in (a, b) else (place.label, place.mark))
    )


def enters_box(box: Box, one: Place, other: Place) -> bool:
    edges = np.array([[box.x0, box.y0, box.x1, box.y1]])
    return bool(entered(edges, np.array([one.x, one.y, other.x, other.y]))[0])


@given(pictures())
def test_settled_things_keep_order_and_room(
    drawn: tuple[dict[str, Place], list[list[str]], list[tuple[str, str]]],
) -> None:
    places, lanes, lines = drawn
    found = settle(places, lines, lanes=lanes, width=WIDTH)
    assert list(found) == list(places)
    assert [(p.y, p.text) for p in found.values()] == [(p.y, p.text) for p in places.values()]
    assert found == settle(places, reversed(lines), lanes=lanes, width=WIDTH)
    for lane in lanes:
        assert [found[n].x for n in lane] == sorted(found[n].x for n in lane)
        assert all(found[n].whole.x0 >= 0 and found[n].whole.x1 <= WIDTH for n in lane)
        assert not any(found[a].whole.meets(found[b].whole) for a, b in itertools.pairwise(lane))
    assert through(found, lines) <= through(places, lines)
