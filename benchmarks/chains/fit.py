"""Fit the weights on development gold: random search over both golds, never per story.

Run: python -m benchmarks.chains.fit [--rounds 300] [--headings 150]
Prints the best weights; what goes into weights.yaml is decided by hand from the table.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from benchmarks.chains import gold, headings, measure, methods
from graph import model as model_
from graph.chains import search, weights
from graph.chains.kernels import Numbers
from graph.index import compiled
from graph.index.index import Index

RANGES: dict[str, tuple[float, float]] = {
    "part": (0.0, 0.5),
    "words": (0.0, 0.45),
    "power": (0.4, 1.5),
    "plain": (0.0, 0.5),
    "severity": (0.0, 0.4),
    "recency": (0.0, 0.6),
    "coverage": (0.0, 0.8),
    "turn": (0.0, 0.2),
    "gain_link": (0.0, 0.5),
    "gain_spread": (0.0, 0.35),
    "gain_repeat": (0.0, 0.4),
    "other_kind": (0.0, 0.6),
}


def drawn(rng: np.random.Generator, start: Numbers, around: float) -> Numbers:
    """Weights drawn evenly (around 1) or near others (around < 1); the score's parts sum to 1."""
    values = start._asdict()
    for name, (low, high) in RANGES.items():
        near = float(values[name])
        values[name] = float(np.clip(near + around * (rng.uniform(low, high) - near), low, high))
    parts = ("plain", "severity", "recency", "coverage", "turn")
    total = sum(values[p] for p in parts) or 1.0
    for part in parts:
        values[part] /= total
    return Numbers(**values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--headings", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    compiled.compile_all(search.KERNELS)
    model = model_.load()
    told = gold.setting(gold.SHARED, gold.STORY, "news")
    indexes: dict[str, Index] = {}
    for case in told.cases:
        if case.article not in indexes:
            indexes[case.article] = told.index(case.article)
    wide, found = headings.load()
    asked = headings.sample(found, options.headings)
    start = weights.load()

    def judge(numbers: Numbers) -> tuple[float, float, float]:
        using = replace(start, numbers=numbers)
        first, eighth = [], []
        for case in told.cases:
            index = indexes[case.article]
            ranked = methods.backbone(methods.Bench(index, model, using), case.focus, None)
            answer = measure.Ranked(tuple(index.event_id(i) for i in ranked), (), frozenset())
            first.append(measure.recall(answer, case.gold, 5))
            eighth.append(measure.recall(answer, case.gold, 8))
        second = []
        for heading in asked:
            bench = methods.Bench(wide, model, using, headings.WINDOW_DAYS)
            ranked = methods.backbone(bench, heading.last, None)
            answer = measure.Ranked(tuple(wide.event_id(i) for i in ranked), (), frozenset())
            second.append(measure.recall(answer, heading.gold, 5))
        return float(np.mean(first)), float(np.mean(eighth)), float(np.mean(second))

    rng = np.random.default_rng(options.seed)
    tried = [(judge(start.numbers), start.numbers)]
    print("start", tried[0][0], flush=True)
    for turn in range(options.rounds):
        tried.sort(key=lambda t: -(t[0][0] + 0.5 * t[0][1] + 2 * t[0][2]))
        base = tried[int(rng.integers(0, min(5, len(tried))))][1]
        numbers = drawn(rng, base, 1.0 if turn < options.rounds // 3 else 0.3)
        tried.append((judge(numbers), numbers))
    tried.sort(key=lambda t: -(t[0][0] + 0.5 * t[0][1] + 2 * t[0][2]))
    for scores, numbers in tried[:8]:
        print(tuple(round(s, 3) for s in scores), {n: round(getattr(numbers, n), 3) for n in RANGES}, flush=True)


if __name__ == "__main__":
    main()
