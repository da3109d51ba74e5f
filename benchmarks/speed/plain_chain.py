"""A chain that SQL can say too: score, take the best, attach; compiled like the index's own kernels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]


def chain(events: Ints, day: Ints, kind: Ints, intensity: Ints, as_of: int, most: int) -> tuple[Ints, Ints]:
    """The best events in time order, and for each the earlier one it hangs on, -1 for none."""
    count = len(events)
    score = np.empty(count, np.float64)
    for at in range(count):
        weight = abs(intensity[kind[events[at]]])
        fresh = math.exp(-(as_of - day[events[at]]) / 120.0)
        score[at] = round((0.5 * min(1.0, weight / 12.0) + 0.5 * fresh) * 1e9)
    order = np.argsort(-score, kind="mergesort")[:most]
    best = np.sort(events[order])
    earlier = np.full(len(best), -1, np.int64)
    for j in range(len(best)):
        strongest = -1.0
        for i in range(j):
            weight = abs(intensity[kind[best[i]]])
            strength = round((1.0 + weight) * math.exp(-(day[best[j]] - day[best[i]]) / 120.0) * 1e9)
            if strength >= strongest:
                strongest = strength
                earlier[j] = best[i]
    return best, earlier
