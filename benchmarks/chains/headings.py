"""The second gold: story headings of Current Events; given a story's last item, find the earlier ones.

Run: python -m benchmarks.chains.headings [--most 400]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.chains import annotate, corpus, measure, methods
from benchmarks.chains.corpus import Maker
from benchmarks.chains.gold import SHARED
from benchmarks.chains.measure import Ranked
from graph import model as model_
from graph import when as when_
from graph.chains import search, weights
from graph.chains.weights import Weights
from graph.index import compiled
from graph.index.index import Index

LEAST_DAYS: Final = 5
WINDOW_DAYS: Final = 730


@dataclass(frozen=True)
class Heading:
    """A story heading: its last item, and its earlier items of the two years before."""

    topic: str
    last: str
    gold: tuple[str, ...]


def load() -> tuple[Index, tuple[Heading, ...]]:
    """An index over all items, and the headings with enough days."""
    items, home = annotate.read(SHARED)
    maker = Maker(model_.load())
    corpus.distractors(maker, items, home)
    corpus.close_named(maker, annotate.countries(SHARED))
    under: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        for topic in item.topics if item.first else ():
            under[topic].append(at)
    found = []
    for topic, members in sorted(under.items()):
        days = {items[m].date for m in members}
        if len(days) < LEAST_DAYS:
            continue
        last = max(members, key=lambda m: (items[m].date, m))
        day = when_.day(items[last].date)
        gold = [m for m in members if m != last and 0 < day - when_.day(items[m].date) <= WINDOW_DAYS]
        if items[last].entities and gold:
            found.append(Heading(topic, f"item-{last}", tuple(f"item-{m}" for m in gold)))
    return Index.of(maker.made(annotate.countries(SHARED).values()), compiled=True), tuple(found)


def sample(headings: Sequence[Heading], most: int) -> tuple[Heading, ...]:
    """At most so many headings, drawn evenly by a fixed seed."""
    if len(headings) <= most:
        return tuple(headings)
    chosen = np.random.default_rng(7).choice(len(headings), most, replace=False)
    return tuple(headings[i] for i in sorted(chosen))


def answers(index: Index, headings: Sequence[Heading], using: Weights, names: Sequence[str]) -> dict[str, list[Ranked]]:
    """The answer of each method to each heading."""
    compiled.compile_all(search.KERNELS)
    bench = methods.Bench(index, model_.load(), using, window_days=WINDOW_DAYS)
    results: dict[str, list[Ranked]] = {name: [] for name in names}
    for heading in headings:
        for name in names:
            ranked = methods.METHODS[name](bench, heading.last, None)
            keys = tuple(index.event_id(i) for i in ranked)
            results[name].append(Ranked(keys, tuple(int(index.arrays.day[i]) for i in ranked), frozenset()))
    return results


def report(headings: Sequence[Heading], results: dict[str, list[Ranked]]) -> str:
    """The table of measures, and the backbone against overlap x recency."""
    scores = {
        name: [measure.recall(r, h.gold, 5) for r, h in zip(ranked, headings, strict=True)]
        for name, ranked in results.items()
    }
    rows = [
        [
            name,
            float(np.mean(scores[name])),
            float(np.mean([measure.recall(r, h.gold, 8) for r, h in zip(ranked, headings, strict=True)])),
            float(np.mean([measure.precision_mean(r, h.gold) for r, h in zip(ranked, headings, strict=True)])),
            float(np.mean([measure.adjacent_days(r, 5) for r in ranked])),
            float(np.mean(scores[name])) / max(1e-9, float(np.mean(scores["overlap x recency"]))),
        ]
        for name, ranked in results.items()
    ]
    head = ("method", "recall@5", "recall@8", "MAP", "adjacent days@5", "ratio to overlap x recency")
    groups = [h.topic for h in headings]
    lead = measure.paired_interval(scores["backbone"], scores["overlap x recency"], groups)
    return (
        f"{measure.table(rows, head)}\n\nbackbone minus overlap x recency: {lead[0]:.3f} [{lead[1]:.3f}, {lead[2]:.3f}]"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    options = parser.parse_args()
    index, headings = load()
    chosen = sample(headings, options.most)
    print(f"{len(index)} items, {len(headings)} headings of {LEAST_DAYS} days or more, {len(chosen)} asked")
    print(report(chosen, answers(index, chosen, weights.load(), tuple(methods.METHODS))))


if __name__ == "__main__":
    main()
