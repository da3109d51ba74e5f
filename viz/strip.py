"""A chain as a small strip: its numbered events on a line, the first and the last dated."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from graph.when import Day
from viz import dates, letters
from viz.story import StoryStep
from viz.templating import environment

WIDTH: Final = 360.0
_EDGE: Final = 14.0
_RADIUS: Final = 11.0


def strip(steps: Sequence[StoryStep]) -> Markup:
    """The strip of a chain; distances grow with the logarithm of the days between."""
    xs = places([s.day for s in steps])
    marks = [(round(x, 1), s.number, f"{s.date}: {s.name}") for x, s in zip(xs, steps, strict=True)]
    links = [
        (xs[s.why.earlier_step - 1], x, s.why.stated)
        for x, s in zip(xs, steps, strict=True)
        if s.why and s.why.earlier_step
    ]
    arcs = [(round(a, 1), round(b, 1), round(min(26.0, 6 + abs(b - a) * 0.16), 1), stated) for a, b, stated in links]
    first, last = dates.day(steps[0].day), dates.day(steps[-1].day)
    room = letters.width(first, size=12, bold=True) + letters.width(last, size=12, bold=True) + 12 <= WIDTH
    described = "; ".join(label for _, _, label in marks)
    text = environment().get_template("strip.svg").render(
        width=WIDTH, marks=marks, arcs=arcs, radius=_RADIUS, first=first if room else "", last=last, described=described
    )  # fmt: skip
    return Markup(text)  # noqa: S704 (rendered with autoescape on)


def places(days: Sequence[Day]) -> list[float]:
    """Where events stand between the edges of the strip, in pixels."""
    return [_EDGE + (WIDTH - 2 * _EDGE) * share for share in shares(days)]


def shares(days: Sequence[Day]) -> list[float]:
    """Where days stand on a line from 0 to 1: distances grow with the logarithm of the days between."""
    if len(days) == 1:
        return [0.5]
    weights = [1 + 0.3 * math.log10(1 + max(0, b - a)) for a, b in itertools.pairwise(days)]
    return [total / sum(weights) for total in itertools.accumulate(weights, initial=0.0)]
