"""The inner loops of a chain, the last: events in order, and the widest path between two.

Like `kernels`, these run interpreted or compiled.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.chains import choosing
from graph.chains.choosing import Field
from graph.chains.kernels import Numbers

Floats = NDArray[np.float64]
Ints = NDArray[Any]


def in_order(f: Field, chosen: Ints) -> Ints:
    """The chosen candidates in time order; a stated link decides where days do not."""
    count = len(chosen)
    waiting, off, earlier = chosen.copy(), f.joint_off, f.joint_earlier
    for i in range(1, count):
        at, j = waiting[i], i
        while j > 0 and (f.day[waiting[j - 1]], f.event[waiting[j - 1]]) > (f.day[at], f.event[at]):
            waiting[j] = waiting[j - 1]
            j -= 1
        waiting[j] = at
    done = np.empty(count, np.int64)
    for place in range(count):
        pick = 0
        for i in range(count - place):
            free = True
            for j in range(count - place):
                if i != j and choosing.stated_between(off, earlier, int(waiting[j]), int(waiting[i])) >= 0:
                    free = False
            if free:
                pick = i
                break
        done[place] = waiting[pick]
        for i in range(pick, count - place - 1):
            waiting[i] = waiting[i + 1]
    return done


def widest(w: Numbers, f: Field, response: Floats, start: int, goal: int) -> tuple[Ints, Floats]:
    """The candidates, in time order, on the path from start to goal whose weakest link is strongest.

    With them comes the strength of the link into each. Of equally strong paths the one with fewer
    events is taken; both are empty when no path leads there.
    """
    count = len(f.event)
    order = np.argsort(f.day * (2 * count) + np.arange(count))
    before, terms = np.ones(count, np.bool_), np.empty((count, 6), np.float64)
    width, steps = np.zeros(count, np.float64), np.zeros(count, np.int64)
    back, into = np.full(count, -1, np.int64), np.zeros(count, np.float64)
    width[start] = 1.0
    for later in range(count):
        j = int(order[later])
        choosing.links_to(w, f, response, j, order[:later], before, terms)
        for earlier in range(later):
            i = int(order[earlier])
            if width[i] <= width[j] or j == start:
                continue
            strength = round(terms[earlier, choosing.STRENGTH] * 1e9) / 1e9
            least = min(width[i], strength)
            if least > width[j] or (least == width[j] and least > 0 and steps[i] + 1 < steps[j]):
                width[j], steps[j], back[j], into[j] = least, steps[i] + 1, i, strength
        if j == goal:
            break
    path, found = np.empty(count, np.int64), 0
    at = goal if width[goal] > 0 else -1
    while at >= 0:
        path[found] = at
        found += 1
        at = back[at]
    return path[:found][::-1].copy(), into[path[:found]][::-1].copy()
