"""The inner loops of a chain: gather candidates, score them, choose.

Written as loops over arrays: interpreted they serve a curated graph in milliseconds without loading
a compiler; `graph.index.compiled` compiles the same functions for a large one.
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
WANTED = 1e9
"""What an event wanted by name weighs among candidates."""
INLINED = (
    "visible",
    "acts_in",
    "weigh",
    "belief",
    "events_of",
    "voices_of",
    "current",
    "relevance",
    "turn_at",
    "takes_part",
)
"""Compiled into their callers: handing the arrays on costs more than the work."""
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
    plain: float
    same_day: float
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


def lower(values: Ints, start: int, stop: int, wanted: int) -> int:
    """The first place in sorted values[start:stop] that holds at least `wanted`."""
    while start < stop:
        middle = (start + stop) // 2
        if values[middle] < wanted:
            start = middle + 1
        else:
            stop = middle
    return start


def events_of(a: Arrays, entity: int, cut: Cut) -> int:
    """In how many events known by the horizon an entity takes part."""
    start = int(a.e_off[entity])
    return lower(a.e_known, start, int(a.e_off[entity + 1]), cut.horizon + 1) - start


def rarities(a: Arrays, cut: Cut, entities: Ints) -> tuple[Ints, Floats]:
    """In how many events each entity takes part, and its rarity; each distinct one is looked up once."""
    order = np.argsort(entities)
    counts, found = np.empty(len(entities), np.int64), np.empty(len(entities), np.float64)
    before, count, value = -1, 0, 0.0
    for at in order:
        if entities[at] != before:
            before = int(entities[at])
            count = events_of(a, before, cut)
            value = signals.rarity(count, cut.total)
        counts[at], found[at] = count, value
    return counts, found


def belief(a: Arrays, event: int, known_at: int) -> tuple[int, int, int]:
    """First and last day and deaths of an event as believed on a day; last -FAR when unknown then."""
    if not a.revised[event]:
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
    last = int(a.last[event]) if not a.revised[event] else belief(a, event, cut.known_at)[1]
    return last <= cut.as_of


def take(a: Arrays, off: Ints, events: Ints, owner: int, cut: Cut, most: int, found: Ints, count: int) -> int:
    """Append the latest `most` visible events of a posting list that lie in the cut, latest first."""
    start = lower(events, int(off[owner]), int(off[owner + 1]), cut.floor)
    at = lower(events, start, int(off[owner + 1]), cut.limit) - 1
    room = min(len(found), count + most)
    while at >= start and count < room:
        event = int(events[at])
        at -= 1
        if visible(a, event, cut):
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


def gather(a: Arrays, cut: Cut, w: Numbers, who: Ints, weight: Floats, pairs: Ints, wanted: Ints) -> Ints:
    """Candidates, by position: those who share most with the focus, and those wanted by name.

    Looks `depth` events deep into the list of each of the focus's entities and words, and of each
    pair, and at the most severe of each quarter. Each event found weighs as much as what it was
    found by, less when it lies back; the `weighed` heaviest are kept.
    """
    room = len(wanted) + (len(pairs) + len(who)) * (w.depth + w.tops)
    size = 1
    while size < 2 * room:
        size *= 2
    keys, mass = np.full(size, -1, np.int64), np.zeros(size, np.float64)
    found = np.empty(w.depth + w.tops, np.int64)
    for event in wanted:
        if visible(a, event, cut):
            weigh(keys, mass, event, WANTED)
    for pair in pairs:
        low, high = int(a.d_key[pair]) // (len(a.e_off) - 1), int(a.d_key[pair]) % (len(a.e_off) - 1)
        count = take(a, a.d_off, a.d_event, pair, cut, w.depth, found, 0)
        count = take(a, a.td_off, a.td_event, pair, cut, w.tops, found, count)
        for at in range(count):
            if acts_in(a, int(found[at]), low, cut) and acts_in(a, int(found[at]), high, cut):
                weigh(keys, mass, int(found[at]), 0.0)
    for at in range(len(who)):
        one = int(who[at])
        count = take(a, a.e_off, a.e_event, one, cut, w.depth, found, 0)
        later = count
        count = take(a, a.te_off, a.te_event, one, cut, w.tops, found, count)
        for place in range(count):
            event = int(found[place])
            seen = place >= later > 0 and event >= found[later - 1]
            if not seen and acts_in(a, event, one, cut):
                weigh(keys, mass, event, weight[at])
    return heaviest(a, cut, keys, mass, w.weighed)


def weigh(keys: Ints, mass: Floats, event: int, weight: float) -> None:
    """Add a weight to an event in a table of open addresses."""
    at = (event * 0x9E3779B1) & (len(keys) - 1)
    while keys[at] >= 0 and keys[at] != event:
        at = (at + 1) & (len(keys) - 1)
    keys[at] = event
    mass[at] += weight


def acts_in(a: Arrays, event: int, entity: int, cut: Cut) -> bool:
    """Whether the cut lets an entity's part in an event be known: always, when nothing is hidden."""
    return cut.known_at >= FAR or takes_part(a, event, entity, cut.known_at)


