"""The inner loops of a chain, continued: how much each candidate explains.

Like `kernels`, these run interpreted or compiled.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.chains import kernels
from graph.chains.kernels import Cut, Numbers
from graph.index import signals
from graph.index.arrays import Arrays

Floats = NDArray[np.float64]
Ints = NDArray[Any]


class Series(NamedTuple):
    """Events in which relations are followed, earliest first; `sums` and `squares` of their intensities run on."""

    event: Ints
    day: Ints
    kind: Ints
    sums: Floats
    squares: Floats


def series_of(a: Arrays, cut: Cut, pairs: Ints, actors: Ints, most: int) -> Series:
    """The latest visible events of the first pair that has any, or else of the first entity."""
    found, at, count = np.empty(most, np.int64), 0, 0
    entities = len(a.e_off) - 1
    while at < len(pairs) and count == 0:
        pair = int(pairs[at])
        low, high = int(a.d_key[pair]) // entities, int(a.d_key[pair]) % entities
        count = kernels.take(a, a.d_off, a.d_event, pair, cut, most, found, 0)
        count = kernels.of_both(a, low, high, cut, found, count)
        at += 1
    if count == 0 and len(actors) > 0:
        one = int(actors[0])
        count = kernels.take(a, a.e_off, a.e_event, one, cut, most, found, 0)
        count = kernels.of_both(a, one, one, cut, found, count)
    found = found[:count][::-1].copy()
    days, kinds = np.empty(count, np.int64), np.empty(count, np.int64)
    sums, squares = np.zeros(count + 1, np.float64), np.zeros(count + 1, np.float64)
    day, kind, intensity = a.day, a.kind, a.intensity
    for place in range(count):
        days[place], kinds[place] = day[found[place]], kind[found[place]]
        value = float(intensity[kinds[place]])
        sums[place + 1], squares[place + 1] = sums[place] + value, squares[place] + value * value
    return Series(found, days, kinds, sums, squares)


def turn_at(event: int, kind: int, series: Ints, days: Ints, kinds: Ints, sums: Floats, squares: Floats) -> float:
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
        if kinds[other] == kind:
            return found
    return min(1.0, found + (signals.NOVELTY if here > past else 0.0))


def score(
    a: Arrays,
    cut: Cut,
    w: Numbers,
    events: Ints,
    actors: Ints,
    weight: Floats,
    known: Ints,
    worth: Floats,
    series: Series,
) -> Floats:
    """The terms of each event, as `explain` names their columns, and the score they make."""
    terms = np.zeros((len(events), 8), np.float64)
    whole, order = 0.0, np.argsort(actors)
    for at in range(len(weight)):
        whole += weight[at]
    actors, weight = actors[order], weight[order]
    in_series, days, kinds, sums, squares = series.event, series.day, series.kind, series.sums, series.squares
    firsts, lasts, dead, vague, kind_of = a.first, a.last, a.deaths, a.vague, a.kind
    intensity, half_life, v_off, v_known, followed = a.intensity, a.half_life, a.v_off, a.v_known, a.k_earlier
    p_off, p_entity, p_percent, p_flags, p_known = a.p_off, a.p_entity, a.p_percent, a.p_flags, a.p_known
    for at in range(len(events)):
        event = int(events[at])
        kind = int(kind_of[event])
        first, last, deaths = int(firsts[event]), int(lasts[event]), int(dead[event])
        if vague[event] == 2:
            first, last, deaths = kernels.belief(a, event, cut.known_at)
        found, place, stop = 0.0, 0, int(p_off[event + 1])
        for row in range(int(p_off[event]), stop):
            entity = p_entity[row]
            while place < len(actors) and actors[place] < entity:
                place += 1
            if place == len(actors):
                break
            if actors[place] == entity and kernels.current(p_entity, p_known, row, stop, cut.known_at):
                found += weight[place] * (1.0 if p_flags[row] & 4 else float(p_percent[row]) / 100.0)
        age = cut.as_of - (first + last) // 2
        terms[at, 0] = min(1.0, found / whole) if whole > 0 else 0.0
        terms[at, 1] = signals.severity(float(intensity[kind]), deaths)
        terms[at, 2] = signals.recency(age, float(half_life[kind]))
        late = kernels.echoes_of(v_off, v_known, event, last, cut.known_at)
        terms[at, 3] = signals.coverage(kernels.voices_of(v_off, v_known, event, cut.known_at) + w.echo * late)
        terms[at, 4] = turn_at(event, kind, in_series, days, kinds, sums, squares)
        if len(followed) > 0:
            terms[at, 5] = signals.followed(kernels.followers(a, event, cut))
        for other in range(len(known)):
            if known[other] == event:
                terms[at, 6] = max(terms[at, 6], worth[other])
        weight_of = w.plain + w.severity * terms[at, 1] + w.recency * terms[at, 2] + w.coverage * terms[at, 3]
        weight_of += w.turn * terms[at, 4] + w.followed * terms[at, 5]
        weight_of *= signals.freshness(age, w.fresh_days)
        terms[at, 7] = terms[at, 0] ** w.power * weight_of + w.explained * terms[at, 6]
    return terms
