"""Who had to do with whom, as a network: for networkx, as a table, and what its shape says over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph import when as when_
from graph.index.index import Index
from graph.when import Day

if TYPE_CHECKING:
    import networkx as nx

SEED: Final = 20250714
"""Communities are found by a method that draws lots; the seed makes every run the same."""

_DAMPING: Final = 0.85
_MOST_ROUNDS: Final = 200
_SETTLED: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities, how many events they shared in a window, and the mean tone of those (-10..10)."""

    one: str
    other: str
    events: int
    mean: float


def ties(
    index: Index,
    *,
    as_of: Day | None = None,
    window_days: int | None = None,
    known_at: Day | None = None,
    countries_only: bool = True,
) -> tuple[Tie, ...]:
    """Every pair that shared an event in the `window_days` up to `as_of` (closed), most events first.

    Without `as_of` up to the last event, without `window_days` from the first. By default states only.
    """
    a = index.arrays
    last = int(a.day[-1]) if as_of is None else as_of
    first = int(a.day[0]) if window_days is None else last - window_days
    low, high = np.searchsorted(a.day, (first, last + 1))
    pair = np.repeat(np.arange(len(a.d_key)), np.diff(a.d_off))
    inside = (a.d_event >= low) & (a.d_event < high)
    if known_at is not None:
        inside &= a.known[a.d_event] <= known_at
    count = len(a.e_off) - 1
    if countries_only:
        inside &= (a.e_country[a.d_key // count] & a.e_country[a.d_key % count]).astype(bool)[pair]
    pair, tone = pair[inside], a.intensity[a.kind[a.d_event[inside]]]
    events = np.bincount(pair, minlength=len(a.d_key))
    total = np.bincount(pair, tone, minlength=len(a.d_key))
    found = np.flatnonzero(events)
    rows = (
        Tie(
            index.entity_id(int(a.d_key[p]) // count),
            index.entity_id(int(a.d_key[p]) % count),
            int(events[p]),
            round(float(total[p] / events[p]), 3),
        )
        for p in found
    )
    return tuple(sorted(rows, key=lambda t: (-t.events, t.one, t.other)))


def to_networkx(
    index: Index, *, as_of: Day | None = None, window_days: int | None = None, **limits: Any
) -> nx.Graph[str]:
    """The ties of a window as a networkx graph: `weight` counts events, `tone` is their mean (-10..10).

    Takes the limits of `ties`.
    """
    import networkx as nx

    net: nx.Graph[str] = nx.Graph(as_of="" if as_of is None else when_.iso(as_of))
    for tie in ties(index, as_of=as_of, window_days=window_days, **limits):
        net.add_edge(tie.one, tie.other, weight=tie.events, tone=tie.mean)
    return net


def event_columns(index: Index, *, first: Day | None = None, last: Day | None = None) -> dict[str, Sequence[object]]:
    """The participations between two days as columns, ready for pandas, Arrow or polars.

    One row an event and entity, those through closure included: event, date, kind, intensity,
    deaths (None: nobody counts any), entity, percent.
    """
    a = index.arrays
    low = 0 if first is None else int(np.searchsorted(a.day, first))
    high = len(a.day) if last is None else int(np.searchsorted(a.day, last + 1))
    rows = np.arange(a.p_off[low], a.p_off[high])
    rows = rows[(a.p_flags[rows] & 4) == 0]
    event = np.searchsorted(a.p_off, rows, side="right") - 1
    kinds = a.kind[event].tolist()
    return {
        "event": [index.event_id(e) for e in event.tolist()],
        "date": [when_.iso(day) for day in a.day[event].tolist()],
        "kind": [index.kinds[k] for k in kinds],
        "intensity": a.intensity[a.kind[event]].tolist(),
        "deaths": [None if d < 0 else d for d in a.deaths[event].tolist()],
        "entity": [index.entity_id(e) for e in a.p_entity[rows].tolist()],
        "percent": a.p_percent[rows].tolist(),
    }


def centrality(
    index: Index, *, years: Sequence[int], most: int = 10, **limits: Any
) -> dict[int, tuple[tuple[str, float], ...]]:
    """The most central entities of each year, with the share of attention that flows to each (PageRank).

    Source: L. Page and others, The PageRank Citation Ranking, 1999; damping 0.85.
    """
    found = {}
    for year, net in _by_year(index, years, limits):
        rank = _pagerank(net)
        best = sorted(rank, key=lambda e: (-round(rank[e], 12), e))[:most]
        found[year] = tuple((e, round(rank[e], 6)) for e in best)
    return found


def _pagerank(net: nx.Graph[str]) -> dict[str, float]:
    """PageRank by power iteration, so that no further library is needed."""
    import networkx as nx

    names = sorted(net)
    if not names:
        return {}
    weight = nx.to_numpy_array(net, nodelist=names, weight="weight")
    flow = weight / weight.sum(axis=1, keepdims=True)
    rank = np.full(len(names), 1.0 / len(names))
    for _ in range(_MOST_ROUNDS):
        after = (1.0 - _DAMPING) / len(names) + _DAMPING * rank @ flow
        if np.abs(after - rank).sum() < _SETTLED:
            break
        rank = after
    return dict(zip(names, rank.tolist(), strict=True))


def communities(index: Index, *, years: Sequence[int], **limits: Any) -> dict[int, tuple[tuple[str, ...], ...]]:
    """Who stood with whom in each year, by ties in a friendly tone: groups, largest first, each sorted.

    Source: V. D. Blondel and others, Fast unfolding of communities in large networks, 2008.
    """
    import networkx as nx

    found = {}
    for year, net in _by_year(index, years, limits):
        kept = nx.Graph((u, v, d) for u, v, d in net.edges(data=True) if d["tone"] >= 0)
        groups = nx.community.louvain_communities(kept, weight="weight", seed=SEED) if len(kept) else []
        found[year] = tuple(sorted((tuple(sorted(g)) for g in groups), key=lambda g: (-len(g), g)))
    return found


def _by_year(index: Index, years: Sequence[int], limits: dict[str, Any]) -> Iterator[tuple[int, nx.Graph[str]]]:
    for year in years:
        first, last = when_.day_of(year), when_.day_of(year + 1) - 1
        yield year, to_networkx(index, as_of=last, window_days=last - first, **limits)