def heaviest(a: Arrays, cut: Cut, keys: Ints, mass: Floats, most: int) -> Ints:
    """The `most` events of a table that weigh most, an event of long ago weighing less, by position."""
    places = np.flatnonzero(keys >= 0)
    events, worth = keys[places], mass[places]
    for at in range(len(events)):
        worth[at] *= signals.freshness(cut.as_of - int(a.day[events[at]]))
    if len(events) > most:
        least = np.partition(worth, len(worth) - most)[len(worth) - most]
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
    at = lower(keys, 0, len(keys), event)
    while at < len(keys) and keys[at] == event:
        row = int(a.k_order[at]) if forward else at
        other = int(a.l_later[row]) if forward else int(a.l_earlier[row])
        at += 1
        if a.l_known[row] > cut.known_at or a.known[other] > cut.known_at:
            continue
        value = worth[origin] * factor * LINK_WEIGHTS[a.l_kind[row]] * float(a.l_percent[row]) / 100.0
        place = 0
        while place < count and events[place] != other:
            place += 1
        if place == count and count < len(events):
            events[count], worth[count] = other, value
            count += 1
        elif first <= place < count:
            worth[place] = max(worth[place], value)
    return count


def takes_part(a: Arrays, event: int, entity: int, known_at: int) -> bool:
    """Whether an entity's part in an event was known by a day."""
    for row in range(int(a.p_off[event]), int(a.p_off[event + 1])):
        if a.p_entity[row] == entity and a.p_known[row] <= known_at:
            return True
    return False


def series_of(a: Arrays, cut: Cut, pairs: Ints, actors: Ints, most: int) -> tuple[Ints, Floats, Floats]:
    """The visible events of the first pair that has any, or else of the first entity.

    With them come running sums of their intensity and its square.
    """
    found, at, count = np.empty(most, np.int64), 0, 0
    while at < len(pairs) and count == 0:
        pair = int(pairs[at])
        low, high = int(a.d_key[pair]) // (len(a.e_off) - 1), int(a.d_key[pair]) % (len(a.e_off) - 1)
        count = visible_of(a, cut, low, high, found, take(a, a.d_off, a.d_event, pair, cut, most, found, 0))
        at += 1
    if count == 0 and len(actors) > 0:
        one = int(actors[0])
        count = visible_of(a, cut, one, one, found, take(a, a.e_off, a.e_event, one, cut, most, found, 0))
    sums, squares = np.zeros(count + 1, np.float64), np.zeros(count + 1, np.float64)
    for place in range(count):
        value = float(a.intensity[a.kind[found[place]]])
        sums[place + 1], squares[place + 1] = sums[place] + value, squares[place] + value * value
    return found[:count], sums, squares


def visible_of(a: Arrays, cut: Cut, one: int, other: int, found: Ints, count: int) -> int:
    """Keep, at the front of `found` and earliest first, the events in which both are known to take part."""
    kept = 0
    for at in range(count):
        event = int(found[at])
        if acts_in(a, event, one, cut) and acts_in(a, event, other, cut):
            found[kept] = event
            kept += 1
    found[:kept] = found[:kept][::-1].copy()
    return kept


def days_of(a: Arrays, events: Ints) -> Ints:
    """The order day of each event."""
    found = np.empty(len(events), np.int64)
    for at in range(len(events)):
        found[at] = a.day[events[at]]
    return found


