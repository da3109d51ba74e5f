"""The timeline of a focus: its dated events, those that matter most, in order and without links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph.chains import choosing, explain, ordering, search
from graph.chains.chain import Chain, Focus
from graph.chains.weights import Weights
from graph.errors import Insufficient
from graph.index.index import Index
from graph.when import Day

if TYPE_CHECKING:
    from graph.store import Store


def timeline(
    focus: Focus,
    index: Index,
    store: Store | None = None,
    *,
    as_of: Day | None = None,
    known_at: Day | None = None,
    events: int = 30,
    pins: Sequence[str] = (),
    drops: Sequence[str] = (),
    window_days: int | None = None,
    using: Weights | None = None,
) -> Chain:
    """The `events` of highest score in time order; each step's score says how it ranks.

    Raises Insufficient when nothing relevant is known.
    """
    using = search.ready(index, using)
    asked = search.ask(
        focus, index, using.numbers, as_of=as_of, known_at=known_at, pins=pins, drops=drops, window_days=window_days
    )
    found, terms = search.candidates(asked, index, using)
    if not len(found):
        raise Insufficient("no event is known", where=focus.event or ", ".join(focus.entities))
    field = choosing.field_of(index.arrays, asked.cut, found, terms[:, explain.SCORE], asked.about.sides)
    first = ~np.isin(found, asked.fixed)
    ranked = np.lexsort((found, -terms[:, explain.SCORE].round(9), first))[:events]
    order = ordering.in_order(field, ranked)
    telling = search.telling(asked, index, store, field, terms)
    return search.assemble(asked, telling, order, (), (), (as_of, known_at), using)
