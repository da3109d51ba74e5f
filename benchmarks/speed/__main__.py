"""Time the same questions in several engines, after checking that they answer alike.

Run: python -m benchmarks.speed [--times 1] [--inputs 200] [--engines index,duckdb,…]
Every input is given to every engine in turn, so that a busy moment of the machine hits all of them.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.chains.gold import SHARED
from benchmarks.chains.measure import table
from benchmarks.speed import work as work_
from benchmarks.speed.engines import ENGINES, QUESTIONS, Ask
from benchmarks.speed.work import Inputs, Work
from graph.chains import search
from graph.chains.chain import Focus
from graph.errors import Insufficient

SLOW = {
    ("networkx", "reach"): 20,
    ("networkx", "spread"): 5,
    ("raphtory", "reach"): 20,
    ("raphtory", "spread"): 40,
    ("oxigraph", "reach"): 10,
}
"""Where an engine takes so long that so many inputs must do."""


def same(question: str, one: Any, other: Any) -> bool:
    """Whether two answers are equal as numbers; neighbours as a set."""
    parts = [one, other] if question in ("pair", "neighbours") else [*one, *other]
    arrays = [np.asarray(p, np.int64) for p in parts]
    if question == "neighbours":
        arrays = [np.sort(x) for x in arrays]
    half = len(arrays) // 2
    return all(np.array_equal(x, y) for x, y in zip(arrays[:half], arrays[half:], strict=True))


def check(engines: dict[str, dict[str, Ask]], asked: Sequence[Inputs]) -> list[Inputs]:
    """Stop at the first answer that differs from the index's; gives the inputs to time.

    Raphtory's own algorithm was once seen to miss somebody networkx and the index find: inputs on which it
    does are left out, for everybody, and counted aloud.
    """
    odd: list[Inputs] = []
    for name, asks in engines.items():
        for question, ask in asks.items():
            own = (name, question) == ("raphtory", "spread")
            few = SLOW[name, question] if own else 3 if (name, question) in SLOW else 25
            for q in asked[:few]:
                if same(question, engines["index"][question](q), ask(q)):
                    continue
                if not own or ("networkx" in engines and same(question, engines["networkx"][question](q), ask(q))):
                    raise SystemExit(f"{name} answers {question} differently for {q}")
                odd.append(q)
    if odd:
        print(f"left out: {len(odd)} inputs to which Raphtory alone answers otherwise")
    return [q for q in asked if q not in odd]


def measure(engines: dict[str, dict[str, Ask]], asked: Sequence[Inputs]) -> dict[tuple[str, str], list[float]]:
    """Seconds by engine and question, interleaved."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for question in QUESTIONS:
        for at, q in enumerate(asked):
            for name, asks in engines.items():
                if question not in asks or at >= SLOW.get((name, question), len(asked)):
                    continue
                begin = time.perf_counter()
                asks[question](q)
                found[name, question].append(time.perf_counter() - begin)
    return found


def backbone(work: Work, asked: Sequence[Inputs]) -> tuple[float, float]:
    """Median and 95th percentile of the whole backbone of a pair, in milliseconds."""
    seconds = []
    for q in (asked[0], *asked):
        focus = Focus("pair", (work.index.entity_id(q.one), work.index.entity_id(q.other)))
        begin = time.perf_counter()
        try:
            search.best(focus, work.index, as_of=q.last)
        except Insufficient:
            continue
        seconds.append(time.perf_counter() - begin)
    low, high = np.percentile(np.array(seconds[1:]) * 1e3, [50, 95])
    return float(low), float(high)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=200)
    parser.add_argument("--engines", default=",".join(ENGINES))
    options = parser.parse_args()
    begin = time.perf_counter()
    work = work_.load(SHARED, options.times)
    took = time.perf_counter() - begin
    index = work.index
    print(f"{len(index)} events, {len(work.event)} participations, {index.bytes / len(index):.0f} bytes an event")
    print(f"read and built in {took:.1f} s")
    asked: Sequence[Inputs] = work_.inputs(work, options.inputs)
    engines = {}
    for name in options.engines.split(","):
        begin = time.perf_counter()
        engines[name] = ENGINES[name](work)
        print(f"{name}: ready after {time.perf_counter() - begin:.1f} s", flush=True)
    asked = check(engines, asked)
    print("answers are equal")
    found = measure(engines, asked)
    medians = {key: float(np.median(v)) for key, v in found.items()}
    rows = []
    for name in engines:
        cells = []
        for question in QUESTIONS:
            value = medians.get((name, question))
            ratio = value / medians["index", question] if value else 0.0
            cells.append(f"{value * 1e6:.0f} µs ({ratio:.0f}×)" if value else "")
        rows.append([name, *cells])
    print(table(rows, ("engine", *QUESTIONS)))
    low, high = backbone(work, asked)
    print(f"whole backbone of a pair: p50 {low:.2f} ms, p95 {high:.2f} ms")
    if ("duckdb", "chain") in medians:
        print(f"DuckDB's plain chain takes {medians['duckdb', 'chain'] * 1e3 / low:.1f} times the whole backbone")


if __name__ == "__main__":
    main()
