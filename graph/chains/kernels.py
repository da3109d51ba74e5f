"""The inner loops of a chain: what the index holds, as far as it may be seen.

Candidates are gathered (`candidates`), scored (`scoring`) and chosen (`choosing`). Written as loops
over arrays: interpreted they serve a curated graph in milliseconds without loading a compiler;
`graph.index.compiled` compiles the same functions for a large one.
Positions stand for events and entities, see `graph.index.arrays`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.index import signals
from graph.index.arrays import FAR, Arrays

Floats = NDArray[np.float64]
Ints = NDArray[Any]

PART_OF = 2
INLINED = ("visible", "voices_of", "echoes_of", "current", "takes_part")
"""Compiled into their callers: handing the arrays on costs more than the work.

For the same reason a loop takes the columns it reads out of the arrays before it begins: compiled, each
access inside counts references, which made loops four times slower.
"""
LINK_WEIGHTS = np.array([0.95, 0.90, 0.85, 0.70, 0.50])
"""How strong a stated link is, by position in `graph.index.columns.LINKS`."""


class Cut(NamedTuple):
    """What may be seen: days up to `as_of`, publications up to `known_at`, events floor..limit."""

    as_of: int
    known_at: int
    horizon: int
    floor: int
    limit: int
    total: int


class Numbers(NamedTuple):
    """The weights of a search, see weights.yaml."""

    part: float
    linked: float
    words: float
    power: float
    fresh_days: float
    plain: float
    severity: float
    recency: float
    coverage: float
    turn: float
    followed: float
    explained: float
    hop: float
    aftermath: float
    link_words: float
    gain_score: float
    gain_link: float
    gain_spread: float
    gain_repeat: float
    other_kind: float
    repeat_days: float
    depth: int
    tops: int
    weighed: int
    shortlist: int
    root_days: int
    background: float
    echo: float


def lower(values: Ints, start: int, stop: int, wanted: int) -> int:
    """The first place in sorted values[start:stop] that holds at least `wanted`."""
    while start < stop:
        middle = (start + stop) // 2
        if values[middle] < wanted:
            start = middle + 1
        else:
            stop = middle
    return start


def rarities(a: Arrays, cut: Cut, entities: Ints) -> tuple[Ints, Floats]:
    """In how many events known by the horizon each entity takes part, and its rarity."""
    order, e_off, e_known = np.argsort(entities), a.e_off, a.e_known
    counts, found = np.empty(len(entities), np.int64), np.empty(len(entities), np.float64)
    before, count, value = -1, 0, 0.0
    for at in order:
        if entities[at] != before:
            before = int(entities[at])
            start = int(e_off[before])
            count = lower(e_known, start, int(e_off[before + 1]), cut.horizon + 1) - start
            value = signals.rarity(count, cut.total)
        counts[at], found[at] = count, value
    return counts, found


def belief(a: Arrays, event: int, known_at: int) -> tuple[int, int, int]:
    """First and last day and deaths of an event as believed on a day; last -FAR when unknown then."""
    if a.vague[event] < 2:
        return int(a.first[event]), int(a.last[event]), int(a.deaths[event])
    at = lower(a.r_event, 0, len(a.r_event), event)
    found = at
    while at < len(a.r_event) and a.r_event[at] == event and a.r_known[at] <= known_at:
        found = at
        at += 1
    return int(a.r_first[found]), int(a.r_last[found]), int(a.r_deaths[found])


def visible(a: Arrays, event: int, cut: Cut) -> bool:
    """Whether an event certainly had begun by `as_of` and was known by `known_at`."""
    if a.known[event] > cut.known_at:
        return False
    return belief(a, event, cut.known_at)[1] <= cut.as_of


def take(a: Arrays, off: Ints, events: Ints, owner: int, cut: Cut, most: int, found: Ints, count: int) -> int:
    """Append the latest `most` visible events of a posting list that lie in the cut, latest first."""
    start = lower(events, int(off[owner]), int(off[owner + 1]), cut.floor)
    at = lower(events, start, int(off[owner + 1]), cut.limit) - 1
    room = min(len(found), count + most)
    vague, known, open_ = a.vague, a.known, cut.known_at >= FAR
    while at >= start and count < room:
        event = int(events[at])
        at -= 1
        settled = vague[event] == 0 and (open_ or known[event] <= cut.known_at)
        if settled or (vague[event] > 0 and visible(a, event, cut)):
            found[count] = event
            count += 1
    return count


def pair_at(a: Arrays, one: int, other: int) -> int:
    """The position of a pair of entities, or -1 when they share no event."""
    key = min(one, other) * (len(a.e_off) - 1) + max(one, other)
    at = lower(a.d_key, 0, len(a.d_key), key)
    return at if at < len(a.d_key) and a.d_key[at] == key else -1


def pairs_among(a: Arrays, actors: Ints, most: int) -> Ints:
    """The pairs of these entities that share an event, in the order of the entities."""
    found = np.empty(len(actors) * len(actors), np.int64)
    count = 0
    for one in range(len(actors)):
        for other in range(one + 1, len(actors)):
            pair = pair_at(a, int(actors[one]), int(actors[other]))
            if pair >= 0 and count < most:
                found[count] = pair
                count += 1
    return found[:count]


def takes_part(a: Arrays, event: int, entity: int, known_at: int) -> bool:
    """Whether an entity's part in an event was known by a day."""
    for row in range(int(a.p_off[event]), int(a.p_off[event + 1])):
        if a.p_entity[row] == entity and a.p_known[row] <= known_at:
            return True
    return False


def of_both(a: Arrays, one: int, other: int, cut: Cut, found: Ints, count: int) -> int:
    """Keep, at the front of `found`, the events in which both are known to take part: all, when nothing is hidden."""
    if cut.known_at >= FAR:
        return count
    kept = 0
    for at in range(count):
        event = int(found[at])
        if takes_part(a, event, one, cut.known_at) and takes_part(a, event, other, cut.known_at):
            found[kept] = event
            kept += 1
    return kept


def current(p_entity: Ints, p_known: Ints, row: int, stop: int, known_at: int) -> bool:
    """Whether a participation stands as known on a day: said by then, and not yet replaced."""
    if p_known[row] > known_at:
        return False
    return row + 1 == stop or p_entity[row + 1] != p_entity[row] or p_known[row + 1] > known_at


def voices_of(v_off: Ints, v_known: Ints, event: int, known_at: int) -> int:
    """How many independent voices had spoken of an event by a day."""
    start = int(v_off[event])
    return lower(v_known, start, int(v_off[event + 1]), known_at + 1) - start


def echoes_of(v_off: Ints, v_known: Ints, event: int, last: int, known_at: int) -> int:
    """How many of these voices had spoken of an event only long after its `last` day."""
    soon = min(known_at, last + signals.ECHO_DAYS)
    return voices_of(v_off, v_known, event, known_at) - voices_of(v_off, v_known, event, soon)


def followers(a: Arrays, event: int, cut: Cut) -> int:
    """How many visible events sources say followed from an event; its own parts do not count."""
    found, before = 0, -1
    keys = a.k_earlier
    at = lower(keys, 0, len(keys), event)
    while at < len(keys) and keys[at] == event:
        row = int(a.k_order[at])
        later = int(a.l_later[row])
        if later != before and a.l_kind[row] != PART_OF and a.l_known[row] <= cut.known_at and visible(a, later, cut):
            found, before = found + 1, later
        at += 1
    return found