def turn_at(a: Arrays, event: int, series: Ints, days: Ints, sums: Floats, squares: Floats) -> float:
    """The turn at an event of a series: the change of mean intensity, and whether it was the first of its kind."""
    count = len(series)
    at = lower(series, 0, count, event)
    if at == count or series[at] != event:
        return 0.0
    day = int(days[at])
    here = lower(days, 0, count, day)
    start = lower(days, 0, count, day - signals.TURN_BEFORE_DAYS)
    stop = lower(days, 0, count, day + signals.TURN_AFTER_DAYS + 1)
    found = 0.0
    if here - start >= signals.TURN_LEAST_EVENTS and stop - here >= signals.TURN_LEAST_EVENTS:
        year = lower(days, 0, count, day - signals.SPREAD_DAYS)
        mean = (sums[stop] - sums[year]) / (stop - year)
        spread = max(0.0, (squares[stop] - squares[year]) / (stop - year) - mean * mean) ** 0.5
        before = (sums[here] - sums[start]) / (here - start)
        after = (sums[stop] - sums[here]) / (stop - here)
        found = signals.turn(before, after, spread)
    past = lower(days, 0, count, day - signals.NOVELTY_DAYS)
    for other in range(here - 1, past - 1, -1):
        if a.kind[series[other]] == a.kind[event]:
            return found
    return min(1.0, found + (signals.NOVELTY if here > past else 0.0))


def voices_of(a: Arrays, event: int, known_at: int) -> int:
    """How many independent voices had spoken of an event by a day."""
    start = int(a.v_off[event])
    return lower(a.v_known, start, int(a.v_off[event + 1]), known_at + 1) - start


def followers(a: Arrays, event: int, cut: Cut) -> int:
    """How many visible events sources say followed from an event; its own parts do not count."""
    found, before = 0, -1
    at = lower(a.k_earlier, 0, len(a.k_earlier), event)
    while at < len(a.k_earlier) and a.k_earlier[at] == event:
        row = int(a.k_order[at])
        later = int(a.l_later[row])
        if later != before and a.l_kind[row] != PART_OF and a.l_known[row] <= cut.known_at and visible(a, later, cut):
            found, before = found + 1, later
        at += 1
    return found


def current(a: Arrays, row: int, stop: int, known_at: int) -> bool:
    """Whether a participation stands as known on a day: said by then, and not yet replaced."""
    if a.p_known[row] > known_at:
        return False
    return row + 1 == stop or a.p_entity[row + 1] != a.p_entity[row] or a.p_known[row + 1] > known_at


def relevance(a: Arrays, event: int, cut: Cut, who: Ints, weight: Floats, whole: float) -> float:
    """How much of the focus is in an event: the weight of what they share, of all its weight; `who` is sorted."""
    found, at = 0.0, 0
    stop = int(a.p_off[event + 1])
    for row in range(int(a.p_off[event]), stop):
        entity = a.p_entity[row]
        while at < len(who) and who[at] < entity:
            at += 1
        if at == len(who):
            break
        if who[at] == entity and current(a, row, stop, cut.known_at):
            tells = a.p_flags[row] & 4
            found += weight[at] * (1.0 if tells else float(a.p_percent[row]) / 100.0)
    return min(1.0, found / whole) if whole > 0 else 0.0


def score(
    a: Arrays,
    cut: Cut,
    w: Numbers,
    events: Ints,
    actors: Ints,
    weight: Floats,
    known: Ints,
    worth: Floats,
    series: Ints,
    sums: Floats,
    squares: Floats,
    focus_day: int,
) -> Floats:
    """The terms of each event, as `explain` names their columns, and the score they make.

    What happened on the very day of the event asked about (`focus_day`, `FAR` for none) is news
    beside it rather than what led to it, and weighs less.
    """
    terms = np.zeros((len(events), 8), np.float64)
    whole, order = 0.0, np.argsort(actors)
    for at in range(len(weight)):
        whole += weight[at]
    actors, weight = actors[order], weight[order]
    days = days_of(a, series)
    for at in range(len(events)):
        event = int(events[at])
        first, last, deaths = belief(a, event, cut.known_at)
        kind = int(a.kind[event])
        terms[at, 0] = relevance(a, event, cut, actors, weight, whole)
        terms[at, 1] = signals.severity(float(a.intensity[kind]), deaths)
        terms[at, 2] = signals.recency(cut.as_of - (first + last) // 2, float(a.half_life[kind]))
        terms[at, 3] = signals.coverage(voices_of(a, event, cut.known_at))
        terms[at, 4] = turn_at(a, event, series, days, sums, squares)
        for other in range(len(known)):
            if known[other] == event:
                terms[at, 6] = max(terms[at, 6], worth[other])
        terms[at, 5] = signals.followed(followers(a, event, cut))
        weight_of = w.plain + w.severity * terms[at, 1] + w.recency * terms[at, 2] + w.coverage * terms[at, 3]
        weight_of += w.turn * terms[at, 4] + w.followed * terms[at, 5]
        middle = (first + last) // 2
        still = signals.freshness(cut.as_of - middle) * (w.same_day if middle == focus_day else 1.0)
        terms[at, 7] = terms[at, 0] ** w.power * still * weight_of + w.explained * terms[at, 6]
    return terms
