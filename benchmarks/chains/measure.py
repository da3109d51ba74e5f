"""Measures of a ranked answer against gold, and intervals for differences between two methods."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True, slots=True)
class Ranked:
    """An answer: event keys best first, the day of each, and which belong to the story."""

    keys: tuple[str, ...]
    days: tuple[int, ...]
    told: frozenset[str]


def weighted_recall(answer: Ranked, gold: Mapping[str, int], at: int) -> float:
    """The weight of gold among the first `at`, of the most that could be there."""
    best = sum(sorted(gold.values(), reverse=True)[:at])
    return sum(gold.get(key, 0) for key in answer.keys[:at]) / best


def recall(answer: Ranked, gold: Collection[str], at: int) -> float:
    """The share of gold among the first `at`, of as many as could be there."""
    return len(set(answer.keys[:at]) & set(gold)) / min(at, len(gold))


def precision_mean(answer: Ranked, gold: Collection[str]) -> float:
    """Average precision over the whole answer."""
    hits, total = 0, 0.0
    for rank, key in enumerate(answer.keys, 1):
        if key in gold:
            hits += 1
            total += hits / rank
    return total / len(gold)


def off_story(answer: Ranked, at: int) -> float:
    """The share of the first `at` that are distractors."""
    first = answer.keys[:at]
    return sum(key not in answer.told for key in first) / max(1, len(first))


def adjacent_days(answer: Ranked, at: int) -> float:
    """The share of neighbours in time, among the first `at`, that are at most one day apart."""
    days = sorted(answer.days[:at])
    return sum(b - a <= 1 for a, b in pairwise(days)) / max(1, len(days) - 1)


def date_alignment(answer: Ranked, gold_days: Sequence[int], at: int) -> float:
    """How near in time the answer comes to each gold event: the mean of 1 / (1 + days)."""
    days = answer.days[:at]
    return float(np.mean([max((1 / (1 + abs(d - g)) for d in days), default=0.0) for g in gold_days]))


def paired_interval(
    ours: Sequence[float], theirs: Sequence[float], groups: Sequence[str], *, rounds: int = 10_000
) -> tuple[float, float, float]:
    """Mean difference and its 95 % interval by paired bootstrap; cases of one group are drawn together."""
    difference = np.asarray(ours) - np.asarray(theirs)
    names = sorted(set(groups))
    member = [np.flatnonzero(np.asarray(groups) == name) for name in names]
    sums = np.array([difference[m].sum() for m in member])
    sizes = np.array([len(m) for m in member])
    draws = np.random.default_rng(20250714).integers(0, len(names), (rounds, len(names)))
    means = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(difference.mean()), float(low), float(high)


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> str:
    """Rows as a Markdown table, floats with three places."""

    def cell(value: object) -> str:
        return f"{value:.3f}" if isinstance(value, float) else str(value)

    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell(v) for v in row) + " |" for row in rows)])


Method = Callable[..., Ranked]
