"""Posting lists in compressed form: events of an entity, of a pair, and the most severe of each quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graph.index.arrays import Ints

if TYPE_CHECKING:
    from graph.index.participations import Participations

PAIRED_ENTITIES: Final = 12
LEAST_PAIR_PERCENT: Final = 30
LONG_LIST: Final = 64
TOPS_A_QUARTER: Final = 4
QUARTER_DAYS: Final = 91


def offsets(owner: Ints, count: int) -> Ints:
    """Where the rows of each of `count` owners begin, `owner` being sorted; one more for the end.

    Half as wide when the rows fit: what is read at every step should be small.
    """
    return narrow(np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=count)))))


def narrow(places: Ints) -> Ints:
    """Places in a list as 32-bit integers where they fit, else as 64-bit ones."""
    return places.astype(np.int32 if not len(places) or places[-1] < 2**31 else np.int64)


def ranges(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """The ranges start..stop written out: which range each number came from, and the number."""
    length = stop - start
    owner = np.repeat(np.arange(len(length)), length)
    before = np.cumsum(length) - length
    return owner, np.arange(len(owner)) - np.repeat(before - start, length)


def entity_lists(part: Participations, event_known: Ints, count: int) -> dict[str, Ints]:
    """Events of each entity in time order, and the days on which they became known, sorted."""
    fresh = np.ones(len(part.event), bool)
    fresh[1:] = (part.event[1:] != part.event[:-1]) | (part.entity[1:] != part.entity[:-1])
    event, entity = part.event[fresh], part.entity[fresh]
    known = np.maximum(part.known[fresh], event_known[event]).astype(np.int32)
    order = np.argsort(entity, kind="stable")
    by_known = np.lexsort((known, entity))
    return {"e_off": offsets(entity[order], count), "e_event": event[order], "e_known": known[by_known]}


def pairs(part: Participations, count: int) -> dict[str, Ints]:
    """Events of each pair of entities that take part together, in time order."""
    last = np.ones(len(part.event), bool)
    last[:-1] = (part.event[1:] != part.event[:-1]) | (part.entity[1:] != part.entity[:-1])
    order = np.flatnonzero(last & (part.percent >= LEAST_PAIR_PERCENT))
    order = order[np.lexsort((part.entity[order], -part.percent[order].astype(np.int16), part.event[order]))]
    event = part.event[order]
    rank = np.arange(len(event)) - np.searchsorted(event, event)
    order, event = order[rank < PAIRED_ENTITIES], event[rank < PAIRED_ENTITIES]
    entity = part.entity[order].astype(np.int64)
    one, other = ranges(np.arange(1, len(event) + 1), np.searchsorted(event, event, side="right"))
    low, high = np.minimum(entity[one], entity[other]), np.maximum(entity[one], entity[other])
    key = low * count + high
    by_key = np.lexsort((event[one], key))
    d_key, begin = np.unique(key[by_key], return_index=True)
    return {
        "d_key": d_key,
        "d_off": narrow(np.append(begin, len(key))),
        "d_event": event[one][by_key].astype(np.int32),
    }


def neighbours(d_key: Ints, d_off: Ints, d_event: Ints, count: int) -> dict[str, Ints]:
    """For each entity, with whom it takes part, by the first event they share."""
    low, high = d_key // max(count, 1), d_key % max(count, 1)
    pair = np.arange(len(d_key))
    first = d_event[d_off[:-1]] if len(d_key) else np.empty(0, np.int32)
    owner, other = np.concatenate((low, high)), np.concatenate((high, low))
    pair, first = np.concatenate((pair, pair)), np.concatenate((first, first))
    order = np.lexsort((other, first, owner))
    return {
        "n_off": offsets(owner[order], count),
        "n_entity": other[order].astype(np.int32),
        "n_pair": pair[order].astype(np.int32),
        "n_first": first[order].astype(np.int32),
    }


def tops(prefix: str, off: Ints, event: Ints, day: Ints, impact: Ints) -> dict[str, Ints]:
    """For lists longer than `LONG_LIST`: the `TOPS_A_QUARTER` most severe events of each quarter, in time order."""
    length = np.diff(off)
    long = np.repeat(length > LONG_LIST, length)
    owner = np.repeat(np.arange(len(length)), length)[long]
    event = event[long]
    quarter = day[event] // QUARTER_DAYS
    order = np.lexsort((-event, -impact[event].astype(np.int32), quarter, owner))
    owner, event, quarter = owner[order], event[order], quarter[order]
    start = np.ones(len(order), bool)
    start[1:] = (owner[1:] != owner[:-1]) | (quarter[1:] != quarter[:-1])
    begin = np.flatnonzero(start)
    rank = np.arange(len(order)) - np.repeat(begin, np.diff(np.append(begin, len(order))))
    owner, event = owner[rank < TOPS_A_QUARTER], event[rank < TOPS_A_QUARTER]
    order = np.lexsort((event, owner))
    return {f"{prefix}_off": offsets(owner[order], len(length)), f"{prefix}_event": event[order]}
