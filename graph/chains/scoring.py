"""The inner loops of a chain, continued: how much each candidate explains.

Like `kernels`, these run interpreted or compiled.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.chains import kernels
from graph.chains.kernels import Cut, Numbers
from graph.index import signals
from graph.index.arrays import Arrays

Floats = NDArray[np.float64]
Ints = NDArray[Any]
INLINED = ("relevance", "turn_at")


def series_of(a: Arrays, cut: Cut, pairs: Ints, actors: Ints, most: int) -> tuple[Ints, Floats, Floats]:
    """The visible events of the first pair that has any, or else of the first entity.

    With them come running sums of their intensity and its square.
    """
    found, at, count = np.empty(most, np.int64), 0, 0
    while at < len(pairs) and count == 0:
        pair = int(pairs[at])
        low, high = int(a.d_key[pair]) // (len(a.e_off) - 1), int(a.d_key[pair]) % (len(a.e_off) - 1)
        count = visible_of(a, cut, low, high, found, kernels.take(a, a.d_off, a.d_event, pair, cut, most, found, 0))
        at += 1
    if count == 0 and len(actors) > 0:
        one = int(actors[0])
        count = visible_of(a, cut, one, one, found, kernels.take(a, a.e_off, a.e_event, one, cut, most, found, 0))
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
        if kernels.acts_in(a, event, one, cut) and kernels.acts_in(a, event, other, cut):
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
    at = kernels.lower(series, 0, count, event)
    if at == count or series[at] != event:
        return 0.0
    day = int(days[at])
    here = kernels.lower(days, 0, count, day)
    start = kernels.lower(days, 0, count, day - signals.TURN_BEFORE_DAYS)
    stop = kernels.lower(days, 0, count, day + signals.TURN_AFTER_DAYS + 1)
    found = 0.0
    if here - start >= signals.TURN_LEAST_EVENTS and stop - here >= signals.TURN_LEAST_EVENTS:
        year = kernels.lower(days, 0, count, day - signals.SPREAD_DAYS)
        mean = (sums[stop] - sums[year]) / (stop - year)
        spread = max(0.0, (squares[stop] - squares[year]) / (stop - year) - mean * mean) ** 0.5
        before = (sums[here] - sums[start]) / (here - start)
        after = (sums[stop] - sums[here]) / (stop - here)
        found = signals.turn(before, after, spread)
    past = kernels.lower(days, 0, count, day - signals.NOVELTY_DAYS)
    for other in range(here - 1, past - 1, -1):
        if a.kind[series[other]] == a.kind[event]:
            return found
    return min(1.0, found + (signals.NOVELTY if here > past else 0.0))


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
        if who[at] == entity and kernels.current(a, row, stop, cut.known_at):
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
) -> Floats:
    """The terms of each event, as `explain` names their columns, and the score they make."""
    terms = np.zeros((len(events), 8), np.float64)
    whole, order = 0.0, np.argsort(actors)
    for at in range(len(weight)):
        whole += weight[at]
    actors, weight = actors[order], weight[order]
    days = days_of(a, series)
    for at in range(len(events)):
        event = int(events[at])
        first, last, deaths = kernels.belief(a, event, cut.known_at)
        kind = int(a.kind[event])
        terms[at, 0] = relevance(a, event, cut, actors, weight, whole)
        terms[at, 1] = signals.severity(float(a.intensity[kind]), deaths)
        terms[at, 2] = signals.recency(cut.as_of - (first + last) // 2, float(a.half_life[kind]))
        late = kernels.echoes_of(a, event, last, cut.known_at)
        terms[at, 3] = signals.coverage(kernels.voices_of(a, event, cut.known_at) + w.echo * late)
        terms[at, 4] = turn_at(a, event, series, days, sums, squares)
        for other in range(len(known)):
            if known[other] == event:
                terms[at, 6] = max(terms[at, 6], worth[other])
        terms[at, 5] = signals.followed(kernels.followers(a, event, cut))
        weight_of = w.plain + w.severity * terms[at, 1] + w.recency * terms[at, 2] + w.coverage * terms[at, 3]
        weight_of += w.turn * terms[at, 4] + w.followed * terms[at, 5]
        still = signals.freshness(cut.as_of - (first + last) // 2)
        terms[at, 7] = terms[at, 0] ** w.power * still * weight_of + w.explained * terms[at, 6]
    return terms
