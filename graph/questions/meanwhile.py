"""What else happened meanwhile: the gravest events of the same days that have nothing to do with a chain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from graph.index.index import Index
from graph.when import Day


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An event elsewhere: its day and how grave it was (0..1)."""

    event: str
    day: Day
    gravity: float


def meanwhile(
    index: Index,
    *,
    first: Day,
    last: Day,
    apart_from: Collection[str] = (),
    known_at: Day | None = None,
    most: int = 10,
) -> tuple[Elsewhere, ...]:
    """The gravest events between two days (closed) in which none of some entities took part, gravest first.

    Gravity is what kind of act it was and how many died; of two equally grave the earlier comes first.
    """
    a = index.arrays
    low, high = np.searchsorted(a.day, (first, last + 1))
    events = np.arange(low, high)
    if known_at is not None:
        events = events[a.known[events] <= known_at]
    away = {e for e in map(index.entity, apart_from) if e >= 0}
    order = events[np.lexsort((events, -a.impact[events].astype(np.int32)))]
    found: list[Elsewhere] = []
    for event in order:
        if len(found) == most:
            break
        if not away.intersection(a.p_entity[a.p_off[event] : a.p_off[event + 1]].tolist()):
            gravity = min(1.0, float(a.impact[event]) / 12_000)
            found.append(Elsewhere(index.event_id(int(event)), int(a.day[event]), round(gravity, 3)))
    return tuple(found)
