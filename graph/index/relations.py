"""The inner loops of questions about relations: pairs, neighbours, co-participants, reach.

They take single arrays rather than the whole record, which is what makes a call cost a microsecond.
Interpreted on a small index, compiled on a large one; positions stand for events and entities.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]
INLINED = ("pass_on", "first_at", "day_at")


def first_at(values: Ints, start: int, stop: int, wanted: int) -> int:
    """The first place in sorted values[start:stop] that holds at least `wanted`."""
    while start < stop:
        middle = (start + stop) // 2
        if values[middle] < wanted:
            start = middle + 1
        else:
            stop = middle
    return start


def pair_events(day: Ints, d_key: Ints, d_off: Ints, d_event: Ints, key: int, first: int, last: int) -> Ints:
    """The events of a pair on the days first..last, in time order."""
    at = first_at(d_key, 0, len(d_key), key)
    if at == len(d_key) or d_key[at] != key:
        return d_event[:0]
    start, stop = int(d_off[at]), int(d_off[at + 1])
    return d_event[day_at(day, d_event, start, stop, first) : day_at(day, d_event, start, stop, last + 1)]


def day_at(day: Ints, events: Ints, start: int, stop: int, wanted: int) -> int:
    """The first place in a list of events whose day is at least `wanted`."""
    while start < stop:
        middle = (start + stop) // 2
        if day[events[middle]] < wanted:
            start = middle + 1
        else:
            stop = middle
    return start


def neighbours(day: Ints, n_off: Ints, n_entity: Ints, n_first: Ints, entity: int, last: int) -> Ints:
    """With whom an entity had shared an event by a day, in the order they met."""
    start, stop = int(n_off[entity]), int(n_off[entity + 1])
    return n_entity[start : day_at(day, n_first, start, stop, last + 1)]


def partners(
    n_off: Ints,
    n_entity: Ints,
    n_pair: Ints,
    n_first: Ints,
    d_off: Ints,
    d_event: Ints,
    limits: tuple[int, int],
    entity: int,
    most: int,
) -> tuple[Ints, Ints]:
    """With whom an entity shared most events among positions limits[0]..limits[1], and how many.

    Most first, ties by entity. Each neighbour costs two binary searches in the list of the pair.
    """
    found, counts = np.empty(most + 1, np.int64), np.zeros(most + 1, np.int64)
    size = 0
    for at in range(n_off[entity], n_off[entity + 1]):
        if n_first[at] >= limits[1]:
            break
        pair = n_pair[at]
        start, stop = int(d_off[pair]), int(d_off[pair + 1])
        if size == most and stop - start < counts[size - 1]:
            continue
        if d_event[stop - 1] < limits[0]:
            continue
        begin = first_at(d_event, start, stop, limits[0])
        count = first_at(d_event, begin, stop, limits[1]) - begin
        if count == 0:
            continue
        place = size
        while place > 0 and (
            counts[place - 1] < count or (counts[place - 1] == count and found[place - 1] > n_entity[at])
        ):
            found[place], counts[place] = found[place - 1], counts[place - 1]
            place -= 1
        found[place], counts[place] = n_entity[at], count
        size = min(size + 1, most)
    return found[:size], counts[:size]


def reach(
    day: Ints,
    p_off: Ints,
    p_entity: Ints,
    e_off: Ints,
    e_event: Ints,
    start: int,
    limits: tuple[int, int],
    hops: int,
) -> tuple[Ints, Ints, Ints]:
    """Who is reached from an entity through events that follow each other in time, in so many hops.

    Within the events limits[0]..limits[1]: entities by position, the first day each is reached, and
    the least hops it takes. The first hop reads the entity's own events; each further one passes
    once over all events from the first day anybody was reached, in time order.
    """
    far = 2**31 - 1
    entities = len(e_off) - 1
    arrival, least = np.full(entities, far, np.int32), np.zeros(entities, np.int8)
    changed = np.empty(entities, np.int64)
    head = first_at(e_event, int(e_off[start]), int(e_off[start + 1]), limits[0])
    tail = first_at(e_event, head, int(e_off[start + 1]), limits[1])
    if head >= tail:
        return changed[:0], arrival[:0], least[:0]
    arrival[start] = day[e_event[head]]
    before = arrival.copy()
    for hop in range(1, hops + 1):
        count = 0
        for at in range(head, tail):
            event = e_event[at] if hop == 1 else at
            count = pass_on(p_off, p_entity, event, day[event], hop, far, before, arrival, least, changed, count)
        if count == 0:
            break
        for at in range(count):
            before[changed[at]] = arrival[changed[at]]
        if hop == 1:
            head, tail = first_at(day, limits[0], limits[1], day[e_event[head]]), limits[1]
    reached = np.flatnonzero(arrival < far)
    return reached, arrival[reached], least[reached]


def pass_on(
    p_off: Ints,
    p_entity: Ints,
    event: int,
    today: int,
    hop: int,
    far: int,
    before: Ints,
    arrival: Ints,
    least: Ints,
    changed: Ints,
    count: int,
) -> int:
    """Reach everyone in an event in which somebody reached earlier takes part."""
    head, tail = p_off[event], p_off[event + 1]
    for one in range(head, tail):
        if before[p_entity[one]] > today:
            continue
        for other in range(head, tail):
            who = p_entity[other]
            if today < arrival[who]:
                if arrival[who] == before[who]:
                    changed[count] = who
                    count += 1
                if arrival[who] == far:
                    least[who] = hop
                arrival[who] = today
        break
    return count
