"""The route between two events: how one led to the other, by the path whose weakest link is strongest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graph.chains import choosing, explain, links, ordering, search
from graph.chains.chain import Chain, Focus
from graph.chains.weights import Weights
from graph.errors import Insufficient
from graph.index.index import Index
from graph.when import Day

if TYPE_CHECKING:
    from graph.store import Store

LEAST_STRENGTH: Final = 0.05
_MOST_CANDIDATES: Final = 128


def route(
    one: str,
    other: str,
    index: Index,
    store: Store | None = None,
    *,
    as_of: Day | None = None,
    known_at: Day | None = None,
    using: Weights | None = None,
) -> Chain:
    """How the earlier of two events led to the later: a chain in which each links to the one before.

    Raises UnknownName for an event the index does not hold, Insufficient when no path of links of
    at least `LEAST_STRENGTH` joins them in time order.
    """
    using = search.ready(index, using)
    a = index.arrays
    ends = sorted((index.event(one), index.event(other)), key=lambda e: (int(a.day[e]), e))
    focus = Focus("story", (), seeds=tuple(index.event_id(e) for e in ends))
    asked = search.ask(focus, index, using.numbers, as_of=as_of, known_at=known_at, pins=focus.seeds, merged=True)
    found, terms = search.candidates(asked, index, using)
    if not np.isin(ends, found).all():
        raise Insufficient("one of them had not happened, or was not known", where=f"{one} and {other}")
    near = (a.day[found] >= a.day[ends[0]]) & (a.day[found] <= a.day[ends[1]])
    best = np.lexsort((found, -terms[:, explain.SCORE], ~near))[:_MOST_CANDIDATES]
    kept = np.sort(np.union1d(best[near[best]], np.searchsorted(found, ends)))
    found, terms = found[kept], terms[kept]
    field = choosing.field_of(a, asked.cut, found, terms[:, explain.SCORE], asked.about.sides)
    response = using.matrix(index.kinds, store.model if store else None)
    start, goal = (int(np.searchsorted(found, e)) for e in ends)
    path, into = ordering.widest(using.numbers, field, response, start, goal)
    if len(path) < 2 or into[1:].min() < LEAST_STRENGTH:
        raise Insufficient("nothing joins them closely enough", where=f"{one} and {other}")
    among = choosing.links_among(using.numbers, field, response, path)
    telling = search.telling(asked, index, store, field, terms)
    joined = links.in_row(telling, path, among, using)
    return search.assemble(asked, telling, path, joined, (), (as_of, known_at), using)
