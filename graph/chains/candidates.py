"""The inner loops of a chain, continued: which events may explain a focus.

Like `kernels`, these run interpreted or compiled.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.chains import kernels
from graph.chains.kernels import Cut, Numbers
from graph.index import signals
from graph.index.arrays import FAR, Arrays

Floats = NDArray[np.float64]
Ints = NDArray[Any]
INLINED = ("weigh",)
WANTED = 1e9
"""What an event wanted by name weighs among candidates."""


def gather(a: Arrays, cut: Cut, w: Numbers, who: Ints, weight: Floats, pairs: Ints, wanted: Ints) -> Ints:
    """Candidates, by position: those who share most with the focus, and those wanted by name.

    Looks `depth` events deep into the list of each of the focus's entities and words, and of each
    pair, and at the most severe of each quarter. Each event found weighs as much as what it was
    found by, less when it lies back; the `weighed` heaviest are kept.
    """
    room = len(wanted) + (len(pairs) + len(who)) * (w.depth + w.tops)
    size, entities = 1, len(a.e_off) - 1
    while size < 2 * room:
        size *= 2
    keys, mass = np.full(size, -1, np.int64), np.zeros(size, np.float64)
    found, open_ = np.empty(w.depth + w.tops, np.int64), cut.known_at >= FAR
    for event in wanted:
        if kernels.visible(a, event, cut):
            weigh(keys, mass, event, WANTED)
    for pair in pairs:
        low, high = int(a.d_key[pair]) // entities, int(a.d_key[pair]) % entities
        count = kernels.take(a, a.d_off, a.d_event, pair, cut, w.depth, found, 0)
        count = kernels.take(a, a.td_off, a.td_event, pair, cut, w.tops, found, count)
        for at in range(kernels.of_both(a, low, high, cut, found, count)):
            weigh(keys, mass, int(found[at]), 0.0)
    for at in range(len(who)):
        one = int(who[at])
        count = kernels.take(a, a.e_off, a.e_event, one, cut, w.depth, found, 0)
        later = count
        count = kernels.take(a, a.te_off, a.te_event, one, cut, w.tops, found, count)
        for place in range(count):
            event = int(found[place])
            seen = place >= later > 0 and event >= found[later - 1]
            if not seen and (open_ or kernels.takes_part(a, event, one, cut.known_at)):
                weigh(keys, mass, event, weight[at])
    return heaviest(a, cut, w, keys, mass)


def weigh(keys: Ints, mass: Floats, event: int, weight: float) -> None:
    """Add a weight to an event in a table of open addresses."""
    at = (event * 0x9E3779B1) & (len(keys) - 1)
    while keys[at] >= 0 and keys[at] != event:
        at = (at + 1) & (len(keys) - 1)
    keys[at] = event
    mass[at] += weight


def heaviest(a: Arrays, cut: Cut, w: Numbers, keys: Ints, mass: Floats) -> Ints:
    """The `weighed` events of a table that weigh most, an event of long ago weighing less, by position."""
    places = np.flatnonzero(keys >= 0)
    events, worth = keys[places], mass[places]
    day = a.day
    for at in range(len(events)):
        worth[at] *= signals.freshness(cut.as_of - int(day[events[at]]), w.fresh_days)
    if len(events) > w.weighed:
        least = np.partition(worth, len(worth) - w.weighed)[len(worth) - w.weighed]
        events = events[worth >= least]
    return np.sort(events)


def explained(a: Arrays, cut: Cut, w: Numbers, anchors: Ints, most: int) -> tuple[Ints, Floats]:
    """Events joined to the anchors by stated links, up to three links back or three forward, with their worth.

    An anchor is worth 1; each link multiplies by its strength, and each after the first by `hop`.
    """
    events = np.empty(most, np.int64)
    worth = np.empty(most, np.float64)
    count = min(len(anchors), most)
    events[:count], worth[:count] = anchors[:count], 1.0
    roots = count
    for forward in range(2):
        begin, end, start = 0, roots, count
        for step in range(3):
            factor = (w.aftermath if forward else 1.0) if step == 0 else w.hop
            for at in range(begin, end):
                count = spread(a, cut, forward, at, factor, events, worth, count)
            begin, end = (start if step == 0 else end), count
    return events[:count], worth[:count]


def spread(
    a: Arrays, cut: Cut, forward: int, origin: int, factor: float, events: Ints, worth: Floats, count: int
) -> int:
    """Append what one event is joined to by stated links in one direction; the strongest of several links counts."""
    keys = a.k_earlier if forward else a.l_later
    event, first = int(events[origin]), count
    at = kernels.lower(keys, 0, len(keys), event)
    while at < len(keys) and keys[at] == event:
        row = int(a.k_order[at]) if forward else at
        other = int(a.l_later[row]) if forward else int(a.l_earlier[row])
        at += 1
        if a.l_known[row] > cut.known_at or a.known[other] > cut.known_at:
            continue
        value = worth[origin] * factor * kernels.LINK_WEIGHTS[a.l_kind[row]] * float(a.l_percent[row]) / 100.0
        place = 0
        while place < count and events[place] != other:
            place += 1
        if place == count and count < len(events):
            events[count], worth[count] = other, value
            count += 1
        elif first <= place < count:
            worth[place] = max(worth[place], value)
    return count
