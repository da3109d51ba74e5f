"""The same six questions in six engines; every answer is plain sorted numbers, so answers can be compared.

* `pair`: the events of two entities in a window.
* `neighbours`: with whom an entity had shared an event by a day.
* `partners`: the ten with whom it shared most events in a window, and how many.
* `reach`: whom it reaches in thirty days through up to three events that follow each other in time.
* `spread`: the same through any number of events, the one asked about left out.
* `chain`: of the latest 128 events of a pair by a day the seven best scored (severity and recency),
  each attached to the earlier one among them with the strongest link.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from benchmarks.speed import work as work_
from benchmarks.speed.work import Inputs, Work
from graph.index import compiled, relations
from graph.index.columns import Ints

Answer = Any
Ask = Callable[[Inputs], Answer]
QUESTIONS: Final = ("pair", "neighbours", "partners", "reach", "spread", "chain")


def index_engine(work: Work) -> dict[str, Ask]:
    """Our index, kernels compiled."""
    from benchmarks.speed import plain_chain

    compiled.compile_all((relations, plain_chain))
    a = work.index.arrays
    count = len(a.e_off) - 1

    def pair(q: Inputs) -> Answer:
        key = min(q.one, q.other) * count + max(q.one, q.other)
        return relations.pair_events(a.day, a.d_key, a.d_off, a.d_event, key, q.first, q.last)

    def neighbours(q: Inputs) -> Answer:
        return relations.neighbours(a.day, a.n_off, a.n_entity, a.n_first, q.one, q.last)

    def limits(first: int, last: int) -> tuple[int, int]:
        low = relations.first_at(a.day, 0, len(a.day), first)
        return low, relations.first_at(a.day, low, len(a.day), last + 1)

    def partners(q: Inputs) -> Answer:
        span = limits(q.first, q.last)
        return relations.partners(
            a.n_off, a.n_entity, a.n_pair, a.n_first, a.d_off, a.d_event, span, q.one, work_.PARTNERS
        )

    def reached(q: Inputs, hops: int) -> tuple[Ints, Ints]:
        span = limits(q.last - work_.REACH_DAYS, q.last)
        return relations.reach(a.day, a.p_off, a.p_entity, a.e_off, a.e_event, q.one, span, hops)[:2]

    def reach(q: Inputs) -> Answer:
        return reached(q, work_.HOPS)

    def spread(q: Inputs) -> Answer:
        who, days = reached(q, work_.ANY_HOPS)
        others = who != q.one
        return who[others], days[others]

    def chain(q: Inputs) -> Answer:
        key = min(q.one, q.other) * count + max(q.one, q.other)
        last = relations.pair_events(a.day, a.d_key, a.d_off, a.d_event, key, -(2**30), q.last)[-work_.LATEST :]
        return plain_chain.chain(last, a.day, a.kind, a.intensity, q.last, work_.STEPS)

    found: dict[str, Ask] = {"pair": pair, "neighbours": neighbours, "partners": partners}
    return found | {"reach": reach, "spread": spread, "chain": chain}


def duckdb_engine(work: Work) -> dict[str, Ask]:
    """DuckDB in memory, participations sorted and indexed, statements prepared."""
    import duckdb
    import pyarrow as pa

    db = duckdb.connect(config={"threads": 2})
    a = work.index.arrays
    part = pa.table({"event": work.event, "entity": work.entity, "day": work.day, "kind": work.kind})
    kinds = pa.table({"kind": np.arange(len(a.intensity), dtype=np.int16), "intensity": np.asarray(a.intensity)})
    db.register("part_in", part)
    db.register("kinds_in", kinds)
    db.execute("create table part as select * from part_in order by entity, event")
    db.execute("create table kinds as select * from kinds_in")
    db.execute("create index part_entity on part(entity)")
    db.execute("create table by_day as select * from part order by event")
    db.execute("create index by_event on by_day(event)")

    def run(sql: str, *values: Any) -> dict[str, Any]:
        found: dict[str, Any] = db.execute(sql, values).fetchnumpy()
        return found

    def pair(q: Inputs) -> Answer:
        sql = (
            "select a.event from part a join part b on a.event = b.event "
            "where a.entity = ? and b.entity = ? and a.day between ? and ? order by 1"
        )
        return run(sql, q.one, q.other, q.first, q.last)["event"]

    def neighbours(q: Inputs) -> Answer:
        sql = (
            "select distinct b.entity from part a join by_day b on a.event = b.event "
            "where a.entity = ? and a.day <= ? and b.entity <> a.entity order by 1"
        )
        return run(sql, q.one, q.last)["entity"]

    def partners(q: Inputs) -> Answer:
        sql = (
            "select b.entity, count(*) n from part a join by_day b on a.event = b.event "
            "where a.entity = ? and a.day between ? and ? and b.entity <> a.entity "
            "group by 1 order by n desc, 1 limit ?"
        )
        found = run(sql, q.one, q.first, q.last, work_.PARTNERS)
        return found["entity"], found["n"]

    def reach(q: Inputs) -> Answer:
        step = (
            "select b.entity, min(b.day) as day from {0} r join span a on a.entity = r.entity and a.day >= r.day "
            "join span b on a.event = b.event group by 1"
        )
        sql = (
            "with span as materialized (select event, entity, day from by_day where day between ? and ?), "
            "r0 as (select entity, min(day) as day from span where entity = ? group by 1), "
            f"r1 as materialized ({step.format('r0')}), "
            "r2 as materialized (select entity, min(day) as day from "
            f"(from r1 union all {step.format('r1')}) group by 1), "
            f"r3 as (select entity, min(day) as day from (from r2 union all {step.format('r2')}) group by 1) "
            "select entity, day from r3 order by 1"
        )
        found = run(sql, q.last - work_.REACH_DAYS, q.last, q.one)
        return found["entity"], found["day"]

    def chain(q: Inputs) -> Answer:
        sql = (
            "with latest as (select a.event, a.day, a.kind from part a join part b on a.event = b.event "
            "where a.entity = ? and b.entity = ? and a.day <= ? order by a.event desc limit ?), "
            "scored as (select event, day, abs(k.intensity) as weight, "
            "round((0.5 * least(1, abs(k.intensity) / 12.0) + 0.5 * exp(-(? - day) / 120.0)) * 1e9) as score "
            "from latest join kinds k using (kind)), "
            "best as materialized (select * from scored order by score desc, event limit ?), "
            "joined as (select j.event as later, i.event as earlier, row_number() over (partition by j.event order by "
            "round((1 + i.weight) * exp(-(j.day - i.day) / 120.0) * 1e9) desc, i.event desc) as rank "
            "from best j join best i on i.event < j.event) "
            "select b.event, coalesce(j.earlier, -1) as earlier from best b left join joined j "
            "on j.later = b.event and j.rank = 1 order by 1"
        )
        found = run(sql, q.one, q.other, q.last, work_.LATEST, q.last, work_.STEPS)
        return found["event"], found["earlier"]

    return {"pair": pair, "neighbours": neighbours, "partners": partners, "reach": reach, "chain": chain}


def polars_engine(work: Work) -> dict[str, Ask]:
    """Polars over sorted frames in memory."""
    import polars as pl

    part = pl.DataFrame({"event": work.event, "entity": work.entity, "day": work.day, "kind": work.kind})
    part = part.sort("entity", "event").with_columns(pl.col("entity").set_sorted())
    by_event = part.sort("event").with_columns(pl.col("event").set_sorted())
    off = work.index.arrays.e_off

    def of(entity: int) -> pl.DataFrame:
        start, stop = int(off[entity]), int(off[entity + 1])
        return part.slice(start, stop - start)

    def pair(q: Inputs) -> Answer:
        mine = of(q.one).filter(pl.col("day").is_between(q.first, q.last))
        return mine.join(of(q.other).select("event"), on="event").sort("event")["event"].to_numpy()

    def others(mine: pl.DataFrame, q: Inputs) -> pl.DataFrame:
        return by_event.join(mine.select("event"), on="event", how="semi").filter(pl.col("entity") != q.one)

    def neighbours(q: Inputs) -> Answer:
        mine = of(q.one).filter(pl.col("day") <= q.last)
        return others(mine, q)["entity"].unique().sort().to_numpy()

    def partners(q: Inputs) -> Answer:
        mine = of(q.one).filter(pl.col("day").is_between(q.first, q.last))
        found = others(mine, q).group_by("entity").len().sort(["len", "entity"], descending=[True, False])
        found = found.head(work_.PARTNERS)
        return found["entity"].to_numpy(), found["len"].to_numpy()

    def reach(q: Inputs) -> Answer:
        span = by_event.filter(pl.col("day").is_between(q.last - work_.REACH_DAYS, q.last))
        found = span.filter(pl.col("entity") == q.one).group_by("entity").agg(pl.col("day").min().alias("at"))
        for _ in range(work_.HOPS):
            events = span.join(found, on="entity").filter(pl.col("day") >= pl.col("at")).select("event").unique()
            step = span.join(events, on="event").group_by("entity").agg(pl.col("day").min().alias("at"))
            found = pl.concat([found, step]).group_by("entity").agg(pl.col("at").min())
        found = found.sort("entity")
        return found["entity"].to_numpy(), found["at"].to_numpy()

    return {"pair": pair, "neighbours": neighbours, "partners": partners, "reach": reach}


def networkx_engine(work: Work) -> dict[str, Ask]:
    """networkx: one multigraph of entities, an edge an event and pair."""
    import itertools

    import networkx as nx

    net: nx.MultiGraph[int] = nx.MultiGraph()
    bounds = np.flatnonzero(np.diff(work.event, prepend=-1))
    for start, stop in zip(bounds, [*bounds[1:], len(work.event)], strict=True):
        for one, other in itertools.combinations(work.entity[start:stop].tolist(), 2):
            net.add_edge(one, other, key=int(work.event[start]), day=int(work.day[start]))

    def pair(q: Inputs) -> Answer:
        held = net.get_edge_data(q.one, q.other) or {}
        return sorted(e for e, data in held.items() if q.first <= data["day"] <= q.last)

    def neighbours(q: Inputs) -> Answer:
        return sorted(o for o, held in net.adj[q.one].items() if any(d["day"] <= q.last for d in held.values()))

    def partners(q: Inputs) -> Answer:
        counts = {o: sum(q.first <= d["day"] <= q.last for d in held.values()) for o, held in net.adj[q.one].items()}
        best = sorted((o for o in counts if counts[o]), key=lambda o: (-counts[o], o))[: work_.PARTNERS]
        return best, [counts[o] for o in best]

    def reached(q: Inputs, hops: int) -> dict[int, int]:
        first, last = q.last - work_.REACH_DAYS, q.last
        days = [d["day"] for held in net.adj[q.one].values() for d in held.values() if first <= d["day"] <= last]
        arrival = {q.one: min(days)} if days else {}
        for _ in range(hops):
            step = dict(arrival)
            for one, at in arrival.items():
                for other, held in net.adj[one].items():
                    seen = [d["day"] for d in held.values() if at <= d["day"] <= last]
                    if seen and min(seen) < step.get(other, math.inf):
                        step[other] = min(seen)
            if step == arrival:
                break
            arrival = step
        return arrival

    def reach(q: Inputs) -> Answer:
        arrival = reached(q, work_.HOPS)
        return sorted(arrival), [arrival[e] for e in sorted(arrival)]

    def spread(q: Inputs) -> Answer:
        arrival = reached(q, work_.ANY_HOPS)
        others = sorted(set(arrival) - {q.one})
        return others, [arrival[e] for e in others]

    found: dict[str, Ask] = {"pair": pair, "neighbours": neighbours, "partners": partners}
    return found | {"reach": reach, "spread": spread}


def oxigraph_engine(work: Work) -> dict[str, Ask]:
    """Oxigraph in memory: event, participant and day as triples, asked in SPARQL."""
    import pyoxigraph as ox

    def node(kind: str, at: int) -> ox.NamedNode:
        return ox.NamedNode(f"urn:{kind}:{at}")

    who, when = ox.NamedNode("urn:who"), ox.NamedNode("urn:day")
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(node("v", e), who, node("e", p)) for e, p in zip(work.event.tolist(), work.entity.tolist(), strict=True)
    )
    days = dict(zip(work.event.tolist(), work.day.tolist(), strict=True))
    store.bulk_extend(ox.Quad(node("v", e), when, ox.Literal(str(d), datatype=integer)) for e, d in days.items())

    def column(sparql: str, *names: str) -> list[list[int]]:
        rows: Any = store.query(sparql)
        found = [[row[n] for n in names] for row in rows]
        plain = [[int(c.value.rsplit(":", 1)[-1]) for c in row] for row in found]
        return [list(c) for c in zip(*plain, strict=True)] if plain else [[] for _ in names]

    def pair(q: Inputs) -> Answer:
        return column(
            f"select ?v where {{ ?v <urn:who> <urn:e:{q.one}> . ?v <urn:who> <urn:e:{q.other}> . ?v <urn:day> ?d . "
            f"filter(?d >= {q.first} && ?d <= {q.last}) }} order by xsd:integer(strafter(str(?v), 'urn:v:'))".replace(
                "xsd:integer", "<http://www.w3.org/2001/XMLSchema#integer>"
            ),
            "v",
        )[0]

    def neighbours(q: Inputs) -> Answer:
        return sorted(
            column(
                f"select distinct ?o where {{ ?v <urn:who> <urn:e:{q.one}> . ?v <urn:day> ?d . filter(?d <= {q.last}) "
                f"?v <urn:who> ?o . filter(?o != <urn:e:{q.one}>) }}",
                "o",
            )[0]
        )

    def partners(q: Inputs) -> Answer:
        names, counts = column(
            f"select ?o (count(?v) as ?n) where {{ ?v <urn:who> <urn:e:{q.one}> . ?v <urn:day> ?d . "
            f"filter(?d >= {q.first} && ?d <= {q.last}) ?v <urn:who> ?o . filter(?o != <urn:e:{q.one}>) }} group by ?o",
            "o",
            "n",
        )
        order = sorted(range(len(names)), key=lambda i: (-counts[i], names[i]))[: work_.PARTNERS]
        return [names[i] for i in order], [counts[i] for i in order]

    def reach(q: Inputs) -> Answer:
        span = f"filter(?d >= {q.last - work_.REACH_DAYS} && ?d <= {q.last})"
        days = column(f"select ?v ?d where {{ ?v <urn:who> <urn:e:{q.one}> . ?v <urn:day> ?d . {span} }}", "d")[0]
        arrival = {q.one: min(days)} if days else {}
        for _ in range(work_.HOPS):
            step = dict(arrival)
            for one, at in arrival.items():
                names, seen = column(
                    f"select ?o (min(?d) as ?m) where {{ ?v <urn:who> <urn:e:{one}> . ?v <urn:day> ?d . "
                    f"filter(?d >= {at} && ?d <= {q.last}) ?v <urn:who> ?o }} group by ?o",
                    "o",
                    "m",
                )
                for other, day in zip(names, seen, strict=True):
                    step[other] = min(step.get(other, day), day)
            arrival = step
        return sorted(arrival), [arrival[e] for e in sorted(arrival)]

    return {"pair": pair, "neighbours": neighbours, "partners": partners, "reach": reach}


def raphtory_engine(work: Work) -> dict[str, Ask]:
    """Raphtory: a temporal graph of entities, an edge addition an event and pair, each way.

    `reach` is written over its windowed views; `spread` is its own algorithm, whose bound of hops
    counts otherwise than ours but is out of play here.
    """
    import itertools

    import raphtory
    from raphtory import algorithms

    net, ways = raphtory.Graph(), raphtory.Graph()
    bounds = np.flatnonzero(np.diff(work.event, prepend=-1))
    for start, stop in zip(bounds, [*bounds[1:], len(work.event)], strict=True):
        for one, other in itertools.combinations(sorted(work.entity[start:stop].tolist()), 2):
            net.add_edge(int(work.day[start]), one, other)
            ways.add_edge(int(work.day[start]), one, other)
            ways.add_edge(int(work.day[start]), other, one)

    def neighbours(q: Inputs) -> Answer:
        node = net.before(q.last + 1).node(q.one)
        return sorted(int(n.name) for n in node.neighbours) if node else []

    def reach(q: Inputs) -> Answer:
        view = net.window(q.last - work_.REACH_DAYS, q.last + 1)
        start = view.node(q.one)
        arrival = (
            {q.one: int(start.earliest_time.t if hasattr(start.earliest_time, "t") else start.earliest_time)}
            if start
            else {}
        )
        for _ in range(work_.HOPS):
            step = dict(arrival)
            for one, at in arrival.items():
                node = view.window(at, q.last + 1).node(one)
                for edge in node.edges if node else ():
                    other = int(edge.nbr.name)
                    first = edge.earliest_time
                    day = int(first.t if hasattr(first, "t") else first)
                    step[other] = min(step.get(other, day), day)
            arrival = step
        return sorted(arrival), [arrival[e] for e in sorted(arrival)]

    def spread(q: Inputs) -> Answer:
        first = q.last - work_.REACH_DAYS
        view = ways.window(first, q.last + 1)
        states = algorithms.temporally_reachable_nodes(view, work_.ANY_HOPS, first, [q.one], None)
        found = {
            int(node.name): min(message["0"] for message in state["reachable_nodes"])
            for node, state in states.items()
            if state["reachable_nodes"] and int(node.name) != q.one
        }
        return sorted(found), [found[e] for e in sorted(found)]

    return {"neighbours": neighbours, "reach": reach, "spread": spread}


ENGINES: Final[dict[str, Callable[[Work], dict[str, Ask]]]] = {
    "index": index_engine,
    "duckdb": duckdb_engine,
    "polars": polars_engine,
    "networkx": networkx_engine,
    "raphtory": raphtory_engine,
    "oxigraph": oxigraph_engine,
}
