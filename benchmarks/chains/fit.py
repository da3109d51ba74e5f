"""Fit the weights on development gold: a search over both golds at once, never per story.

Run: python -m benchmarks.chains.fit [--minutes 30] [--headings 300] [--seed 1]
The headings are others than those that `benchmarks.chains.headings --most 400` reports on. Prints the
best weights as they are found; what goes into weights.yaml is decided by hand from them.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.chains import gold, headings, measure, methods
from benchmarks.chains.headings import Heading
from graph import model as model_
from graph import when as when_
from graph.chains import focus as focus_
from graph.chains import search, weights
from graph.chains.kernels import Numbers
from graph.chains.weights import Weights
from graph.index import compiled
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.model import Model

RANGES: Final[dict[str, tuple[float, float]]] = {
    "part": (0.1, 1.0),
    "linked": (0.1, 0.8),
    "words": (0.1, 0.8),
    "power": (0.4, 2.2),
    "fresh_days": (100.0, 2000.0),
    "plain": (0.02, 0.6),
    "severity": (0.005, 0.2),
    "recency": (0.002, 0.4),
    "coverage": (0.1, 1.0),
    "echo": (0.0, 6.0),
    "turn": (0.0, 0.2),
    "followed": (0.0, 0.4),
    "explained": (0.0, 0.4),
    "link_words": (0.0, 0.5),
    "gain_link": (0.0, 0.6),
    "gain_spread": (0.0, 0.3),
    "gain_repeat": (0.0, 0.3),
    "repeat_days": (4.0, 90.0),
    "other_kind": (0.0, 1.0),
    "background": (0.1, 0.8),
}
PARTS: Final = ("plain", "severity", "recency", "coverage", "turn", "followed", "explained")
REPORTED: Final = 400
KEPT: Final = 4
ASKED: Final[tuple[tuple[tuple[str, ...], str, tuple[int, ...], tuple[tuple[str, ...], ...]], ...]] = (
    (
        ("yekaterinburg-raids-2025",),
        "2025-07-14",
        (7, 8, 10, 12),
        (
            ("azal-crash-2024",),
            ("russian-house-closure-2025", "sputnik-closure-2025"),
            ("safarov-deaths-2025",),
            ("cultural-cancellation-2025", "overchuk-cancellation-2025", "parliament-cancellation-2025"),
            ("sputnik-search-2025",),
        ),
    ),
    (
        ("finland",),
        "2023-04-05",
        (9,),
        (("ukraine-invasion-2022",), ("nordic-nato-applications-2022",), ("madrid-memorandum-2022",)),
    ),
    (
        ("sweden", "turkey"),
        "2024-03-10",
        (9,),
        (
            ("madrid-memorandum-2022",),
            ("erdogan-refuses-support-2023",),
            ("vilnius-agreement-2023",),
            ("sweden-joins-nato-2024",),
        ),
    ),
    (
        ("niger",),
        "2025-02-10",
        (9,),
        (("niger-coup-2023",), ("ecowas-sanctions-niger-2023",), ("sahel-states-announce-exit-2024",)),
    ),
)
"""Focus, day and lengths of chains of the curated stories, and the stages each must hold, as their tests do."""


@dataclass(frozen=True)
class Found:
    """How good weights are: recall@5 of both golds, the lead over the score alone, demands not met."""

    outlets: float
    alike: float
    score_alone: float
    better: int
    worse: int
    headings: float
    missing: int

    @property
    def value(self) -> float:
        """What is made as large as it can be; articles better told than by the score alone count as such."""
        lead = min(self.better - 1.5 * self.worse, 6)
        return 2 * self.outlets + 0.4 * self.alike + 8 * self.headings + 0.025 * lead - 0.15 * self.missing


@dataclass(frozen=True)
class Golds:
    """Everything weights are judged on."""

    told: gold.Setting
    indexes: dict[str, Index]
    wide: Index
    asked: tuple[Heading, ...]
    kg: KnowledgeGraph
    model: Model
    start: Weights

    def judge(self, numbers: Numbers) -> Found:
        """How good these weights are."""
        using = replace(self.start, numbers=numbers)
        outlets, alike, alone = [], [], []
        lead: Counter[str] = Counter()
        for case in self.told.cases:
            bench = methods.Bench(self.indexes[case.article], self.model, using)
            ours, plain = (_ranked(bench, name, case.focus) for name in ("backbone", "node score"))
            outlets.append(measure.weighted_recall(ours, case.gold, 5))
            alike.append(measure.recall(ours, case.gold, 5))
            alone.append(measure.weighted_recall(plain, case.gold, 5))
            lead[case.article] += round(1e6 * (outlets[-1] - alone[-1]))
        bench = methods.Bench(self.wide, self.model, using, headings.WINDOW_DAYS)
        second = [measure.recall(_ranked(bench, "backbone", h.last), h.gold, 5) for h in self.asked]
        first, each, score_alone, heading = (float(np.mean(found)) for found in (outlets, alike, alone, second))
        better, worse = sum(v > 0 for v in lead.values()), sum(v < 0 for v in lead.values())
        return Found(first, each, score_alone, better, worse, heading, self.missing(using))

    def missing(self, using: Weights) -> int:
        """How many stages of the curated stories their chains do not hold."""
        index, found = self.kg.index, 0
        for names, day, lengths, stages in ASKED:
            focus, as_of = focus_.of(list(names), index, self.kg.store), when_.day(day)
            chains = [set(search.best(focus, index, as_of=as_of, events=n, using=using).events) for n in lengths]
            found += sum(not chain & set(stage) for chain in chains for stage in stages)
        return found


def _ranked(bench: methods.Bench, name: str, event: str) -> measure.Ranked:
    found = methods.METHODS[name](bench, event, None)
    return measure.Ranked(tuple(bench.index.event_id(i) for i in found), (), frozenset())


def golds(most: int) -> Golds:
    """Both golds and the curated story, with at most so many headings that are not reported on."""
    told = gold.setting(gold.SHARED, gold.STORY, "all")
    indexes = {article: told.index(article) for article in {case.article: 0 for case in told.cases}}
    wide, found = headings.load()
    reported = {h.topic for h in headings.sample(found, REPORTED)}
    others = tuple(h for h in found if h.topic not in reported)[:most]
    kg = KnowledgeGraph.open(gold.ROOT / "data" / "triples")
    return Golds(told, indexes, wide, others, kg, model_.load(), weights.load())


def changed(rng: np.random.Generator, near: Numbers) -> Numbers:
    """Weights with one to five of them moved a little, now and then anew; the score's parts sum to 1."""
    values = near._asdict()
    for name in rng.choice(list(RANGES), rng.integers(1, 6), replace=False):
        low, high = RANGES[name]
        moved = values[name] * np.exp(rng.normal(0, 0.35)) + rng.normal(0, 0.02) * (high - low)
        value = rng.uniform(low, high) if rng.random() < 0.15 else moved
        values[name] = float(np.clip(value, low, high))
    total = sum(values[part] for part in PARTS)
    values |= {part: values[part] / total for part in PARTS}
    return Numbers(**values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--headings", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    compiled.compile_all(search.KERNELS)
    judged = golds(options.headings)
    rng = np.random.default_rng(options.seed)
    pool = [(judged.judge(judged.start.numbers), judged.start.numbers)]
    print("start", pool[0][0], flush=True)
    end = time.monotonic() + 60 * options.minutes
    while time.monotonic() < end:
        numbers = changed(rng, pool[int(rng.integers(0, len(pool)))][1])
        pool.append((judged.judge(numbers), numbers))
        pool.sort(key=lambda p: -p[0].value)
        if pool[0][1] is numbers:
            print(f"{pool[0][0].value:.4f}", pool[0][0], {n: round(getattr(numbers, n), 4) for n in RANGES}, flush=True)
        pool = pool[:KEPT]


if __name__ == "__main__":
    main()
