"""How building, opening and asking grow with the number of events.

Run: python -m benchmarks.speed.growth [--inputs 200]
The ICEWS facts: a tenth of them, all, and ten times as many with the years moved on.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.chains import corpus
from benchmarks.chains.gold import SHARED
from benchmarks.chains.measure import table
from benchmarks.speed.work import repeated
from graph.chains import search
from graph.chains.chain import Focus
from graph.errors import Insufficient
from graph.index import build
from graph.index.columns import Columns
from graph.index.index import Index


def tenth(columns: Columns) -> Columns:
    """Every tenth event, drawn by a fixed seed."""
    count = len(columns.first) // 10
    kept = np.sort(np.random.default_rng(0).permutation(len(columns.first))[:count])
    at = np.full(len(columns.first), -1, np.int32)
    at[kept] = np.arange(count)
    rows = at[columns.p_event] >= 0
    events = {n: getattr(columns, n)[kept] for n in ("ids", "first", "last", "kind", "known", "deaths", "v_known")}
    parts = {n: getattr(columns, n)[rows] for n in ("p_entity", "p_role", "p_known")}
    numbers = np.arange(count, dtype=np.int32)
    voices: dict[str, Any] = {"v_event": numbers, "v_voice": np.zeros(count, np.int32)}
    return dataclasses.replace(columns, p_event=at[columns.p_event[rows]], **events, **parts, **voices)


def focuses(index: Index, count: int) -> list[tuple[Focus, int | None]]:
    """Pairs, entities and events drawn evenly from the later three quarters."""
    a, rng = index.arrays, np.random.default_rng(3)
    found: list[tuple[Focus, int | None]] = []
    for event in rng.integers(len(index) // 4, len(index), count).tolist():
        who = np.unique(a.p_entity[a.p_off[event] : a.p_off[event + 1]])
        names = [index.entity_id(int(e)) for e in rng.permutation(who)]
        if len(names) >= 2:
            found.append((Focus("pair", (names[0], names[1])), int(a.day[event])))
        found.append((Focus("entity", (names[0],)), int(a.day[event])))
        found.append((Focus("event", (), event=index.event_id(event)), None))
    return found


def milliseconds(index: Index, asked: list[tuple[Focus, int | None]]) -> list[float]:
    """How long each backbone takes, once everything is warm."""
    took: list[float] = []
    for _ in range(2):
        took = []
        for focus, day in asked:
            begin = time.perf_counter()
            try:
                search.best(focus, index, as_of=day)
            except Insufficient:
                continue
            took.append((time.perf_counter() - begin) * 1e3)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200)
    options = parser.parse_args()
    base = corpus.icews(SHARED, corpus.goldstein(SHARED))
    rows = []
    for columns in (tenth(base), base, repeated(base, 10)):
        begin = time.perf_counter()
        arrays = build.build(columns)
        built = time.perf_counter() - begin
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "events.index"
            Index(arrays, sorted(k.name for k in columns.kinds)).write(path)
            begin = time.perf_counter()
            index = Index.read(path, compiled=True)
            opened = (time.perf_counter() - begin) * 1e3
            low, high = np.percentile(milliseconds(index, focuses(index, options.inputs)), [50, 95])
            parts = built / (len(arrays.p_entity) / 1e6)
            rows.append([len(index), built, parts, opened, round(index.bytes / len(index)), float(low), float(high)])
    head = ("events", "build s", "s a million participations", "open ms", "bytes an event", "p50 ms", "p95 ms")
    print(table(rows, head))


if __name__ == "__main__":
    main()
